import { Language, Parser, type ParseState, type Tree } from "web-tree-sitter";
import { editedTree } from "./editedTree";
import { type GrammarName, grammarsThatGuessSemicolons } from "./grammars";
import { type GrammarTables, grammarTables } from "./grammarTables";
import { type ParserMemory, type ProductionTables, readProductionTables, readTree } from "./readTree";
import type { SyntaxNode } from "./syntaxNode";
import { type CopiedTree, walkTree } from "./walkTree";

/** What the parser needs from the world: the bytes of the wasm files, and a clock in milliseconds. */
export interface SyntaxHost {
  readWasm(name: "web-tree-sitter" | GrammarName): Promise<Uint8Array>;
  now(): number;
}

export interface ParseLimits {
  /** Nodes nested deeper than this are left out. */
  maxNestingDepth: number;
  /** Milliseconds. */
  parseTimeout: number;
}

export interface ParsedFile extends CopiedTree {
  hasErrors: boolean;
}

interface Grammar {
  language: Language;
  tables: GrammarTables;
  /** Undefined where the runtime lays out its trees in a way that is not known. */
  productions: ProductionTables | undefined;
}

/**
 * Parsed once in every grammar to see whether reading a tree gives what walking it gives. All of them find errors in it,
 * fields, aliases, extras, tokens too large to be stored in place, and letters of more than one code unit.
 */
const probe = `package p;
// 𝒩ote ${"far ".repeat(80)}
func f(a int) int { if a > 1 { return g(a.b, "c\n") } else { a[0]++ } }
${" ".repeat(300)}class C<T> extends B { int m(final int x) { return this.x == null ? -1 : x -> x; } } /* 😀 */
const t = async ({ x, y: [z] = [], ...w }, v) => \`a\${x}b\` ?? (await x);
def h(x, *y, z=1):
    return [i.j for i in y if not i]  # end
`;

/** web-tree-sitter has one runtime in a process, and puts its memory into the object it was given when it began. */
const memory: ParserMemory = {};
let runtime: Promise<void> | undefined;

/** The tree of a document's last text that had no errors. */
interface KeptTree {
  document: string;
  grammar: Grammar;
  text: string;
  tree: Tree;
}

/** The only owner of parsers and trees: every tree is copied before `parse` returns, and deleted but for one. */
export class SyntaxParser {
  private readonly grammars = new Map<GrammarName, Grammar>();
  /** Of the document parsed last. */
  private kept: KeptTree | undefined;

  private constructor(
    private readonly parser: Parser,
    private readonly host: SyntaxHost,
  ) {}

  static async create(host: SyntaxHost): Promise<SyntaxParser> {
    runtime ??= host
      .readWasm("web-tree-sitter")
      .then((wasmBinary) => Parser.init(Object.assign(memory, { wasmBinary })));
    await runtime;
    return new SyntaxParser(new Parser(), host);
  }

  /** Loads a grammar once. Throws when its ABI does not fit the runtime. */
  async loadGrammar(name: GrammarName): Promise<{ abiVersion: number }> {
    let grammar = this.grammars.get(name);
    if (!grammar) {
      grammar = this.describe(await Language.load(await this.host.readWasm(name)));
      this.grammars.set(name, grammar);
    }
    return { abiVersion: grammar.language.abiVersion };
  }

  private describe(language: Language): Grammar {
    const tables = grammarTables(language);
    const grammar: Grammar = { language, tables, productions: undefined };
    if (!memory.HEAP32) return grammar;
    const productions = readProductionTables(memory, language);
    this.parser.setLanguage(language);
    const tree = this.parser.parse(probe);
    if (!tree) return grammar;
    try {
      const read = readTree(memory, tree, tables, productions, probe, 100);
      if (isSameTree(read.root, walkTree(tree, tables, probe, 100).root)) grammar.productions = productions;
      return grammar;
    } finally {
      tree.delete();
    }
  }

  /**
   * `undefined` when parsing took longer than allowed. The grammar must have been loaded.
   *
   * @param document what the text is a version of: in most grammars, parsing the next one costs as much as has changed
   */
  parse(name: GrammarName, source: string, limits: ParseLimits, document?: string): ParsedFile | undefined {
    const grammar = this.grammars.get(name);
    if (!grammar) throw new Error(`Grammar ${name} is not loaded`);
    const deadline = this.host.now() + limits.parseTimeout;
    this.parser.setLanguage(grammar.language);
    if (this.kept?.document !== document || this.kept?.grammar !== grammar) this.keep(undefined);
    const tree = this.parseAgain(source, deadline) ?? this.parseWhole(source, deadline);
    if (!tree) return undefined;
    const hasErrors = tree.rootNode.hasError;
    if (document !== undefined && !hasErrors && !grammarsThatGuessSemicolons.has(name))
      this.keep({ document, grammar, text: source, tree });
    try {
      return { ...copyTree(tree, grammar, source, limits.maxNestingDepth), hasErrors };
    } finally {
      if (tree !== this.kept?.tree) tree.delete();
    }
  }

  private parseWhole(source: string, deadline: number): Tree | undefined {
    return this.parseUnless(source, null, () => this.host.now() > deadline);
  }

  /**
   * Parses what differs from the text of the kept tree. How the parser gets over an error depends on what it has parsed
   * before, so a text with errors is left to `parseWhole`: what is known of a text must not depend on earlier ones.
   */
  private parseAgain(source: string, deadline: number): Tree | undefined {
    if (!this.kept) return undefined;
    const edited = editedTree(this.kept.tree, this.kept.text, source);
    const tree = this.parseUnless(source, edited, ({ hasError }) => hasError || this.host.now() > deadline);
    edited.delete();
    if (!tree?.rootNode.hasError) return tree;
    tree.delete();
    return undefined;
  }

  private parseUnless(source: string, before: Tree | null, isOver: (state: ParseState) => boolean): Tree | undefined {
    const tree = this.parser.parse(source, before, { progressCallback: isOver });
    if (!tree) this.parser.reset();
    return tree ?? undefined;
  }

  private keep(kept: KeptTree | undefined): void {
    this.kept?.tree.delete();
    this.kept = kept;
  }

  dispose(): void {
    this.keep(undefined);
    this.parser.delete();
  }
}

function copyTree(tree: Tree, { tables, productions }: Grammar, source: string, maxDepth: number): CopiedTree {
  if (!productions) return walkTree(tree, tables, source, maxDepth);
  return readTree(memory, tree, tables, productions, source, maxDepth);
}

function isSameTree(one: SyntaxNode, other: SyntaxNode): boolean {
  return (
    one.type === other.type &&
    one.field === other.field &&
    one.start === other.start &&
    one.end === other.end &&
    one.children.length === other.children.length &&
    one.children.every((child, i) => child.parent === one && isSameTree(child, other.children[i] as SyntaxNode))
  );
}
