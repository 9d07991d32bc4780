import { InputError } from "../core/base/errors";
import type { FunctionSummary } from "../core/model/fileSummary";
import { writeBrief } from "../core/report/brief";
import type { RuleMatch } from "../core/rules/rule";
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
  const rules = rulesForFunction(workspace, path, summary.functions[index] as FunctionSummary);
  return writeBrief({
    facts,
    model: analysis.model,
    summary,
    index,
    oracle,
    ranked: analysis.oracles.size,
    rules,
    link,
  });
}

/** Rules that name something the function uses, or that are scoped to its file. */
export function rulesForFunction(workspace: Workspace, path: string, fn: FunctionSummary): RuleMatch[] {
  return workspace.rules.index.rulesAt({
    path,
    calls: fn.calls.map(({ callee }) => callee),
    names: [fn.name, ...(fn.typeName ? [fn.typeName] : [])],
  });
}
