import { lineStartsOf } from "../../server/src/core/base/text";
import { firstFileOf } from "../../server/src/core/model/workspaceModel";
import type { ObjectForm } from "../../server/src/core/quiz/inputs/parameterShapes";
import type { IsolationFiles } from "../../server/src/core/quiz/isolate/gathering";
import { programOf } from "../../server/src/core/quiz/isolate/runnable";
import { type Mutant, mutantsOf } from "../../server/src/core/quiz/mutants/mutants";
import type { NotRunnable, Program } from "../../server/src/core/quiz/program";
import { newEngine } from "../support/analysed";

/** A function of a file, taken out of it with what it needs of other files, by path. */
export async function isolated(
  path: string,
  text: string,
  symbol: string,
  others: Readonly<Record<string, string>> = {},
  receiver: ObjectForm = "made",
): Promise<Program | NotRunnable> {
  const engine = newEngine();
  const texts = { ...others, [path]: text };
  for (const [each, content] of Object.entries(texts)) await engine.setFile(each, content);
  const { model } = engine.analysis();
  const files: IsolationFiles = {
    imported: (from, imported) => {
      const { module, member } = engine.resolveImport(from, imported);
      const file = firstFileOf(model, module);
      return file && { path: file.path, ...(member !== undefined && { member }) };
    },
    load: async (other) => {
      const parsed = await engine.parse(other, texts[other] ?? "");
      return parsed && { path: other, root: parsed, lineStarts: lineStartsOf(parsed.source) };
    },
  };
  const { facts } = await engine.extractFacts(path, text);
  const root = await engine.parse(path, text);
  const index = facts?.functions.findIndex((fn) => fn.symbol === symbol) ?? -1;
  if (!facts || !root || index < 0) throw new Error(`${path} has no ${symbol}`);
  return programOf(root, facts, index, new Set(), files, receiver);
}

export async function program(
  path: string,
  text: string,
  symbol: string,
  others: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const found = await isolated(path, text, symbol, others);
  if ("reason" in found) throw new Error(found.reason);
  return found;
}

export async function mutants(path: string, text: string, symbol: string): Promise<Mutant[]> {
  const taken = await program(path, text, symbol);
  const root = await newEngine().parse(path, taken.source);
  if (!root) throw new Error("the program does not parse");
  return mutantsOf(taken, root);
}
