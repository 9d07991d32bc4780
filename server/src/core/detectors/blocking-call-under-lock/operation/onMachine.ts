import type { EffectPlace } from "../../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";

/** Whether a connection is made to a socket of the machine itself: `net.Dial("unix", path)`. */
export function isOnMachine(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  const { linked, effect } = chain.at(-1) as EffectPlace;
  const given = functionAt(model, linked)?.fn.calls[effect.call]?.arguments ?? [];
  return given.some((argument) => /^"unix(?:gram|packet)?"$/.test(argument));
}
