import { lineAt, lineStartsOf } from "../../base/text";
import type { FileFacts } from "../../model/facts";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { NotRunnable, Program, RunnableLanguage, SourceLines } from "../program";
import { blanked } from "./blanked";

/** What a language knows about taking functions out of their file. */
export interface IsolationLanguage {
  /** Statements of the file's top level by the names they declare, and what is imported. */
  declarations(root: SyntaxNode): ModuleDeclarations;
  /** What a statement takes from outside itself. */
  uses(statement: SyntaxNode, isWanted: IsWanted): Uses;
  /** Why a name that the file does not declare cannot be had, or `undefined` where the language provides it. */
  refusesGlobal(name: string): string | undefined;
  /** What of a statement the program takes. */
  taken(statement: SyntaxNode, isWanted: IsWanted): Taken;
  entryOf(place: FunctionPlace): string | NotRunnable;
  /** Imports for names that inputs use though the file may not know them. */
  inputImports: ReadonlyMap<string, string>;
}

/** Whether a method of this name is called by what is gathered; all others are left out with all that they need. */
export type IsWanted = (method: string) => boolean;

export interface Taken {
  /** The statement without what only a module can say. */
  node: SyntaxNode;
  /** Methods that nobody reaches; their lines stay empty. */
  leftOut: readonly SyntaxNode[];
  /** What has to follow. */
  end: string;
}

export interface Uses {
  /** Names; types that only describe are none. */
  names: ReadonlySet<string>;
  /** Names of members that are reached: `arrange` in `this.arrange()`. */
  members: ReadonlySet<string>;
  /** Why it cannot be run whatever it uses. */
  refused: string | undefined;
}

export interface ModuleDeclarations {
  statements: ReadonlyMap<string, readonly SyntaxNode[]>;
  imports: ReadonlyMap<string, ImportedName>;
}

export interface ImportedName {
  /** As written. */
  module: string;
  /** The statement that brings this one name, where the language provides the module. */
  statement?: string;
}

/** Where a function stands in its file. */
export interface FunctionPlace {
  /** The declaration as the facts have it. */
  node: SyntaxNode;
  symbol: string;
  /** The statement of the top level it is in. */
  statement: SyntaxNode;
  isMethod: boolean;
  isStatic: boolean;
}

/** A program never gets larger: what needs so much is not small enough to be asked about. */
const maxPieces = 60;
const maxCharacters = 60_000;

/**
 * Takes a function out of its file with everything of the file it needs, in the file's order.
 *
 * @param root the file's syntax tree
 * @param index of the function in `facts.functions`
 * @param usedByInputs names that its inputs mention
 */
export function isolate(
  language: IsolationLanguage,
  id: RunnableLanguage,
  root: SyntaxNode,
  facts: FileFacts,
  index: number,
  usedByInputs: ReadonlySet<string>,
): Program | NotRunnable {
  const place = placeOf(root, facts, index);
  if ("reason" in place) return place;
  const entry = language.entryOf(place);
  if (typeof entry !== "string") return entry;
  const gathered = new Gathering(language, language.declarations(root), place).gather(usedByInputs);
  return "reason" in gathered ? gathered : compose(language, id, gathered, place, entry, facts);
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

interface Gathered {
  statements: readonly SyntaxNode[];
  imports: readonly string[];
  isWanted: IsWanted;
}

/** Follows names from the function to all that it needs. */
class Gathering {
  private readonly statements = new Set<SyntaxNode>();
  private readonly imports = new Set<string>();
  private readonly members = new Set<string>();

  constructor(
    private readonly language: IsolationLanguage,
    private readonly module: ModuleDeclarations,
    private readonly place: FunctionPlace,
  ) {}

  gather(usedByInputs: ReadonlySet<string>): Gathered | NotRunnable {
    this.statements.add(this.place.statement);
    for (const name of usedByInputs) {
      const problem = this.provide(name);
      const line = this.language.inputImports.get(name);
      if (problem !== undefined && line === undefined) return { reason: problem };
      if (problem !== undefined && line !== undefined) this.imports.add(line);
    }
    this.members.add(this.place.symbol.split(".").at(-1) ?? "");
    for (;;) {
      const [size, reached] = [this.statements.size, this.members.size];
      for (const statement of this.statements) {
        const refused = this.follow(statement);
        if (refused !== undefined) return { reason: refused };
      }
      if (this.statements.size > maxPieces) return { reason: "it needs too much of its file" };
      if (this.statements.size === size && this.members.size === reached) break;
    }
    const statements = [...this.statements].sort((a, b) => a.start - b.start);
    return { statements, imports: [...this.imports].sort(), isWanted: this.isWanted };
  }

  private readonly isWanted: IsWanted = (method) => this.members.has(method);

  /** Why it cannot be run. */
  private follow(statement: SyntaxNode): string | undefined {
    const { names, members, refused } = this.language.uses(statement, this.isWanted);
    if (refused !== undefined) return refused;
    for (const member of members) this.members.add(member);
    for (const name of names) {
      const problem = this.provide(name);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  private provide(name: string): string | undefined {
    const declared = this.module.statements.get(name);
    const imported = this.module.imports.get(name);
    if (declared) for (const statement of declared) this.statements.add(statement);
    else if (imported) {
      if (imported.statement === undefined) return `it needs \`${name}\` of \`${imported.module}\``;
      this.imports.add(imported.statement);
    } else return this.language.refusesGlobal(name);
    return undefined;
  }
}

function compose(
  language: IsolationLanguage,
  id: RunnableLanguage,
  { statements, imports, isWanted }: Gathered,
  place: FunctionPlace,
  entry: string,
  { path, lineStarts }: FileFacts,
): Program | NotRunnable {
  let source = imports.map((line) => `${line}\n`).join("");
  let from = imports.length;
  let span = { start: 0, end: 0 };
  const lines: SourceLines[] = [];
  for (const statement of statements) {
    const { node, leftOut, end } = language.taken(statement, isWanted);
    if (statement === place.statement) {
      const start = source.length + blanked(node.source, { start: node.start, end: place.node.start }, leftOut).length;
      span = { start, end: start + place.node.end - place.node.start };
    }
    const text = `${blanked(node.source, node, leftOut)}${end}\n`;
    const count = lineStartsOf(text).length - 1;
    lines.push({ from, count, path, line: lineAt(lineStarts, node.start) });
    source += text;
    from += count;
    if (source.length > maxCharacters) return { reason: "it needs too much of its file" };
  }
  return { language: id, source, entry, span, lines };
}
