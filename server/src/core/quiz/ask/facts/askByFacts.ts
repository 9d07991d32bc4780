import { createHash } from "node:crypto";
import type { Random } from "../../../base/random";
import { linkedFunction } from "../../../model/workspaceModel";
import type { Question } from "../../question";
import { callerQuestions, wayInQuestions } from "./callerQuestions";
import { callSitesOf } from "./callSites";
import { changeQuestions } from "./changeQuestions";
import type { FactsAsked, FactsDraft, FactsInput } from "./factsAsked";
import { failureQuestions } from "./failureQuestions";
import { lockQuestions } from "./lockQuestions";
import { outsideQuestions } from "./outsideQuestions";
import { tripQuestions } from "./tripQuestions";
import { raiseQuestions, useQuestions } from "./useQuestions";
import { decisionQuestions, readQuestions } from "./valueQuestions";
import { conditionQuestions, orderQuestions, roundQuestions } from "./wayQuestions";

export type { FactsInput } from "./factsAsked";

/** So many by facts are enough, whatever else is asked. */
const maxQuestions = 6;

/** Calls are compared with each other. Nobody can be asked about functions with more of them. */
const maxCalls = 500;

/** The more there is to lose by not knowing, the earlier. */
const makers: readonly ((asked: FactsAsked) => FactsDraft[])[] = [
  lockQuestions,
  failureQuestions,
  outsideQuestions,
  tripQuestions,
  roundQuestions,
  changeQuestions,
  wayInQuestions,
  conditionQuestions,
  raiseQuestions,
  decisionQuestions,
  callerQuestions,
  orderQuestions,
  readQuestions,
  useQuestions,
];

/**
 * Questions about a function that the analysis answers with certainty, in every language, the most consequential
 * first; none where it is not certain enough. The same for the same input and chance.
 */
export function askByFacts(input: FactsInput, random: Random): Question[] {
  const { model, summary, facts, text, index } = input;
  const fn = facts.functions[index];
  const own = summary.functions[index];
  const linked = linkedFunction(model, summary, index);
  if (
    !fn ||
    !own ||
    !linked ||
    fn.damaged ||
    own.calls.length > maxCalls ||
    own.shapeHash !== fn.shapeHash ||
    own.start !== fn.start
  )
    return [];
  const sites = callSitesOf(facts, fn, own, text);
  const asked: FactsAsked = { model, summary, facts, text, fn, linked, sites, random };
  const queues = makers.map((make) => [...make(asked)]);
  return inTurn(queues).map(({ question }) => ({ id: idOf(facts.path, fn.symbol, question), ...question }));
}

/** One of each kind in turn, none that another one gives away. */
function inTurn(queues: readonly FactsDraft[][]): FactsDraft[] {
  const taken: FactsDraft[] = [];
  while (taken.length < maxQuestions && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      const next = queue.findIndex(
        (draft) => !taken.some((other) => givesAway(other, draft) || givesAway(draft, other)),
      );
      const [draft] = next < 0 ? [] : queue.splice(0, next + 1).slice(-1);
      if (!draft) queue.length = 0;
      else if (taken.length < maxQuestions) taken.push(draft);
    }
  }
  return taken;
}

function givesAway(one: FactsDraft, other: FactsDraft): boolean {
  if (one.about.some((about) => other.about.includes(about))) return true;
  return one.secrets?.some((secret) => other.question.options.includes(secret)) === true;
}

function idOf(path: string, symbol: string, { prompt, options }: Omit<Question, "id">): string {
  return createHash("sha256")
    .update(JSON.stringify([path, symbol, "facts", prompt, options]))
    .digest("hex")
    .slice(0, 12);
}
