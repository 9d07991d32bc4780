import type { FunctionMetrics } from "../model/facts";
import { KindTable, type SyntaxNode } from "../syntax/syntaxNode";

/** What a node is for the two complexities. */
export type ControlRole =
  | "if"
  | "elseIf"
  | "else"
  | "loop"
  | "switch"
  | "catch"
  | "conditional"
  /** A function inside a function, of any form. */
  | "function"
  /** A class inside a function whose methods are measured as if they stood outside (Python). */
  | "class";

export interface MetricsGrammar {
  roles: Readonly<Record<string, ControlRole>>;
  /** Children of a loop, switch or conditional that are evaluated outside of it and so do not nest. */
  isHeader?(child: SyntaxNode): boolean;
  /** The operator when the node is a sequence of `&&` or `||`, whatever the language writes. */
  logicalOperator(node: SyntaxNode): "&&" | "||" | undefined;
  operands(node: SyntaxNode): (SyntaxNode | undefined)[];
  /** The kind of a parenthesised expression that does not end a sequence of logical operators. */
  transparentParentheses?: string;
  /** A jump to a label: `goto x`, `break outer`. */
  isLabelledJump(node: SyntaxNode): boolean;
  /** Adds a path for cyclomatic complexity and nothing else: a switch case, a comprehension clause. */
  isCase(node: SyntaxNode): boolean;
  /** The name a call calls when that could be the function itself. */
  calledName(node: SyntaxNode): string | undefined;
  /** The paper's Python exception: a function that only wraps another one does not nest it. */
  isWrapper?(functionNode: SyntaxNode): boolean;
  /** The paper's JavaScript exception: an outermost function without structures of its own does not nest those in it. */
  ignoresDeclarativeOuter?: boolean;
}

export interface Measurement {
  metrics: Pick<FunctionMetrics, "cognitive" | "cyclomatic" | "maxNesting">;
  /** Cognitive complexity without that of the functions inside. */
  ownCognitive: number;
  /** Calls itself; cycles of several functions are found once calls are resolved. */
  callsItself: boolean;
  damaged: boolean;
}

/** A function to measure; `measured` is called once with the outcome. */
export interface MeasuredFunction {
  node: SyntaxNode;
  name: string;
  measured(measurement: Measurement): void;
}

const roleTables = new WeakMap<MetricsGrammar, KindTable<ControlRole | undefined>>();

/**
 * Cognitive Complexity by SonarSource's white paper, and McCabe's cyclomatic complexity, in one walk.
 * Where the paper is silent the analyser SonarSource ships for the language decides: docs/cognitive-complexity.md.
 *
 * @param functions by their nodes, those around before those inside
 */
export function measureFunctions(functions: ReadonlyMap<SyntaxNode, MeasuredFunction>, grammar: MetricsGrammar): void {
  const walk = new MetricsWalk(new Map(functions), grammar);
  for (const fn of functions.values()) walk.begin(fn);
}

/** A function that stands inside one being measured, or is it. */
interface Frame {
  node: SyntaxNode;
  name: string;
  recurses: boolean;
  isWrapper: boolean | undefined;
}

/** A function being measured. What is inside it counts for it and for each of those around it. */
interface Open {
  name: string;
  recurses: boolean;
  /** The depth that is no nesting for this function. */
  base: number;
  /** How many functions stand between it and the node that is visited. */
  inside: number;
  cognitive: number;
  ownCognitive: number;
  cyclomatic: number;
  maxNesting: number;
  damaged: boolean;
  ownStructures: number;
  innerStructures: number;
}

class MetricsWalk {
  private readonly roles: KindTable<ControlRole | undefined>;
  /** Those around the node that is visited, outermost first. */
  private readonly open: Open[] = [];
  private frame: Frame | undefined;

  constructor(
    /** Those not measured yet. */
    private readonly functions: Map<SyntaxNode, MeasuredFunction>,
    private readonly grammar: MetricsGrammar,
  ) {
    const known = roleTables.get(grammar);
    this.roles =
      known ?? new KindTable(({ name }) => (Object.hasOwn(grammar.roles, name) ? grammar.roles[name] : undefined));
    if (!known) roleTables.set(grammar, this.roles);
  }

  /** Measures a function, unless it stands in one that was measured already. */
  begin(fn: MeasuredFunction): void {
    if (!this.functions.has(fn.node)) return;
    this.frame = { node: fn.node, name: fn.name, recurses: false, isWrapper: undefined };
    this.measure(fn, 0);
  }

  /** @param depth nesting counted from where the walk began; each open function has its own base */
  private visit(node: SyntaxNode, depth: number): void {
    const { type } = node;
    if (type.isLeaf) return;
    if (type.name === "ERROR") this.noteDamage();
    const { grammar } = this;
    switch (this.roles.get(type)) {
      case undefined:
        break;
      case "if":
        this.structure(depth);
        this.addPaths(1);
        return this.ifParts(node, depth);
      case "elseIf":
        this.add(1);
        this.addPaths(1);
        return this.ifParts(node, depth);
      case "else":
        this.add(1);
        return this.children(node, depth + 1);
      case "loop":
      case "catch":
      case "conditional":
        this.structure(depth);
        this.addPaths(1);
        return this.nestedChildren(node, depth);
      case "switch":
        this.structure(depth);
        return this.nestedChildren(node, depth);
      case "function":
        return this.functionInside(node, depth);
      case "class":
        return this.classInside(node, depth);
    }
    if (grammar.logicalOperator(node)) return this.logicalSequence(node, depth);
    if (grammar.isLabelledJump(node)) this.add(1);
    if (grammar.isCase(node)) this.addPaths(1);
    const called = grammar.calledName(node);
    if (called) this.noteCall(called);
    this.children(node, depth);
  }

  private children(node: SyntaxNode, depth: number): void {
    const { children } = node;
    for (let i = 0; i < children.length; i++) this.visit(children[i] as SyntaxNode, depth);
  }

  private nestedChildren(node: SyntaxNode, depth: number): void {
    for (const child of node.children) this.visit(child, this.grammar.isHeader?.(child) ? depth : depth + 1);
  }

  private add(increment: number): void {
    for (const fn of this.open) {
      fn.cognitive += increment;
      if (fn.inside === 0) fn.ownCognitive += increment;
    }
  }

  private addPaths(paths: number): void {
    for (const fn of this.open) if (fn.inside === 0) fn.cyclomatic += paths;
  }

  private structure(depth: number): void {
    for (const fn of this.open) {
      const nesting = depth - fn.base;
      fn.cognitive += 1 + nesting;
      if (fn.inside > 0) {
        fn.innerStructures++;
        continue;
      }
      fn.ownCognitive += 1 + nesting;
      fn.ownStructures++;
      fn.maxNesting = Math.max(fn.maxNesting, nesting + 1);
    }
  }

  private noteDamage(): void {
    for (const fn of this.open) if (fn.inside === 0) fn.damaged = true;
  }

  private functionInside(node: SyntaxNode, depth: number): void {
    const { frame } = this;
    if (frame) frame.isWrapper ??= this.grammar.isWrapper?.(frame.node) ?? false;
    const inner = frame?.isWrapper ? depth : depth + 1;
    for (const fn of this.open) fn.inside++;
    this.frame = { node, name: node.child("name")?.text ?? "", recurses: false, isWrapper: undefined };
    const measured = this.functions.get(node);
    if (measured) this.measure(measured, inner);
    else this.children(node, inner);
    this.frame = frame;
    for (const fn of this.open) fn.inside--;
  }

  private measure(fn: MeasuredFunction, depth: number): void {
    const opened: Open = {
      name: fn.name,
      recurses: false,
      base: depth,
      inside: 0,
      cognitive: 0,
      ownCognitive: 0,
      cyclomatic: 1,
      maxNesting: 0,
      damaged: false,
      ownStructures: 0,
      innerStructures: 0,
    };
    this.open.push(opened);
    this.children(fn.node, depth);
    this.open.pop();
    this.functions.delete(fn.node);
    const isDeclarative =
      this.grammar.ignoresDeclarativeOuter && opened.ownStructures === 0 && !this.hasEnclosingFunction(fn.node);
    fn.measured({
      metrics: {
        // Structures in the functions directly inside are one level less deep then.
        cognitive: isDeclarative ? opened.cognitive - opened.innerStructures : opened.cognitive,
        cyclomatic: opened.cyclomatic,
        maxNesting: opened.maxNesting,
      },
      ownCognitive: opened.ownCognitive,
      callsItself: opened.recurses,
      damaged: opened.damaged,
    });
  }

  private hasEnclosingFunction(node: SyntaxNode): boolean {
    for (let outer = node.parent; outer; outer = outer.parent) {
      if (this.roles.get(outer.type) === "function") return true;
    }
    return false;
  }

  private classInside(node: SyntaxNode, depth: number): void {
    const bases = this.open.map((fn) => fn.base);
    for (const fn of this.open) fn.base = depth + 1;
    this.children(node, depth);
    this.open.forEach((fn, i) => {
      fn.base = bases[i] as number;
    });
  }

  /** Conditions are read before one is inside the structure; only the branches nest. */
  private ifParts(node: SyntaxNode, depth: number): void {
    for (const child of node.children) {
      if (child.field === "alternative") this.alternative(child, depth);
      else this.visit(child, child.field === "consequence" ? depth + 1 : depth);
    }
  }

  private alternative(node: SyntaxNode, depth: number): void {
    const role = this.roles.get(node.type);
    const only = role === "else" ? node.namedChildren : [];
    const inner = only.length === 1 ? (only[0] as SyntaxNode) : node;
    if (this.roles.get(inner.type) === "if") {
      this.add(1);
      this.addPaths(1);
      this.ifParts(inner, depth);
    } else if (role === "else" || role === "elseIf") {
      this.visit(node, depth);
    } else {
      this.add(1);
      this.visit(node, depth + 1);
    }
  }

  /** One increment for each run of like operators in the order they are written. */
  private logicalSequence(sequence: SyntaxNode, depth: number): void {
    const operators: string[] = [];
    this.flatten(sequence, depth, operators);
    this.addPaths(operators.length);
    this.add(operators.filter((operator, i) => operator !== operators[i - 1]).length);
  }

  private flatten(node: SyntaxNode | undefined, depth: number, operators: string[]): void {
    const { grammar } = this;
    let inner = node;
    while (inner && inner.kind === grammar.transparentParentheses && inner.namedChildren.length === 1) {
      inner = inner.namedChildren[0];
    }
    if (!inner) return;
    const operator = grammar.logicalOperator(inner);
    if (!operator) return this.visit(inner, depth);
    const [left, right] = grammar.operands(inner);
    this.flatten(left, depth, operators);
    operators.push(operator);
    this.flatten(right, depth, operators);
  }

  /** A function that calls itself counts once, however often it does. */
  private noteCall(called: string): void {
    const { frame } = this;
    const isInner = frame !== undefined && called === frame.name;
    for (const fn of this.open) {
      if (fn.inside > 0 && isInner) {
        if (!frame.recurses) fn.cognitive++;
      } else if (called === fn.name && !fn.recurses) {
        fn.recurses = true;
        fn.cognitive++;
        if (fn.inside === 0) fn.ownCognitive++;
      }
    }
    if (isInner) frame.recurses = true;
  }
}
