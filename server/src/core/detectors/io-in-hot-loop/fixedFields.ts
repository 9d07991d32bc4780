import type { AccessPath } from "../../model/facts";
import { fileIndex } from "../../model/fileIndex";
import { makes } from "../../model/graph/construction";
import type { WorkspaceModel } from "../../model/workspaceModel";
import { areNamesByType } from "./names";

/**
 * Whether a field holds names that its object was given when it was made, and no more: nothing in the workspace sets it
 * or adds to it, or to one of that name of who knows what, but what makes objects.
 */
export function isFixedField(model: WorkspaceModel, over: AccessPath): boolean {
  const [, type, name] = /^<(\w+)>\.(\w+)(?:\.\w+\(\))*$/.exec(over) ?? [];
  if (type === undefined || name === undefined) return false;
  const said = fieldsSaid(model.files);
  const own = said.get(`${type}.${name}`);
  return own.includes("names") && !own.includes("changed") && !said.has(name);
}

/** What is said of fields, by type and name, or by their name: which have names, and which start empty or are set or added to later on. */
const fieldsSaid = fileIndex(function* ({
  isTest,
  functions,
  types,
}): Iterable<readonly [string, "names" | "changed"]> {
  if (isTest) return;
  for (const { name: owner, fields } of types)
    for (const { name, type = "", origin = "" } of fields) {
      if (areNamesByType(type)) yield [`${owner}.${name}`, "names"];
      if (startsEmpty.test(origin)) yield [`${owner}.${name}`, "changed"];
    }
  for (const fn of functions) {
    const isMaking = fn.form === "constructor" || fn.name === "__init__" || makes.test(fn.name);
    const set = isMaking ? [] : fn.writes.flatMap((path) => keyOf(written.exec(path)));
    const added = fn.calls.flatMap(({ callee, origin = callee }) => keyOf(adds.exec(origin)));
    for (const key of [...set, ...added]) yield [key, "changed"];
  }
});

/** `Harbour.boats` of `<Harbour>.boats`, `boats` where it is not known of what. */
function keyOf(found: RegExpExecArray | null): string[] {
  const [, type, name] = found ?? [];
  return name === undefined ? [] : [type === undefined ? name : `${type}.${name}`];
}

const written = /(?:^<\*?(\w+)>)?\.(\w+)(?:\[[^\]]*\])*$/;
const adds =
  /(?:^<\*?(\w+)>)?\.(\w+)(?:\[[^\]]*\])?\.(?:add|append|extend|insert|offer|push|put|set|setdefault|unshift|update|compute|merge|Store|LoadOrStore|Add|Put|Set)(?:[A-Z]\w*)?$/;
const startsEmpty =
  /^(?:new )?(?:[\w.]*(?:Map|List|Set|Deque|Queue|dict|list|set|defaultdict|deque))\b.*\(\)$|^[[{(][\])}]$|^<(?:list|map|set|object)>$/;
