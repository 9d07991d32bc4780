import { Language, type Node, Parser, type Tree, type TreeCursor } from "web-tree-sitter";
import type { GrammarName } from "./grammars";
import { SyntaxNode } from "./syntaxNode";

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

export interface ParsedFile {
  root: SyntaxNode;
  hasErrors: boolean;
  /** Offset of the first node left out for its depth. */
  truncatedAt: number | undefined;
}

interface Grammar {
  language: Language;
  kindNames: string[];
  isNamed: boolean[];
  isPunctuation: boolean[];
  isLeaf: boolean[];
  fieldNames: (string | null)[];
}

const punctuation = new Set(["(", ")", "{", "}", "[", "]", ",", ";", ":", ".", "\n", '"', "'", "`", '"""', "${"]);

/** Kinds that never have children in any of the grammars: asking the parser for them is a wasted call. */
const leafKinds = new Set([
  "identifier",
  "field_identifier",
  "property_identifier",
  "type_identifier",
  "package_identifier",
  "shorthand_property_identifier",
  "comment",
  "line_comment",
  "block_comment",
]);

const errorKindId = 65535;

/** The only owner of parsers and trees: every tree is copied and deleted before `parse` returns. */
export class SyntaxParser {
  private readonly grammars = new Map<GrammarName, Grammar>();

  private constructor(
    private readonly parser: Parser,
    private readonly host: SyntaxHost,
  ) {}

  static async create(host: SyntaxHost): Promise<SyntaxParser> {
    const wasmBinary = await host.readWasm("web-tree-sitter");
    await Parser.init({ wasmBinary });
    return new SyntaxParser(new Parser(), host);
  }

  /** Loads a grammar once. Throws when its ABI does not fit the runtime. */
  async loadGrammar(name: GrammarName): Promise<{ abiVersion: number }> {
    const grammar = this.grammars.get(name) ?? describeGrammar(await Language.load(await this.host.readWasm(name)));
    this.grammars.set(name, grammar);
    return { abiVersion: grammar.language.abiVersion };
  }

  /** `undefined` when parsing took longer than allowed. The grammar must have been loaded. */
  parse(name: GrammarName, source: string, limits: ParseLimits): ParsedFile | undefined {
    const grammar = this.grammars.get(name);
    if (!grammar) throw new Error(`Grammar ${name} is not loaded`);
    const deadline = this.host.now() + limits.parseTimeout;
    this.parser.setLanguage(grammar.language);
    const tree = this.parser.parse(source, null, { progressCallback: () => this.host.now() > deadline });
    if (!tree) {
      this.parser.reset();
      return undefined;
    }
    try {
      return copyTree(tree, grammar, source, limits.maxNestingDepth);
    } finally {
      tree.delete();
    }
  }

  dispose(): void {
    this.parser.delete();
  }
}

function describeGrammar(language: Language): Grammar {
  const kindNames = language.types.map((type) => type ?? "");
  return {
    language,
    kindNames,
    isNamed: kindNames.map((_, id) => language.nodeTypeIsNamed(id)),
    isPunctuation: kindNames.map((kind, id) => !language.nodeTypeIsNamed(id) && punctuation.has(kind)),
    isLeaf: kindNames.map((kind, id) => !language.nodeTypeIsNamed(id) || leafKinds.has(kind)),
    fieldNames: language.fields,
  };
}

/** One pass with a cursor: crossing into WASM for every node is what costs, so each node is asked as little as can be. */
function copyTree(tree: Tree, grammar: Grammar, source: string, maxDepth: number): ParsedFile {
  const cursor = tree.walk();
  try {
    const root = copyNode(cursor, grammar, source);
    const truncatedAt = copyChildren(cursor, root, grammar, source, maxDepth);
    return { root, hasErrors: (tree.rootNode as Node).hasError, truncatedAt };
  } finally {
    cursor.delete();
  }
}

function copyNode(cursor: TreeCursor, grammar: Grammar, source: string): SyntaxNode {
  const id = cursor.nodeTypeId;
  const kind = id === errorKindId ? "ERROR" : (grammar.kindNames[id] as string);
  const field = grammar.fieldNames[cursor.currentFieldId] ?? undefined;
  return new SyntaxNode(
    source,
    kind,
    id === errorKindId || (grammar.isNamed[id] as boolean),
    field,
    cursor.startIndex,
    cursor.endIndex,
  );
}

function copyChildren(
  cursor: TreeCursor,
  root: SyntaxNode,
  grammar: Grammar,
  source: string,
  maxDepth: number,
): number | undefined {
  let truncatedAt: number | undefined;
  let parent = root;
  let depth = 0;
  if (!cursor.gotoFirstChild()) return undefined;
  for (;;) {
    const id = cursor.nodeTypeId;
    let descended = false;
    if (!grammar.isPunctuation[id]) {
      const node = copyNode(cursor, grammar, source);
      node.parent = parent;
      parent.children.push(node);
      if (!grammar.isLeaf[id]) {
        if (depth >= maxDepth) truncatedAt ??= node.start;
        else if (cursor.gotoFirstChild()) {
          descended = true;
          depth++;
          parent = node;
        }
      }
    }
    if (descended) continue;
    while (!cursor.gotoNextSibling()) {
      if (depth === 0) return truncatedAt;
      cursor.gotoParent();
      depth--;
      parent = parent.parent as SyntaxNode;
    }
  }
}
