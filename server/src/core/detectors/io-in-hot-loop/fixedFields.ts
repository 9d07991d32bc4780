import type { AccessPath } from "../../model/facts";
import { fileIndex } from "../../model/fileIndex";
import type { FunctionSummary } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import { makes } from "../../model/graph/construction";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { isForTests } from "../../model/testSupport";
import { functionAt, linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { notesOf } from "./loopNotes";
import { areNamesByType } from "./names";
import { fewWritten } from "./writtenLists";

/**
 * Whether a field holds names that its object was given when it was made, and no more: nothing in the workspace sets it
 * or adds to it, or to one of that name of who knows what, but what makes objects.
 */
export function isFixedField(model: WorkspaceModel, over: AccessPath): boolean {
  return saidOf(
    model,
    over,
    (own) =>
      own.includes("names") && own.every((said) => typeof said === "string" && said !== "changed" && said !== "empty"),
  );
}

/** Whether a field holds a list that is written out where its object is made, and nothing else is done to it. */
export function isWrittenField(model: WorkspaceModel, over: AccessPath): boolean {
  return saidOf(
    model,
    over,
    (own) => own.includes("listed") && own.every((said) => typeof said === "string" && said !== "changed"),
  );
}

/**
 * Whether a field holds what the program adds to it while it starts, each at a place of its own:
 * `listener.addPoller(new TidePoller(db))`.
 */
export function isFilledAtStart(model: WorkspaceModel, over: AccessPath): boolean {
  return saidOf(model, over, (own) => {
    const added = own.filter((said) => typeof said === "object");
    if (added.length === 0 || own.includes("changed")) return false;
    const places = added.map(({ path, index, call }) => {
      const file = model.files.get(path);
      const linked = file && linkedFunction(model, file, index);
      return linked ? placesThatAdd(model, { linked, call }, 0) : fewWritten + 1;
    });
    return places.reduce((sum, count) => sum + count, 0) <= fewWritten;
  });
}

function saidOf(model: WorkspaceModel, over: AccessPath, is: (own: readonly Said[]) => boolean): boolean {
  const [, type, name] = /^<(\w+)>\.(\w+)(?:\.\w+\(\))*$/.exec(over) ?? [];
  if (type === undefined || name === undefined) return false;
  const said = fieldsSaid(model.files);
  return !said.has(name) && is(said.get(`${type}.${name}`));
}

/** Calls further away are not looked at. */
const maxDepth = 4;

/** How many places of what runs when the program starts lead to a call that adds one; many, where they are not known. */
function placesThatAdd(model: WorkspaceModel, { linked, call }: ReachedCall, depth: number): number {
  const { file, fn } = functionAt(model, linked) ?? {};
  if (!file || !fn || isForTests(model, file, fn)) return 0;
  const many = fewWritten + 1;
  if (linked.reachedFrom.length > 0 || (callConditions(model, linked)[call]?.loops.length ?? 1) > 0) return many;
  if (isMaking(fn)) return 1;
  const callers = linked.callers.flatMap((id) => model.functions.get(id) ?? []);
  // Who calls what nothing here calls is not known, nor how often.
  if ((callers.length === 0 && fn.name !== "main") || depth >= maxDepth) return many;
  const isHanded = (given: string) =>
    given.startsWith(`<func#${linked.index}@`) || fn.parameters.some(({ type }) => given === `<${type}>`);
  if (!fn.calls[call]?.arguments.some(isHanded)) return 1;
  const sites = callers.flatMap((caller) =>
    caller.edges.flatMap((edge) => (edge.callee === linked.id ? { linked: caller, call: edge.call } : [])),
  );
  return sites.reduce((sum, site) => sum + placesThatAdd(model, site, depth + 1), 0);
}

/** Of a field: it has names, or a list written out; it starts empty; it is set later on; or where something is added to it. */
type Said = "names" | "listed" | "empty" | "changed" | { path: string; index: number; call: number };

/** What is said of fields, by type and name, or by their name. */
const fieldsSaid = fileIndex(function* ({ isTest, functions, types, path }): Iterable<readonly [string, Said]> {
  if (isTest) return;
  for (const { name: owner, fields } of types)
    for (const { name, type = "", origin = "" } of fields) {
      if (areNamesByType(type)) yield [`${owner}.${name}`, "names"];
      if (startsEmpty.test(origin)) yield [`${owner}.${name}`, "empty"];
    }
  for (const [index, fn] of functions.entries()) {
    for (const name of notesOf(fn).lists ?? []) yield [`${fn.typeName}.${name}`, "listed"];
    const set = isMaking(fn) ? [] : fn.writes.flatMap((written) => keyOf(member.exec(written)));
    for (const key of set) yield [key, "changed"];
    for (const [call, { callee, origin = callee }] of fn.calls.entries())
      for (const key of keyOf(adds.exec(origin))) yield [key, { path, index, call }];
  }
});

function isMaking({ form, name }: FunctionSummary): boolean {
  return form === "constructor" || name === "__init__" || makes.test(name);
}

/** `Harbour.boats` of `<Harbour>.boats`, `boats` where it is not known of what. */
function keyOf(found: RegExpExecArray | null): string[] {
  const [, type, name] = found ?? [];
  return name === undefined ? [] : [type === undefined ? name : `${type}.${name}`];
}

const member = /(?:^<\*?(\w+)>)?\.(\w+)(?:\[[^\]]*\])*$/;
const adds =
  /(?:^<\*?(\w+)>)?\.(\w+)(?:\[[^\]]*\])?\.(?:add|append|extend|insert|offer|push|put|set|setdefault|unshift|update|compute|merge|Store|LoadOrStore|Add|Put|Set)(?:[A-Z]\w*)?$/;
const startsEmpty =
  /^(?:new )?(?:[\w.]*(?:Map|List|Set|Deque|Queue|dict|list|set|defaultdict|deque))\b.*\(\)$|^[[{(][\])}]$|^<(?:list|map|set|object)>$/;
