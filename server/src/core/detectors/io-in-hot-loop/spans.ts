import { isInside } from "../../base/text";
import { wordsOf } from "../../base/words";
import { functionAt } from "../../model/workspaceModel";
import type { Situation } from "./situation";

/** Whether each of them is asked for what lies between two moments: `readings.between(gauge, from, to)`. */
export function readsSpanOfTime({ model, worst: { trip } }: Situation): boolean {
  if (trip.isWrite) return false;
  const sites = trip.calls.flatMap(({ linked, call }) => {
    const calls = functionAt(model, linked)?.fn.calls ?? [];
    const site = calls[call];
    // A condition may be put together within the call: `find(Condition.between("at", from, to))`.
    return site ? calls.filter((inner) => inner === site || isInside(inner, site)) : [];
  });
  if (sites.some(({ callee }) => givesOneValue.test(lastWordsOf(callee)))) return false;
  return sites.some(({ arguments: given }) => given.some((one, i) => isMoment(one) && isMoment(given[i + 1] ?? "")));
}

function lastWordsOf(callee: string): string {
  return wordsOf(callee.slice(callee.lastIndexOf(".") + 1)).join(" ");
}

/** What gives one figure is the round trip and little else. */
const givesOneValue = /\b(?:count|counts|sum|average|avg|total|totals|exists|has|min|max|first|last|latest|one)\b/;

/** By its declared type. */
function isMoment(given: string): boolean {
  return /^<[*]?(?:\w+\.)*(?:Date|DateTime|datetime|Instant|(?:Local|Offset|Zoned)DateTime|LocalDate|Timestamp|Time)>$/.test(
    given,
  );
}
