import { wordsOf } from "../../base/words";
import { functionAt } from "../../model/workspaceModel";
import { notesOf } from "./loopNotes";
import type { Situation } from "./situation";

/** Whether the rows are those of one thing, asked for by what names it. */
export function areRowsOfOne({ linked, model, worst }: Situation): boolean {
  const fn = functionAt(model, linked)?.fn;
  const { start = 0, over = "" } = worst.loops.at(-1) ?? {};
  if (!fn) return false;
  const from = notesOf(fn).givenBy?.find(([loop]) => loop === start - fn.start)?.[1];
  const giver = fn.calls.find((call) => from !== undefined && call.start === fn.start + from)?.callee;
  return [giver ?? over, fn.name].some(asksForOne);
}

/** `findByTraceId`, `pipelines_by_rule`; not `findByIds`, `listByOrganization`, `findByStatus`. */
function asksForOne(name: string): boolean {
  const method = /([\w$]+)(?:\([^()]*\))?$/.exec(name)?.[1] ?? "";
  const words = wordsOf(method.replace(/_?(?:[sS]ort|[oO]rder|[gG]roup)(?:ed)?_?[bB]y.*$/, ""));
  const by = words.lastIndexOf("by");
  if (by < 0) return false;
  const things = words
    .slice(by + 1)
    .join(" ")
    .split(" and ");
  return things.some((thing) => thing !== "" && !ofMany.test(thing));
}

/** What all that there is belongs to, what many have alike, and what names several. */
const ofMany =
  /^(?:org|organi[sz]ation|tenant|workspace|environment|account|project)\b|(?:^|\b)(?:\w+s|in|status|state|type|kind|date|time|query|filter|criteria|example|page|range|true|false|enabled|active|deleted)$/;
