import type { Span } from "../base/text";
import type { BranchArm, CallStep, Value, VariableFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { keyText, transparentKinds, unwrap, wrapped } from "./typescriptNames";
import { bindingsOf, elementsOf, narrowedNames, pauseOf } from "./typescriptNodes";
import { type Known, TypeScriptOriginLowerer } from "./typescriptOrigins";

/** Types stand among statements and expressions. */
export const typeKind =
  /_type$|^type_(annotation|arguments|parameters|identifier)$|_annotation$|_signature$|^index_signature$/;

/** Expressions, and the places values are stored in. Statements and declarations are the subclasses'. */
export abstract class TypeScriptExpressionLowerer extends TypeScriptOriginLowerer {
  /** What the next arm knows more closely than the code around it. */
  private narrowed: VariableFacts[] | undefined;

  protected abstract statement(node: SyntaxNode): void;
  protected abstract statements(nodes: readonly SyntaxNode[]): void;
  protected abstract classDeclaration(node: SyntaxNode): void;
  protected abstract functionExpression(node: SyntaxNode): Value;
  /** A value goes to a member: `this.pool = new Pool()`, `exports.run = run`. */
  protected abstract noteMember(path: string, span: Span, value: Value): void;

  // Assignments

  protected assignPattern(pattern: SyntaxNode, value: Value, span: Span, declares: boolean, known?: Known): void {
    switch (pattern.kind) {
      case "object_pattern": {
        const whole = this.knownOrigin(value, known);
        for (const child of pattern.namedChildren) this.assignMember(child, value, declares, whole);
        return;
      }
      case "array_pattern": {
        const whole = this.knownOrigin(value, known);
        for (const { node, index } of elementsOf(pattern, this.input.text)) {
          const origin = partOfAll(value, index, (part) => this.valueOrigin(part)) ?? (whole && `${whole}#${index}`);
          this.assignElement(node, index, value, declares, node.kind === "rest_pattern" ? whole : origin);
        }
        return;
      }
      case "assignment_pattern":
      case "object_assignment_pattern": {
        const left = pattern.child("left");
        const right = pattern.child("right");
        const filled = this.shortCircuit(pattern, "??", value, () =>
          right ? this.expression(right) : this.other(pattern),
        );
        if (left) this.assignPattern(left, filled, span, declares, known);
        return;
      }
      case "rest_pattern": {
        const [inner] = pattern.namedChildren;
        if (inner) this.assignPattern(inner, this.other(pattern, [value]), span, declares, known);
        return;
      }
      default:
        this.assignTo(span, this.target(pattern), value, declares, known);
    }
  }

  /** As `store`, with what the source says of the value. */
  private assignTo(span: Span, target: Value, value: Value, declares: boolean, known: Known | undefined): void {
    if (target.kind !== "path" || !/^[^.[(<]+$/.test(target.path) || !(declares || this.isLocal(target.path))) {
      this.store(span, target, "=", value, declares);
      if (target.kind === "path") this.noteMember(target.path, target, value);
      return;
    }
    if (declares) this.declareLocal(target.path);
    const origin = known?.type
      ? undefined
      : (known?.origin ?? (this.isUntold(value) ? this.valueOrigin(value) : undefined));
    this.emit({
      start: span.start,
      end: span.end,
      kind: "assign",
      target: target.path,
      operator: "=",
      value,
      declares,
      ...(known?.type && { type: known.type }),
      ...(origin && !(value.kind === "path" && value.path === origin) && { origin: this.detach(origin) }),
    });
  }

  private knownOrigin(value: Value, known: Known | undefined): string | undefined {
    return known?.type ? `<${known.type}>` : (known?.origin ?? this.valueOrigin(value));
  }

  private assignMember(child: SyntaxNode, value: Value, declares: boolean, whole: string | undefined): void {
    const key = child.child("key");
    const target = child.child("value");
    if (child.kind !== "pair_pattern" || !key || !target)
      return this.assignPattern(child, this.other(child, [value]), child, declares, whole ? { origin: whole } : {});
    const isComputed = key.kind === "computed_property_name";
    const known: Known = whole ? { origin: isComputed ? `${whole}[]` : `${whole}.${keyText(key)}` } : {};
    const isReachable = value.kind === "path" || value.kind === "call";
    if (!isReachable) return this.assignPattern(target, this.other(child, [value]), child, declares, known);
    if (isComputed) {
      const computed = this.expression(key);
      return this.assignPattern(target, this.read(this.elementOf(child, value, computed)), child, declares, known);
    }
    const path = this.detach(`${super.pathThrough(value)}.${keyText(key)}`);
    const keys = value.kind === "path" ? value.keys : undefined;
    this.assignPattern(
      target,
      this.read({ start: child.start, end: child.end, kind: "path", path, ...(keys && { keys }) }),
      child,
      declares,
      known,
    );
  }

  private assignElement(
    target: SyntaxNode,
    index: number,
    value: Value,
    declares: boolean,
    origin: string | undefined,
  ): void {
    const known: Known = origin ? { origin } : {};
    if (target.kind === "rest_pattern") return this.assignPattern(target, value, target, declares, known);
    if (value.kind === "composite" && value.form === "list" && value.parts.every((part) => !isSpread(part))) {
      return this.assignPattern(target, value.parts[index] ?? this.other(target), target, declares);
    }
    if (value.kind !== "path" && value.kind !== "call") {
      return this.assignPattern(target, this.other(target, [value]), target, declares, known);
    }
    const key: Value = { start: target.start, end: target.end, kind: "literal", type: "number", text: String(index) };
    this.assignPattern(target, this.read(this.elementOf(target, value, key)), target, declares, known);
  }

  private assignment(node: SyntaxNode): Value {
    const left = node.child("left");
    const right = node.child("right");
    const value = right ? this.expression(right) : this.other(node);
    if (left) this.assignPattern(unwrap(left) ?? left, value, node, node.has("using"));
    return value;
  }

  private augmentedAssignment(node: SyntaxNode): Value {
    const left = node.child("left");
    const right = node.child("right");
    const operator = (node.child("operator")?.text ?? "=").replace(/(.)=$/, "$1");
    const target = left ? this.expression(left) : this.other(node);
    let value = this.other(node);
    const lowerRight = () => {
      value = right ? this.expression(right) : this.other(node);
      return value;
    };
    if (operator === "??" || operator === "||" || operator === "&&")
      this.shortCircuit(node, operator, target, lowerRight);
    else lowerRight();
    this.store(node, target, operator, value, false);
    return this.operation(node, operator, [target, value]);
  }

  private update(node: SyntaxNode): Value {
    const argument = node.child("argument");
    if (!argument) return this.other(node);
    const target = this.expression(argument);
    const one: Value = { start: node.start, end: node.end, kind: "literal", type: "number", text: "1" };
    this.store(node, target, node.child("operator")?.text === "--" ? "-" : "+", one, false);
    return target;
  }

  // Expressions

  protected expressions(nodes: readonly SyntaxNode[]): Value[] {
    return nodes.map((node) => this.expression(node));
  }

  protected expression(node: SyntaxNode): Value {
    if (transparentKinds.has(node.kind)) {
      const inner = wrapped(node);
      return inner ? this.cast(node, this.expression(inner)) : this.other(node);
    }
    const value = this.target(node);
    switch (node.kind) {
      case "identifier":
      case "member_expression":
      case "subscript_expression":
      case "this":
      case "private_property_identifier":
        return this.read(value);
      default:
        return value;
    }
  }

  /** The value of an expression without reading it: what may stand left of an assignment or before a dot. */
  private target(node: SyntaxNode): Value {
    if (transparentKinds.has(node.kind)) {
      const inner = wrapped(node);
      return inner ? this.cast(node, this.target(inner)) : this.other(node);
    }
    switch (node.kind) {
      case "identifier":
      case "property_identifier":
      case "private_property_identifier":
      case "type_identifier":
      case "this":
      case "super":
        return { start: node.start, end: node.end, kind: "path", path: this.text(node) };
      case "meta_property":
        return {
          start: node.start,
          end: node.end,
          kind: "path",
          path: node.has("import") ? "import.meta" : "new.target",
        };
      case "member_expression":
        return this.member(node);
      case "subscript_expression": {
        const object = node.child("object");
        const index = node.child("index");
        const target = object ? this.target(object) : this.other(node);
        return this.elementOf(node, target, index ? this.expression(index) : this.other(node));
      }
      case "call_expression":
        return this.callExpression(node);
      case "new_expression":
        return this.newExpression(node);
      case "await_expression":
        return this.awaitExpression(node);
      case "yield_expression": {
        const [yielded] = node.namedChildren;
        this.emit({ start: node.start, end: node.end, kind: "yield", value: yielded && this.expression(yielded) });
        return this.other(node);
      }
      case "assignment_expression":
        return this.assignment(node);
      case "augmented_assignment_expression":
        return this.augmentedAssignment(node);
      case "update_expression":
        return this.update(node);
      case "binary_expression":
        return this.binary(node);
      case "unary_expression":
        return this.unary(node);
      case "ternary_expression":
        return this.ternary(node);
      case "sequence_expression":
        return this.expressions(node.namedChildren).at(-1) ?? this.other(node);
      case "spread_element":
        return this.operation(node, "...", this.expressions(node.namedChildren));
      case "object":
        return this.object(node);
      case "array":
        return {
          start: node.start,
          end: node.end,
          kind: "composite",
          form: "list",
          parts: this.expressions(node.namedChildren),
        };
      case "template_string":
        return this.template(node);
      case "template_substitution":
      case "computed_property_name":
      case "jsx_expression":
        return node.namedChildren[0] ? this.expression(node.namedChildren[0]) : this.other(node);
      case "arrow_function":
      case "function_expression":
      case "generator_function":
      case "method_definition":
        return this.functionExpression(node);
      case "class":
        this.classDeclaration(node);
        return this.other(node);
      case "number":
        return this.literal(node, "number");
      case "string":
      case "jsx_text":
        return this.literal(node, "string");
      case "regex":
        return this.literal(node, "regex");
      case "true":
      case "false":
        return this.literal(node, "boolean");
      case "null":
      case "undefined":
        return this.literal(node, "null");
      case "jsx_element":
      case "jsx_self_closing_element":
        return this.jsxElement(node);
      case "ERROR":
      case "statement_block":
        this.statements(node.children);
        return this.other(node);
      default:
        if (/_(statement|declaration)$/.test(node.kind)) {
          this.statement(node);
          return this.other(node);
        }
        return this.other(node, this.expressions(node.namedChildren.filter((child) => !typeKind.test(child.kind))));
    }
  }

  private member(node: SyntaxNode): Value {
    const operand = node.child("object");
    const object = operand ? this.target(operand) : this.other(node);
    return this.memberOf(node, object, node.child("property")?.text ?? "?");
  }

  private callExpression(node: SyntaxNode, extra: Pick<CallStep, "awaited"> = {}): Value {
    const callee = node.child("function");
    const args = node.child("arguments");
    if (callee?.kind === "import") return this.call(node, "import", this.expressions(args?.namedChildren ?? []), extra);
    const calleeValue = callee ? this.target(callee) : this.other(node);
    const values =
      args?.kind === "template_string" ? [this.template(args)] : this.expressions(args?.namedChildren ?? []);
    return this.call(node, this.pathThrough(calleeValue), values, extra);
  }

  private newExpression(node: SyntaxNode): Value {
    const type = node.child("constructor");
    const target = type ? this.target(type) : this.other(node);
    const args = this.expressions(node.child("arguments")?.namedChildren ?? []);
    const pause = pauseOf(node);
    // What Node.js calls the timer that gives a promise.
    if (pause) return this.call(node, "setTimeout.__promisify__", [this.expression(pause), ...args]);
    const made = this.call(node, this.pathThrough(target), args, { constructs: true });
    const typeArguments = node.child("type_arguments");
    if (type && typeArguments) this.castTo(made, `${type.text}${typeArguments.text}`);
    return made;
  }

  private awaitExpression(node: SyntaxNode): Value {
    const operand = unwrap(node.namedChildren[0]);
    if (!operand) return this.other(node);
    return operand.kind === "call_expression"
      ? this.callExpression(operand, { awaited: true })
      : this.expression(operand);
  }

  private binary(node: SyntaxNode): Value {
    const operator = node.child("operator")?.kind ?? "";
    const left = node.child("left");
    const right = node.child("right");
    const leftValue = left ? this.expression(left) : this.other(node);
    const lowerRight = () => (right ? this.expression(right) : this.other(node));
    if (operator === "&&") this.narrow(left);
    if (operator !== "&&" && operator !== "||" && operator !== "??") {
      return this.operation(node, operator, [leftValue, lowerRight()]);
    }
    return this.shortCircuit(node, operator, leftValue, lowerRight);
  }

  private unary(node: SyntaxNode): Value {
    const operator = node.child("operator")?.kind ?? "";
    const argument = node.child("argument");
    if (!argument) return this.other(node);
    if (operator !== "delete") return this.operation(node, operator, [this.expression(argument)]);
    const target = this.target(argument);
    this.store(
      node,
      target,
      "delete",
      { start: node.start, end: node.end, kind: "literal", type: "null", text: "undefined" },
      false,
    );
    return this.operation(node, operator, [target]);
  }

  private ternary(node: SyntaxNode): Value {
    const conditionNode = node.child("condition");
    const condition = conditionNode ? this.expression(conditionNode) : this.other(node);
    this.narrow(conditionNode);
    const sides = [node.child("consequence"), node.child("alternative")];
    return this.conditionalValue(node, condition, sides, (side) => this.expression(side));
  }

  private object(node: SyntaxNode): Value {
    const keys: Value[] = [];
    const parts: Value[] = [];
    for (const child of node.namedChildren) {
      const key = child.child("key") ?? (child.kind === "method_definition" ? child.child("name") : undefined);
      const value = child.kind === "pair" ? child.child("value") : child;
      keys.push(key ? this.expressionOfKey(key) : this.other(child));
      parts.push(value ? this.expression(value) : this.other(child));
    }
    return {
      start: node.start,
      end: node.end,
      kind: "composite",
      form: "object",
      ...(keys.length > 0 && { keys }),
      parts,
    };
  }

  private expressionOfKey(key: SyntaxNode): Value {
    return key.kind === "computed_property_name" ? this.expression(key) : this.target(key);
  }

  private template(node: SyntaxNode): Value {
    const parts = node.namedChildren.map((child): Value => {
      if (child.kind === "template_substitution") return this.expression(child);
      return { start: child.start, end: child.end, kind: "literal", type: "string", text: this.shortText(child, 200) };
    });
    return { start: node.start, end: node.end, kind: "composite", form: "template", parts };
  }

  private jsxElement(node: SyntaxNode): Value {
    const tag = node.kind === "jsx_element" ? node.child("open_tag") : node;
    const name = tag?.child("name");
    const keys: Value[] = [];
    const parts: Value[] = [];
    for (const attribute of tag?.childrenOf("attribute") ?? []) {
      const [key, value] = attribute.kind === "jsx_attribute" ? attribute.namedChildren : [undefined, attribute];
      keys.push(key ? { start: key.start, end: key.end, kind: "path", path: this.text(key) } : this.other(attribute));
      parts.push(
        value
          ? this.expression(value)
          : { start: attribute.start, end: attribute.end, kind: "literal", type: "boolean", text: "true" },
      );
    }
    const content = node.namedChildren.filter(
      (child) => child.field === undefined && !(child.kind === "jsx_text" && child.start === child.end),
    );
    const children = node.kind === "jsx_element" ? this.expressions(content) : [];
    const isComponent = name !== undefined && (name.kind === "member_expression" || /^[A-Z_$]/.test(name.text));
    const properties: Value = {
      start: (tag ?? node).start,
      end: (tag ?? node).end,
      kind: "composite",
      form: "object",
      ...(keys.length > 0 && { keys }),
      parts,
    };
    if (isComponent) return this.call(node, name.text.replace(/\s+/g, ""), [properties, ...children]);
    return this.other(node, parts.length > 0 ? [properties, ...children] : children);
  }

  protected narrow(condition: SyntaxNode | undefined): void {
    const names = condition ? narrowedNames(condition) : [];
    if (names.length > 0)
      this.narrowed = names.map(({ name, type }) => ({ name: this.text(name), type: this.detach(type) }));
  }

  protected override arm(node: Span, lower: () => void, labels: Value[] = [], isDefault = false): BranchArm {
    const variables = this.narrowed;
    this.narrowed = undefined;
    const arm = super.arm(node, lower, labels, isDefault);
    return variables ? { ...arm, variables } : arm;
  }

  protected declareBindings(pattern: SyntaxNode | undefined): void {
    for (const name of pattern ? bindingsOf(pattern) : []) this.declareLocal(this.text(name));
  }

  protected patternDefaults(pattern: SyntaxNode): void {
    for (const child of pattern.namedChildren) {
      if (child.field === "right" && pattern.kind === "assignment_pattern") this.expression(child);
      else if (child.kind === "computed_property_name") this.expression(child);
      else this.patternDefaults(child);
    }
  }
}

/** Part of `await Promise.all([a(), b()])`, which holds what each of the calls gives. */
function partOfAll(value: Value, index: number, originOf: (part: Value) => string | undefined): string | undefined {
  if (value.kind !== "call" || value.callee !== "Promise.all") return undefined;
  const [list] = value.arguments;
  if (list?.kind !== "composite" || list.form !== "list" || list.parts.slice(0, index + 1).some(isSpread))
    return undefined;
  const part = list.parts[index];
  return part && originOf(part);
}

function isSpread(value: Value): boolean {
  return value.kind === "operation" && value.operator === "...";
}
