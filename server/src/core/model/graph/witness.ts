import type { LinkedFunction, WorkspaceModel } from "../workspaceModel";
import type { Effect } from "./effects";

/** The functions through which an effect is reached, the one where it happens last. */
export function witnessOf(model: WorkspaceModel, effect: Effect): LinkedFunction[] {
  const chain: LinkedFunction[] = [];
  for (let current: Effect | undefined = effect; current?.callee !== undefined; ) {
    const callee = model.functions.get(current.callee);
    if (!callee) break;
    chain.push(callee);
    const { kind, detail, distance }: Effect = current;
    current = callee.effects.effects.find(
      (next) => next.kind === kind && next.detail === detail && next.distance === distance - 1,
    );
  }
  return chain;
}
