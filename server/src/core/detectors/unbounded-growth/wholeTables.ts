import { code } from "../../base/markdown";
import { rangeOf, type Span } from "../../base/text";
import type { Turns } from "../../base/turns";
import { wordsOf } from "../../base/words";
import type { TypeFacts } from "../../model/facts";
import { fileIndex } from "../../model/fileIndex";
import type { CallSummary, FileSummary, FunctionSummary } from "../../model/fileSummary";
import { isConstruction } from "../../model/graph/construction";
import { kindOf } from "../../model/graph/kinds";
import { isAside, isRunByHand } from "../../model/graph/runByHand";
import { isForStaff, wayFromHandler } from "../../model/graph/wayFromOutside";
import { oftenText, readableSymbol, stepsTo } from "../../model/graph/wayText";
import { stepAt } from "../../model/graph/witness";
import type { CallTarget, FunctionLinks } from "../../model/link/links";
import { loopsIn } from "../../model/link/loopPace";
import { functionAt, type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";
import { notesOf } from "./growthNotes";

/** What a call does to a table: by its name in SQL, or by what object mapping calls it. */
interface TableUse {
  kind: "reads all" | "adds" | "changes" | "takes" | "reads expiry" | "writes expiry" | "indexes";
  table: string;
  call: number;
  /** As it is told. */
  shown: string;
  /** Whether it deletes the rows it looks for. */
  deletes?: true;
  /** The column of which rows must have one value, which is written in the query. */
  column?: string;
}

interface TablePlace {
  linked: LinkedFunction;
  use: TableUse;
}

const inFiles = new WeakMap<FileSummary, { stamp: unknown; places: readonly TablePlace[] }>();

/** Queries that read a table whole, where requests add to it, and those that look for an expiry no index reaches. */
export function* wholeTables(model: WorkspaceModel): Turns<DetectorFinding[]> {
  const places = new Map<TableUse["kind"], TablePlace[]>();
  for (const file of model.files.values()) {
    yield;
    for (const place of tablesInFile(model, file)) {
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

/** Kept for as long as nothing is another about the functions of the file. */
function tablesInFile(model: WorkspaceModel, file: FileSummary): readonly TablePlace[] {
  if (file.isTest) return [];
  const stamp = model.functions.stampOf(file.path);
  const known = inFiles.get(file);
  if (known && known.stamp === stamp) return known.places;
  const places: TablePlace[] = [];
  file.functions.forEach((fn, index) => {
    const { calls, isTest } = fn;
    const linked = isTest ? undefined : linkedFunction(model, file, index);
    const expiries = new Map(notesOf(fn).expiries);
    linked?.links.calls.forEach((target, call) => {
      const site = calls[call] as CallSummary;
      const isQuery = target.entry?.role === "database" && !isPreparedElsewhere(fn, linked.links, call);
      const use = isQuery ? useBy(site, call, target, fn) : changeBy(site, call, target);
      if (use) places.push({ linked, use });
      const expiry = use?.kind === "adds" ? expiries.get(site.start) : undefined;
      if (use && expiry !== undefined && !isExpiryColumn.test(site.arguments.join(" ")))
        places.push({ linked, use: { ...use, kind: "writes expiry", shown: expiry } });
    });
  });
  inFiles.set(file, { stamp, places });
  return places;
}

/** A column, or what is given by its name. */
const isExpiryColumn =
  /\([^()]*\b\w*(?:expir|valid_?until|ttl|deadline)\w*|\b\w*(?:expir|valid_?until|ttl|deadline)\w*=/i;

/** What a query changes whose receiver nobody knows: `app.state.pool.execute("INSERT INTO moorings …")`. */
function changeBy({ arguments: [first = ""] }: CallSummary, call: number, target: CallTarget): TableUse | undefined {
  if (target.entry || target.functions.length > 0 || !/^"\s*(?:insert|replace|delete|update)\b/i.test(first))
    return undefined;
  return useOfQuery(JSON.parse(first) as string, call);
}

/** Whether another function has put the query together with what it was handed: `session := pageOf(owner, offset, limit)`. */
function isPreparedElsewhere({ calls }: FunctionSummary, links: FunctionLinks, call: number): boolean {
  const { callee = "", origin = callee } = calls[call] ?? {};
  return calls.some(
    (site, i) =>
      i < call &&
      site.arguments.length > 0 &&
      (links.calls[i]?.functions.length ?? 0) > 0 &&
      origin.startsWith(`${site.origin ?? site.callee}().`),
  );
}

function useBy(
  written: CallSummary,
  call: number,
  { entry, external }: CallTarget,
  fn: FunctionSummary,
): TableUse | undefined {
  if (entry?.role !== "database" || !external) return undefined;
  const { calls, flow } = fn;
  const isUnfiltered = notesOf(fn).unfiltered?.includes(written.start) === true;
  const site = isUnfiltered ? { ...written, arguments: [] } : written;
  // What only describes a query is asked when somebody goes over it.
  const rows = `${site.origin ?? site.callee}()`;
  const areRows = (path = "") => path === rows || path.startsWith(`${rows}.`);
  const isAsked =
    entry.blocks !== false ||
    loopsIn(flow).some(({ over }) => areRows(over)) ||
    calls.some(({ callee, arguments: [first] }) => areRows(first) && /^(?:list|tuple|set|sorted)$/.test(callee));
  const argument = entry.query === undefined ? undefined : site.arguments[entry.query];
  const query = argument?.startsWith('"') ? (JSON.parse(argument) as string) : undefined;
  if (query !== undefined) {
    const use = useOfQuery(query, call);
    return use?.kind === "reads all" && isCutAfterwards(site, calls) ? undefined : use;
  }
  const method = external.symbol.slice(external.symbol.lastIndexOf(".") + 1);
  const model = modelOf(site, calls);
  if (model === undefined) return undefined;
  const shown = `${site.callee.replace(/<[^<>]*>\.?/g, "")}()`;
  const of = (kind: TableUse["kind"]): TableUse => ({ kind, table: `model ${model}`, call, shown });
  if (/^(?:soft_?)?(?:delete|remove|destroy|truncate|clear)/i.test(method)) return of("takes");
  if (argument !== undefined) return undefined;
  const isAdded = /^(?:create|insert|save|add|persist|merge|upsert)/i.test(method) && !savesItself(site);
  if (entry.access === "write" && isAdded) return of("adds");
  const isAll = isAsked && /^(?:findMany|findAll|find|getAll|all|list)$/i.test(method) && !isRefined(site, calls);
  return entry.access === "read" && isAll ? of("reads all") : undefined;
}

/** `em.createQuery("select o from Order o").setMaxResults(50)`, at once or by the variable that holds the query. */
function isCutAfterwards({ callee, origin = callee }: CallSummary, calls: readonly CallSummary[]): boolean {
  return calls.some(({ callee: other, origin: path = other }) => {
    const method = path.startsWith(`${origin}().`) ? path.slice(path.lastIndexOf(".") + 1) : "";
    return /^(?:setMaxResults|setFirstResult|getSingleResult(?:OrNull)?)$/.test(method);
  });
}

/** `order.save()`: what has not just been made is there already. */
function savesItself({ callee, origin, arguments: given }: CallSummary): boolean {
  if (!/\.save$/.test(callee) || given.some((argument) => !/^\w+=/.test(argument))) return false;
  return !/(?:^|\.)[A-Z]\w*\(\)\.save$/.test(origin ?? callee);
}

/** Texts of queries are kept to a length; what is longer, or put together from parts, is not known to its end. */
const maxKnown = 158;

function useOfQuery(text: string, call: number): TableUse | undefined {
  const expiry =
    /\bwhere\b[\s\S]*?(?:->>?\s*'[^']*?(\w*(?:expir|ttl|deadline|valid_?until)\w*)'|json_(?:extract|value)\([^)]*?(\w*(?:expir|ttl|deadline|valid_?until)\w*))/i.exec(
      text,
    );
  const table = /\b(?:from|into|update|table|on)\s+(?:if exists\s+|only\s+)?["'`[]?([\w.]+)/i.exec(text)?.[1];
  if (table === undefined) return undefined;
  if (/^\s*create\s+(?:unique\s+)?index/i.test(text)) return { kind: "indexes", table, call, shown: text };
  const deletes = /^\s*(?:delete|truncate|drop)\b/i.test(text) || marksAsDeleted.test(text);
  if (expiry && !/^\s*create/i.test(text))
    return {
      kind: "reads expiry",
      table,
      call,
      shown: (expiry[1] ?? expiry[2]) as string,
      ...(deletes && { deletes }),
    };
  if (/^\s*(?:insert|replace|merge)\b/i.test(text)) return { kind: "adds", table, call, shown: table };
  if (deletes) return { kind: "takes", table, call, shown: table };
  const changed = /^\s*update\b[\s\S]*?\bset\s+((?:(?!\bwhere\b)[\s\S])*)/i.exec(text)?.[1];
  if (changed !== undefined) return { kind: "changes", table, call, shown: changed };
  if (!/^\s*select\b/i.test(text) || text.length >= maxKnown) return undefined;
  if (!narrows.test(text)) return { kind: "reads all", table, call, shown: table };
  const [whole, column] =
    /\bwhere\s+(?:\w+\.)?(\w+)\s*(?:=\s*(?:'\w+'|\d+|true|false)|is\s+(?:not\s+)?(?:null|true|false))\s*;?\s*(?=$|order\s+by\b)/i.exec(
      text,
    ) ?? [];
  const isByState = whole !== undefined && !narrows.test(text.replace(whole, ""));
  return isByState && column ? { kind: "reads all", table, call, shown: table, column } : undefined;
}

/** `UPDATE orders SET deleted_at = now()`: whoever reads them leaves such rows out. */
const marksAsDeleted =
  /^\s*update\b[\s\S]*?\bset\b(?:(?!\bwhere\b)[\s\S])*\b(?:is_?)?deleted(?:_?(?:at|on|by|time|date))?\b\W?\s*=/i;

const narrows =
  /\b(?:where|limit|join|group\s+by|fetch\s+(?:first|next)|top|union|having|tablesample|distinct)\b|\b(?:count|sum|max|min|avg|exists|json_agg|array_agg|string_agg)\s*\(|\?|%s|[{}]|information_schema|\bpg_|sqlite_|\bfrom\s*\(|pragma|schema|migration|version/i;

/** What the rows of object mapping are called: `picker` of `prisma.picker`, `Order` of `Order.objects` and `session.query(Order)`. */
function modelOf(
  { callee, arguments: given, start, end }: CallSummary,
  calls: readonly CallSummary[],
): string | undefined {
  const receiver = callee.slice(0, Math.max(0, callee.lastIndexOf(".")));
  const query = /^(.*?\.query)\(\)/.exec(receiver)?.[1];
  const ofQuery = calls.find((site) => site.start === start && site.callee === query)?.arguments[0];
  const first = given[0] === "new()" ? `<${typeMade(calls, { start, end })}>` : (given[0] ?? "");
  const made = /^([A-Z]\w*)\(\)$|^<(?:\[\])?\*?(?:\w+\.)?([A-Z]\w*)>$/.exec(first);
  const ofGiven = made?.[1] ?? made?.[2];
  const path =
    ofQuery ??
    (ofGiven !== undefined && !plainTypes.test(ofGiven) ? ofGiven : undefined) ??
    receiver.replace(/\.(?:objects|query|manager)$|\(\)$/, "");
  const name = /([\w$]+)$/
    .exec(path)?.[1]
    ?.replace(/^_+|_?(?:repository|repo|dao|model|mapper|collection|store)$/gi, "");
  return name && !/^(?:session|db|conn(?:ection)?|client|tx|em|entityManager|orm|this|self|prisma)$/i.test(name)
    ? name
    : undefined;
}

/** What is given is not a row, but what rows are looked for by. */
const plainTypes = /^(?:String|Long|Integer|Boolean|UUID|Date|Object|Map|List|Set|Collection|Iterable)$/;

/** The type of what Go's `new` makes within a call. */
function typeMade(calls: readonly CallSummary[], { start, end }: Span): string {
  return calls.find((site) => site.callee === "new" && site.start > start && site.end < end)?.arguments[0] ?? "";
}

/** Given conditions, followed by them, or asked of a query that is put together step by step. */
function isRefined({ callee, origin, arguments: given }: CallSummary, calls: readonly CallSummary[]): boolean {
  if (given.length > 1 || (given.length === 1 && !/^<\[\]/.test(given[0] as string))) return true;
  if ([...(origin ?? callee).matchAll(/(\w+)\(/g)].some(([, name]) => narrowing.test(name as string))) return true;
  const query = /^([a-z]\w*)\.\w+$/.exec(callee)?.[1];
  const isQuery = query !== undefined && queries.test(query);
  return calls.some((site) => {
    const method = site.callee.slice(site.callee.lastIndexOf(".") + 1);
    if (site.callee.startsWith(`${callee}().`))
      return narrowing.test(method) || /^(?:exec|cursor)$/i.test(method) || (method === "to_list" && isCapped(site));
    return (
      isQuery && (site.arguments.includes(query) || (site.callee.startsWith(`${query}.`) && narrowing.test(method)))
    );
  });
}

/** `to_list(length=1000)` */
function isCapped({ arguments: given }: CallSummary): boolean {
  return given.some((argument) => !/^(?:length=)?(?:None|<null>|null)?$/.test(argument));
}

const queries = /^(?:s|st|q|qs|qb)$|sess|query|stmt|statement|builder|select|scope|criteria/i;
const narrowing =
  /^(?:table|sql|raw\w*|native\w*|where\w*|filter\w*|exclude|limit\w*|take|top|first|skip|offset|paginate|page|scopes|joins?|in|notin|and|or|between|eq|id|ids|having|sort|select|count\w*)$/i;

function wholeTableFinding(
  model: WorkspaceModel,
  { linked, use }: TablePlace,
  places: ReadonlyMap<TableUse["kind"], readonly TablePlace[]>,
): DetectorFinding | undefined {
  const place = functionAt(model, linked);
  if (!place || isRunByHand(linked.path)) return undefined;
  const added = addedByRequest(use.table, places);
  const when = whenRuns(model, linked);
  const isSmall = smallTables.test(kindOf(use.table)) && !wordsOf(use.table).some((word) => perPerson.test(word));
  const way = wayFromHandler(model, linked);
  if (when === undefined || (!added && !(way && perPerson.test(kindOf(use.table)) && isPlain(use)))) return undefined;
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
  const often = addedWhen ? `${capitalised(oftenText(model, addedWhen))} may add a row` : "Requests add rows";
  const rows = added ? often : "No request is seen to add rows";
  const isMarked = !taken && isMapped && isMarkedAsDeleted(model, use.table.replace("model ", ""));
  if (isOfStaff && (taken || isMarked || isSmall)) return undefined;
  const fate = taken
    ? `rows are deleted in ${code(readableSymbol(taken.linked))}`
    : isMarked
      ? "rows are deleted by being marked"
      : "nothing in the workspace deletes any";
  const isOfOne = takesFirst(site, fn.calls);
  const few = isSmall
    ? "Such tables stay small, by their name."
    : isOfOne
      ? "Only the first is taken: there is one row, or hardly more."
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
    ...((!added || taken || isMarked) && { atMost: "info" as const }),
  };
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

/** What is set up, and not made by using the service. */
const smallTables =
  /^(?:plugin|config|configuration|setting|option|propert(?:y|ie)|role|permission|scope|type|kind|categor(?:y|ie)|lang(?:uage)?|locale|region|countr(?:y|ie)|currenc(?:y|ie)|plan|tenant|channel|provider|feature|flag|label|tag|theme|menu|module|cluster|environment)s?$/;
const perPerson = /^(?:users?|members?|accounts?|customers?|persons?|people|devices?|orders?)$/;

/** `at start-up`, `for each request to /news`. */
function whenRuns(model: WorkspaceModel, linked: LinkedFunction): string | undefined {
  const way = wayFromHandler(model, linked);
  const decorators = way ? (functionAt(model, way.root)?.fn.decorators ?? []) : [];
  if (decorators.some((decorator) => onStart.test(decorator))) return "at start-up";
  if (way) return `for ${oftenText(model, way)}`;
  const name = functionAt(model, linked)?.fn.name ?? "";
  const starts =
    /^_?(?:load|restore|warm|preload|(?:re)?hydrate|init|start|main|recover|on_?start|lifespan|bootstrap)/i.test(name);
  return starts || isConstruction(model, linked) ? "at start-up" : undefined;
}

/** `@app.on_event("startup")`, `@app.before_serving` */
const onStart = /\bon_event\(["']startup["']\)|(?:^|\.)(?:before_serving|before_first_request|on_startup)\b/;

function addedByRequest(
  table: string,
  places: ReadonlyMap<TableUse["kind"], readonly TablePlace[]>,
): TablePlace | undefined {
  return (places.get("adds") ?? [])
    .filter(
      ({ linked, use }) =>
        isSameTable(use.table, table) &&
        linked.reachedFrom.some(({ kind }) => kind === "handler") &&
        !isRunByHand(linked.path),
    )
    .toSorted((a, b) => (a.linked.id < b.linked.id ? -1 : 1))
    .at(0);
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
