import { type Span, spanOf } from "../base/text";
import { rootOf } from "../model/accessPath";
import type { AccessPath, BranchArm, LiteralValue, LoopStep, Value, VariableFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { type LanguageGrammar, Lowerer, type LoweringInput } from "./lowerer";
import { constructs, PythonScopes } from "./pythonNames";
import { contentOf, eachTarget, partsOf } from "./pythonNodes";
import { PythonOrigins } from "./pythonOrigins";
import { unknownPath } from "./stepLowerer";

const maxOriginLength = 200;

/** Statements stand among expressions where the text around them did not parse. */
export const statementKinds = /_(statement|definition|clause)$|^(block|ERROR|module|assignment|augmented_assignment)$/;

/** Expressions, and the places values are stored in. Statements and functions are the subclasses'. */
export abstract class PythonExpressionLowerer extends Lowerer {
  protected readonly scopes = new PythonScopes();
  protected readonly origins: PythonOrigins;
  /** Names that functions assign outside themselves, and where the values come from. */
  protected readonly globalsWritten = new Map<string, AccessPath | undefined>();

  constructor(input: LoweringInput, grammar: LanguageGrammar) {
    super(input, grammar);
    this.origins = new PythonOrigins(input.text);
  }

  protected abstract statement(node: SyntaxNode): void;
  protected abstract lambdaExpression(node: SyntaxNode): Value;

  protected expressions(nodes: SyntaxNode[]): Value[] {
    return nodes.flatMap((node) =>
      node.kind === "expression_list" ? this.expressions(partsOf(node)) : [this.expression(node)],
    );
  }

  protected expression(node: SyntaxNode, isAwaited = false): Value {
    return this.read(this.target(node, isAwaited));
  }

  /** Several expressions where one value is meant: `for x in 1, 2`. */
  protected together(node: Span, nodes: SyntaxNode[], isAwaited: boolean): Value | undefined {
    const parts = nodes.map((child) => this.expression(child, isAwaited));
    return parts.length > 1 ? { start: node.start, end: node.end, kind: "composite", form: "tuple", parts } : parts[0];
  }

  /** The value of an expression without reading it: what may be called or stand before a dot. */
  private target(node: SyntaxNode, isAwaited = false): Value {
    switch (node.kind) {
      case "identifier":
      case "dotted_name":
        return { start: node.start, end: node.end, kind: "path", path: this.text(node) };
      case "attribute":
        return this.attribute(node);
      case "subscript": {
        const subscripts = node.childrenOf("subscript");
        return subscripts[0]?.kind === "slice" && subscripts.length === 1
          ? this.slice(node, subscripts[0])
          : this.element(node, subscripts);
      }
      case "slice":
        return this.operation(node, ":", this.bounds(node));
      case "parenthesized_expression": {
        const [inner] = partsOf(node);
        return inner ? this.target(inner, isAwaited) : this.other(node);
      }
      case "call":
        return this.callExpression(node, isAwaited);
      case "await": {
        const [awaited] = partsOf(node);
        const value = awaited ? this.expression(awaited, true) : this.other(node);
        return value.kind === "path" ? this.operation(node, "await", [value]) : value;
      }
      case "named_expression": {
        const name = node.child("name");
        const valueNode = node.child("value");
        const value = valueNode ? this.expression(valueNode) : this.other(node);
        if (!name) return value;
        this.storeName(node, this.text(name), "=", value);
        return { start: name.start, end: name.end, kind: "path", path: this.text(name) };
      }
      case "not_operator":
      case "unary_operator": {
        const operand = node.child("argument");
        const operator = node.kind === "not_operator" ? "!" : (node.child("operator")?.kind ?? "");
        return this.operation(node, this.detach(operator), operand ? [this.expression(operand)] : []);
      }
      case "binary_operator":
        return this.operation(node, node.child("operator")?.kind ?? "", this.sides(node));
      case "boolean_operator": {
        const left = node.child("left");
        const right = node.child("right");
        const operator = node.child("operator")?.kind === "or" ? "||" : "&&";
        const leftValue = left ? this.expression(left) : this.other(node);
        return this.shortCircuit(
          node,
          operator,
          leftValue,
          () => (right ? this.expression(right) : this.other(node)),
          this.origins.narrowed(leftValue, operator === "&&"),
        );
      }
      case "comparison_operator":
        return this.comparison(node);
      case "conditional_expression":
        return this.conditional(node);
      case "lambda":
        return this.lambdaExpression(node);
      case "yield": {
        const [value] = partsOf(node);
        const yielded = value && this.expression(value);
        const modifiers = this.scopes.ofFunction?.modifiers;
        if (!modifiers?.includes("generator")) modifiers?.push("generator");
        this.emit({ start: node.start, end: node.end, kind: "yield", value: yielded });
        return this.other(node);
      }
      case "list_comprehension":
      case "set_comprehension":
      case "dictionary_comprehension":
      case "generator_expression":
        return this.comprehension(node);
      case "expression_list":
      case "pattern_list":
      case "tuple":
      case "list":
      case "set": {
        const form = node.kind === "list" || node.kind === "set" ? node.kind : "tuple";
        return {
          start: node.start,
          end: node.end,
          kind: "composite",
          form,
          parts: partsOf(node).map((part) => this.argument(part)),
        };
      }
      case "dictionary":
        return this.dictionary(node);
      case "string":
        return this.string(node);
      case "concatenated_string":
        return this.concatenatedString(node);
      case "integer":
      case "float":
        return this.literal(node, "number");
      case "true":
      case "false":
        return this.literal(node, "boolean");
      case "none":
        return this.literal(node, "null");
      case "type":
        return { start: node.start, end: node.end, kind: "path", path: this.shortText(node) };
      default:
        if (statementKinds.test(node.kind)) {
          this.statement(node);
          return this.other(node);
        }
        return this.other(
          node,
          partsOf(node).map((child) => this.expression(child)),
        );
    }
  }

  private attribute(node: SyntaxNode): Value {
    const objectNode = node.child("object");
    const object = objectNode ? this.target(objectNode) : this.other(node);
    return this.memberOf(node, object, node.child("attribute")?.text ?? "");
  }

  private element(node: SyntaxNode, subscripts: SyntaxNode[]): Value {
    const valueNode = node.child("value");
    const value = valueNode ? this.target(valueNode) : this.other(node);
    return this.elementOf(node, value, this.together(node, subscripts, false));
  }

  private slice(node: SyntaxNode, slice: SyntaxNode): Value {
    const valueNode = node.child("value");
    const value = valueNode ? this.expression(valueNode) : this.other(node);
    return this.operation(node, "[:]", [value, ...this.bounds(slice)]);
  }

  /** Start, stop and step; a bound that is left out and has one after it is `None`. */
  private bounds(slice: SyntaxNode): Value[] {
    const bounds: Value[] = [];
    let position = 0;
    let from = slice.start;
    for (const child of partsOf(slice)) {
      const before = slice.text.slice(from - slice.start, child.start - slice.start);
      position += before.replace(/#.*/g, "").split(":").length - 1;
      while (bounds.length < position) {
        bounds.push({ start: child.start, end: child.start, kind: "literal", type: "null", text: "None" });
      }
      bounds.push(this.expression(child));
      from = child.end;
    }
    return bounds;
  }

  private sides(node: SyntaxNode): Value[] {
    return [node.child("left"), node.child("right")].map((side) => (side ? this.expression(side) : this.other(node)));
  }

  /** `a < b < c` is `a < b && b < c`. */
  private comparison(node: SyntaxNode): Value {
    const operands = partsOf(node)
      .filter((child) => child.field !== "operators")
      .map((child) => this.expression(child));
    const operators = node.childrenOf("operators").map((child) => this.detach(child.text.replace(/\s+/g, " ")));
    const links = operators.map((operator, i) => {
      const sides = operands.slice(i, i + 2);
      return this.operation({ start: sides[0]?.start ?? node.start, end: sides[1]?.end ?? node.end }, operator, sides);
    });
    const [first, ...rest] = links;
    if (!first) return this.other(node, operands);
    return rest.reduce((left, right) => this.operation(node, "&&", [left, right]), {
      ...first,
      ...(rest.length === 0 && spanOf(node)),
    });
  }

  private conditional(node: SyntaxNode): Value {
    const [thenNode, conditionNode, elseNode] = partsOf(node);
    if (!thenNode || !conditionNode || !elseNode) {
      return this.other(
        node,
        partsOf(node).map((child) => this.expression(child)),
      );
    }
    const condition = this.expression(conditionNode);
    const known = [true, false].map((holds) => this.origins.narrowed(condition, holds));
    return this.conditionalValue(node, condition, [thenNode, elseNode], (side) => this.expression(side), known);
  }

  private callExpression(node: SyntaxNode, isAwaited: boolean): Value {
    const calleeNode = node.child("function");
    const callee = calleeNode ? this.target(calleeNode) : this.other(node);
    const argumentsNode = node.child("arguments");
    const args =
      argumentsNode?.kind === "generator_expression"
        ? [this.expression(argumentsNode)]
        : partsOf(argumentsNode).map((argument) => this.argument(argument));
    const path = this.pathThrough(callee);
    return this.call(node, path, args, {
      ...(constructs(path) && { constructs: true }),
      ...(isAwaited && { awaited: true }),
    });
  }

  /** An element of a list of arguments, bases or elements. A keyword argument is an object with that one key. */
  protected argument(node: SyntaxNode): Value {
    switch (node.kind) {
      case "keyword_argument": {
        const name = node.child("name");
        const value = node.child("value");
        const keys: Value[] = name ? [{ start: name.start, end: name.end, kind: "path", path: this.text(name) }] : [];
        return {
          start: node.start,
          end: node.end,
          kind: "composite",
          form: "object",
          keys,
          parts: value ? [this.expression(value)] : [],
        };
      }
      case "list_splat":
      case "dictionary_splat":
      case "parenthesized_list_splat":
        return this.other(
          node,
          partsOf(node).map((child) => this.argument(child)),
        );
      default:
        return this.expression(node);
    }
  }

  private dictionary(node: SyntaxNode): Value {
    const keys: Value[] = [];
    const parts: Value[] = [];
    for (const child of partsOf(node)) {
      const key = child.child("key");
      const value = child.child("value");
      // Keys and parts go together by position.
      keys.push(key ? this.expression(key) : this.other(child));
      parts.push(value ? this.expression(value) : this.argument(child));
    }
    return { start: node.start, end: node.end, kind: "composite", form: "map", keys, parts };
  }

  private comprehension(node: SyntaxNode): Value {
    const body = node.child("body");
    const clauses = partsOf(node).filter((child) => child.kind.endsWith("_clause"));
    const keys: Value[] = [];
    const parts: Value[] = [];
    const lowerFrom = (index: number): void => {
      const clause = clauses[index];
      if (clause?.kind === "for_in_clause") {
        this.emit(this.forHeader(node, clause, () => lowerFrom(index + 1)));
      } else if (clause) {
        const [conditionNode] = partsOf(clause);
        const condition = conditionNode && this.expression(conditionNode);
        const arm = this.arm({ start: node.start, end: node.end }, () => lowerFrom(index + 1));
        const saysNothing = condition === undefined || condition.kind === "path";
        if (saysNothing && arm.steps.every((step) => step.kind === "read"))
          for (const step of arm.steps) this.emit(step);
        else
          this.emit({
            start: clause.start,
            end: clause.end,
            kind: "branch",
            form: "if",
            condition,
            arms: [this.closer(arm, condition && this.origins.narrowed(condition, true))],
          });
      } else if (body?.kind === "pair") {
        const key = body.child("key");
        const value = body.child("value");
        if (key) keys.push(this.expression(key));
        if (value) parts.push(this.expression(value));
      } else if (body) {
        parts.push(this.expression(body));
      }
    };
    lowerFrom(0);
    const form = node.kind === "dictionary_comprehension" ? "map" : node.kind === "set_comprehension" ? "set" : "list";
    const value: Value = {
      start: node.start,
      end: node.end,
      kind: "composite",
      form,
      ...(node.kind === "generator_expression" && { typeName: "generator" }),
      ...(keys.length > 0 && { keys }),
      parts,
    };
    this.origins.noteComprehension(value);
    return value;
  }

  /** A `for` statement, or a `for` clause of a comprehension whose variables do not outlive it. */
  protected forHeader(span: Span, node: SyntaxNode, lowerBody: () => void): LoopStep {
    const isComprehension = node.kind === "for_in_clause";
    const over = this.together(node, node.childrenOf("right"), node.has("async"));
    const left = node.child("left");
    const variables: VariableFacts[] = [];
    const others: SyntaxNode[] = [];
    const collect = (part: SyntaxNode, suffix: string | undefined) => {
      if (part.kind !== "identifier") {
        others.push(part);
        return;
      }
      if (this.scopes.isOutside(part.text)) others.push(part);
      const name = this.text(part);
      const origin = over && suffix !== undefined ? this.origins.each(over, suffix) : undefined;
      variables.push({ name, ...(origin && { origin: this.detach(origin) }) });
      this.scopes.ofFunction?.origins?.set(name, origin && this.scopes.close(origin));
      if (isComprehension) this.declareLocal(name);
      else this.bind(name);
    };
    if (left) eachTarget(left, "", collect);
    const body = this.collect(() => {
      for (const part of others) {
        this.storeIn(part, this.storeTarget(part), "=", this.other(part, over ? [over] : []));
      }
      lowerBody();
    });
    return this.eachLoop(span, over, variables, body, isComprehension ? "comprehension" : "each");
  }

  /** An arm in which names are known more closely. */
  protected closer(arm: BranchArm, variables: VariableFacts[] | undefined): BranchArm {
    if (variables) arm.variables = variables;
    return arm;
  }

  private string(node: SyntaxNode): Value {
    if (!node.has("interpolation")) return this.stringLiteral(node, contentOf(node));
    return { start: node.start, end: node.end, kind: "composite", form: "template", parts: this.templateParts(node) };
  }

  private concatenatedString(node: SyntaxNode): Value {
    const strings = partsOf(node);
    if (!strings.some((child) => child.has("interpolation"))) {
      return this.stringLiteral(node, strings.map(contentOf).join(""));
    }
    const parts = strings.flatMap((child) => this.templateParts(child));
    return { start: node.start, end: node.end, kind: "composite", form: "template", parts };
  }

  private templateParts(string: SyntaxNode): Value[] {
    const parts: Value[] = [];
    const interpolation = (node: SyntaxNode): void => {
      const expression = node.child("expression");
      if (expression) parts.push(this.expression(expression));
      const formats = partsOf(node.child("format_specifier"));
      for (const format of formats) interpolation(format);
    };
    for (const child of partsOf(string)) {
      if (child.kind === "string_content") parts.push(this.stringLiteral(child, child.text));
      else if (child.kind === "interpolation") interpolation(child);
    }
    return parts;
  }

  private stringLiteral(node: Span, content: string): LiteralValue {
    const text = content.replace(/\s+/g, " ");
    return {
      start: node.start,
      end: node.end,
      kind: "literal",
      type: "string",
      text: this.detach(text.length > 200 ? `${text.slice(0, 199)}…` : text),
    };
  }

  protected pathText(node: SyntaxNode): string {
    return this.detach(node.text.replace(/\s+/g, ""));
  }

  // Storing

  /** What is left of `=`; the names in it are not read. */
  protected storeTarget(node: SyntaxNode): Value {
    switch (node.kind) {
      case "pattern_list":
      case "tuple_pattern":
      case "list_pattern":
      case "expression_list":
      case "tuple":
      case "list": {
        const parts = partsOf(node).map((child) => this.storeTarget(child));
        return { start: node.start, end: node.end, kind: "composite", form: "tuple", parts };
      }
      case "list_splat_pattern":
      case "list_splat":
        return this.other(
          node,
          partsOf(node).map((child) => this.storeTarget(child)),
        );
      case "parenthesized_expression": {
        const [inner] = partsOf(node);
        return inner ? this.storeTarget(inner) : this.other(node);
      }
      case "subscript":
        return this.element(node, node.childrenOf("subscript"));
      default:
        return this.target(node);
    }
  }

  /** `origin` is given where `value` does not say where the stored part of it comes from. */
  protected storeIn(
    node: Span,
    target: Value,
    operator: string,
    value: Value,
    origin?: AccessPath,
    type?: string,
  ): void {
    if (target.kind === "composite") {
      const { parts } = target;
      const whole = origin ?? (operator === "=" ? this.origins.of(value) : undefined);
      let isKnown = whole !== undefined;
      const isPaired =
        value.kind === "composite" &&
        (value.form === "tuple" || value.form === "list") &&
        value.parts.length === parts.length &&
        ![...parts, ...value.parts].some((part) => part.kind === "other");
      parts.forEach((part, i) => {
        const from = isPaired ? (value.parts[i] as Value) : this.other(value, [value]);
        if (part.kind === "other") isKnown = false;
        this.storeIn(part, starred(part), operator, from, !isPaired && isKnown ? `${whole}#${i}` : undefined);
      });
    } else if (target.kind === "path" && /^[^.[(]+$/.test(target.path)) {
      this.storeName(node, target.path, operator, value, origin, type);
    } else {
      this.store(node, target, operator, value, false);
    }
  }

  protected storeName(
    node: Span,
    name: string,
    operator: string,
    value: Value,
    origin?: AccessPath,
    type?: string,
  ): void {
    const span = spanOf(node);
    const { ofFunction, ofClass } = this.scopes;
    if (!ofFunction) return;
    if (ofClass) {
      const path = this.detach(`${ofClass.owner}.${name}`);
      this.emit({ start: span.start, end: span.end, kind: "write", path, operator, value, keys: [] });
    } else if (this.scopes.isOutside(name)) {
      if (!this.globalsWritten.get(name)) {
        const from = origin === undefined ? this.closedOrigin(value) : this.scopes.close(origin);
        this.globalsWritten.set(name, operator === "=" ? from : undefined);
      }
      this.emit({ start: span.start, end: span.end, kind: "write", path: name, operator, value, keys: [] });
    } else {
      const declares = !ofFunction.bound.has(name);
      const declared = type ?? (operator === "=" ? ofFunction.declared?.get(name) : undefined);
      const from = operator === "=" && !declared ? (origin ?? this.origins.unsaid(value)) : undefined;
      if (ofFunction.origins && operator === "=") {
        const closed = declared ? `<${declared}>` : from ? this.scopes.close(from) : this.closedOrigin(value);
        ofFunction.origins.set(name, closed);
      }
      this.bind(name);
      this.emit({
        start: span.start,
        end: span.end,
        kind: "assign",
        target: name,
        operator,
        value,
        declares,
        ...(declared && { type: declared }),
        ...(from && { origin: this.detach(from) }),
      });
    }
  }

  protected bind(name: string): void {
    const { ofFunction, ofClass } = this.scopes;
    if (!ofFunction || ofClass || this.scopes.isOutside(name)) return;
    ofFunction.bound.add(name);
    this.declareLocal(name);
  }

  // Where values come from

  protected override pathThrough(value: Value): string {
    return value.kind === "path" ? value.path : (this.origins.of(value) ?? unknownPath);
  }

  /** Where a value comes from, in terms of what the whole file can see. */
  protected closedOrigin(value: Value): AccessPath | undefined {
    const close = (path: AccessPath) => this.scopes.close(path);
    const origin = (this.scopes.ofFunction && this.origins.collected(value, close)) ?? this.origins.of(value, close);
    return origin && origin.length <= maxOriginLength ? this.detach(origin) : undefined;
  }

  /** Where a value comes from that starts at a parameter without a type, as long as that has no other value. */
  protected givenPath(value: Value): AccessPath | undefined {
    const { ofFunction } = this.scopes;
    return this.origins.of(value, (path) =>
      ofFunction?.origins?.has(rootOf(path)) ? undefined : this.fromParameter(path),
    );
  }
}

/** `*rest` in a target is a place like any other. */
function starred(target: Value): Value {
  return target.kind === "other" && target.parts[0] ? target.parts[0] : target;
}
