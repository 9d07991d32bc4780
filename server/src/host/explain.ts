import { neverCancelled } from "../core/base/cancellation";
import { InputError } from "../core/base/errors";
import { writeBrief } from "../core/report/brief";
import { changeSinceExplained } from "./ledger/signing";
import type { Workspace } from "./workspace";

/** The brief of one function as Markdown. */
export async function explainFunction(
  workspace: Workspace,
  path: string,
  index: number,
  link: (path: string, line: number) => string,
): Promise<string> {
  const analysis = workspace.analysis();
  const facts = await workspace.factsOf(path);
  const summary = analysis.model.files.get(path);
  if (!facts?.functions[index] || !summary) throw new InputError(`${path}: cannot be read any more`);
  const oracle = analysis.oracles.of(path, index);
  const rules = workspace.rulesOf(path, index);
  const change = await changeSinceExplained(workspace, path, index, neverCancelled);
  return writeBrief({
    facts,
    model: analysis.model,
    summary,
    index,
    oracle,
    ranked: analysis.oracles.size,
    rules,
    change,
    link,
  });
}
