import { programOf } from "../../server/src/core/quiz/isolate/runnable";
import { type Mutant, mutantsOf } from "../../server/src/core/quiz/mutants/mutants";
import type { NotRunnable, Program } from "../../server/src/core/quiz/program";
import { newEngine } from "../support/analysed";

/** A function of a file, taken out of it. */
export async function isolated(path: string, text: string, symbol: string): Promise<Program | NotRunnable> {
  const engine = newEngine();
  const { facts } = await engine.extractFacts(path, text);
  const root = await engine.parse(path, text);
  const index = facts?.functions.findIndex((fn) => fn.symbol === symbol) ?? -1;
  if (!facts || !root || index < 0) throw new Error(`${path} has no ${symbol}`);
  return programOf(root, facts, index);
}

export async function program(path: string, text: string, symbol: string): Promise<Program> {
  const found = await isolated(path, text, symbol);
  if ("reason" in found) throw new Error(found.reason);
  return found;
}

export async function mutants(path: string, text: string, symbol: string): Promise<Mutant[]> {
  const taken = await program(path, text, symbol);
  const root = await newEngine().parse(path, taken.source);
  if (!root) throw new Error("the program does not parse");
  return mutantsOf(taken, root);
}
