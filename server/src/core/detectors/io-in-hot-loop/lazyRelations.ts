import type { TypeFacts } from "../../model/facts";
import { type CallSummary, callsOf, type FunctionSummary } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import type { DataLoop } from "../../model/graph/dataLoops";
import { type TypeDeclaration, typesNamed } from "../../model/graph/fieldTypes";
import { loopsIn } from "../../model/link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { notesOf } from "./loopNotes";

/** A relation that Django fetches when it is read: one query for each element. */
export interface LazyRelation {
  /** The loop that goes over the rows, and those around it, outermost first. */
  loops: readonly DataLoop[];
  /** A call in the loop; -1 where there is none. */
  call: number;
  /** The whole path that is read, in the file. */
  start: number;
  end: number;
  name: string;
  /** The method of a queryset that fetches it with the rows. */
  remedy: "select_related" | "prefetch_related";
  /** They are a part of the rows, of a length that is given: `[:20]`. */
  isSlice: boolean;
}

/** The relations that the loops of a function make Django fetch one by one; of several places for one, the first. */
export function lazyRelations(model: WorkspaceModel, linked: LinkedFunction): LazyRelation[] {
  const fn = functionAt(model, linked)?.fn;
  const { members = [] } = fn ? notesOf(fn) : {};
  if (!fn || members.length === 0) return [];
  const found = new Map<string, LazyRelation>();
  for (const { loop, path, start, end, ofSlice = false } of members) {
    const [name = "", asked] = path.split(".");
    const key = `${loop} ${name}`;
    const rows = found.has(key) ? undefined : rowsOf(closedAt(fn, fn.start + start), path);
    const remedy = rows && remedyFor(model, rows.type, name, asked);
    if (!rows || !remedy || fetchesWith(fn, name)) continue;
    const own = { start: fn.start + loop, over: `${rows.type}.objects`, origin: rows.origin };
    const [call = -1] = callsOf(loopsIn(fn.flow).find((known) => known.start === own.start)?.body ?? []);
    const around = (callConditions(model, linked)[call]?.loops ?? []).filter((known) => known.start !== own.start);
    const place = { start: fn.start + start, end: fn.start + end };
    found.set(key, { ...place, loops: [...around, own], call, name, remedy, isSlice: ofSlice });
  }
  return [...found.values()];
}

/** What is read or called at a place, closed. */
function closedAt({ reads, readStarts, calls }: FunctionSummary, start: number): string {
  const site = calls.find((call) => call.start === start);
  return reads[readStarts.indexOf(start)] ?? site?.origin ?? site?.callee ?? "";
}

/** The model whose rows a member is read of, and the query, as `Order` and `Order.objects.filter()` of `Order.objects.filter()[each].customer.name`; absent where they may be no rows. */
function rowsOf(closed: string, member: string): { type: string; origin: string } | undefined {
  const origin = closed.slice(0, Math.max(0, closed.lastIndexOf(`[each].${member}`)));
  const [, type, called = ""] = /^(?:\w+\.)*([A-Z]\w*)\.objects((?:\.\w+\(\))+)$/.exec(origin) ?? [];
  const methods = called.match(/\w+/g) ?? [];
  return type !== undefined && methods.every((method) => keepsLazy.has(method)) ? { type, origin } : undefined;
}

/** Methods of querysets behind which the elements are rows whose relations have not been fetched. */
const keepsLazy: ReadonlySet<string> = new Set(
  "all filter exclude order_by reverse distinct annotate alias using defer only iterator union intersection difference select_for_update".split(
    " ",
  ),
);

/** What would fetch a member of the rows, where every type of that name has it as a relation that is not fetched. */
function remedyFor(
  model: WorkspaceModel,
  type: string,
  name: string,
  asked: string | undefined,
): LazyRelation["remedy"] | undefined {
  const declared = typesNamed(model.files).get(type);
  const relations = new Set(declared.map(({ facts }) => relationOf(facts, name)));
  const [relation] = relations;
  if (relations.size !== 1 || relation === undefined || declared.some((one) => hasFetchingManager(model, one)))
    return undefined;
  if (relation === "one") return "select_related";
  // What is looked for otherwise is asked again, whatever was fetched.
  return asked === "all" ? "prefetch_related" : undefined;
}

function relationOf({ fields }: TypeFacts, name: string): "one" | "many" | undefined {
  const type = fields.find((field) => field.name === name)?.type ?? "";
  if (/(?:^|\.)(?:ForeignKey|OneToOneField)$/.test(type)) return "one";
  return /(?:^|\.)ManyToManyField$/.test(type) || /_set$/.test(name) ? "many" : undefined;
}

/** `objects = OrderManager()`, where that fetches relations by itself. */
function hasFetchingManager(model: WorkspaceModel, { facts: { fields } }: TypeDeclaration): boolean {
  const manager = fields.find(({ name }) => name === "objects");
  const names = (manager?.type ?? manager?.origin ?? "").match(/\w+/g) ?? [];
  return names.some((name) =>
    typesNamed(model.files)
      .get(name)
      .some(({ file }) => file.functions.some((fn) => fn.typeName === name && fn.calls.some(isFetching))),
  );
}

/** Whether the function has the relation fetched with the rows at some place: `rows = rows.select_related("customer")`. */
function fetchesWith({ calls }: FunctionSummary, name: string): boolean {
  return calls.some(
    (site) =>
      isFetching(site) &&
      (site.arguments.length === 0 ||
        site.arguments.some((argument) => argument.startsWith(`"${name}`) || !argument.startsWith('"'))),
  );
}

function isFetching({ callee }: CallSummary): boolean {
  return /(?:^|\.)(?:(?:select|prefetch)_related|prefetch_related_objects|Prefetch)$/.test(callee);
}
