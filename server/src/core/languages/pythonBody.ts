import type { Span } from "../base/text";
import type { AccessPath, BranchArm, CatchArm, LoopStep, Step, Value, VariableFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { PythonExpressionLowerer, statementKinds } from "./pythonExpressions";
import { isDefaultCase, isTupleCase, partsOf, patternParts } from "./pythonNodes";

/** A name bound by a pattern, and where its value comes from. */
interface Capture {
  node: SyntaxNode;
  origin: AccessPath | undefined;
}

/** Longer chains of `elif` are not nested any further, so that walking them needs no deeper stack. */
const maxElifDepth = 200;

/** What runs: statements, assignments and patterns. Declarations are the subclass's. */
export abstract class PythonBodyLowerer extends PythonExpressionLowerer {
  /** False when the node declares nothing. */
  protected abstract declaration(node: SyntaxNode): boolean;
  /** What an assignment says about constants and fields, apart from what it does. */
  protected abstract noteAssignment(
    target: SyntaxNode,
    type: SyntaxNode | undefined,
    node: SyntaxNode | undefined,
    value: Value | undefined,
  ): void;

  protected block(node: SyntaxNode | undefined): void {
    for (const child of partsOf(node)) this.statement(child);
  }

  protected statement(node: SyntaxNode): void {
    switch (node.kind) {
      case "module":
      case "block":
      case "ERROR":
      case "expression_statement":
        return this.block(node);
      case "assignment":
        return this.assignment(node);
      case "augmented_assignment":
        return this.augmentedAssignment(node);
      case "if_statement":
        return this.ifStatement(node, node, node.childrenOf("alternative"), 0);
      case "for_statement":
      case "while_statement":
        return this.loopStatement(node);
      case "try_statement":
        return this.tryStatement(node);
      case "with_statement":
        return this.withStatement(node);
      case "match_statement":
        return this.matchStatement(node);
      case "return_statement":
        this.emit({ start: node.start, end: node.end, kind: "return", values: this.expressions(partsOf(node)) });
        return;
      case "raise_statement": {
        const [value] = this.expressions(partsOf(node));
        this.emit({ start: node.start, end: node.end, kind: "throw", value });
        return;
      }
      case "assert_statement":
        this.assertion(node);
        return;
      case "print_statement":
      case "exec_statement":
        this.call(node, node.kind === "print_statement" ? "print" : "exec", this.expressions(partsOf(node)));
        return;
      case "delete_statement":
        for (const target of partsOf(node)) this.deleteTarget(target);
        return;
      case "global_statement":
      case "nonlocal_statement":
        for (const name of partsOf(node)) this.scopes.ofFunction?.outside.add(this.text(name));
        if (this.scopes.ofFunction) this.scopes.ofFunction.origins ??= new Map();
        return;
      case "break_statement":
      case "continue_statement":
        return this.jump(node);
      case "pass_statement":
        return;
      default:
        if (this.declaration(node)) return;
        // Clauses stand alone only where the text around them did not parse.
        if (statementKinds.test(node.kind)) this.block(node);
        else this.expression(node);
    }
  }

  private assertion(node: SyntaxNode): void {
    const values = this.expressions(partsOf(node));
    const narrows = values[0] && this.origins.narrowed(values[0], true);
    this.call(node, "assert", values, narrows && { narrows });
  }

  /** `type(self).count = 0`, which the grammar takes for the statement `type (self).count = 0`. */
  protected attributeOfType(node: SyntaxNode, target: SyntaxNode, right: SyntaxNode | undefined): void {
    const names: string[] = [];
    let object: SyntaxNode | undefined = target;
    for (; object?.kind === "attribute"; object = object.child("object")) {
      names.unshift(object.child("attribute")?.text ?? "");
    }
    const value = right ? this.expression(right) : this.other(node);
    const args = this.expressions(partsOf(object));
    const span = { start: node.start, end: object?.end ?? target.end };
    this.emit({ start: span.start, end: span.end, kind: "call", callee: "type", arguments: args });
    const path = this.detach(["type()", ...names].join("."));
    this.storeIn(node, { start: node.start, end: target.end, kind: "path", path }, "=", value);
  }

  private assignment(node: SyntaxNode): void {
    const targets: SyntaxNode[] = [];
    let right: SyntaxNode | undefined = node;
    let type: SyntaxNode | undefined;
    while (right?.kind === "assignment") {
      const left = right.child("left");
      if (left) targets.push(left);
      type ??= right.child("type");
      right = right.child("right");
    }
    if (!right) {
      for (const target of targets) {
        this.noteAssignment(target, type, undefined, undefined);
        if (target.kind === "identifier") this.bind(this.text(target));
        if (target.kind === "identifier" && type && this.scopes.ofFunction && !this.scopes.ofClass) {
          this.scopes.ofFunction.declared ??= new Map();
          this.scopes.ofFunction.declared.set(this.text(target), this.shortText(type));
        }
      }
      return;
    }
    const value = this.expression(right);
    const typeText = type && this.shortText(type);
    for (const target of targets) {
      this.noteAssignment(target, type, right, value);
      this.storeIn(node, this.storeTarget(target), "=", value, undefined, typeText);
    }
  }

  private augmentedAssignment(node: SyntaxNode): void {
    const left = node.child("left");
    const right = node.child("right");
    const operator = (node.child("operator")?.kind ?? "=").replace(/(.)=$/, "$1");
    const value = right ? this.expression(right) : this.other(node);
    if (left) this.storeIn(node, this.read(this.storeTarget(left)), this.detach(operator), value);
  }

  private deleteTarget(node: SyntaxNode): void {
    for (const part of patternParts(node)) {
      const target = this.storeTarget(part);
      const isBound = target.kind === "path" && part.kind === "identifier" && !this.scopes.isOutside(target.path);
      if (!isBound) this.storeIn(part, target, "del", this.other(part));
    }
  }

  // Branches, loops and handlers

  private ifStatement(span: Span, node: SyntaxNode, alternatives: SyntaxNode[], depth: number): void {
    const conditionNode = node.child("condition");
    const condition = conditionNode && this.expression(conditionNode);
    const arms: BranchArm[] = [];
    const consequence = node.child("consequence");
    if (consequence) {
      const narrowed = condition && this.origins.narrowed(condition, true);
      arms.push(
        this.closer(
          this.arm(consequence, () => this.block(consequence)),
          narrowed,
        ),
      );
    }
    const [next, ...others] = alternatives;
    if (next && depth < maxElifDepth) {
      const end = span.end;
      const narrowed = condition && this.origins.narrowed(condition, false);
      const arm = this.arm({ start: next.start, end }, () => this.alternative(next, others, end, depth + 1), [], true);
      arms.push(this.closer(arm, narrowed));
    }
    const narrows = alternatives.length === 0 && condition ? this.narrowedBy(condition, arms[0]) : undefined;
    this.emit({ start: span.start, end: span.end, kind: "branch", form: "if", condition, arms, ...narrows });
    if (depth >= maxElifDepth) {
      for (const alternative of alternatives) this.alternative(alternative, [], span.end, depth);
    }
  }

  /** What is known once the only arm of a branch has been left for good. */
  private narrowedBy(condition: Value, arm: BranchArm | undefined): { narrows: VariableFacts[] } | undefined {
    const last = arm?.steps.at(-1)?.kind;
    if (last !== "return" && last !== "throw" && last !== "jump") return undefined;
    const narrows = this.origins.narrowed(condition, false);
    if (narrows && this.scopes.ofFunction?.origins)
      for (const { name, type } of narrows) this.scopes.ofFunction.origins.set(name, type && `<${type}>`);
    return narrows && { narrows };
  }

  private alternative(node: SyntaxNode, others: SyntaxNode[], end: number, depth: number): void {
    if (node.kind === "elif_clause") this.ifStatement({ start: node.start, end }, node, others, depth);
    else this.block(node.child("body"));
  }

  private loopStatement(node: SyntaxNode): void {
    const bodyNode = node.child("body");
    const loop: LoopStep =
      node.kind === "for_statement" ? this.forHeader(node, node, () => this.block(bodyNode)) : this.whileLoop(node);
    this.emit(loop);
    const alternative = node.child("alternative")?.child("body");
    if (!alternative) return;
    if (!breaks(loop.body)) return this.block(alternative);
    const arms = [this.arm(alternative, () => this.block(alternative))];
    this.emit({
      start: alternative.start,
      end: alternative.end,
      kind: "branch",
      form: "if",
      condition: undefined,
      arms,
    });
  }

  private whileLoop(node: SyntaxNode): LoopStep {
    const condition = node.child("condition");
    const lowerBody = () => this.block(node.child("body"));
    return this.testedLoop(node, "while", () => condition && this.expression(condition), lowerBody);
  }

  private tryStatement(node: SyntaxNode): void {
    const body = this.collect(() => this.block(node.child("body")));
    const catches: CatchArm[] = [];
    for (const clause of node.children) if (clause.kind.startsWith("except")) catches.push(this.exceptClause(clause));
    // Runs after the body; that its own exceptions pass the handlers by cannot be said in steps.
    body.push(...this.collect(() => this.block(node.ofKind("else_clause")?.child("body"))));
    const finallyBlock = node.ofKind("finally_clause")?.ofKind("block");
    this.emit({
      start: node.start,
      end: node.end,
      kind: "try",
      body,
      catches,
      finally: this.collect(() => this.block(finallyBlock)),
    });
  }

  private exceptClause(clause: SyntaxNode): CatchArm {
    const [first, ...others] = clause.childrenOf("value");
    const alias = clause.child("alias") ?? partsOf(first?.child("alias"))[0] ?? first?.child("alias");
    const caught = first?.kind === "as_pattern" ? partsOf(first)[0] : first;
    const listed = caught?.kind === "tuple" ? partsOf(caught) : caught ? [caught] : [];
    const variable = this.text(alias) || undefined;
    if (variable) this.bind(variable);
    const steps = this.collect(() => this.block(clause.ofKind("block")));
    const types = [...listed, ...others].map((type) => this.shortText(type));
    return { start: clause.start, end: clause.end, types, variable, steps };
  }

  private withStatement(node: SyntaxNode): void {
    const items = partsOf(node.ofKind("with_clause")).filter((child) => child.kind === "with_item");
    this.withItems(node, items, node.has("async"), node);
  }

  private withItems(node: SyntaxNode, items: SyntaxNode[], isAsync: boolean, span: Span): void {
    const [item, ...others] = items;
    if (!item) return this.block(node.child("body"));
    const itemValue = item.child("value");
    const alias = itemValue?.kind === "as_pattern" ? partsOf(itemValue.child("alias"))[0] : undefined;
    const resourceNode = itemValue?.kind === "as_pattern" ? partsOf(itemValue)[0] : itemValue;
    const resource = resourceNode ? this.expression(resourceNode, isAsync) : this.other(item);
    const isName = alias?.kind === "identifier";
    const entered = isAsync ? ".__aenter__()" : ".__enter__()";
    const origin = alias && partOf(this.origins.of(resource), entered);
    if (isName) {
      this.scopes.ofFunction?.origins?.set(this.text(alias), partOf(this.closedOrigin(resource), entered));
      this.bind(this.text(alias));
    }
    const body = this.collect(() => {
      if (alias && !isName) this.storeIn(alias, this.storeTarget(alias), "=", this.other(resource, [resource]), origin);
      this.withItems(node, others, isAsync, { start: others[0]?.start ?? node.start, end: node.end });
    });
    const variable = isName ? { name: this.text(alias), ...(origin && { origin: this.detach(origin) }) } : undefined;
    this.emit({ start: span.start, end: span.end, kind: "scope", form: "with", resource, variable, body });
  }

  // Patterns

  private matchStatement(node: SyntaxNode): void {
    const condition = this.together(node, node.childrenOf("subject"), false) ?? this.other(node);
    const clauses = partsOf(node.child("body")).filter((child) => child.kind === "case_clause");
    const arms = clauses.map((clause) => this.caseClause(clause, condition));
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "switch", condition, arms });
  }

  private caseClause(clause: SyntaxNode, subject: Value): BranchArm {
    const labels: Value[] = [];
    const isDefault = isDefaultCase(clause);
    const arm = this.arm(clause, () => {
      const captures: Capture[] = [];
      const nodes = partsOf(clause).filter((child) => child.kind === "case_pattern");
      const from = this.origins.of(subject);
      const patterns = nodes.map((child, i) =>
        this.pattern(child, captures, nodes.length > 1 || isTupleCase(clause) ? partOf(from, `#${i}`) : from),
      );
      const [only] = patterns;
      if (isTupleCase(clause))
        labels.push({ start: clause.start, end: clause.end, kind: "composite", form: "tuple", parts: patterns });
      else if (only?.kind === "operation" && only.operator === "|") labels.push(...only.operands);
      else if (only && !isDefault) labels.push(only);
      for (const capture of captures) {
        const { node, origin } = capture;
        this.storeName(node, this.text(node), "=", this.other(node, [subject]), origin);
      }
      const body = clause.child("consequence");
      const guard = partsOf(clause.child("guard"))[0];
      if (!guard) return this.block(body);
      const condition = this.expression(guard);
      const arms = [this.arm(body ?? clause, () => this.block(body))];
      this.emit({ start: clause.start, end: clause.end, kind: "branch", form: "if", condition, arms });
    });
    const type =
      labels.length > 0 &&
      subject.kind === "path" &&
      /^\w+$/.test(subject.path) &&
      classesOfAll(labels, this.input.text);
    return { ...arm, labels, isDefault, ...(type && { variables: [{ name: subject.path, type }] }) };
  }

  /** The value a pattern compares with; names it binds go to `captures`. */
  private pattern(node: SyntaxNode, captures: Capture[], from: AccessPath | undefined): Value {
    const [first, ...rest] = partsOf(node);
    switch (node.kind) {
      case "case_pattern":
        return first ? this.pattern(first, captures, from) : this.other(node);
      case "integer":
      case "float": {
        const literal = this.literal(node, "number");
        const siblings = node.parent?.children ?? [];
        const sign = siblings[siblings.indexOf(node) - 1];
        return sign?.kind === "-" ? this.operation({ start: sign.start, end: node.end }, "-", [literal]) : literal;
      }
      case "dotted_name":
        if (rest.length > 0)
          return this.read({ start: node.start, end: node.end, kind: "path", path: this.pathText(node) });
        if (first) captures.push({ node: first, origin: from });
        return this.other(node);
      case "splat_pattern":
        if (first) captures.push({ node: first, origin: undefined });
        return this.other(node);
      case "as_pattern": {
        const value = first ? this.pattern(first, captures, from) : this.other(node);
        const type = classesOf(value, this.input.text);
        if (rest[0]) captures.push({ node: rest[0], origin: type && from !== undefined ? `${from}<${type}>` : from });
        return value;
      }
      case "keyword_pattern":
        return rest[0] ? this.pattern(rest[0], captures, partOf(from, `.${first?.text}`)) : this.other(node);
      case "class_pattern": {
        const type = first ? this.pathText(first) : "?";
        for (const child of rest) {
          const isNamed = child.has("keyword_pattern");
          this.pattern(child, captures, isNamed ? partOf(from, `<${type}>`) : undefined);
        }
        return { start: node.start, end: node.end, kind: "path", path: type };
      }
      case "union_pattern":
        return this.operation(
          node,
          "|",
          partsOf(node).map((child) => this.pattern(child, captures, from)),
        );
      case "tuple_pattern":
        if (first && rest.length === 0 && !/,\s*\)$/.test(node.text)) return this.pattern(first, captures, from);
        return this.patterns(node, "tuple", partsOf(node), captures, (i) => partOf(from, `#${i}`));
      case "list_pattern":
        return this.patterns(node, "list", partsOf(node), captures, () => partOf(from, "[]"));
      case "dict_pattern": {
        const keys = node.childrenOf("key").map((key) => this.pattern(key, captures, undefined));
        const values = partsOf(node).filter((child) => child.field !== "key");
        return { ...this.patterns(node, "map", values, captures, () => partOf(from, "[]")), keys };
      }
      case "complex_pattern":
        return this.literal(node, "number");
      default:
        return this.expression(node);
    }
  }

  private patterns(
    node: SyntaxNode,
    form: "tuple" | "list" | "map",
    nodes: SyntaxNode[],
    captures: Capture[],
    from: (index: number) => AccessPath | undefined,
  ) {
    const parts = nodes.map((child, i) => this.pattern(child, captures, from(i)));
    return { start: node.start, end: node.end, kind: "composite" as const, form, parts };
  }
}

function partOf(origin: AccessPath | undefined, segment: string): AccessPath | undefined {
  return origin && `${origin}${segment}`;
}

/** The classes that a pattern checks for: `Foo() | Bar()`. */
function classesOf(pattern: Value, source: string): string | undefined {
  if (pattern.kind === "operation" && pattern.operator === "|") return classesOfAll(pattern.operands, source);
  // `case Color.RED` compares, `case Color()` checks for the class.
  return pattern.kind === "path" && source[pattern.end - 1] === ")" ? pattern.path : undefined;
}

function classesOfAll(patterns: readonly Value[], source: string): string | undefined {
  const classes = patterns.map((pattern) => classesOf(pattern, source));
  return classes.every((name) => name !== undefined) ? classes.join(" | ") : undefined;
}

/** Whether a `break` in the steps leaves the loop they are the body of. */
function breaks(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    switch (step.kind) {
      case "jump":
        return step.form === "break";
      case "branch":
        return step.arms.some((arm) => breaks(arm.steps));
      case "try":
        return breaks(step.body) || step.catches.some((arm) => breaks(arm.steps)) || breaks(step.finally);
      case "scope":
        return breaks(step.body);
      default:
        return false;
    }
  });
}
