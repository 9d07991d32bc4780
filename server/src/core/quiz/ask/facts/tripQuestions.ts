import { code } from "../../../base/markdown";
import type { LoopStep } from "../../../model/facts";
import { callConditions } from "../../../model/graph/callConditions";
import { ownRoundTrip } from "../../../model/graph/roundTrips";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import { isReachedAlways, isWholeLoop } from "./callSites";
import { chooseOne, declaredAt, type FactsAsked, type FactsDraft, lineText, type Option } from "./factsAsked";
import { isHarmlessCall, isSurelyInside } from "./outsideQuestions";
import { nameOfLoop } from "./wayQuestions";

const elements = 200;

interface Counted {
  /** Outside the loop, and in each of its rounds. */
  once: number;
  eachRound: number;
  /** The calls that make them, as sentences. */
  reasons: string[];
}

/** How many round trips it makes for a number of elements, where every call is known. */
export function tripQuestions(asked: FactsAsked): FactsDraft[] {
  const loops = new Set(asked.sites.flatMap(({ loop }) => loop ?? []));
  return [...loops].flatMap((loop) => {
    const over = nameOfLoop(loop);
    const counted = over === undefined ? undefined : count(asked, loop);
    if (over === undefined || !counted || counted.eachRound === 0) return [];
    const { once, eachRound, reasons } = counted;
    const total = once + elements * eachRound;
    const others = [
      0,
      1,
      2,
      elements,
      elements + 1,
      2 * elements,
      once + eachRound,
      elements * (once + eachRound),
      total + 1,
      total + elements,
    ];
    return chooseOne(asked, {
      prompt: `${code(over)} has ${elements} elements, and nothing fails. How many round trips to the database or over the network does that make, what it calls included?`,
      right: [numberOption(total)],
      wrong: [[...new Set(others)].filter((other) => other !== total).map(numberOption)],
      why: () => `${reasons.join(" ")} That makes ${once} + ${elements} × ${eachRound} = ${total}.`,
    }).map((draft) => ({ ...draft, about: ["round trips", over] }));
  });
}

function numberOption(value: number): Option {
  return { text: String(value) };
}

/** The round trips of a function with one loop, or nothing where one of them is not certain. */
function count(asked: FactsAsked, loop: LoopStep): Counted | undefined {
  const { model, linked, fn, sites, summary } = asked;
  const own = summary.functions[linked.index];
  if (
    !isReachedAlways(fn, loop) ||
    !isWholeLoop(fn, loop) ||
    own?.calls.length !== sites.length ||
    sites.length > maxSites
  )
    return undefined;
  const conditions = callConditions(model, linked);
  const counted: Counted = { once: 0, eachRound: 0, reasons: [] };
  for (const site of sites) {
    const trips = tripsOf(model, linked, site.index, 0);
    if (trips === undefined) return undefined;
    if (trips === 0) continue;
    const isInLoop =
      site.loop === loop && conditions[site.index]?.loops.length === 1 && !conditions[site.index]?.isPaced;
    if (!isInLoop && site.made !== "always") return undefined;
    if (isInLoop) counted.eachRound += trips;
    else counted.once += trips;
    const [callee] = linked.links.calls[site.index]?.functions ?? [];
    const target = callee === undefined ? undefined : model.functions.get(callee);
    const through = target ? `, in ${declaredAt(model, target)}` : "";
    counted.reasons.push(
      `${code(site.callee)} in ${lineText(asked, site.start)} makes ${trips}${through}${isInLoop ? ", in every round" : ""}.`,
    );
  }
  return counted;
}

const maxDepth = 3;

/** The round trips of one call: of what it calls only those are known that are made on every way. */
function tripsOf(model: WorkspaceModel, linked: LinkedFunction, call: number, depth: number): number | undefined {
  if (ownRoundTrip(model, linked, call)) return 1;
  if (isHarmlessCall(linked, call) || isSurelyInside(model, linked, call)) return 0;
  const target = linked.links.calls[call];
  const [id, ...others] = target?.functions ?? [];
  const callee = id === undefined ? undefined : model.functions.get(id);
  const place = callee && functionAt(model, callee);
  if (
    !callee ||
    !place ||
    others.length > 0 ||
    target?.dynamic ||
    linked.links.handedOver.has(call) ||
    depth >= maxDepth
  )
    return undefined;
  // A branch, a loop, a way out in between: how often is another question.
  const { flow, calls, damaged, decorators } = place.fn;
  const isStraight = flow.every(
    (node, i) => typeof node === "number" || (node.kind === "exit" && i === flow.length - 1),
  );
  if (!isStraight || damaged || decorators.length > 0 || calls.length > maxCalls) return undefined;
  let sum = 0;
  for (const inner of calls.keys()) {
    const trips = tripsOf(model, callee, inner, depth + 1);
    if (trips === undefined) return undefined;
    sum += trips;
  }
  return sum;
}

const maxCalls = 10;
/** Longer functions do more than this counts. */
const maxSites = 60;
