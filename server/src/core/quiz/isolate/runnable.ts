import type { FileFacts } from "../../model/facts";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { ObjectForm } from "../inputs/parameterShapes";
import type { NotRunnable, Program, RunnableLanguage } from "../program";
import type { IsolationFiles } from "./gathering";
import { isolate } from "./isolate";
import { javascriptIsolation } from "./javascript";
import type { IsolationLanguage } from "./language";
import { pythonIsolation } from "./python";

const languages: Readonly<Record<RunnableLanguage, IsolationLanguage>> = {
  python: pythonIsolation,
  javascript: javascriptIsolation,
  typescript: javascriptIsolation,
};

/**
 * A function as a program of its own.
 *
 * @param root the file's syntax tree
 * @param index of the function in `facts.functions`
 * @param usedByInputs names that its inputs mention, which the program must have
 * @param files where else it may find what it needs
 */
export async function programOf(
  root: SyntaxNode,
  facts: FileFacts,
  index: number,
  usedByInputs: ReadonlySet<string>,
  files: IsolationFiles,
  receiver: ObjectForm = "made",
): Promise<Program | NotRunnable> {
  const { language } = facts;
  if (language === "go" || language === "java") return { reason: "no sandbox runs its language" };
  return isolate(languages[language], language, root, facts, index, usedByInputs, files, receiver);
}
