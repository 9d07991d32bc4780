import { lockAnalysis } from "../../../model/graph/lockAnalysis";
import { type EffectPlace, nameOf } from "../../../model/graph/witness";
import type { FunctionId } from "../../../model/link/links";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";
import type { LockUse } from "./lockUses";

/** One alone may have left it out. */
const fewest = 2;

/**
 * One of the methods of the same type that take a lock as well and give it back before they call what is called under it
 * here: then the lock is not there for that. Nothing where fewer than two do.
 */
export function givenBackBefore(
  model: WorkspaceModel,
  [first, next]: readonly EffectPlace[],
  { lock, takers }: LockUse,
): string | undefined {
  const own = first && functionAt(model, first.linked)?.fn.typeName;
  if (!next || own === undefined) return undefined;
  const locks = lockAnalysis(model);
  const isHeld = (id: FunctionId, call: number) =>
    [...locks.onEntry(id), ...(locks.regionsOf(id)?.at(call).mayHold ?? [])].some((held) => held.lock === lock);
  const found = [...takers].filter((id) => {
    const other = model.functions.get(id);
    if (!other || functionAt(model, other)?.fn.typeName !== own) return false;
    const calls = other.edges.filter(({ callee, runs }) => callee === next.linked.id && runs === "now");
    return calls.length > 0 && calls.every(({ call }) => !isHeld(id, call));
  });
  const [one] = found;
  return one !== undefined && found.length >= fewest ? nameOf(one).replace(/^.*\./, "") : undefined;
}
