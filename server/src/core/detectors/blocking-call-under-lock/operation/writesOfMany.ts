import { type Flow, flowsInside } from "../../../model/fileSummary";
import type { EffectPlace } from "../../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";

const writes = /^(?:write|insert|update|delete|upsert|save)\b/i;

/** Whether a call writes what a collection holds, which its function asks for its length or goes through: many rows. */
export function writesMany(model: WorkspaceModel, { linked, effect }: EffectPlace): boolean {
  const fn = functionAt(model, linked)?.fn;
  const given = fn?.calls[effect.call]?.arguments ?? [];
  if (!fn || given.length === 0 || !writes.test(effect.detail)) return false;
  return (
    fn.calls.some(({ callee, arguments: [measured = ""] }) => callee === "len" && given.includes(measured)) ||
    isGoneThrough(fn.flow, given)
  );
}

function isGoneThrough(flow: readonly Flow[], paths: readonly string[]): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    if (node.kind === "loop" && node.over !== undefined && paths.includes(node.over)) return true;
    return flowsInside(node).some((inner) => isGoneThrough(inner, paths));
  });
}
