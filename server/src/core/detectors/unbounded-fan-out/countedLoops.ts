import { callsOf } from "../../model/fileSummary";
import { ownerOf } from "../../model/graph/dataOwner";
import type { WayFromOutside } from "../../model/graph/wayFromOutside";
import { loopsIn } from "../../model/link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

/** The loop around a call that has as many rounds as a number in the request says, which nothing holds against a bound. */
export function countedLoop(model: WorkspaceModel, way: WayFromOutside, linked: LinkedFunction, call: number) {
  const fn = functionAt(model, linked)?.fn;
  const around = fn?.data?.counted ? loopsIn(fn.flow).filter(({ body }) => callsOf(body).includes(call)) : [];
  for (const { start } of around.toReversed()) {
    const known = fn?.data?.counted?.find((loop) => loop.start === start);
    if (!fn || !known) continue;
    const parameter = fn.parameters.find(({ name }) => name === known.bound);
    if (/\bl[et]\s*=/.test(parameter?.default ?? "")) continue;
    const sources = parameter ? [`<${parameter.type ?? "number"}>`] : known.sources;
    const isAsked = sources.some((source) => {
      const site = typeof source === "number" ? fn.calls.findLast((one) => one.start === source) : undefined;
      const over = typeof source === "string" ? source : `${site?.origin ?? site?.callee}()`;
      return ownerOf(model, way, { linked, written: parameter?.name ?? "", over }) === "request";
    });
    if (isAsked) return { start, over: known.bound, isCounted: true as const };
  }
  return undefined;
}
