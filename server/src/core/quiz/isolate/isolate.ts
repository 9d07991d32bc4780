import type { FileFacts } from "../../model/facts";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { NotRunnable, Program, RunnableLanguage } from "../program";
import { compose } from "./compose";
import { Gathering, type IsolationFiles } from "./gathering";
import type { FunctionPlace, IsolationLanguage } from "./language";

/**
 * Takes a function out of its file with everything it needs of that file and of others, in the order of the files.
 *
 * @param root the file's syntax tree
 * @param index of the function in `facts.functions`
 * @param usedByInputs names that its inputs mention
 */
export async function isolate(
  language: IsolationLanguage,
  id: RunnableLanguage,
  root: SyntaxNode,
  facts: FileFacts,
  index: number,
  usedByInputs: ReadonlySet<string>,
  files: IsolationFiles,
): Promise<Program | NotRunnable> {
  const place = placeOf(root, facts, index);
  if ("reason" in place) return place;
  const entry = language.entryOf(place);
  if (typeof entry !== "string") return entry;
  const file = { path: facts.path, root, lineStarts: facts.lineStarts };
  const gathered = await new Gathering(language, files, file, place).gather(usedByInputs);
  return "reason" in gathered ? gathered : compose(language, id, gathered, place, entry);
}

function placeOf(root: SyntaxNode, facts: FileFacts, index: number): FunctionPlace | NotRunnable {
  const fn = facts.functions[index];
  if (!fn) return { reason: "it is not there any more" };
  if (fn.damaged) return { reason: "its text does not parse" };
  const enclosing = fn.parent === undefined ? undefined : facts.functions[fn.parent];
  if (enclosing) return { reason: `it is made anew whenever \`${enclosing.name || enclosing.symbol}\` runs` };
  const node = nodeAt(root, fn.start, fn.end);
  const statement = node && statementOf(root, node);
  if (!node || !statement) return { reason: "its text does not parse" };
  const isMethod = fn.typeName !== undefined;
  return { node, symbol: fn.symbol, statement, isMethod, isStatic: fn.modifiers.includes("static") };
}

/** The declaration of exactly these bounds: a block with nothing else in it has the same ones. */
function nodeAt(root: SyntaxNode, start: number, end: number): SyntaxNode | undefined {
  let node: SyntaxNode | undefined = root;
  while (node && (node.start !== start || node.end !== end || !/function|method|definition/.test(node.kind)))
    node = node.children.find((child) => child.start <= start && child.end >= end);
  return node;
}

function statementOf(root: SyntaxNode, node: SyntaxNode): SyntaxNode | undefined {
  let statement: SyntaxNode | undefined = node;
  while (statement && statement.parent !== root) statement = statement.parent;
  return statement;
}
