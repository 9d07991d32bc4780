import type { FunctionMetrics } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";

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

interface Frame {
  node: SyntaxNode;
  name: string;
  recurses: boolean;
}

/**
 * Cognitive Complexity by SonarSource's white paper, and McCabe's cyclomatic complexity, in one walk.
 * Where the paper is silent the analyser SonarSource ships for the language decides: docs/cognitive-complexity.md.
 */
export function measureFunction(functionNode: SyntaxNode, name: string, grammar: MetricsGrammar): Measurement {
  const isOutermost = !hasEnclosingFunction(functionNode, grammar);
  const measurement = walk(functionNode, name, grammar, false);
  if (!grammar.ignoresDeclarativeOuter || !isOutermost || measurement.hasOwnStructure) return measurement;
  return walk(functionNode, name, grammar, true);
}

function hasEnclosingFunction(node: SyntaxNode, grammar: MetricsGrammar): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) if (grammar.roles[outer.kind] === "function") return true;
  return false;
}

function walk(
  functionNode: SyntaxNode,
  name: string,
  grammar: MetricsGrammar,
  isDeclarative: boolean,
): Measurement & { hasOwnStructure: boolean } {
  let cognitive = 0;
  let ownCognitive = 0;
  let cyclomatic = 1;
  let maxNesting = 0;
  let damaged = false;
  let hasOwnStructure = false;
  const outermost: Frame = { node: functionNode, name, recurses: false };
  let frame = outermost;
  const isOwn = () => frame.node === functionNode;

  const add = (increment: number): void => {
    cognitive += increment;
    if (isOwn()) ownCognitive += increment;
  };
  const addPath = (paths = 1): void => {
    if (isOwn()) cyclomatic += paths;
  };
  const structure = (nesting: number): void => {
    add(1 + nesting);
    if (!isOwn()) return;
    hasOwnStructure = true;
    maxNesting = Math.max(maxNesting, nesting + 1);
  };
  const children = (node: SyntaxNode, nesting: number): void => {
    for (const child of node.children) visit(child, nesting);
  };
  const nestedChildren = (node: SyntaxNode, nesting: number): void => {
    for (const child of node.children) visit(child, grammar.isHeader?.(child) ? nesting : nesting + 1);
  };

  const visit = (node: SyntaxNode, nesting: number): void => {
    if (!node.named && node.children.length === 0) return;
    if (isOwn() && node.kind === "ERROR") damaged = true;
    switch (grammar.roles[node.kind]) {
      case "if":
        structure(nesting);
        addPath();
        return ifParts(node, nesting);
      case "elseIf":
        add(1);
        addPath();
        return ifParts(node, nesting);
      case "else":
        add(1);
        return children(node, nesting + 1);
      case "loop":
      case "catch":
      case "conditional":
        structure(nesting);
        addPath();
        return nestedChildren(node, nesting);
      case "switch":
        structure(nesting);
        return nestedChildren(node, nesting);
      case "function":
        return nestedFunction(node, nesting);
      case "class":
        return children(node, -1);
    }
    if (grammar.logicalOperator(node)) return logicalSequence(node, nesting);
    if (grammar.isLabelledJump(node)) add(1);
    if (grammar.isCase(node)) addPath();
    noteRecursion(node);
    children(node, nesting);
  };

  const nestedFunction = (node: SyntaxNode, nesting: number): void => {
    const keepsNesting = (isDeclarative && isOwn()) || grammar.isWrapper?.(frame.node);
    const outer = frame;
    frame = { node, name: node.child("name")?.text ?? "", recurses: false };
    children(node, keepsNesting ? nesting : nesting + 1);
    frame = outer;
  };

  /** Conditions are read before one is inside the structure; only the branches nest. */
  const ifParts = (node: SyntaxNode, nesting: number): void => {
    for (const child of node.children) {
      if (child.field === "alternative") alternative(child, nesting);
      else visit(child, child.field === "consequence" ? nesting + 1 : nesting);
    }
  };
  const alternative = (node: SyntaxNode, nesting: number): void => {
    const role = grammar.roles[node.kind];
    const inner = role === "else" && node.namedChildren.length === 1 ? (node.namedChildren[0] as SyntaxNode) : node;
    if (grammar.roles[inner.kind] === "if") {
      add(1);
      addPath();
      ifParts(inner, nesting);
    } else if (role === "else" || role === "elseIf") {
      visit(node, nesting);
    } else {
      add(1);
      visit(node, nesting + 1);
    }
  };

  /** One increment for each run of like operators in the order they are written. */
  const logicalSequence = (sequence: SyntaxNode, nesting: number): void => {
    const operators: string[] = [];
    const flatten = (node: SyntaxNode | undefined): void => {
      let inner = node;
      while (inner && inner.kind === grammar.transparentParentheses && inner.namedChildren.length === 1) {
        inner = inner.namedChildren[0];
      }
      if (!inner) return;
      const operator = grammar.logicalOperator(inner);
      if (!operator) return visit(inner, nesting);
      const [left, right] = grammar.operands(inner);
      flatten(left);
      operators.push(operator);
      flatten(right);
    };
    flatten(sequence);
    addPath(operators.length);
    add(operators.filter((operator, i) => operator !== operators[i - 1]).length);
  };

  const noteRecursion = (node: SyntaxNode): void => {
    const called = grammar.calledName(node);
    if (!called) return;
    const recursive = called === frame.name ? frame : called === name ? outermost : undefined;
    if (!recursive || recursive.recurses) return;
    recursive.recurses = true;
    add(1);
  };

  children(functionNode, 0);
  return {
    metrics: { cognitive, cyclomatic, maxNesting },
    ownCognitive,
    callsItself: outermost.recurses,
    damaged,
    hasOwnStructure,
  };
}
