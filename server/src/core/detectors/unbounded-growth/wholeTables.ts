import { code } from "../../base/markdown";
import { rangeOf } from "../../base/text";
import type { Turns } from "../../base/turns";
import { wordsOf } from "../../base/words";
import type { TypeFacts } from "../../model/facts";
import { fileIndex } from "../../model/fileIndex";
import type { CallSummary } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import { callersOf } from "../../model/graph/callersOf";
import { isConstruction } from "../../model/graph/construction";
import { isDoneOnce } from "../../model/graph/doneOnce";
import { kindOf } from "../../model/graph/kinds";
import { isAside, isRunByHand } from "../../model/graph/runByHand";
import { isForStaff, type WayFromOutside, wayFromHandler } from "../../model/graph/wayFromOutside";
import { oftenText, readableSymbol, stepsTo } from "../../model/graph/wayText";
import { stepAt } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, type Reach, type WorkspaceModel } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";
import { askedBehind, expiryBehind, type TablePlace, type TableUse, tablesInFile } from "./tableUses";

/** Queries that read a table whole, where requests add to it, and those that look for an expiry no index reaches. */
export function* wholeTables(model: WorkspaceModel): Turns<DetectorFinding[]> {
  const places = new Map<TableUse["kind"], TablePlace[]>();
  for (const file of model.files.values()) {
    yield;
    for (const found of tablesInFile(model, file)) {
      const place = found.use.kind in behind ? behind[found.use.kind as keyof typeof behind](model, found) : found;
      if (!place) continue;
      const list = places.get(place.use.kind);
      if (list) list.push(place);
      else places.set(place.use.kind, [place]);
    }
  }
  const reads = (places.get("reads all") ?? []).flatMap((place) => wholeTableFinding(model, place, places) ?? []);
  const expiries = (places.get("reads expiry") ?? []).flatMap((place) => expiryFinding(model, place, places) ?? []);
  const written = (places.get("writes expiry") ?? []).flatMap(
    (place) => writtenExpiryFinding(model, place, places) ?? [],
  );
  return [...reads, ...expiries, ...written];
}

/** What is only known from the function that is called. */
const behind = { "handed on": askedBehind, "hands expiry": expiryBehind };

function wholeTableFinding(
  model: WorkspaceModel,
  { linked, use }: TablePlace,
  places: ReadonlyMap<TableUse["kind"], readonly TablePlace[]>,
): DetectorFinding | undefined {
  const place = functionAt(model, linked);
  if (!place || isRunByHand(linked.path)) return undefined;
  const added = whoAdds(use.table, places);
  const when = whenRuns(model, linked);
  const kind = kindOf(use.table);
  const isSmall =
    kinds.test(kind) || (smallTables.test(kind) && !wordsOf(use.table).some((word) => perPerson.test(word)));
  const way = wayFromHandler(model, linked);
  if (way && isDoneOnce(model, way, linked)) return undefined;
  const mayGrow = !isSmall && isPlain(use) && hasRowsOfUse(model, use);
  const growsSurely = mayGrow && isOfDailyUse(model, use);
  if (when === undefined || (!added && !mayGrow)) return undefined;
  // What has another state soon is not read at the next start.
  const leaves = (places.get("changes") ?? []).some(
    (other) =>
      isSameTable(other.use.table, use.table) && new RegExp(`\\b${use.column}\\b\\W?\\s*=`, "i").test(other.use.shown),
  );
  if (use.column !== undefined && (when !== "at start-up" || !added || leaves)) return undefined;
  // What is set up and taken away by those who run the system is theirs to look at.
  const isOfStaff = way !== undefined && isForStaff(model, way);
  const { file, fn } = place;
  const site = fn.calls[use.call] as CallSummary;
  const addedWhen = added && wayFromHandler(model, added.linked);
  const taken = [
    ...(places.get("takes") ?? []),
    ...(places.get("reads expiry") ?? []).filter((other) => other.use.deletes),
  ].find((other) => isSameTable(other.use.table, use.table));
  const isMapped = isModel(use.table);
  const what = isMapped
    ? `${code(use.shown)} reads every row there is ${when}: it sets no condition and no limit.`
    : use.column !== undefined
      ? `${capitalised(when)} all rows of ${code(use.table)} of one ${code(use.column)} are read: the query has no LIMIT, and nothing in the workspace changes that of a row.`
      : `${capitalised(when)} the whole table ${code(use.table)} is read: the query has no WHERE and no LIMIT.`;
  const rows = !added
    ? "No request is seen to add rows"
    : addedWhen
      ? `${capitalised(oftenText(model, addedWhen))} may add a row`
      : `${code(readableSymbol(added.linked))} adds rows`;
  const isMarked = !taken && isMapped && isMarkedAsDeleted(model, use.table.replace("model ", ""));
  if (isOfStaff && (!added || taken || isMarked || isSmall)) return undefined;
  const fate = taken
    ? `rows are deleted in ${code(readableSymbol(taken.linked))}`
    : isMarked
      ? "rows are deleted by being marked"
      : "nothing in the workspace deletes any";
  const isOfOne = takesFirst(site, fn.calls);
  const isKept = [...(way?.calls ?? []), { linked, call: use.call }].some(
    (at) => callConditions(model, at.linked)[at.call]?.isRemembered,
  );
  const few = isSmall
    ? "Such tables stay small, by their name."
    : isOfOne
      ? "Only the first is taken: there is one row, or hardly more."
      : isKept
        ? "It is read only where it is not known yet what it gives."
        : isUnderCondition(model, way)
          ? "On the way there a condition decides whether it is read at all."
          : undefined;
  const addition = added && functionAt(model, added.linked)?.fn.calls[added.use.call];
  const deletion = taken && functionAt(model, taken.linked)?.fn.calls[taken.use.call];
  return {
    path: file.path,
    range: rangeOf(file.lineStarts, site),
    symbol: fn.symbol,
    message: `${what} ${rows}, and ${fate}.`,
    steps: [
      ...(way ? stepsTo(model, way, linked) : []),
      stepAt(model, linked, site, "reads every row"),
      addition && stepAt(model, added.linked, addition, "adds a row"),
      taken && deletion && stepAt(model, taken.linked, deletion, "deletes rows"),
    ].filter((step) => step !== undefined),
    rank: (taken || isMarked ? 2 : 6) + (isMapped ? 0 : 2),
    mild: few,
    ...(((!addedWhen && !growsSurely) || taken || isMarked) && { atMost: "info" as const }),
  };
}

/** Whether a function on the way goes on there only where something holds, and does nothing else where it does not. */
function isUnderCondition(model: WorkspaceModel, way: WayFromOutside | undefined): boolean {
  return (way?.calls ?? []).some(({ linked, call }) => callConditions(model, linked)[call]?.isConditional);
}

/** `settings.findAll().stream().findFirst()` */
function takesFirst({ callee, start }: CallSummary, calls: readonly CallSummary[]): boolean {
  return calls.some(
    (site) =>
      site.start === start && site.callee.startsWith(`${callee}().`) && /\.(?:findFirst|first)$/.test(site.callee),
  );
}

/** Whether it is plain which rows are read: `orders.findAll()`, but not `session.execute().all()`. */
function isPlain({ shown }: TableUse): boolean {
  return shown.split("()").length <= 2;
}

/** There are as many of these as somebody has thought of, whatever they are kinds of. */
const kinds = /^(?:type|kind|categor(?:y|ie))s?$/;
/** What is set up, and not made by using the service. */
const smallTables =
  /^(?:plugin|config|configuration|setting|option|propert(?:y|ie)|role|permission|scope|lang(?:uage)?|locale|region|countr(?:y|ie)|currenc(?:y|ie)|plan|tenant|channel|provider|feature|flag|label|tag|theme|menu|module|cluster|environment)s?$/;
const perPerson =
  /^(?:users?|members?|accounts?|customers?|persons?|people|devices?|orders?|patients?|students?|guests?|players?|subscribers?|employees?)$/;
/** What somebody does, or what happens: there is more of it every day. */
const happenings =
  /^(?:messages?|orders?|missions?|quests?|shipments?|deliver(?:y|ies)|posts?|comments?|threads?|replies|reply|events?|logs?|tickets?|bookings?|reservations?|appointments?|visits?|trips?|payments?|transactions?|invoices?|purchases?|notifications?|reviews?|votes?|readings?|measurements?|submissions?|listings?|articles?|uploads?|sessions?)$/;
const owners = /^(?:user|owner|author|customer|member|player|patient|student|guest|sender|buyer|assignee)(?:_?id)?$/i;

/** `at start-up`, `for each request to /news`. */
function whenRuns(model: WorkspaceModel, linked: LinkedFunction, depth = 0): string | undefined {
  const way = wayFromHandler(model, linked);
  const decorators = way ? (functionAt(model, way.root)?.fn.decorators ?? []) : [];
  if (decorators.some((decorator) => onStart.test(decorator))) return "at start-up";
  if (way) return `for ${oftenText(model, way)}`;
  const name = functionAt(model, linked)?.fn.name ?? "";
  const starts =
    /^_?(?:load|restore|warm|preload|(?:re)?hydrate|init|start|main|recover|on_?start|lifespan|boot)/i.test(name);
  if (starts || isConstruction(model, linked)) return "at start-up";
  // What nobody else has run: `async init() { for (const row of await this.storage.orders()) … }`.
  const callers = depth < maxCallers ? callersOf(model, linked) : [];
  const whens = callers.map((caller) => whenRuns(model, caller.linked, depth + 1));
  return callers.length > 0 && whens.every((when) => when === "at start-up") ? "at start-up" : undefined;
}

const maxCallers = 3;

/** `@app.on_event("startup")`, `@app.before_serving` */
const onStart = /\bon_event\(["']startup["']\)|(?:^|\.)(?:before_serving|before_first_request|on_startup)\b/;

/** Who adds rows: by a request before anybody else. What only saves a row may have read it first. */
function whoAdds(table: string, places: ReadonlyMap<TableUse["kind"], readonly TablePlace[]>): TablePlace | undefined {
  const adding = (places.get("adds") ?? [])
    .filter(({ linked, use }) => isSameTable(use.table, table) && !isRunByHand(linked.path))
    .toSorted((a, b) => (a.linked.id < b.linked.id ? -1 : 1));
  const reachedFrom = (kind: Reach["kind"]) => (place: TablePlace) =>
    place.linked.reachedFrom.some((reach) => reach.kind === kind);
  return (
    adding.find(reachedFrom("handler")) ??
    adding
      .filter(({ use }) => !/(?:^|\.)(?:save|merge|upsert|persist)\w*\(\)$/i.test(use.shown))
      .find(reachedFrom("timer"))
  );
}

/** Whether rows come from using the service, by what they are called or by whose they are. */
function hasRowsOfUse(model: WorkspaceModel, use: TableUse): boolean {
  return perPerson.test(kindOf(use.table)) || isOfDailyUse(model, use);
}

/** Whether there are more of them every day, whoever adds them. */
function isOfDailyUse(model: WorkspaceModel, { table, columns }: TableUse): boolean {
  if (happenings.test(kindOf(table))) return true;
  if (columns?.split(/[\s,."'`]+/).some((column) => owners.test(column))) return true;
  return (
    isModel(table) &&
    typesByLowerName(model.files)
      .get(singular(table))
      .some(({ fields }) => fields.some(({ name }) => owners.test(name)))
  );
}

/** How far above a type it is looked for the mark. */
const maxBases = 3;

/** Whether the type of a model's rows has a field that says of a row that it is deleted. */
function isMarkedAsDeleted(model: WorkspaceModel, name: string, bases = 0): boolean {
  return typesByLowerName(model.files)
    .get(name.toLowerCase())
    .some(
      (type) =>
        type.fields.some((field) => /^(?:is_?)?deleted(?:_?at)?$/i.test(field.name)) ||
        type.bases.some(
          (base) =>
            base === "gorm.Model" ||
            (bases < maxBases && isMarkedAsDeleted(model, base.replace(/<.*$/s, "").replace(/^.*[.*]/, ""), bases + 1)),
        ),
    );
}

/** Tables go by the names of their models in whatever case. */
const typesByLowerName = fileIndex<TypeFacts>(({ types }) =>
  types.map((type) => [type.name.toLowerCase(), type] as const),
);

/** A repository, and the model of its rows, may be called by what there are many of: `orders.findAll()`, `Order`. */
function isSameTable(a: string, b: string): boolean {
  return singular(a) === singular(b);
}

function isModel(table: string): boolean {
  return table.startsWith("model ");
}

function singular(table: string): string {
  return table
    .replace(/^model /, "")
    .toLowerCase()
    .replace(/ies$/, "y")
    .replace(/(?<=[^s])s$/, "");
}

function expiryFinding(
  model: WorkspaceModel,
  { linked, use }: TablePlace,
  places: ReadonlyMap<TableUse["kind"], readonly TablePlace[]>,
): DetectorFinding | undefined {
  const place = functionAt(model, linked);
  const isIndexed = (places.get("indexes") ?? []).some(
    (other) => isSameTable(other.use.table, use.table) && other.use.shown.includes(use.shown),
  );
  if (!place || isIndexed || isRunByHand(linked.path)) return undefined;
  const { file, fn } = place;
  const site = fn.calls[use.call] as CallSummary;
  const way = wayFromHandler(model, linked);
  return {
    path: file.path,
    range: rangeOf(file.lineStarts, site),
    symbol: fn.symbol,
    message: `The expiry ${code(use.shown)} is kept inside a document of ${code(use.table)}: to find what has expired, the database has to open every row. A column of its own with an index on it would do; no query in the workspace makes an index on this one.`,
    steps: [
      ...(way ? stepsTo(model, way, linked) : []),
      stepAt(model, linked, site, "looks inside every document"),
    ].filter((step) => step !== undefined),
    rank: 5,
  };
}

function writtenExpiryFinding(
  model: WorkspaceModel,
  { linked, use }: TablePlace,
  places: ReadonlyMap<TableUse["kind"], readonly TablePlace[]>,
): DetectorFinding | undefined {
  const place = functionAt(model, linked);
  const isCared = (["takes", "reads expiry", "indexes"] as const).some((kind) =>
    places.get(kind)?.some((other) => isSameTable(other.use.table, use.table)),
  );
  const way = wayFromHandler(model, linked);
  if (!place || !way || isCared || isAside(model, place.file, place.fn)) return undefined;
  const { file, fn } = place;
  const site = fn.calls[use.call] as CallSummary;
  return {
    path: file.path,
    range: rangeOf(file.lineStarts, site),
    symbol: fn.symbol,
    message: `The expiry ${code(use.shown)} of a row of ${code(use.table.replace("model ", ""))} is kept inside a document: to find what has expired, somebody has to open every row, and nothing in the workspace deletes any. A column of its own with an index on it would do.`,
    steps: [...stepsTo(model, way, linked), stepAt(model, linked, site, "adds a row with its expiry inside")].filter(
      (step) => step !== undefined,
    ),
    rank: 5,
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
