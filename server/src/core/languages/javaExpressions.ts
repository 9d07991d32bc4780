import type { Value, VariableFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { JavaScopes } from "./javaNames";
import { withoutTypeArguments } from "./javaNodes";
import { type FunctionHeader, Lowerer } from "./lowerer";
import { unknownPath } from "./stepLowerer";

/** A method of an object made where it stands. */
export interface ObjectMethod {
  name: Value;
  value: Value;
}

/** Expressions, patterns and the types they name. Statements and declarations are the subclasses'. */
export abstract class JavaExpressionLowerer extends Lowerer {
  protected readonly scopes = new JavaScopes((text) => this.detach(text));

  protected abstract statement(node: SyntaxNode): void;
  protected abstract switchExpression(node: SyntaxNode, isUsed: boolean): Value;
  protected abstract lambdaExpression(node: SyntaxNode): Value;
  protected abstract anonymousClass(body: SyntaxNode, base: string): ObjectMethod[];

  protected override declareLocal(name: string): void {
    super.declareLocal(name);
    this.scopes.declare(name);
  }

  /** A label hides no field. */
  protected declareLabel(name: string): void {
    super.declareLocal(name);
  }

  protected override addFunction(node: SyntaxNode, header: FunctionHeader, lowerBody: () => void): number {
    let index = -1;
    this.scopes.withLocals(() => {
      for (const parameter of header.parameters) this.scopes.declare(parameter.name);
      index = super.addFunction(node, header, lowerBody);
    });
    return index;
  }

  protected expressions(list: SyntaxNode | undefined): Value[] {
    return (list?.namedChildren ?? []).map((node) => this.expression(node));
  }

  protected expression(node: SyntaxNode): Value {
    return this.read(this.target(node));
  }

  /** The value of an expression without reading it: what may stand left of an assignment or before a dot. */
  protected target(node: SyntaxNode): Value {
    switch (node.kind) {
      case "identifier":
        return { start: node.start, end: node.end, kind: "path", path: this.scopes.placeOf(this.text(node)) };
      case "this":
      case "super":
        return { start: node.start, end: node.end, kind: "path", path: node.kind };
      case "parenthesized_expression":
        return node.namedChildren[0] ? this.target(node.namedChildren[0]) : this.other(node);
      case "cast_expression": {
        const inner = node.child("value");
        const value = inner ? this.target(inner) : this.other(node);
        if (value.kind !== "path" && value.kind !== "call") return value;
        return { ...value, seenAs: this.shortText(node.child("type")) };
      }
      case "field_access":
        return this.fieldAccess(node);
      case "array_access":
        return this.arrayAccess(node);
      case "method_invocation":
        return this.methodInvocation(node);
      case "object_creation_expression":
        return this.objectCreation(node);
      case "explicit_constructor_invocation":
        return this.constructorCall(node);
      case "array_creation_expression":
        return this.arrayCreation(node);
      case "array_initializer":
        return this.arrayInitializer(node, "");
      case "assignment_expression":
        return this.assignment(node);
      case "update_expression":
        return this.update(node);
      case "binary_expression":
        return this.binary(node);
      case "unary_expression": {
        const operand = node.child("operand");
        const value = operand ? this.expression(operand) : this.other(node);
        return this.operation(node, node.child("operator")?.kind ?? "", [value]);
      }
      case "instanceof_expression":
        return this.instanceOf(node);
      case "ternary_expression":
        return this.ternary(node);
      case "lambda_expression":
        return this.lambdaExpression(node);
      case "method_reference":
        return this.methodReference(node);
      case "switch_expression":
        return this.switchExpression(node, true);
      case "class_literal":
        return { start: node.start, end: node.end, kind: "path", path: this.detach(node.text.replace(/\s+/g, "")) };
      case "template_expression":
        return this.template(node);
      case "decimal_integer_literal":
      case "hex_integer_literal":
      case "octal_integer_literal":
      case "binary_integer_literal":
      case "decimal_floating_point_literal":
      case "hex_floating_point_literal":
        return this.literal(node, "number");
      case "string_literal":
        return this.literal(node, "string");
      case "character_literal":
        return { ...this.literal(node, "string"), seenAs: "char" };
      case "true":
      case "false":
        return this.literal(node, "boolean");
      case "null_literal":
        return this.literal(node, "null");
      default:
        return this.unknown(node);
    }
  }

  private unknown(node: SyntaxNode): Value {
    if (/_type$|^type_identifier$|^scoped_identifier$/.test(node.kind)) return this.typePath(node);
    const parts: Value[] = [];
    for (const child of node.namedChildren) {
      if (/_(statement|declaration|body)$|^block$/.test(child.kind)) this.statement(child);
      else parts.push(this.expression(child));
    }
    return this.other(node, parts);
  }

  private fieldAccess(node: SyntaxNode): Value {
    const objectNode = node.child("object");
    const object = objectNode ? this.owner(objectNode) : this.other(node);
    const isOuterSuper = node.children.some((child) => child.kind === "super" && child.field === undefined);
    const through = this.pathThrough(object) + (isOuterSuper ? ".super" : "");
    return this.memberOf(node, object, this.text(node.child("field")), through);
  }

  private arrayAccess(node: SyntaxNode): Value {
    const arrayNode = node.child("array");
    const indexNode = node.child("index");
    const array = arrayNode ? this.owner(arrayNode) : this.other(node);
    return this.elementOf(node, array, indexNode && this.expression(indexNode));
  }

  private methodInvocation(node: SyntaxNode): Value {
    const object = node.child("object");
    const name = this.text(node.child("name"));
    const isOuterSuper = node.children.some((child) => child.kind === "super" && child.field === undefined);
    const owner = object && this.owner(object);
    const callee = owner ? `${this.pathThrough(owner)}${isOuterSuper ? ".super" : ""}.${name}` : name;
    const reference = object && this.referenceRun(name, object, node.child("arguments"));
    if (!reference) return this.call(node, callee, this.expressions(node.child("arguments")));
    const run = this.collect(() => this.referenceCall(reference));
    this.emit(this.eachLoop(node, owner, [], run, "comprehension"));
    return this.call(node, callee, [this.other(reference)]);
  }

  /** The method of an object that is called for each element: `ids.forEach(boats::deleteById)`, `ids.stream().map(boats::findById)`. */
  private referenceRun(name: string, object: SyntaxNode, given: SyntaxNode | undefined): SyntaxNode | undefined {
    const [only, ...others] = given?.namedChildren ?? [];
    if (only?.kind !== "method_reference" || others.length > 0) return undefined;
    const isForEach =
      name === "forEach" || (/^(?:map\w*|flatMap|filter|peek)$/.test(name) && /tream\(/.test(object.text));
    return isForEach && /^(?!(?:this|super)::)(?:this\.)?[a-z_]\w*(?:\.[a-z_]\w*)*::[a-z]\w*$/.test(only.text)
      ? only
      : undefined;
  }

  private referenceCall(node: SyntaxNode): void {
    const [objectNode] = node.namedChildren;
    const name = node.text.slice(node.text.indexOf("::") + 2);
    if (objectNode) this.call(node, `${this.pathThrough(this.owner(objectNode))}.${name}`, []);
  }

  protected constructorCall(node: SyntaxNode): Value {
    const object = node.child("object");
    const name = node.child("constructor")?.kind ?? "this";
    const callee = object ? `${this.pathThrough(this.owner(object))}.${name}` : name;
    return this.call(node, callee, this.expressions(node.child("arguments")));
  }

  private objectCreation(node: SyntaxNode): Value {
    const outer = node.namedChildren.find(
      (child) => child.field === undefined && !/^class_body$|annotation$/.test(child.kind),
    );
    if (outer) this.expression(outer);
    const typeName = this.typeName(node.child("type"));
    const args = this.expressions(node.child("arguments"));
    const body = node.ofKind("class_body");
    const methods = body ? this.anonymousClass(body, this.shortText(node.child("type"))) : [];
    const call = this.call(node, typeName, args, { constructs: true });
    if (methods.length === 0) return call;
    return {
      start: node.start,
      end: node.end,
      kind: "composite",
      form: "object",
      typeName,
      keys: methods.map(({ name }) => name),
      parts: methods.map(({ value }) => value),
    };
  }

  private arrayCreation(node: SyntaxNode): Value {
    const typeName = this.createdArrayType(node);
    const initializer = node.child("value");
    if (initializer) return this.arrayInitializer(initializer, typeName, node);
    const sizes = node
      .childrenOf("dimensions")
      .flatMap((dimension) => (dimension.kind === "dimensions_expr" ? dimension.namedChildren : []))
      .filter((size) => !size.kind.endsWith("annotation"));
    return this.operation(
      node,
      "new[]",
      sizes.map((size) => this.expression(size)),
    );
  }

  private createdArrayType(node: SyntaxNode): string {
    return this.detach(`${this.typeName(node.child("type"))}${"[]".repeat(this.dimensionCount(node))}`);
  }

  private dimensionCount(node: SyntaxNode): number {
    return node
      .childrenOf("dimensions")
      .reduce((count, child) => count + (child.kind === "dimensions_expr" ? 1 : child.text.split("[").length - 1), 0);
  }

  protected arrayInitializer(node: SyntaxNode, typeName: string, whole = node): Value {
    const elementType = typeName.replace(/\[\]$/, "");
    const parts = node.namedChildren.map((child) =>
      child.kind === "array_initializer" ? this.arrayInitializer(child, elementType) : this.expression(child),
    );
    return {
      start: whole.start,
      end: whole.end,
      kind: "composite",
      form: "list",
      ...(typeName && { typeName: this.detach(typeName) }),
      parts,
    };
  }

  private assignment(node: SyntaxNode): Value {
    const operator = (node.child("operator")?.kind ?? "=").replace(/(.)=$/, "$1");
    const left = node.child("left");
    const right = node.child("right");
    const target = !left ? this.other(node) : operator === "=" ? this.target(left) : this.expression(left);
    const value = right ? this.expression(right) : this.other(node);
    this.store(node, target, operator, value, false);
    return target;
  }

  private update(node: SyntaxNode): Value {
    const [operand] = node.namedChildren;
    if (!operand) return this.other(node);
    const operator = node.has("--") ? "-" : "+";
    const target = this.expression(operand);
    const one: Value = { start: node.start, end: node.end, kind: "literal", type: "number", text: "1" };
    this.store(node, target, operator, one, false);
    return this.operation(node, operator + operator, [target]);
  }

  private binary(node: SyntaxNode): Value {
    const operator = node.child("operator")?.kind ?? "";
    const left = node.child("left");
    const right = node.child("right");
    const leftValue = left ? this.expression(left) : this.other(node);
    const lowerRight = () => (right ? this.expression(right) : this.other(node));
    if (operator === "&&" || operator === "||") return this.shortCircuit(node, operator, leftValue, lowerRight);
    return this.operation(node, operator, [leftValue, lowerRight()]);
  }

  private instanceOf(node: SyntaxNode): Value {
    const left = node.child("left");
    const value = left ? this.expression(left) : this.other(node);
    const pattern = node.child("pattern");
    const name = node.child("name");
    const type = pattern ? this.pattern(pattern, value) : this.typePath(node.child("right") ?? node);
    if (name) this.declare(name, { name: this.text(name), ...typed(this.shortText(node.child("right"))) }, value);
    return this.operation(node, "instanceof", [value, type]);
  }

  private ternary(node: SyntaxNode): Value {
    const conditionNode = node.child("condition");
    const condition = conditionNode ? this.expression(conditionNode) : this.other(node);
    const sides = [node.child("consequence"), node.child("alternative")];
    return this.conditionalValue(node, condition, sides, (side) => this.expression(side));
  }

  private methodReference(node: SyntaxNode): Value {
    const [objectNode, ...rest] = node.namedChildren;
    const name = this.text(rest.findLast((child) => child.kind === "identifier")) || "new";
    const object = objectNode ? this.owner(objectNode) : this.other(node);
    return this.memberOf(node, object, name);
  }

  private template(node: SyntaxNode): Value {
    const parts: Value[] = [];
    for (const inner of node.child("template_argument")?.namedChildren ?? []) {
      if (inner.kind === "string_interpolation") parts.push(...this.expressions(inner));
    }
    return { start: node.start, end: node.end, kind: "composite", form: "template", parts };
  }

  // Patterns and the variables they bind

  /** Declares what a pattern binds and returns the type it asks for. */
  protected pattern(node: SyntaxNode, subject: Value, path = this.pathThrough(subject)): Value {
    const [first, ...rest] = node.namedChildren;
    if (node.kind === "pattern" && first) return this.pattern(first, subject, path);
    if (node.kind === "record_pattern") {
      const part = this.other(subject, [subject]);
      const record = this.seenAs(path, first);
      (node.ofKind("record_pattern_body")?.namedChildren ?? []).forEach((component, i) => {
        this.pattern(component, part, `${record}#${i}`);
      });
      return this.typePath(first ?? node);
    }
    const name = rest.at(-1);
    if (name?.kind === "identifier") {
      const type = typed(this.shortText(first));
      const origin = subject.kind === "other" && path !== unknownPath ? { origin: this.detach(path) } : undefined;
      this.declare(name, { name: this.text(name), ...(type ?? origin) }, subject);
    }
    return this.typePath(first ?? node);
  }

  protected declare(node: SyntaxNode, { name, ...known }: VariableFacts, value: Value): void {
    this.declareLocal(name);
    this.emit({
      start: node.start,
      end: node.end,
      kind: "assign",
      target: name,
      operator: "=",
      value,
      declares: true,
      ...known,
    });
  }

  // Types, and where values come from

  protected declaredType(declaration: SyntaxNode, name: SyntaxNode = declaration): string {
    return this.detach(this.shortText(declaration.child("type")) + (name.child("dimensions")?.text ?? ""));
  }

  private typePath(type: SyntaxNode): Value {
    return { start: type.start, end: type.end, kind: "path", path: this.typeName(type) };
  }

  /** A type without its arguments. */
  private typeName(type: SyntaxNode | undefined): string {
    return this.detach(withoutTypeArguments(type?.text ?? ""));
  }

  /** The origin of a value when its expression names a type that the value itself does not keep. */
  protected typedOrigin(node: SyntaxNode, value: Value): string | undefined {
    switch (node.kind) {
      case "parenthesized_expression":
        return node.namedChildren[0] && this.typedOrigin(node.namedChildren[0], value);
      case "cast_expression":
        return value.kind === "lambda" ? undefined : this.seenAs(this.pathThrough(value), node.child("type"));
      case "object_creation_expression":
        return this.seenAs("", node.child("type"));
      case "array_creation_expression":
        return this.detach(`<${this.createdArrayType(node)}>`);
      case "class_literal":
        return this.detach(`<Class<${node.namedChildren[0]?.text ?? "?"}>>`);
      default:
        return undefined;
    }
  }

  private seenAs(path: string, type: SyntaxNode | undefined): string {
    return this.detach(`${path === unknownPath ? "" : path}<${this.shortText(type)}>`);
  }

  /** The value that a member is reached through, with the type that a cast or a constructor gives it. */
  private owner(node: SyntaxNode): Value {
    if (node.kind === "parenthesized_expression" && node.namedChildren[0]) return this.owner(node.namedChildren[0]);
    const inner = node.kind === "cast_expression" ? node.child("value") : undefined;
    const value = inner ? this.owner(inner) : this.target(node);
    const path = this.typedOrigin(node, value);
    if (path === undefined) return value;
    return {
      start: node.start,
      end: node.end,
      kind: "path",
      path,
      ...(value.kind === "path" && value.keys && { keys: value.keys }),
    };
  }

  protected override pathThrough(value: Value): string {
    const [only, ...others] = value.kind === "call" ? value.arguments : [];
    // What is handed nothing but a class may give an object of it: `factory.become(BerthDao.class)`.
    const type = only?.kind === "path" && others.length === 0 ? /^(\w+)\.class$/.exec(only.path)?.[1] : undefined;
    if (value.kind === "call" && type !== undefined) return `${value.callee}(<${type}>)`;
    switch (value.kind) {
      case "literal":
        return value.type === "string" ? "<string>" : unknownPath;
      case "composite":
        if (value.form === "template") return "<string>";
        return value.typeName ? `<${value.typeName}>` : unknownPath;
      case "conditional": {
        const path = this.pathThrough(value.then);
        return path === unknownPath ? this.pathThrough(value.else) : path;
      }
      case "lambda":
        return `<func#${value.function}>`;
      case "operation":
        return value.operator === "+" && value.operands.some(isText) ? "<string>" : unknownPath;
      default:
        return super.pathThrough(value);
    }
  }
}

/** A declared type, unless it is left to the compiler. */
export function typed(type: string): { type: string } | undefined {
  return type && type !== "var" ? { type } : undefined;
}

/** Whether `+` with it makes a text. */
function isText(value: Value): boolean {
  if (value.kind === "literal") return value.type === "string";
  return value.kind === "operation" && value.operator === "+" && value.operands.some(isText);
}
