import type { LinkedFunction, WorkspaceModel } from "../workspaceModel";
import type { Edge } from "./functionEffects";

/** A function that calls another one or hands it over, and the edges that lead there. */
export interface Caller {
  linked: LinkedFunction;
  edges: readonly Edge[];
}

/** Who calls a function, or hands it over, outside tests; not the function itself, which says nothing of who began. */
export function callersOf(model: WorkspaceModel, { id, callers }: LinkedFunction): Caller[] {
  return callers.flatMap((caller) => {
    const linked = caller === id ? undefined : model.functions.get(caller);
    if (!linked || model.files.get(linked.path)?.isTest) return [];
    return { linked, edges: linked.edges.filter(({ callee }) => callee === id) };
  });
}
