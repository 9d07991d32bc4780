import { functionKinds } from "../../languages/typescriptNames";
import type { FileFacts } from "../../model/facts";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { ObjectForm } from "../inputs/parameterShapes";
import type { NotRunnable, Program, RunnableLanguage } from "../program";
import { compose } from "./compose";
import { Gathering, type IsolationFiles, liftedName } from "./gathering";
import type { FunctionPlace, IsolationLanguage } from "./language";

/**
 * Takes a function out of its file with everything it needs of that file and of others, in the order of the files.
 *
 * @param root the file's syntax tree
 * @param index of the function in `facts.functions`
 * @param usedByInputs names that its inputs mention
 * @param receiver whether its class is taken whole, or only to hold methods for objects made from their fields
 */
export async function isolate(
  language: IsolationLanguage,
  id: RunnableLanguage,
  root: SyntaxNode,
  facts: FileFacts,
  index: number,
  usedByInputs: ReadonlySet<string>,
  files: IsolationFiles,
  receiver: ObjectForm,
): Promise<Program | NotRunnable> {
  const place = placeOf(root, facts, index);
  if ("reason" in place) return place;
  const file = { path: facts.path, root, lineStarts: facts.lineStarts };
  const name = liftedName(place.symbol.split(".").at(-1) ?? "");
  const entry = place.enclosing.length === 0 ? language.entryOf(place) : name;
  const className = facts.functions[index]?.typeName;
  const { statement } = place;
  const standIn = receiver === "standIn" && className !== undefined ? { className, statement } : undefined;
  const gathered =
    typeof entry === "string" ? await new Gathering(language, files, file, place, standIn).gather(usedByInputs) : entry;
  const whole = "reason" in gathered ? gathered : compose(language, id, gathered, place, entry as string);
  if (!("reason" in whole) || place.enclosing.length > 0 || !language.standsAlone(place.node)) return whole;
  // Without the statement it stands in, and so without what only others in it need.
  const alone = { ...place, statement: place.node };
  const part = await new Gathering(language, files, file, alone).gather(usedByInputs);
  const lifted = "reason" in part ? part : compose(language, id, part, alone, name);
  return "reason" in lifted ? whole : lifted;
}

function placeOf(root: SyntaxNode, facts: FileFacts, index: number): FunctionPlace | NotRunnable {
  const fn = facts.functions[index];
  if (!fn) return { reason: "it is not there any more" };
  if (fn.damaged) return { reason: "its text does not parse" };
  const node = nodeAt(root, fn.start, fn.end);
  const statement = node && statementOf(root, node);
  if (!node || !statement) return { reason: "its text does not parse" };
  const isMethod = fn.typeName !== undefined;
  const around = fn.parent === undefined ? undefined : facts.functions[fn.parent];
  const enclosing = around ? enclosingOf(node) : [];
  if (around && (isMethod || enclosing.length === 0))
    return { reason: `its class is made anew whenever \`${around.name || around.symbol}\` runs` };
  const isStatic = fn.modifiers.includes("static");
  return { node, symbol: fn.symbol, statement: around ? node : statement, isMethod, isStatic, enclosing };
}

/** The functions up to the next class, innermost first. */
function enclosingOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (/class/.test(outer.kind)) break;
    if (functionKinds.has(outer.kind) || /^(?:function_definition|lambda)$/.test(outer.kind)) found.push(outer);
  }
  return found;
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
