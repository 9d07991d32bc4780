import { code } from "../../base/markdown";
import type { WitnessStep } from "../finding";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { routeOf, type WayFromOutside } from "./wayFromOutside";
import { nameOf, stepAt } from "./witness";

/** `each request to /news`, `each call of postNews`. */
export function oftenText(model: WorkspaceModel, way: WayFromOutside): string {
  const route = routeOf(model, way);
  if (route !== undefined) return `each request to ${code(route)}`;
  const name = readableSymbol(way.root);
  if (way.reach.registered === undefined && way.root.links.callsByMessages) return `each message to ${code(name)}`;
  return name === "<anonymous>" ? `each request to a handler in ${code(way.root.path)}` : `each call of ${code(name)}`;
}

/** The steps from the root to a function. */
export function stepsTo(model: WorkspaceModel, way: WayFromOutside, linked: LinkedFunction): WitnessStep[] {
  const steps: (WitnessStep | undefined)[] = [];
  const root = functionAt(model, way.root);
  if (root) steps.push(stepAt(model, way.root, root.fn.nameSpan, `runs for ${oftenText(model, way)}`));
  way.calls.forEach(({ linked: caller, call }, i) => {
    const site = functionAt(model, caller)?.fn.calls[call];
    const next = way.calls[i + 1]?.linked ?? linked;
    if (site) steps.push(stepAt(model, caller, site, `calls ${code(readableSymbol(next))}`));
  });
  return steps.filter((step) => step !== undefined);
}

/** An anonymous function goes by the one around it. */
export function readableSymbol({ id }: LinkedFunction): string {
  return nameOf(id).replace(/(?:\.<anonymous>)+$/, "");
}
