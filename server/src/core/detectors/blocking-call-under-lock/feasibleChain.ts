import { callConditions } from "../../model/graph/callConditions";
import type { Effect } from "../../model/graph/functionEffects";
import { type Constant, constantsInside, isDenied } from "../../model/graph/givenConstants";
import { effectsOfCall } from "../../model/graph/graphFunction";
import { type EffectPlace, isBehind, nextOf } from "../../model/graph/witness";
import type { LinkedFunction, WorkspaceModel } from "../../model/workspaceModel";

/** Functions looked at for one chain; beyond them the nearest chain is believed. */
const maxVisits = 40;

/** A search for one chain. */
interface Search {
  model: WorkspaceModel;
  /** Functions with what they are given, so that none is looked at twice. */
  visited: Set<string>;
  /** Every function that was looked at. */
  lookedAt: Set<LinkedFunction>;
}

/**
 * The nearest chain from a function to an effect of it that no constant argument on the way rules out: `enqueue(false)`
 * does not lead to what `enqueue` does behind `if now`. Absent if there is none.
 */
export function feasibleChain(
  model: WorkspaceModel,
  from: LinkedFunction,
  effect: Effect,
  lookedAt: Set<LinkedFunction>,
): readonly EffectPlace[] | undefined {
  return chainFrom({ model, visited: new Set(), lookedAt }, { linked: from, effect }, []);
}

function chainFrom(search: Search, place: EffectPlace, given: readonly Constant[]): EffectPlace[] | undefined {
  const { model, lookedAt } = search;
  const { linked, effect } = place;
  lookedAt.add(linked);
  if (isRuledOut(model, place, given)) return undefined;
  const callee = effect.callee === undefined ? undefined : model.functions.get(effect.callee);
  if (!callee) return [place];
  const inside = constantsInside(model, { linked, call: effect.call }, callee, given);
  const key = `${callee.id} ${inside.map(({ parameter, value }) => `${parameter}=${value}`).join()}`;
  if (search.visited.has(key)) return undefined;
  search.visited.add(key);
  for (const next of waysOn(search, callee, effect)) {
    const rest = chainFrom(search, { linked: callee, effect: next }, inside);
    if (rest) return [place, ...rest];
  }
  return undefined;
}

function isRuledOut(model: WorkspaceModel, { linked, effect }: EffectPlace, given: readonly Constant[]): boolean {
  if (given.length === 0 || effect.call < 0) return false;
  const conditions = callConditions(model, linked)[effect.call];
  return conditions?.switches.some((needed) => isDenied(needed, given)) ?? false;
}

/** The same effect in the function it leads to, the nearest first; the others are looked for only when that is ruled out. */
function* waysOn({ model, visited }: Search, callee: LinkedFunction, effect: Effect): Iterable<Effect> {
  const nearest = nextOf(callee, effect);
  if (!nearest) return;
  yield nearest;
  if (visited.size > maxVisits) return;
  const others = [...callee.links.calls.keys()].flatMap((call) =>
    call === nearest.call ? [] : effectsOfCall(model, callee, call).filter((other) => isBehind(other, effect)),
  );
  yield* others.sort((a, b) => a.distance - b.distance);
}
