import type { LanguageId } from "../../../server/src/core/model/facts";
import { type Candidate, candidateInputs } from "../../../server/src/core/quiz/inputs/candidates";
import { shapesOf } from "../../../server/src/core/quiz/inputs/parameterShapes";
import type { ParameterShape } from "../../../server/src/core/quiz/inputs/shape";
import { lowerSource } from "../../facts/lowerSource";

/** The shapes of the parameters of a function of some source. */
export async function shapesIn(language: LanguageId, text: string, symbol: string): Promise<ParameterShape[]> {
  const facts = await lowerSource(language, text);
  const index = facts.functions.findIndex((fn) => fn.symbol === symbol);
  if (index < 0) throw new Error(`no ${symbol} among ${facts.functions.map((fn) => fn.symbol).join(", ")}`);
  return shapesOf(facts, text, index);
}

export async function candidatesIn(
  language: "python" | "typescript" | "javascript",
  text: string,
  symbol: string,
  limit = 60,
): Promise<Candidate[]> {
  return candidateInputs(await shapesIn(language, text, symbol), { language, seed: 1, limit });
}

/** Calls as a person reads them: the arguments of one in one line. */
export async function callsIn(
  language: "python" | "typescript" | "javascript",
  text: string,
  symbol: string,
  limit = 60,
): Promise<string[]> {
  return (await candidatesIn(language, text, symbol, limit)).map(({ input }) => input.join(", "));
}
