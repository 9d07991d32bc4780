import type { Span } from "../base/text";
import { writtenRoot } from "../model/accessPath";
import type { AssignStep, BranchArm, CallStep, CallValue, CatchArm, Step, Value, VariableFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { Lowerer } from "./lowerer";
import { keyText, transparentKinds, unwrap, wrapped } from "./typescriptNames";
import { bindingsOf, boundVariables, elementsOf, narrowedNames } from "./typescriptNodes";

const typeKind =
  /_type$|^type_(annotation|arguments|parameters|identifier)$|_annotation$|_signature$|^index_signature$/;

const maxCastLength = 120;
/** What `f.bind(x)` gives calls `f`. */
const boundSuffix = ".bind";
/** Types that a cast goes through on its way, or that say nothing of what members a value has. */
const sayNothing: ReadonlySet<string> = new Set(["any", "unknown", "never", "object", "const", "undefined", "null"]);

/** What the source says of a value that is stored, beyond the value itself. */
type Known = Pick<AssignStep, "type" | "origin">;

/** What runs: statements, assignments and expressions. Declarations are the subclass's. */
export abstract class TypeScriptBodyLowerer extends Lowerer {
  /** Types that casts and type arguments give to values. */
  private readonly castTypes = new Map<Value, string>();
  /** What the next arm knows more closely than the code around it. */
  private narrowed: VariableFacts[] | undefined;

  /** False when the node declares nothing. */
  protected abstract declaration(node: SyntaxNode): boolean;
  protected abstract classDeclaration(node: SyntaxNode): void;
  protected abstract functionExpression(node: SyntaxNode): Value;
  /** What a variable means outside functions: an import or a constant. */
  protected abstract bindOutside(declaration: SyntaxNode, declarator: SyntaxNode, value: Value | undefined): void;
  /** A value goes to a member: `this.pool = new Pool()`, `exports.run = run`. */
  protected abstract noteMember(path: string, span: Span, value: Value): void;

  // Statements

  protected statements(nodes: readonly SyntaxNode[]): void {
    for (const [i, node] of nodes.entries()) {
      const resource = node.kind === "expression_statement" ? usingOf(node) : undefined;
      if (resource) return this.usingScope(resource, nodes.slice(i + 1));
      this.statement(node);
    }
  }

  /** A `using` variable is held to the end of its block. */
  private usingScope(assignment: SyntaxNode, rest: readonly SyntaxNode[]): void {
    const left = assignment.child("left");
    const right = assignment.child("right");
    const resource = right ? this.expression(right) : this.other(assignment);
    this.declareBindings(left);
    this.emit({
      start: assignment.start,
      end: assignment.end,
      kind: "scope",
      form: "resource",
      resource,
      variable: this.text(left) ? { name: this.text(left) } : undefined,
      body: this.collect(() => this.statements(rest)),
    });
  }

  protected statement(node: SyntaxNode): void {
    if (node.isComment || !node.named) return;
    switch (node.kind) {
      case "statement_block":
      case "ERROR":
        return this.statements(node.children);
      case "expression_statement":
        return this.statements(node.namedChildren);
      case "lexical_declaration":
      case "variable_declaration":
        for (const declarator of node.namedChildren) this.variable(node, declarator);
        return;
      case "labeled_statement": {
        this.declareLocal(this.text(node.child("label")));
        const body = node.child("body");
        if (body) this.labelled(node.child("label"), () => this.statement(body));
        return;
      }
      case "if_statement":
        return this.ifStatement(node);
      case "for_statement":
      case "while_statement":
      case "do_statement":
        return this.loop(node);
      case "for_in_statement":
        return this.forIn(node);
      case "switch_statement":
        return this.switchStatement(node);
      case "try_statement":
        return this.tryStatement(node);
      case "return_statement":
        this.emit({
          start: node.start,
          end: node.end,
          kind: "return",
          values: node.namedChildren.map((child) => this.expression(child)),
        });
        return;
      case "throw_statement": {
        const [thrown] = node.namedChildren;
        this.emit({ start: node.start, end: node.end, kind: "throw", value: thrown && this.expression(thrown) });
        return;
      }
      case "break_statement":
      case "continue_statement": {
        const form = node.kind === "break_statement" ? "break" : "continue";
        this.emit({
          start: node.start,
          end: node.end,
          kind: "jump",
          form,
          label: this.text(node.child("label")) || undefined,
        });
        return;
      }
      case "with_statement": {
        const body = node.child("body");
        const object = node.child("object");
        if (object) this.expression(object);
        if (body) this.statement(body);
        return;
      }
      case "else_clause":
      case "finally_clause":
      case "catch_clause":
      case "switch_body":
      case "switch_case":
      case "switch_default":
        return this.statements(node.namedChildren);
      case "function_signature":
      case "empty_statement":
      case "debugger_statement":
      case "hash_bang_line":
      case "import_alias":
        return;
      default:
        if (!this.declaration(node) && !typeKind.test(node.kind)) this.expression(node);
    }
  }

  private variable(declaration: SyntaxNode, declarator: SyntaxNode): void {
    if (declarator.kind !== "variable_declarator") return this.statement(declarator);
    const name = declarator.child("name");
    const value = declarator.child("value");
    if (!this.isInFunction) return this.bindOutside(declaration, declarator, value && this.expression(value));
    this.bindOutside(declaration, declarator, undefined);
    if (!name || declaration.parent?.kind === "ambient_declaration") return;
    const known = this.declaredType(declarator.child("type"));
    if (value) {
      this.assignPattern(name, this.expression(value), declarator, true, known);
    } else if (name.kind === "identifier") {
      this.assignPattern(
        name,
        { start: declarator.start, end: declarator.end, kind: "literal", type: "null", text: "undefined" },
        declarator,
        true,
        known,
      );
    }
  }

  private ifStatement(node: SyntaxNode): void {
    const conditionNode = node.child("condition");
    const condition = conditionNode && this.expression(conditionNode);
    const arms: BranchArm[] = [];
    const consequence = node.child("consequence");
    if (consequence) {
      this.narrow(conditionNode);
      arms.push(this.arm(consequence, () => this.statement(consequence)));
    }
    const alternative = node.child("alternative");
    const otherwise = alternative?.kind === "else_clause" ? alternative.namedChildren[0] : alternative;
    if (otherwise) arms.push(this.arm(otherwise, () => this.statement(otherwise), [], true));
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "if", condition, arms });
  }

  private loop(node: SyntaxNode): void {
    const initializer = node.child("initializer");
    if (initializer) this.statement(initializer);
    const conditionNode = node.child("condition");
    const lowerCondition = () => {
      if (!conditionNode || conditionNode.kind === "empty_statement") return undefined;
      const inner = conditionNode.kind === "expression_statement" ? conditionNode.namedChildren[0] : conditionNode;
      return inner && this.expression(inner);
    };
    const lowerBody = () => {
      const statement = node.child("body");
      const increment = node.child("increment");
      if (statement) this.statement(statement);
      if (increment) this.expression(increment);
    };
    const form = node.kind === "for_statement" ? "for" : "while";
    this.emit(this.testedLoop(node, form, lowerCondition, lowerBody, node.kind !== "do_statement"));
  }

  private forIn(node: SyntaxNode): void {
    const overNode = node.child("right");
    const over = overNode && this.expression(overNode);
    const left = node.child("left");
    const declares = node.child("kind") !== undefined || node.has("using");
    const origin = over && this.valueOrigin(over);
    const isKey = node.child("operator")?.kind === "in";
    const each = origin && this.detach(`${origin}[${isKey ? "key" : "each"}]`);
    const bound: VariableFacts[] = left ? this.boundIn(left, each, isKey) : [];
    if (declares) for (const { name } of bound) this.declareLocal(name);
    const variables: VariableFacts[] = bound.length > 0 ? bound : [{ name: this.shortText(left) }];
    const body = this.collect(() => {
      const statement = node.child("body");
      if (left) this.patternDefaults(left);
      if (left && !declares && !variables.every(({ name }) => this.isLocal(name))) {
        this.assignPattern(left, this.other(node, over && [over]), left, false);
      }
      if (statement) this.statement(statement);
    });
    this.emit(this.eachLoop(node, over, variables, body));
  }

  private switchStatement(node: SyntaxNode): void {
    const valueNode = node.child("value");
    const condition = valueNode && this.expression(valueNode);
    const cases = node.child("body")?.namedChildren ?? [];
    const arms: BranchArm[] = [];
    let labels: Value[] = [];
    let isDefault = false;
    cases.forEach((child, i) => {
      const bodies = child.childrenOf("body");
      const isLast = i === cases.length - 1;
      isDefault ||= child.kind === "switch_default";
      const arm = this.arm(child, () => {
        const value = child.child("value");
        if (value) labels.push(this.expression(value));
        this.statements(bodies);
      });
      if (bodies.length === 0 && !isLast) {
        for (const step of arm.steps) this.emit(step);
        return;
      }
      arms.push({ ...arm, labels, isDefault, steps: endOfCase(arm.steps, child, isLast) });
      labels = [];
      isDefault = false;
    });
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "switch", condition, arms });
  }

  private tryStatement(node: SyntaxNode): void {
    const body = this.collect(() => this.statements(node.child("body")?.children ?? []));
    const catches: CatchArm[] = node.childrenOf("handler").map((handler) => {
      const parameter = handler.child("parameter");
      this.declareBindings(parameter);
      const steps = this.collect(() => this.statements(handler.child("body")?.children ?? []));
      return {
        start: handler.start,
        end: handler.end,
        types: [],
        variable: this.shortText(parameter) || undefined,
        steps,
      };
    });
    const finalizer = node.child("finalizer")?.child("body");
    const last = finalizer ? this.collect(() => this.statements(finalizer.children)) : [];
    this.emit({ start: node.start, end: node.end, kind: "try", body, catches, finally: last });
  }

  // Assignments

  private assignPattern(pattern: SyntaxNode, value: Value, span: Span, declares: boolean, known?: Known): void {
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
      return this.assignPattern(target, this.read(this.element(child, value, computed)), child, declares, known);
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
    this.assignPattern(target, this.read(this.element(target, value, key)), target, declares, known);
  }

  private element(node: Span, object: Value, key: Value): Value {
    const keys = [...(object.kind === "path" ? (object.keys ?? []) : []), key];
    return { start: node.start, end: node.end, kind: "path", path: this.detach(`${this.pathThrough(object)}[]`), keys };
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
        return this.element(node, target, index ? this.expression(index) : this.other(node));
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
    const keys = object.kind === "path" ? object.keys : undefined;
    const path = this.detach(`${this.pathThrough(object)}.${node.child("property")?.text ?? "?"}`);
    return { start: node.start, end: node.end, kind: "path", path, ...(keys && { keys }) };
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

  // Where values come from

  protected typeText(annotation: SyntaxNode | undefined): string {
    return this.shortText(annotation?.namedChildren[0]);
  }

  /** What a type annotation says; `typeof a.b` names the value whose type it is. */
  protected declaredType(annotation: SyntaxNode | undefined): Known {
    if (!annotation) return {};
    const type = this.typeText(annotation);
    const origin = /^typeof ([\w$]+(?:\.[\w$]+)*)$/.exec(type)?.[1];
    return origin === undefined ? { type } : { origin: this.detach(origin) };
  }

  protected override pathThrough(value: Value): string {
    return this.castOrigin(value, false) ?? "?";
  }

  /** The path of a value with the types that casts give it and the functions handed over, as far as it has one. */
  protected valueOrigin(value: Value): string | undefined {
    return this.castOrigin(value, true);
  }

  private castOrigin(value: Value, withGiven: boolean): string | undefined {
    const type = this.castTypes.get(value);
    const path = this.uncastOrigin(value, withGiven);
    return type === undefined ? path : `${path ?? ""}<${type}>`;
  }

  private uncastOrigin(value: Value, withGiven: boolean): string | undefined {
    switch (value.kind) {
      case "path":
        return value.path;
      case "call":
        return withGiven ? this.callOrigin(value) : `${value.callee}()`;
      case "composite":
        return writtenRoot(value) ?? (value.form === "list" ? "<list>" : undefined);
      case "conditional":
        return this.castOrigin(value.then, withGiven) ?? this.castOrigin(value.else, withGiven);
      case "operation":
        return this.operationOrigin(value.operator, value.operands, withGiven);
      default:
        return writtenRoot(value);
    }
  }

  private callOrigin({ callee, arguments: args }: CallValue): string | undefined {
    const [first] = args;
    if (callee.endsWith(boundSuffix)) return callee.slice(0, -boundSuffix.length);
    // All of a list of promises are the list of what they give.
    if (callee === "Promise.all" && first && args.length === 1 && first.kind !== "composite")
      return this.valueOrigin(first) ?? `${callee}()`;
    for (const argument of args) {
      if (argument.kind === "lambda") return `${callee}(<func#${argument.function}>)`;
      // Inside a function a name may be a local, which only steps tell.
      if (argument.kind === "path" && !this.isInFunction && /^(?!this$)[\w$]+$/.test(argument.path))
        return `${callee}(${argument.path})`;
    }
    return `${callee}()`;
  }

  private operationOrigin(operator: string, operands: readonly Value[], withGiven: boolean): string | undefined {
    const [first, second] = operands;
    if (!first || !second) return undefined;
    switch (operator) {
      case "||":
      case "??":
        return this.castOrigin(first, withGiven) ?? this.castOrigin(second, withGiven);
      case "&&":
        return this.castOrigin(second, withGiven);
      case "+":
        return operands.some(isText) ? "<string>" : undefined;
      default:
        return undefined;
    }
  }

  private cast(node: SyntaxNode, value: Value): Value {
    const type =
      node.kind === "as_expression"
        ? node.namedChildren[1]
        : node.kind === "type_assertion"
          ? node.children[0]?.namedChildren[0]
          : undefined;
    if (type) this.castTo(value, type.text);
    return value;
  }

  private castTo(value: Value, type: string): void {
    const text = type.replace(/\s+/g, " ");
    if (text.length > maxCastLength || sayNothing.has(text)) return;
    this.castTypes.set(value, this.detach(text));
  }

  /** Whether the value alone would not tell its origin: it is cast, or its call is handed a function. */
  private isUntold(value: Value): boolean {
    if (this.castTypes.has(value)) return true;
    switch (value.kind) {
      case "call":
        return (
          value.callee === "Promise.all" ||
          value.callee.endsWith(boundSuffix) ||
          value.arguments.some(({ kind }) => kind === "lambda")
        );
      case "operation":
        return value.operands.some((operand) => this.isUntold(operand));
      case "conditional":
        return this.isUntold(value.then) || this.isUntold(value.else);
      default:
        return false;
    }
  }

  protected boundIn(pattern: SyntaxNode, origin: string | undefined, isKey = false): VariableFacts[] {
    if (pattern.kind === "identifier") {
      const name = this.text(pattern);
      return [isKey ? { name, type: "string" } : origin ? { name, origin } : { name }];
    }
    return boundVariables(pattern, origin, undefined, this.input.text).map(({ name, origin: from }) => ({
      name: this.text(name),
      ...(from !== undefined && { origin: this.detach(from) }),
    }));
  }

  private narrow(condition: SyntaxNode | undefined): void {
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

function usingOf(statement: SyntaxNode): SyntaxNode | undefined {
  const [child] = statement.namedChildren;
  const assignment = child?.kind === "await_expression" ? child.namedChildren[0] : child;
  return assignment?.kind === "assignment_expression" && assignment.has("using") ? assignment : undefined;
}

/** Without the `break` that only ends the arm; an arm that runs on into the next one says so. */
function endOfCase(steps: Step[], arm: Span, isLast: boolean): Step[] {
  const last = steps.at(-1);
  if (last?.kind === "jump" && last.form === "break" && last.label === undefined) return steps.slice(0, -1);
  if (isLast || leaves(last)) return steps;
  return [...steps, { start: arm.start, end: arm.end, kind: "jump", form: "fallthrough", label: undefined }];
}

function leaves(step: Step | undefined): boolean {
  switch (step?.kind) {
    case "return":
    case "throw":
    case "jump":
      return true;
    case "branch":
      return step.arms.some((arm) => arm.isDefault) && step.arms.every((arm) => leaves(arm.steps.at(-1)));
    case "try":
      return (
        leaves(step.finally.at(-1)) ||
        [step.body, ...step.catches.map((arm) => arm.steps)].every((steps) => leaves(steps.at(-1)))
      );
    case "scope":
      return leaves(step.body.at(-1));
    case "loop":
      return step.condition === undefined && step.form !== "each";
    default:
      return false;
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

function isText(value: Value): boolean {
  return (
    (value.kind === "literal" && value.type === "string") || (value.kind === "composite" && value.form === "template")
  );
}

function isSpread(value: Value): boolean {
  return value.kind === "operation" && value.operator === "...";
}
