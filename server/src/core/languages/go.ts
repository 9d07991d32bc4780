import { isComparison, writtenRoot } from "../model/accessPath";
import type {
  AccessPath,
  AssignStep,
  BranchArm,
  FieldFacts,
  ParameterFacts,
  TypeFacts,
  TypeParameterFacts,
  Value,
  VariableFacts,
} from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { type LanguageGrammar, Lowerer, type LoweringInput } from "./lowerer";

const grammar: LanguageGrammar = {
  metrics: {
    roles: {
      if_statement: "if",
      for_statement: "loop",
      expression_switch_statement: "switch",
      type_switch_statement: "switch",
      select_statement: "switch",
      func_literal: "function",
    },
    isHeader: (child) => child.field !== "body" && !child.kind.endsWith("_case"),
    logicalOperator: (node) => {
      const operator = node.kind === "binary_expression" ? node.child("operator")?.kind : undefined;
      return operator === "&&" || operator === "||" ? operator : undefined;
    },
    operands: (node) => [node.child("left"), node.child("right")],
    isLabelledJump: (node) =>
      node.kind === "goto_statement" ||
      ((node.kind === "break_statement" || node.kind === "continue_statement") && node.has("label_name")),
    isCase: (node) =>
      node.kind === "expression_case" || node.kind === "type_case" || node.kind === "communication_case",
    calledName: (node) => {
      if (node.kind !== "call_expression") return undefined;
      const callee = node.child("function");
      const method = methodAround(node);
      if (callee?.kind === "identifier") return method ? undefined : callee.text;
      const called = callee?.child("field");
      if (!method || !called || called.text !== method.child("name")?.text) return undefined;
      return isOfReceiverType(callee?.child("operand"), method) ? called.text : undefined;
    },
  },
  shape: {
    isVariable: (node) => node.kind === "identifier" || node.kind === "label_name",
    isInvisible: () => false,
    transparentKinds: new Set([
      "parenthesized_expression",
      "statement_list",
      "expression_statement",
      "expression_list",
    ]),
  },
};

/** What `pathThrough` says of a value that is reached in no way it can write down. */
const unknownPath = "?";
/** Builtin functions whose result has the type of their first argument, or the type that it is. */
const builtinCalls = new Set(["make", "new", "append", "min", "max"]);
/** Outside of functions, where the bundle would make it anew each time. */
const exportedName = /^\p{Lu}/u;
const predeclaredType =
  /^(u?int(8|16|32|64)?|uintptr|float(32|64)|complex(64|128)|string|bool|byte|rune|error|any|comparable)$/;

/** Whether an expression can only be a type. */
function isType(node: SyntaxNode): boolean {
  if (node.kind === "identifier" || node.kind === "type_identifier") return predeclaredType.test(node.text);
  return (
    node.kind === "pointer_type" || /^(generic|slice|array|map|channel|function|struct|interface)_type$/.test(node.kind)
  );
}

/** The type inside pointers, slices, arrays, maps and channels. */
function innermostType(type: SyntaxNode): SyntaxNode | undefined {
  switch (type.kind) {
    case "pointer_type":
    case "parenthesized_type":
      return type.namedChildren[0] && innermostType(type.namedChildren[0]);
    case "slice_type":
    case "array_type":
      return innermostTypeOf(type, "element");
    case "map_type":
    case "channel_type":
      return innermostTypeOf(type, "value");
    default:
      return type;
  }
}

function innermostTypeOf(type: SyntaxNode, field: string): SyntaxNode | undefined {
  const part = type.child(field);
  return part && innermostType(part);
}

/** Whether a value does not say itself where it comes from, or says less than its operands. */
function needsOrigin(value: Value): boolean {
  return value.kind === "operation" && value.operator !== "[:]";
}

function methodAround(node: SyntaxNode): SyntaxNode | undefined {
  let current: SyntaxNode | undefined = node;
  while (current && current.kind !== "method_declaration") current = current.parent;
  return current;
}

/** Whether a value is the receiver, or is reached from it through fields that hold its own type: `n.left`. */
function isOfReceiverType(value: SyntaxNode | undefined, method: SyntaxNode): boolean {
  const receiver = method.child("receiver")?.namedChildren[0];
  if (!value || !receiver) return false;
  if (value.kind === "identifier" && value.text === receiver.child("name")?.text) return true;
  const collection = value.kind === "identifier" ? rangeOver(value, method) : value.child("operand");
  switch (value.kind) {
    case "identifier":
    case "index_expression":
      return collection?.kind === "selector_expression" && isOfReceiverType(collection, method);
    case "selector_expression": {
      const typeName = elementTypeName(receiver.child("type"));
      const field = fieldOf(typeName, value.child("field")?.text, method.parent);
      return elementTypeName(field?.child("type")) === typeName && isOfReceiverType(value.child("operand"), method);
    }
    default:
      return false;
  }
}

/** What the loop goes over whose value variable this is. */
function rangeOver(variable: SyntaxNode, method: SyntaxNode): SyntaxNode | undefined {
  for (let node = variable.parent; node && node !== method; node = node.parent) {
    const range = node.kind === "for_statement" ? node.ofKind("range_clause") : undefined;
    if (range && listOf(range.child("left"))[1]?.text === variable.text) return range.child("right");
  }
  return undefined;
}

function elementTypeName(type: SyntaxNode | undefined): string {
  return (type?.text ?? "").replace(/^(\*|\[\w*\]|map\[\w+\])+/, "").replace(/\[[\s\S]*$/, "");
}

function fieldOf(
  typeName: string,
  fieldName: string | undefined,
  file: SyntaxNode | undefined,
): SyntaxNode | undefined {
  for (const declaration of file?.namedChildren ?? []) {
    if (declaration.kind !== "type_declaration") continue;
    const spec = declaration.namedChildren.find((child) => child.child("name")?.text === typeName);
    const fields = spec?.child("type")?.ofKind("field_declaration_list")?.namedChildren ?? [];
    const field = fields.find((child) => child.childrenOf("name").some((name) => name.text === fieldName));
    if (field) return field;
  }
  return undefined;
}

/** The specs of a declaration, with or without parentheses around them. */
function specsOf(declaration: SyntaxNode): SyntaxNode[] {
  return declaration.namedChildren.flatMap((child) =>
    child.kind.endsWith("_spec_list") ? child.namedChildren : [child],
  );
}

export class GoLowerer extends Lowerer {
  /** Paths of values that do not say themselves where they come from. */
  private readonly paths = new Map<Value, AccessPath>();
  /** What a constant without type and value takes from the one above it. */
  private repeated: { type?: string; origin?: AccessPath } = {};

  constructor(input: LoweringInput) {
    super(input, grammar);
  }

  protected isTestFile(): boolean {
    return this.input.path.endsWith("_test.go");
  }

  protected lowerFile(root: SyntaxNode): void {
    for (const node of root.children) this.declaration(node);
  }

  private declaration(node: SyntaxNode): void {
    switch (node.kind) {
      case "package_clause":
        this.packageName = this.text(node.namedChildren[0]);
        return;
      case "import_declaration":
        for (const spec of specsOf(node)) this.importSpec(spec);
        return;
      case "type_declaration":
        for (const spec of node.namedChildren) this.typeSpec(spec);
        return;
      case "const_declaration":
      case "var_declaration":
        for (const spec of specsOf(node)) this.packageVariable(spec);
        return;
      case "function_declaration":
      case "method_declaration":
        this.functionDeclaration(node);
        return;
      case "ERROR":
        for (const child of node.children) this.declaration(child);
        return;
    }
  }

  private importSpec(spec: SyntaxNode): void {
    const module = this.detach((spec.child("path")?.text ?? "").slice(1, -1));
    const lastPart = module
      .replace(/\/v\d+$/, "")
      .replace(/^.*\//, "")
      .replace(/^go[-.]|\.v\d+$|[-.]go$/g, "");
    this.imports.push({
      start: spec.start,
      end: spec.end,
      module,
      localName: this.text(spec.child("name")) || this.detach(lastPart),
    });
  }

  private typeSpec(spec: SyntaxNode): void {
    const type = spec.child("type");
    const name = this.text(spec.child("name"));
    if (!name) return;
    const facts: TypeFacts = {
      start: spec.start,
      end: spec.end,
      name,
      form: type?.kind === "struct_type" ? "struct" : type?.kind === "interface_type" ? "interface" : "alias",
      typeParameters: this.typeParameters(spec),
      bases: [],
      fields: [],
      methods: [],
    };
    this.types.push(facts);
    if (type?.kind === "struct_type") {
      this.structFields(type, facts);
    } else if (type?.kind === "interface_type") {
      for (const member of type.namedChildren) {
        if (member.kind === "method_elem")
          facts.methods.push({
            name: this.text(member.child("name")),
            results: this.results(member.child("result")),
            parameters: this.parameters(member.child("parameters")).map(
              ({ type, rest }) => `${rest ? "..." : ""}${type}`,
            ),
          });
        else if (member.kind === "type_elem") facts.bases.push(this.text(member));
      }
    } else if (type) {
      facts.bases.push(this.declaredType(type, `${name}:struct`));
    }
  }

  private typeParameters(declaration: SyntaxNode): TypeParameterFacts[] {
    const list = declaration.child("type_parameters");
    if (!list) return [];
    return list.namedChildren.flatMap((parameter) => {
      const bound = this.shortText(parameter.child("type"));
      return parameter.childrenOf("name").map((name) => ({ name: this.text(name), bound }));
    });
  }

  /**
   * A type as written, where it can be referred to: a struct without a name is declared under one that no Go type can
   * have, so that its fields are found.
   */
  private declaredType(node: SyntaxNode | undefined, structName: string): string {
    const inner = node && innermostType(node);
    if (inner?.kind !== "struct_type" || !inner.ofKind("field_declaration_list")?.children.length)
      return this.shortText(node);
    const name = this.detach(structName);
    const facts: TypeFacts = {
      start: inner.start,
      end: inner.end,
      name,
      form: "struct",
      typeParameters: [],
      bases: [],
      fields: [],
      methods: [],
    };
    this.types.push(facts);
    this.structFields(inner, facts);
    const text = node?.text ?? "";
    const start = inner.start - (node?.start ?? 0);
    return this.detach(`${text.slice(0, start)}${name}${text.slice(start + inner.end - inner.start)}`);
  }

  private structFields(type: SyntaxNode, facts: TypeFacts): void {
    for (const field of type.ofKind("field_declaration_list")?.namedChildren ?? []) {
      if (field.kind === "field_declaration") this.structField(field, facts);
    }
  }

  private structField(field: SyntaxNode, facts: TypeFacts): void {
    const typeNode = field.child("type");
    const names = field.childrenOf("name");
    const type = this.declaredType(typeNode, `${facts.name}:${names[0]?.text ?? ""}`);
    const fields: FieldFacts[] = names.map((name) => ({
      start: name.start,
      end: name.end,
      name: this.text(name),
      type,
    }));
    if (names.length === 0 && typeNode) {
      facts.bases.push(type);
      fields.push({
        start: typeNode.start,
        end: typeNode.end,
        name: this.detach(type.replace(/\[.*$/, "").replace(/^.*\./, "")),
        type,
        embedded: true,
      });
    }
    facts.fields.push(...fields);
  }

  private packageVariable(spec: SyntaxNode): void {
    const valueNodes = spec.child("value")?.namedChildren ?? [];
    const typeNode = spec.child("type");
    const values = valueNodes.map((value) => this.expression(value));
    const names = spec.childrenOf("name");
    const type = typeNode && this.declaredType(typeNode, `var:${names[0]?.text ?? ""}`);
    const repeats = spec.kind === "const_spec" && !typeNode && values.length === 0;
    if (!repeats) this.repeated = type ? { type } : {};
    names.forEach((name, i) => {
      const value = valueNodes[i];
      const origin = type || repeats ? undefined : this.originOfPart(values, i, names.length);
      const known = repeats ? this.repeated : type ? { type } : origin ? { origin } : {};
      if (spec.kind === "const_spec" && origin?.endsWith("()")) this.repeated = known;
      this.constants.push({
        start: name.start,
        end: name.end,
        name: this.text(name),
        ...known,
        ...(value && { value: this.shortText(value) }),
        mutable: spec.kind === "var_spec",
      });
    });
  }

  private functionDeclaration(node: SyntaxNode): void {
    const nameNode = node.child("name");
    if (!nameNode) return;
    const name = this.text(nameNode);
    const receiverNode = node.child("receiver")?.namedChildren[0];
    const receiverType = receiverNode?.child("type");
    const pointer = receiverType?.kind === "pointer_type";
    const typeName = receiverType && this.detach(receiverType.text.replace(/^\*\s*|\[[\s\S]*$/g, ""));
    const parameters = this.parameters(node.child("parameters"));
    const result = node.child("result");
    this.addFunction(
      node,
      {
        name,
        nameNode,
        form: receiverNode ? "method" : "function",
        typeName,
        owner: typeName && (pointer ? `(*${typeName})` : typeName),
        receiver: receiverNode && {
          name: this.text(receiverNode.child("name")),
          pointer,
          ...(receiverType && this.receiverTypeParameters(receiverType)),
        },
        typeParameters: this.typeParameters(node),
        parameters,
        results: this.results(result),
        ...this.resultNames(result),
        modifiers: exportedName.test(name) ? ["exported"] : [],
        doc: this.docAbove(node),
        isTest:
          this.isTestFile() &&
          /^(Test|Benchmark|Fuzz|Example)/.test(name) &&
          (name.startsWith("Example") || parameters.length === 1),
      },
      () => this.functionBody(node),
    );
  }

  /** The names a method has for the type parameters of its receiver. */
  private receiverTypeParameters(type: SyntaxNode): { typeParameters: string[] } | undefined {
    const generic = type.kind === "pointer_type" ? type.ofKind("generic_type") : type;
    const given = generic?.kind === "generic_type" ? generic.child("type_arguments") : undefined;
    return given && { typeParameters: given.namedChildren.map((argument) => this.text(argument)) };
  }

  private resultNames(result: SyntaxNode | undefined): { resultNames: string[] } | undefined {
    if (result?.kind !== "parameter_list" || !result.namedChildren[0]?.child("name")) return undefined;
    return { resultNames: this.parameters(result).map(({ name }) => name) };
  }

  private functionBody(node: SyntaxNode): void {
    for (const result of node.child("result")?.namedChildren ?? []) {
      for (const name of result.childrenOf("name")) this.declareLocal(this.text(name));
    }
    this.block(node.child("body"));
  }

  private parameters(list: SyntaxNode | undefined): ParameterFacts[] {
    const parameters: ParameterFacts[] = [];
    for (const declaration of list?.namedChildren ?? []) {
      const type = this.shortText(declaration.child("type"));
      const rest = declaration.kind === "variadic_parameter_declaration";
      const names = declaration.childrenOf("name");
      if (names.length === 0) parameters.push({ name: "_", type, ...(rest && { rest }) });
      for (const name of names) parameters.push({ name: this.text(name), type, ...(rest && { rest }) });
    }
    return parameters;
  }

  private results(result: SyntaxNode | undefined): string[] {
    if (!result) return [];
    if (result.kind !== "parameter_list") return [this.shortText(result)];
    return this.parameters(result).map((parameter) => parameter.type ?? "");
  }

  private block(node: SyntaxNode | undefined): void {
    for (const child of node?.namedChildren ?? []) {
      if (child.kind === "statement_list") this.block(child);
      else this.statement(child);
    }
  }

  private statement(node: SyntaxNode): void {
    switch (node.kind) {
      case "block":
      case "statement_list":
      case "ERROR":
        return this.block(node);
      case "expression_statement":
        for (const child of node.namedChildren) this.expression(child);
        return;
      case "labeled_statement":
        this.declareLocal(this.text(node.child("label")));
        this.labelled(node.child("label"), () => {
          for (const child of node.namedChildren) if (child.field !== "label") this.statement(child);
        });
        return;
      case "short_var_declaration":
      case "assignment_statement":
        return this.assignment(node);
      case "inc_statement":
      case "dec_statement": {
        const [operand] = node.namedChildren;
        if (!operand) return;
        const one: Value = { start: node.start, end: node.end, kind: "literal", type: "number", text: "1" };
        this.store(node, this.expression(operand), node.kind === "inc_statement" ? "+" : "-", one, false);
        return;
      }
      case "var_declaration":
      case "const_declaration":
        for (const spec of specsOf(node)) this.localVariables(spec);
        return;
      case "type_declaration":
        for (const spec of node.namedChildren) this.typeSpec(spec);
        return;
      case "if_statement":
        return this.ifStatement(node);
      case "for_statement":
        return this.forStatement(node);
      case "expression_switch_statement":
      case "type_switch_statement":
      case "select_statement":
        return this.switchStatement(node);
      case "return_statement":
        this.emit({ start: node.start, end: node.end, kind: "return", values: this.expressions(node.namedChildren) });
        return;
      case "go_statement":
        this.emit({
          start: node.start,
          end: node.end,
          kind: "spawn",
          steps: this.collect(() => this.expressions(node.namedChildren)),
        });
        return;
      case "defer_statement":
        this.emit({
          start: node.start,
          end: node.end,
          kind: "defer",
          steps: this.collect(() => this.expressions(node.namedChildren)),
        });
        return;
      case "send_statement": {
        const value = node.child("value");
        if (value) this.expression(value);
        const channel = node.child("channel");
        if (channel)
          this.emit({
            start: node.start,
            end: node.end,
            kind: "channel",
            form: "send",
            path: this.pathThrough(this.expression(channel)),
          });
        return;
      }
      case "receive_statement":
        return this.assignment(node);
      case "break_statement":
      case "continue_statement":
      case "goto_statement":
      case "fallthrough_statement": {
        const form = node.kind.replace("_statement", "") as "break" | "continue" | "goto" | "fallthrough";
        this.emit({
          start: node.start,
          end: node.end,
          kind: "jump",
          form,
          label: this.text(node.ofKind("label_name")) || undefined,
        });
        return;
      }
      default:
        if (node.named) this.expression(node);
    }
  }

  private assignment(node: SyntaxNode): void {
    const operator = (node.child("operator")?.text ?? "=").replace(/(.)=$/, "$1");
    const declares = node.kind === "short_var_declaration" || (node.kind === "receive_statement" && node.has(":="));
    const right = this.expressions(listOf(node.child("right")));
    const left = listOf(node.child("left"));
    left.forEach((targetNode, i) => {
      const target = declares
        ? this.target(targetNode)
        : operator === "="
          ? this.target(targetNode)
          : this.expression(targetNode);
      const value = right.length === left.length ? right[i] : right[0] && this.other(node, [right[0]]);
      this.store(node, target, operator, value ?? this.other(node), declares, this.known(right, i, left.length));
    });
  }

  /** What the values on the right of an assignment do not say themselves of the i-th variable on the left. */
  private known(values: readonly Value[], i: number, count: number): Pick<AssignStep, "origin"> | undefined {
    const value = values[i];
    if (values.length === count && value && !needsOrigin(value) && !this.paths.has(value)) return undefined;
    const origin = this.originOfPart(values, i, count);
    return origin === undefined ? undefined : { origin };
  }

  /** Where the i-th of several variables gets its value: `f()#1`, or for `v, ok := m[k]` the element itself. */
  private originOfPart(values: readonly Value[], i: number, count: number): AccessPath | undefined {
    const value = values.length === count ? values[i] : values[0];
    const path = value ? this.pathThrough(value) : unknownPath;
    if (path === unknownPath) return undefined;
    if (values.length === count) return path;
    if (value?.kind === "call" && !this.paths.has(value)) return this.detach(`${path}#${i}`);
    return i === 0 ? path : "<boolean>";
  }

  private localVariables(spec: SyntaxNode): void {
    const values = this.expressions(listOf(spec.child("value")));
    const names = spec.childrenOf("name");
    const typeNode = spec.child("type");
    const declared = typeNode && { type: this.declaredType(typeNode, `struct:${typeNode.start}`) };
    names.forEach((name, i) => {
      const value = values.length === names.length ? values[i] : values[0] && this.other(spec, [values[0]]);
      const target: Value = { start: name.start, end: name.end, kind: "path", path: this.text(name) };
      const known = declared ?? this.known(values, i, names.length);
      this.store(spec, target, "=", value ?? this.other(spec), true, known);
    });
  }

  private ifStatement(node: SyntaxNode): void {
    const initializer = node.child("initializer");
    if (initializer) this.statement(initializer);
    const condition = node.child("condition");
    const conditionValue = condition && this.expression(condition);
    const arms = [];
    const consequence = node.child("consequence");
    if (consequence) arms.push(this.arm(consequence, () => this.statement(consequence)));
    const alternative = node.child("alternative");
    if (alternative) arms.push(this.arm(alternative, () => this.statement(alternative), [], true));
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "if", condition: conditionValue, arms });
  }

  private forStatement(node: SyntaxNode): void {
    const body = node.child("body");
    const range = node.ofKind("range_clause");
    const clause = node.ofKind("for_clause");
    if (range) {
      const overNode = range.child("right");
      const over = overNode && this.expression(overNode);
      const through = over ? this.pathThrough(over) : unknownPath;
      const variables = listOf(range.child("left")).map((variable, i): VariableFacts => {
        const name = this.text(variable);
        if (through === unknownPath || name === "_") return { name };
        return { name, origin: this.detach(`${through}${i === 0 ? "[key]" : "[]"}`) };
      });
      for (const { name } of variables) this.declareLocal(name);
      this.emit(
        this.eachLoop(
          node,
          over,
          variables,
          this.collect(() => this.block(body)),
        ),
      );
      return;
    }
    const initializer = clause?.child("initializer");
    if (initializer) this.statement(initializer);
    const condition = clause ? clause.child("condition") : node.namedChildren.find((child) => child !== body);
    const update = clause?.child("update");
    const lowerBody = () => {
      this.block(body);
      if (update) this.statement(update);
    };
    const form = clause ? "for" : "while";
    this.emit(this.testedLoop(node, form, () => condition && this.expression(condition), lowerBody));
  }

  private switchStatement(node: SyntaxNode): void {
    const initializer = node.child("initializer");
    if (initializer) this.statement(initializer);
    const valueNode = node.child("value");
    const condition = valueNode && this.expression(valueNode);
    const aliases = listOf(node.child("alias"));
    for (const alias of aliases) {
      const known = condition && this.known([condition], 0, 1);
      this.store(alias, this.target(alias), "=", condition ?? this.other(node), true, known);
    }
    const arms = node.namedChildren
      .filter((child) => child.kind.endsWith("_case"))
      .map((child): BranchArm => {
        const labels: Value[] = [];
        const arm = this.arm(child, () => {
          for (const value of listOf(child.child("value"))) labels.push(this.expression(value));
          for (const type of child.childrenOf("type"))
            labels.push({ start: type.start, end: type.end, kind: "path", path: this.shortText(type) });
          const communication = child.child("communication");
          if (communication) this.statement(communication);
          for (const part of child.namedChildren) if (part.field === undefined) this.statement(part);
        });
        const [label] = labels;
        const type = label?.kind === "path" && labels.length === 1 && label.path !== "nil" ? label.path : undefined;
        const variables = type === undefined ? [] : aliases.map((alias) => ({ name: this.text(alias), type }));
        const isDefault = child.kind === "default_case";
        return { ...arm, labels, isDefault, ...(variables.length > 0 && { variables }) };
      });
    this.emit({
      start: node.start,
      end: node.end,
      kind: "branch",
      form: node.kind === "select_statement" ? "select" : "switch",
      condition,
      arms,
    });
  }

  private expressions(nodes: readonly SyntaxNode[]): Value[] {
    return nodes.flatMap((node) =>
      node.kind === "expression_list" ? this.expressions(node.namedChildren) : [this.expression(node)],
    );
  }

  private expression(node: SyntaxNode): Value {
    return this.read(this.target(node));
  }

  /** The value of an expression without reading it: what may stand left of an assignment or before a dot. */
  private target(node: SyntaxNode): Value {
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
        const key = index ? [this.expression(index)] : [];
        const keys = [...(target.kind === "path" ? (target.keys ?? []) : []), ...key];
        return {
          start: node.start,
          end: node.end,
          kind: "path",
          path: this.detach(`${this.pathThrough(target)}[]`),
          keys,
        };
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
        return node.child("type") ? this.target(node.child("type") as SyntaxNode) : this.other(node);
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
      case "literal_value":
        return this.composite(node, node, "");
      case "literal_element":
        return node.namedChildren[0] ? this.target(node.namedChildren[0]) : this.other(node);
      case "func_literal":
        return this.lambda(
          node,
          this.addFunction(
            node,
            {
              name: "",
              nameNode: node.children[0] ?? node,
              form: "closure",
              parameters: this.parameters(node.child("parameters")),
              results: this.results(node.child("result")),
              ...this.resultNames(node.child("result")),
            },
            () => this.functionBody(node),
          ),
        );
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
    const keys = object.kind === "path" ? object.keys : undefined;
    return {
      start: node.start,
      end: node.end,
      kind: "path",
      path: this.detach(`${this.pathThrough(object)}.${name}`),
      ...(keys && { keys }),
    };
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
    }
    return value;
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
}

function listOf(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (!node) return [];
  return node.kind === "expression_list" ? node.namedChildren : [node];
}
