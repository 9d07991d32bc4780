import { lineAt, lineStartsOf, type Span, spanOf } from "../base/text";
import { rootOf } from "../model/accessPath";
import type {
  AccessPath,
  CommentFacts,
  ConstantFacts,
  FileFacts,
  FunctionFacts,
  ImportFacts,
  LanguageId,
  Modifier,
  ParameterFacts,
  TypeFacts,
  TypeParameterFacts,
  Value,
} from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { TextTable } from "../syntax/textTable";
import { BareLineCounts } from "./bareLines";
import { ConstructCollector } from "./constructs";
import { layoutOf } from "./layout";
import { type MeasuredFunction, type Measurement, type MetricsGrammar, measureFunctions } from "./metrics";
import { type ShapedFunction, type ShapeGrammar, ShapeHasher } from "./shapeHash";
import { StepLowerer } from "./stepLowerer";
import { TypeImports } from "./typeImports";

export interface LoweringInput {
  path: string;
  language: LanguageId;
  text: string;
  root: SyntaxNode;
  hasErrors: boolean;
  maxFunctions: number;
}

export interface LoweredFile {
  facts: FileFacts;
  /** Functions left out because the file has more than `maxFunctions`. */
  functionsLeftOut: number;
}

export interface LanguageGrammar {
  metrics: MetricsGrammar;
  shape: ShapeGrammar;
}

/** What a language knows of a function before it lowers the body. */
export interface FunctionHeader {
  name: string;
  nameNode: SyntaxNode;
  form: FunctionFacts["form"];
  typeName?: string | undefined;
  /** How methods of the type are written in a symbol: `(*T)` in Go, `T` elsewhere. */
  owner?: string | undefined;
  receiver?: FunctionFacts["receiver"];
  typeParameters?: TypeParameterFacts[];
  parameters: ParameterFacts[];
  results?: string[];
  resultNames?: string[];
  declaredAs?: string | undefined;
  modifiers?: Modifier[];
  decorators?: string[];
  doc?: string | undefined;
  isTest?: boolean;
}

interface OpenFunction {
  index: number;
  facts: FunctionFacts;
  locals: Set<string>;
  /** Names bound in the functions inside, which are part of this one's shape. */
  innerLocals: Set<string>;
  outer: OpenFunction | undefined;
}

/** Nobody finds a function of fewer lines long. */
const leastLong = 8;

/**
 * Walks one syntax tree once and writes down what it does. A language supplies `lowerFile`, `statement` and
 * `expression`; everything that is the same in every language is here and in `StepLowerer`.
 */
export abstract class Lowerer extends StepLowerer {
  protected readonly imports: ImportFacts[] = [];
  protected readonly types: TypeFacts[] = [];
  protected readonly constants: ConstantFacts[] = [];
  protected readonly functions: FunctionFacts[] = [];
  protected readonly lineStarts: number[];
  protected packageName: string | undefined;
  private readonly comments: CommentFacts[] = [];
  private readonly noted: ConstructCollector;
  private readonly typeImports: TypeImports | undefined;
  private readonly shapes: ShapeHasher;
  /** Added since the outermost function began: what they say about each other is known when it ends. */
  private pending: PendingFunctions[] = [];
  private open: OpenFunction | undefined;
  private functionsLeftOut = 0;
  private countedLines: BareLineCounts | undefined;

  constructor(
    protected readonly input: LoweringInput,
    private readonly grammar: LanguageGrammar,
  ) {
    super(new TextTable(input.root.source));
    this.lineStarts = lineStartsOf(input.text);
    this.shapes = new ShapeHasher(this.texts, grammar.shape);
    this.noted = new ConstructCollector(input.language, (text) => this.detach(text));
    this.typeImports = input.language === "typescript" ? new TypeImports() : undefined;
  }

  protected abstract lowerFile(root: SyntaxNode): void;
  protected abstract isTestFile(): boolean;

  /** @see FileFacts.buildConstraint */
  protected buildConstraint(): string | undefined {
    return undefined;
  }

  lower(): LoweredFile {
    this.visitTree(this.input.root);
    const head = this.headOf(this.input.root);
    const buildConstraint = this.buildConstraint();
    const { flags } = this.noted;
    const constructs = [...this.noted.constructs, ...(this.typeImports?.found() ?? [])];
    this.lowerFile(this.input.root);
    const { path, language, hasErrors } = this.input;
    const facts: FileFacts = {
      path,
      language,
      lineStarts: this.lineStarts,
      packageName: this.packageName,
      ...(buildConstraint !== undefined && { buildConstraint }),
      leftOut: undefined,
      isTest: this.isTestFile(),
      hasSyntaxErrors: hasErrors,
      imports: this.imports,
      types: this.types,
      constants: this.constants,
      comments: this.comments,
      ...(head !== "" && { head }),
      ...(constructs.length > 0 && { constructs }),
      ...(flags.length > 0 && { flags }),
      ...layoutOf(this.input.text, this.lineStarts, this.noted.written),
      functions: this.functions,
      steps: this.emitted,
    };
    return { facts, functionsLeftOut: this.functionsLeftOut };
  }

  /** Adds a function and lowers its body. Returns its index, or -1 when the file has too many functions. */
  protected addFunction(node: SyntaxNode, header: FunctionHeader, lowerBody: () => void): number {
    if (this.functions.length >= this.input.maxFunctions) {
      this.functionsLeftOut++;
      return -1;
    }
    const outer = this.open;
    const index = this.functions.length;
    const owner = header.owner ?? header.typeName;
    const ownName = header.name || "<anonymous>";
    const localSymbol = owner ? `${owner}.${ownName}` : ownName;
    const facts: FunctionFacts = {
      start: node.start,
      end: node.end,
      symbol: outer ? `${outer.facts.symbol}.${localSymbol}` : localSymbol,
      name: header.name,
      nameSpan: spanOf(header.nameNode),
      form: header.form,
      parent: outer?.index,
      typeName: header.typeName,
      receiver: header.receiver,
      typeParameters: header.typeParameters ?? [],
      parameters: header.parameters,
      results: header.results ?? [],
      ...(header.resultNames && { resultNames: header.resultNames }),
      ...(header.declaredAs !== undefined && { declaredAs: header.declaredAs }),
      modifiers: header.modifiers ?? [],
      decorators: header.decorators ?? [],
      doc: header.doc || undefined,
      isTest: header.isTest ?? false,
      damaged: false,
      metrics: { cognitive: 0, cyclomatic: 1, maxNesting: 0, lines: 0, parameters: header.parameters.length },
      ownCognitive: 0,
      callsItself: false,
      shapeHash: "",
      steps: [],
    };
    this.functions.push(facts);
    const locals = new Set<string>();
    for (const parameter of header.parameters) locals.add(parameter.name);
    if (header.receiver) locals.add(header.receiver.name);
    const opened: OpenFunction = { index, facts, locals, innerLocals: new Set(), outer };
    this.open = opened;
    let functions = this.pending.find((others) => !others.has(node));
    if (!functions) {
      functions = new Map();
      this.pending.push(functions);
    }
    functions.set(node, new PendingFunction(node, opened));
    try {
      facts.steps = this.collect(lowerBody);
    } finally {
      this.open = outer;
    }
    const [first, last] = [
      lineAt(this.lineStarts, node.start),
      lineAt(this.lineStarts, Math.max(node.start, node.end - 1)),
    ];
    facts.metrics.lines = last - first + 1;
    const bareLines = facts.metrics.lines >= leastLong ? this.bareLines.between(first, last) : undefined;
    if (bareLines) facts.bareLines = bareLines;
    if (!outer) {
      this.finishFunctions();
      return index;
    }
    for (const name of locals) outer.innerLocals.add(name);
    for (const name of opened.innerLocals) outer.innerLocals.add(name);
    return index;
  }

  private get bareLines(): BareLineCounts {
    this.countedLines ??= new BareLineCounts(this.input.text, this.lineStarts);
    return this.countedLines;
  }

  private finishFunctions(): void {
    const { pending } = this;
    this.pending = [];
    for (const functions of pending) {
      measureFunctions(functions, this.grammar.metrics);
      this.shapes.hash(functions);
    }
  }

  protected get isInFunction(): boolean {
    return this.open !== undefined;
  }

  protected declareLocal(name: string): void {
    this.open?.locals.add(name);
  }

  /** Whether the innermost function binds the name itself; what it captures belongs to the code around it. */
  protected isLocal(name: string): boolean {
    return this.open?.locals.has(name) ?? false;
  }

  /** A path of the innermost function that starts at one of its parameters without a type, closed. */
  protected fromParameter(path: AccessPath): AccessPath | undefined {
    const root = rootOf(path);
    const rest = path.slice(root.length);
    for (const [i, { name, type, rest: isRest, parts }] of this.open?.facts.parameters.entries() ?? []) {
      if (type !== undefined || isRest) continue;
      const part = parts?.find((one) => one.name === root);
      if (name === root || part?.origin)
        return this.detach(`<func#${this.open?.index}@${i}>${part?.origin ?? ""}${rest}`);
    }
    return undefined;
  }

  /** A function made in an expression. */
  protected lambda(node: SyntaxNode, index: number): Value {
    if (index < 0) return { start: node.start, end: node.end, kind: "other", parts: [] };
    this.emit({ start: node.start, end: node.end, kind: "lambda", function: index });
    return { start: node.start, end: node.end, kind: "lambda", function: index };
  }

  /** Comment lines directly above a node, without markers. */
  protected docAbove(node: SyntaxNode): string | undefined {
    const siblings = node.parent?.children ?? [];
    const at = indexOf(siblings, node);
    if (!siblings[at - 1]?.isComment) return undefined;
    const lines: string[] = [];
    let below = lineAt(this.lineStarts, node.start);
    for (let i = at - 1; i >= 0; i--) {
      const sibling = siblings[i] as SyntaxNode;
      if (!sibling.isComment) break;
      const lastLine = lineAt(this.lineStarts, Math.max(sibling.start, sibling.end - 1));
      const previous = siblings[i - 1];
      const trails =
        previous &&
        lineAt(this.lineStarts, previous.end) === lineAt(this.lineStarts, sibling.start) &&
        !previous.isComment;
      if (lastLine < below - 1 || trails) break;
      lines.unshift(stripCommentMarkers(sibling.text));
      below = lineAt(this.lineStarts, sibling.start);
    }
    return lines.length > 0 ? this.detach(lines.join("\n").trim()) : undefined;
  }

  private visitTree(root: SyntaxNode): void {
    const { children } = root;
    for (let i = 0; i < children.length; i++) {
      const node = children[i] as SyntaxNode;
      this.noted.visit(node);
      this.typeImports?.visit(node);
      if (node.isComment) {
        this.comments.push({ start: node.start, end: node.end, text: this.detach(stripCommentMarkers(node.text)) });
      }
      if (node.children.length > 0) this.visitTree(node);
    }
  }

  /** The comments and directives before the first declaration, cut. */
  private headOf({ children, source }: SyntaxNode): string {
    const body = children.findIndex((node) => !node.isComment && !isDirective(node));
    const end = (body < 0 ? children.at(-1) : children[body - 1])?.end ?? 0;
    return this.detach(source.slice(0, Math.min(end, maxHead)));
  }
}

const maxHead = 600;

/** `"use strict"`, the text a Python module begins with, `#!`. */
function isDirective({ kind, namedChildren: [only, ...others] }: SyntaxNode): boolean {
  if (kind === "hash_bang_line") return true;
  return kind === "expression_statement" && only?.kind === "string" && others.length === 0;
}

type PendingFunctions = Map<SyntaxNode, PendingFunction>;

/** Takes in what is known of a function once the outermost one around it has been lowered. */
class PendingFunction implements MeasuredFunction, ShapedFunction {
  constructor(
    readonly node: SyntaxNode,
    private readonly opened: OpenFunction,
  ) {}

  get name(): string {
    return this.opened.facts.name;
  }

  isBound(name: string): boolean {
    return isBound(name, this.opened);
  }

  measured({ metrics, ownCognitive, callsItself, damaged }: Measurement): void {
    const { facts } = this.opened;
    facts.metrics.cognitive = metrics.cognitive;
    facts.metrics.cyclomatic = metrics.cyclomatic;
    facts.metrics.maxNesting = metrics.maxNesting;
    facts.ownCognitive = ownCognitive;
    facts.callsItself = callsItself;
    facts.damaged = damaged;
  }

  hashed(hash: string): void {
    this.opened.facts.shapeHash = hash;
  }
}

/** Place of a node among its siblings, which stand in the order of the text. */
function indexOf(siblings: readonly SyntaxNode[], node: SyntaxNode): number {
  let low = 0;
  let high = siblings.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((siblings[middle] as SyntaxNode).start < node.start) low = middle + 1;
    else high = middle;
  }
  const found = siblings.indexOf(node, low);
  return found < 0 ? siblings.indexOf(node) : found;
}

/** Bound in the function, in one around it, or in one inside it. */
function isBound(name: string, fn: OpenFunction): boolean {
  if (fn.innerLocals.has(name)) return true;
  for (let current: OpenFunction | undefined = fn; current; current = current.outer) {
    if (current.locals.has(name)) return true;
  }
  return false;
}

/** A type without members yet. */
export function newType(
  { start, end }: Span,
  name: string,
  form: TypeFacts["form"],
  {
    typeParameters = [],
    bases = [],
    documented,
  }: Partial<Pick<TypeFacts, "typeParameters" | "bases" | "documented">> = {},
): TypeFacts {
  const facts: TypeFacts = { start, end, name, form, typeParameters, bases, fields: [], methods: [] };
  return documented === undefined ? facts : { ...facts, documented };
}

export function stripCommentMarkers(comment: string): string {
  return comment
    .replace(/^(\/\*+|\/\/+!?|#+!?)/, "")
    .replace(/\*+\/$/, "")
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^\s*\*?\s?/, "").trimEnd())
    .join("\n")
    .trim();
}
