import { code } from "../../base/markdown";
import { callConditions } from "../../model/graph/callConditions";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { effectsOfCall } from "../../model/graph/graphFunction";
import { waitsForAnswer } from "../../model/graph/roundTrips";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Situation } from "./situation";

/** Why the round trip is the smaller part of what is done for each, in a whole sentence. */
export function reasonForMoreWork(situation: Situation): string | undefined {
  const more = otherWork(situation);
  return more === undefined ? undefined : `What else is done for each of them takes longer: ${code(more)}.`;
}

/** What a round of the innermost loop does beside the round trip, where that goes to files, programs or other services. */
function otherWork({ model, worst }: Situation): string | undefined {
  if (worst.trip.effect.kind !== "database") return undefined;
  const isPerElement = worst.loops.length > worst.conditions.loops.length;
  const { linked: owner, call: ownCall = -1 } = worst.trip.calls[isPerElement ? 1 : 0] ?? {};
  const fn = owner && functionAt(model, owner)?.fn;
  if (!owner || !fn) return undefined;
  const further = worst.trip.calls.slice(isPerElement ? 2 : 1).find((at) => isBesideHeavierWork(model, at));
  if (further) return functionAt(model, further.linked)?.fn.name;
  const own = fn.calls[ownCall]?.callee;
  const innermost = isPerElement ? undefined : worst.conditions.loops.at(-1)?.start;
  const over = worst.loops.at(-1)?.over;
  const call = callConditions(model, owner).findIndex((conditions, call) => {
    // What is done for each of them in a loop of its own.
    if (conditions?.loops.at(-1)?.over === over && !conditions?.isSeldom && doesHeavierWork(model, owner, call))
      if (over !== undefined && conditions?.loops.at(-1)?.start !== innermost) return true;
    if (!conditions || conditions.isSeldom || fn.calls[call]?.callee === own) return false;
    if (conditions.isConditional && !worst.conditions.isConditional) return false;
    if (innermost !== undefined && !conditions.loops.some(({ start }) => start === innermost)) return false;
    return doesHeavierWork(model, owner, call);
  });
  return fn.calls[call]?.callee;
}

/** Whether a function that is called for each does more than what leads to the round trip, whatever comes. */
function isBesideHeavierWork(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  return callConditions(model, linked).some(
    (conditions, other) =>
      other !== call &&
      conditions &&
      !conditions.isSeldom &&
      !conditions.isConditional &&
      doesHeavierWork(model, linked, other),
  );
}

/** What a call starts for later is work as well. */
function doesHeavierWork(model: WorkspaceModel, linked: LinkedFunction, call: number): boolean {
  const started = linked.edges.filter((edge) => edge.call === call && edge.runs === "later");
  const effects = started.flatMap(({ callee }) => model.functions.get(callee)?.effects.effects ?? []);
  return [...effectsOfCall(model, linked, call), ...effects].some(
    ({ kind, detail }) => kind === "file" || kind === "process" || (kind === "network" && waitsForAnswer(detail)),
  );
}
