import { callConditions } from "../../model/graph/callConditions";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { ownRoundTrip, runBy } from "../../model/graph/roundTrips";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { notesOf } from "./loopNotes";
import { callsOnWay, type Situation } from "./situation";
import { notesOfCallees } from "./waysIn";

/** Whether a loop on the way goes over what a query with a limit has read, before it or in what is called for that. */
export function isLimited(situation: Situation): boolean {
  const { model } = situation;
  return callsOnWay(situation).some(({ linked, call }) => {
    const fn = functionAt(model, linked)?.fn;
    if (!fn) return false;
    const { givenBy = [], limits = [] } = notesOf(fn);
    return (callConditions(model, linked)[call]?.loops ?? []).some(({ start }) => {
      if (limits.some((limit) => limit < start - fn.start)) return true;
      const from = givenBy.find(([loop]) => loop === start - fn.start)?.[1];
      if (from === undefined) return false;
      return notesOfCallees(model, linked, fn, from).some(({ limits = [] }) => limits.length > 0);
    });
  });
}

/**
 * Whether the innermost loop goes over one page, and does little for each: a query that the function asks for no more,
 * whatever comes, or the caller that hands it over.
 */
export function isOnePage(situation: Situation): boolean {
  const { model, linked, worst, way } = situation;
  const fn = functionAt(model, linked)?.fn;
  const [loop, ...further] = worst.loops;
  if (!fn || !loop || further.length > 0 || tripsOf(model, worst.trip.calls[0]) > fewTrips) return false;
  if (asksForPage(model, linked, loop.start)) return true;
  const caller = way.calls.at(-1);
  const site = caller && functionAt(model, caller.linked)?.fn.calls[caller.call];
  const isHanded = fn.parameters.some(({ name }) => name === loop.over.split(".")[0]);
  return isHanded && site !== undefined && asksForPage(model, caller?.linked as LinkedFunction, site.start);
}

/** Whether a function sets a limit before an offset, itself or by what it hands the query to: `query = paged(query, page)`. */
function asksForPage(model: WorkspaceModel, linked: LinkedFunction, before: number): boolean {
  const fn = functionAt(model, linked)?.fn;
  if (!fn) return false;
  const { limits = [] } = notesOf(fn);
  if (limits.some((limit) => limit + fn.start < before && !isConditional(model, linked, limit + fn.start))) return true;
  return fn.calls.some(({ start, callee }, call) => {
    if (start >= before || !/pag(?:e|ing|inat)|limit/i.test(callee)) return false;
    const known = callConditions(model, linked)[call];
    return !known?.isConditional && notesOfCallees(model, linked, fn, start - fn.start).some(({ limits }) => limits);
  });
}

/** More round trips than this for each of a page are many. */
const fewTrips = 2;
/** Calls further away are not looked at. */
const maxDepth = 6;

/** How many places that make a round trip one call leads to. */
function tripsOf(model: WorkspaceModel, from: ReachedCall | undefined): number {
  const seen = new Set<string>();
  let trips = 0;
  let front = from ? [from] : [];
  for (let depth = 0; depth < maxDepth && front.length > 0; depth++) {
    const next: ReachedCall[] = [];
    for (const { linked, call } of front) {
      if (ownRoundTrip(model, linked, call)) trips += 1;
      for (const id of runBy(model, linked, call)) {
        const callee = model.functions.get(id);
        if (!callee || seen.has(id) || seen.size > maxVisits) continue;
        seen.add(id);
        callConditions(model, callee).forEach((conditions, inside) => {
          if (!conditions.isSeldom) next.push({ linked: callee, call: inside });
        });
      }
    }
    front = next;
  }
  return trips;
}

const maxVisits = 100;

function isConditional(model: WorkspaceModel, linked: LinkedFunction, start: number): boolean {
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  return calls.some(
    (site, call) => site.start === start && callConditions(model, linked)[call]?.isConditional === true,
  );
}
