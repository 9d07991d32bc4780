import { join } from "node:path";
import type { Input, Program, RunnableLanguage } from "../../server/src/core/quiz/program";
import type { Outcome } from "../../server/src/core/quiz/sandbox";
import { openSandboxes, type Sandboxes, type SandboxOptions } from "../../server/src/host/sandbox/sandboxes";

/** As it was built last: threads run bundles. */
const directory = join(__dirname, "..", "..", "dist");

export function openBuilt(options: SandboxOptions = {}): Sandboxes {
  return openSandboxes({ directory, callDeadline: 20_000, ...options });
}

export function program(language: RunnableLanguage, source: string, entry = "f"): Program {
  return { language, source, entry, span: { start: 0, end: source.length }, lines: [] };
}

/** What one program does with one input. */
export async function runOne(sandboxes: Sandboxes, one: Program, input: Input = [], trace = false): Promise<Outcome> {
  const [[outcome] = []] = await sandboxes.run({ programs: [one], inputs: [input], trace });
  if (!outcome) throw new Error("no outcome");
  return outcome;
}

export async function textOf(sandboxes: Sandboxes, one: Program, input: Input = []): Promise<string> {
  const outcome = await runOne(sandboxes, one, input);
  return outcome.kind === "returned" ? outcome.text : JSON.stringify(outcome);
}
