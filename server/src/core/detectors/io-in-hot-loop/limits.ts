import { callConditions } from "../../model/graph/callConditions";
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

/** Whether the innermost loop goes over one page: a query that the function asks for no more, whatever comes. */
export function isOnePage({ model, linked, worst: { loops } }: Situation): boolean {
  const fn = functionAt(model, linked)?.fn;
  const { start = 0 } = loops.at(-1) ?? {};
  if (!fn || loops.length > 1) return false;
  return (notesOf(fn).limits ?? []).some(
    (limit) => limit + fn.start < start && !isConditional(model, linked, limit + fn.start),
  );
}

function isConditional(model: WorkspaceModel, linked: LinkedFunction, start: number): boolean {
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  return calls.some(
    (site, call) => site.start === start && callConditions(model, linked)[call]?.isConditional === true,
  );
}
