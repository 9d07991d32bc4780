import { isComparison, writtenRoot } from "../model/accessPath";
import type { AccessPath, AssignStep, Value } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { exportedName } from "./goNames";
import { isType } from "./goNodes";
import { Lowerer } from "./lowerer";
import { unknownPath } from "./stepLowerer";

/** Builtin functions whose result has the type of their first argument, or the type that it is. */
const builtinCalls = new Set(["make", "new", "append", "min", "max"]);

/** Expressions, and where their values come from. Statements and declarations are the subclasses'. */
export abstract class GoExpressionLowerer extends Lowerer {
  /** Paths of values that do not say themselves where they come from. */
  private readonly paths = new Map<Value, AccessPath>();

  protected abstract functionLiteral(node: SyntaxNode): Value;
  protected abstract declaredType(node: SyntaxNode | undefined, structName: string): string;

  protected expressions(nodes: readonly SyntaxNode[]): Value[] {
    return nodes.flatMap((node) =>
      node.kind === "expression_list" ? this.expressions(node.namedChildren) : [this.expression(node)],
    );
  }

  protected expression(node: SyntaxNode): Value {
    return this.read(this.target(node));
  }

  /** The value of an expression without reading it: what may stand left of an assignment or before a dot. */
  protected target(node: SyntaxNode): Value {
    switch (node.kind) {
      case "identifier":
      case "field_identifier":
      case "package_identifier":
      case "type_identifier":
        return { start: node.start, end: node.end, kind: "path", path: this.text(node) };
      case "parenthesized_expression":
        return node.namedChildren[0] ? this.target(node.namedChildren[0]) : this.other(node);
      case "selector_expression":
        return this.member(node, node.child("operand"), this.text(node.child("field")));
      case "index_expression": {
        const operand = node.child("operand");
        const index = node.child("index");
        const target = operand ? this.target(operand) : this.other(node);
        if (index && isType(index)) return target;
        return this.elementOf(node, target, index && this.expression(index));
      }
      case "slice_expression": {
        const parts = node.namedChildren.map((child) => this.expression(child));
        return this.operation(node, "[:]", parts);
      }
      case "type_assertion_expression":
        return this.assertion(node);
      case "type_conversion_expression": {
        const type = node.child("type");
        const operand = node.child("operand");
        // `f[T](x)` and `f[i](x)` look alike and are calls, of a function or of a type.
        if (type?.kind === "generic_type" && operand) return this.genericCall(node, type, operand);
        return operand ? this.target(operand) : this.other(node);
      }
      case "type_instantiation_expression":
        return this.instantiation(node);
      case "unary_expression": {
        const operand = node.child("operand");
        if (!operand) return this.other(node);
        const operator = node.child("operator")?.kind ?? "";
        if (operator === "<-") {
          const channel = this.expression(operand);
          const path = this.pathThrough(channel);
          this.emit({ start: node.start, end: node.end, kind: "channel", form: "receive", path });
          const received = this.other(node, [channel]);
          if (path !== unknownPath) this.paths.set(received, this.detach(`${path}[each]`));
          return received;
        }
        const value = this.target(operand);
        if (operator === "*" && value.kind === "path") value.dereferenced = true;
        if (operator === "&" || operator === "*") return value;
        return this.operation(node, operator, [this.read(value)]);
      }
      case "binary_expression":
        return this.binary(node);
      case "call_expression":
        return this.callExpression(node);
      case "composite_literal":
        return this.composite(node, node.child("body"), this.declaredType(node.child("type"), `struct:${node.start}`));
      case "variadic_argument":
        return this.operation(
          node,
          "...",
          node.namedChildren.map((child) => this.expression(child)),
        );
      case "literal_value":
        return this.composite(node, node, "");
      case "literal_element":
        return node.namedChildren[0] ? this.target(node.namedChildren[0]) : this.other(node);
      case "func_literal":
        return this.functionLiteral(node);
      case "int_literal":
      case "float_literal":
      case "imaginary_literal":
        return this.literal(node, "number");
      case "rune_literal":
      case "interpreted_string_literal":
      case "raw_string_literal":
        return this.literal(node, "string");
      case "true":
      case "false":
        return this.literal(node, "boolean");
      case "nil":
        return this.literal(node, "null");
      default:
        if (/_type$/.test(node.kind))
          return { start: node.start, end: node.end, kind: "path", path: this.shortText(node) };
        return this.other(
          node,
          node.namedChildren.map((child) => this.expression(child)),
        );
    }
  }

  private member(node: SyntaxNode, operand: SyntaxNode | undefined, name: string): Value {
    const object = operand ? this.target(operand) : this.other(node);
    return this.memberOf(node, object, name);
  }

  private binary(node: SyntaxNode): Value {
    const operator = node.child("operator")?.kind ?? "";
    const left = node.child("left");
    const right = node.child("right");
    const leftValue = left ? this.expression(left) : this.other(node);
    if (operator !== "&&" && operator !== "||") {
      return this.operation(node, operator, [leftValue, right ? this.expression(right) : this.other(node)]);
    }
    return this.shortCircuit(node, operator, leftValue, () => (right ? this.expression(right) : this.other(node)));
  }

  private callExpression(node: SyntaxNode): Value {
    const callee = node.child("function");
    const calleeValue = callee ? this.calledValue(callee) : this.other(node);
    const argumentNodes = node.child("arguments")?.namedChildren ?? [];
    const args = this.expressions(argumentNodes);
    const path = this.pathThrough(calleeValue);
    const value = this.call(node, path, args);
    const [first] = args;
    if (first && builtinCalls.has(path) && !this.isLocal(path)) {
      const origin =
        path === "make" || path === "new"
          ? `<${this.declaredType(argumentNodes[0], `struct:${node.start}`)}>`
          : this.pathThrough(first);
      if (origin !== unknownPath) this.paths.set(value, this.detach(origin));
    } else if (path !== unknownPath) {
      const type = argumentNodes.length === 1 ? this.typeOfNil(argumentNodes[0] as SyntaxNode) : undefined;
      if (type !== undefined) this.paths.set(value, this.detach(`${path}(<${type}>)`));
    }
    return value;
  }

  /** `*Harbour` of `(*Harbour)(nil)`, which stands for the type and no value. */
  private typeOfNil(node: SyntaxNode): string | undefined {
    const inner = node.child("function");
    const type = inner?.kind === "parenthesized_expression" ? inner.namedChildren[0] : undefined;
    const [given, ...others] = node.child("arguments")?.namedChildren ?? [];
    const isOfNil = type?.kind === "unary_expression" && given?.kind === "nil" && others.length === 0;
    return isOfNil && type.child("operator")?.kind === "*" ? this.shortText(type) : undefined;
  }

  private calledValue(callee: SyntaxNode): Value {
    const index = callee.kind === "index_expression" ? callee.child("index") : undefined;
    const operand = callee.child("operand");
    return index && operand && this.isTypeArgument(index) ? this.target(operand) : this.target(callee);
  }

  /** A call with one type argument, which may as well be the key of a function kept in a map. */
  private genericCall(node: SyntaxNode, type: SyntaxNode, operand: SyntaxNode): Value {
    const typeArguments = type.child("type_arguments")?.namedChildren ?? [];
    const isElement = typeArguments.length === 1 && !typeArguments.every((argument) => this.isTypeArgument(argument));
    const path = `${this.text(type.child("type"))}${isElement ? "[]" : ""}`;
    return this.call(node, path, this.expressions([operand]));
  }

  /** A generic function with its types, or what a map or slice holds: `berths[at.Pool]` looks like either. */
  private instantiation(node: SyntaxNode): Value {
    const [type, ...others] = node.namedChildren;
    const keys = node.kind === "generic_type" ? (node.child("type_arguments")?.namedChildren ?? []) : others;
    const [key] = keys;
    if (!type || !key) return this.other(node);
    const target = type.kind === "generic_type" ? this.instantiation(type) : this.target(type);
    return keys.length > 1 || this.isTypeArgument(key) ? target : this.elementOf(node, target, undefined);
  }

  private isTypeArgument(node: SyntaxNode): boolean {
    const inner = node.kind === "type_elem" && node.namedChildren.length === 1 ? node.namedChildren[0] : node;
    if (!inner || isType(inner)) return true;
    if (inner.kind === "identifier" || inner.kind === "type_identifier")
      return (
        !this.isLocal(inner.text) &&
        (exportedName.test(inner.text) || this.types.some((type) => type.name === inner.text))
      );
    const [qualifier] = inner.namedChildren;
    return (
      (inner.kind === "qualified_type" || inner.kind === "selector_expression") &&
      this.imports.some((imported) => imported.localName === qualifier?.text)
    );
  }

  private assertion(node: SyntaxNode): Value {
    const operand = node.child("operand");
    const value = operand ? this.target(operand) : this.other(node);
    const path = this.pathThrough(value);
    const type = `<${this.shortText(node.child("type"))}>`;
    const keys = value.kind === "path" ? value.keys : undefined;
    return {
      start: node.start,
      end: node.end,
      kind: "path",
      path: this.detach(path === unknownPath ? type : `${path}${type}`),
      ...(keys && { keys }),
    };
  }

  private composite(node: SyntaxNode, body: SyntaxNode | undefined, typeName: string): Value {
    const keys: Value[] = [];
    const parts: Value[] = [];
    for (const element of body?.namedChildren ?? []) {
      if (element.kind === "keyed_element") {
        const key = element.child("key");
        const value = element.child("value");
        const isField = key?.namedChildren[0]?.kind === "identifier" && !/^(map)?\[/.test(typeName);
        if (key) keys.push(isField ? this.target(key.namedChildren[0] as SyntaxNode) : this.expression(key));
        if (value) parts.push(this.expression(value));
      } else {
        parts.push(this.expression(element));
      }
    }
    const form = typeName.startsWith("map[") ? "map" : typeName.startsWith("[") ? "list" : "object";
    return {
      start: node.start,
      end: node.end,
      kind: "composite",
      form,
      ...(typeName && { typeName }),
      ...(keys.length > 0 && { keys }),
      parts,
    };
  }

  // Where values come from

  protected override pathThrough(value: Value): AccessPath {
    const known = this.paths.get(value);
    if (known !== undefined) return known;
    switch (value.kind) {
      case "composite":
        return value.typeName ? `<${value.typeName}>` : unknownPath;
      case "lambda":
      case "literal":
        return writtenRoot(value) ?? unknownPath;
      case "operation":
        return this.operationPath(value.operator, value.operands);
      default:
        return super.pathThrough(value);
    }
  }

  private operationPath(operator: string, [left, right]: readonly Value[]): AccessPath {
    if (isComparison(operator) || operator === "&&" || operator === "||") return "<boolean>";
    const takesRight = left?.kind === "literal" && right && operator !== "<<" && operator !== ">>";
    const operand = takesRight ? right : left;
    return operand ? this.pathThrough(operand) : unknownPath;
  }

  /** What the values on the right of an assignment do not say themselves of the i-th variable on the left. */
  protected known(values: readonly Value[], i: number, count: number): Pick<AssignStep, "origin"> | undefined {
    const value = values[i];
    if (values.length === count && value && !needsOrigin(value) && !this.paths.has(value)) return undefined;
    const origin = this.originOfPart(values, i, count);
    return origin === undefined ? undefined : { origin };
  }

  /** Where the i-th of several variables gets its value: `f()#1`, or for `v, ok := m[k]` the element itself. */
  protected originOfPart(values: readonly Value[], i: number, count: number): AccessPath | undefined {
    const value = values.length === count ? values[i] : values[0];
    const path = value ? this.pathThrough(value) : unknownPath;
    if (path === unknownPath) return undefined;
    if (values.length === count) return path;
    if (value?.kind === "call" && path.endsWith(")")) return this.detach(`${path}#${i}`);
    return i === 0 ? path : "<boolean>";
  }
}

/** Whether a value does not say itself where it comes from, or says less than its operands. */
function needsOrigin(value: Value): boolean {
  return value.kind === "operation" && value.operator !== "[:]";
}
