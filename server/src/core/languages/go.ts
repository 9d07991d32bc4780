import type { FieldFacts, ParameterFacts, TypeFacts, Value } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { type LanguageGrammar, Lowerer, type LoweringInput, spanOf } from "./lowerer";

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
      .replace(/^go-|\.v\d+$/g, "");
    this.imports.push({ ...spanOf(spec), module, localName: this.text(spec.child("name")) || this.detach(lastPart) });
  }

  private typeSpec(spec: SyntaxNode): void {
    const type = spec.child("type");
    const name = this.text(spec.child("name"));
    if (!name) return;
    const facts: TypeFacts = {
      ...spanOf(spec),
      name,
      form: type?.kind === "struct_type" ? "struct" : type?.kind === "interface_type" ? "interface" : "alias",
      typeParameters: (spec.child("type_parameters")?.namedChildren ?? []).flatMap((parameter) =>
        parameter.childrenOf("name").map((parameterName) => ({ name: this.text(parameterName) })),
      ),
      bases: [],
      fields: [],
      methods: [],
    };
    if (type?.kind === "struct_type") {
      for (const field of type.ofKind("field_declaration_list")?.namedChildren ?? []) {
        if (field.kind === "field_declaration") this.structField(field, facts);
      }
    } else if (type?.kind === "interface_type") {
      for (const member of type.namedChildren) {
        if (member.kind === "method_elem") facts.methods.push({ name: this.text(member.child("name")) });
        else if (member.kind === "type_elem") facts.bases.push(this.text(member));
      }
    } else if (type) {
      facts.bases.push(this.shortText(type));
    }
    this.types.push(facts);
  }

  private structField(field: SyntaxNode, facts: TypeFacts): void {
    const typeNode = field.child("type");
    const type = this.shortText(typeNode);
    const names = field.childrenOf("name");
    const fields: FieldFacts[] = names.map((name) => ({ ...spanOf(name), name: this.text(name), type }));
    if (names.length === 0 && typeNode) {
      facts.bases.push(type);
      fields.push({
        ...spanOf(typeNode),
        name: this.detach(type.replace(/^.*\./, "").replace(/\[.*$/, "")),
        type,
        embedded: true,
      });
    }
    facts.fields.push(...fields);
  }

  private packageVariable(spec: SyntaxNode): void {
    const values = spec.child("value")?.namedChildren ?? [];
    const type = spec.child("type");
    spec.childrenOf("name").forEach((name, i) => {
      const value = values[i];
      this.constants.push({
        ...spanOf(name),
        name: this.text(name),
        ...(type && { type: this.shortText(type) }),
        ...(value && { value: this.shortText(value) }),
        mutable: spec.kind === "var_spec",
      });
    });
    for (const value of values) this.collect(() => this.expression(value));
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
    this.addFunction(
      node,
      {
        name,
        nameNode,
        form: receiverNode ? "method" : "function",
        typeName,
        owner: typeName && (pointer ? `(*${typeName})` : typeName),
        receiver: receiverNode && { name: this.text(receiverNode.child("name")), pointer },
        parameters,
        results: this.results(node.child("result")),
        modifiers: /^\p{Lu}/u.test(name) ? ["exported"] : [],
        doc: this.docAbove(node),
        isTest:
          this.isTestFile() &&
          /^(Test|Benchmark|Fuzz|Example)/.test(name) &&
          (name.startsWith("Example") || parameters.length === 1),
      },
      () => this.functionBody(node),
    );
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
        for (const child of node.namedChildren) if (child.field !== "label") this.statement(child);
        return;
      case "short_var_declaration":
      case "assignment_statement":
        return this.assignment(node);
      case "inc_statement":
      case "dec_statement": {
        const [operand] = node.namedChildren;
        if (!operand) return;
        const one: Value = { ...spanOf(node), kind: "literal", type: "number", text: "1" };
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
        this.emit({ ...spanOf(node), kind: "return", values: this.expressions(node.namedChildren) });
        return;
      case "go_statement":
        this.emit({ ...spanOf(node), kind: "spawn", steps: this.collect(() => this.expressions(node.namedChildren)) });
        return;
      case "defer_statement":
        this.emit({ ...spanOf(node), kind: "defer", steps: this.collect(() => this.expressions(node.namedChildren)) });
        return;
      case "send_statement": {
        const value = node.child("value");
        if (value) this.expression(value);
        const channel = node.child("channel");
        if (channel)
          this.emit({
            ...spanOf(node),
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
        this.emit({ ...spanOf(node), kind: "jump", form, label: this.text(node.ofKind("label_name")) || undefined });
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
      this.store(node, target, operator, value ?? this.other(node), declares);
    });
  }

  private localVariables(spec: SyntaxNode): void {
    const values = this.expressions(listOf(spec.child("value")));
    const names = spec.childrenOf("name");
    names.forEach((name, i) => {
      const value = values.length === names.length ? values[i] : values[0] && this.other(spec, [values[0]]);
      this.store(spec, { ...spanOf(name), kind: "path", path: this.text(name) }, "=", value ?? this.other(spec), true);
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
    this.emit({ ...spanOf(node), kind: "branch", form: "if", condition: conditionValue, arms });
  }

  private forStatement(node: SyntaxNode): void {
    const body = node.child("body");
    const range = node.ofKind("range_clause");
    const clause = node.ofKind("for_clause");
    if (range) {
      const overNode = range.child("right");
      const over = overNode && this.expression(overNode);
      const variables = listOf(range.child("left")).map((variable) => this.text(variable));
      for (const variable of variables) this.declareLocal(variable);
      this.emit({
        ...spanOf(node),
        kind: "loop",
        form: "each",
        over,
        variables: variables.map((name) => ({ name })),
        condition: undefined,
        header: [],
        body: this.collect(() => this.block(body)),
      });
      return;
    }
    const initializer = clause?.child("initializer");
    if (initializer) this.statement(initializer);
    const conditionNode = clause ? clause.child("condition") : node.namedChildren.find((child) => child !== body);
    let condition: Value | undefined;
    const header = this.collect(() => {
      condition = conditionNode && this.expression(conditionNode);
    });
    const update = clause?.child("update");
    this.emit({
      ...spanOf(node),
      kind: "loop",
      form: clause ? "for" : "while",
      over: undefined,
      variables: [],
      condition,
      header,
      body: this.collect(() => {
        this.block(body);
        if (update) this.statement(update);
      }),
    });
  }

  private switchStatement(node: SyntaxNode): void {
    const initializer = node.child("initializer");
    if (initializer) this.statement(initializer);
    const valueNode = node.child("value");
    const condition = valueNode && this.expression(valueNode);
    for (const alias of listOf(node.child("alias"))) {
      this.store(alias, this.target(alias), "=", condition ?? this.other(node), true);
    }
    const arms = node.namedChildren
      .filter((child) => child.kind.endsWith("_case"))
      .map((child) => {
        const labels: Value[] = [];
        const arm = this.arm(child, () => {
          for (const value of listOf(child.child("value"))) labels.push(this.expression(value));
          for (const type of child.childrenOf("type"))
            labels.push({ ...spanOf(type), kind: "path", path: this.shortText(type) });
          const communication = child.child("communication");
          if (communication) this.statement(communication);
          for (const part of child.namedChildren) if (part.field === undefined) this.statement(part);
        });
        return { ...arm, labels, isDefault: child.kind === "default_case" };
      });
    this.emit({
      ...spanOf(node),
      kind: "branch",
      form: node.kind === "select_statement" ? "select" : "switch",
      condition,
      arms,
    });
  }

  private expressions(nodes: SyntaxNode[]): Value[] {
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
        return { ...spanOf(node), kind: "path", path: this.text(node) };
      case "parenthesized_expression":
        return node.namedChildren[0] ? this.target(node.namedChildren[0]) : this.other(node);
      case "selector_expression":
        return this.member(node, node.child("operand"), this.text(node.child("field")));
      case "index_expression": {
        const operand = node.child("operand");
        const index = node.child("index");
        const target = operand ? this.target(operand) : this.other(node);
        const key = index ? [this.expression(index)] : [];
        const keys = [...(target.kind === "path" ? (target.keys ?? []) : []), ...key];
        return { ...spanOf(node), kind: "path", path: this.detach(`${this.pathThrough(target)}[]`), keys };
      }
      case "slice_expression": {
        const parts = node.namedChildren.map((child) => this.expression(child));
        return this.operation(node, "[:]", parts);
      }
      case "type_assertion_expression":
      case "type_conversion_expression": {
        const operand = node.child("operand");
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
          this.emit({ ...spanOf(node), kind: "channel", form: "receive", path: this.pathThrough(channel) });
          return this.other(node, [channel]);
        }
        const value = this.target(operand);
        if (operator === "&" || operator === "*") return value;
        return this.operation(node, operator, [this.read(value)]);
      }
      case "binary_expression":
        return this.binary(node);
      case "call_expression":
        return this.callExpression(node);
      case "composite_literal":
        return this.composite(node, node.child("body"), this.shortText(node.child("type")));
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
        if (/_type$/.test(node.kind)) return { ...spanOf(node), kind: "path", path: this.shortText(node) };
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
      ...spanOf(node),
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
    const calleeValue = callee ? this.target(callee) : this.other(node);
    const args = this.expressions(node.child("arguments")?.namedChildren ?? []);
    const path = calleeValue.kind === "lambda" ? "<lambda>" : this.pathThrough(calleeValue);
    return this.call(node, path, args);
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
      ...spanOf(node),
      kind: "composite",
      form,
      ...(typeName && { typeName }),
      ...(keys.length > 0 && { keys }),
      parts,
    };
  }
}

function listOf(node: SyntaxNode | undefined): SyntaxNode[] {
  if (!node) return [];
  return node.kind === "expression_list" ? node.namedChildren : [node];
}
