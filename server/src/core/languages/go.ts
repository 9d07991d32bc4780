import type { AccessPath, FieldFacts, ParameterFacts, TypeFacts, TypeParameterFacts, Value } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { GoBodyLowerer } from "./goBody";
import { buildConstraintOf } from "./goBuild";
import { exportedName, recursiveName } from "./goNames";
import { innermostType, specsOf } from "./goNodes";
import { type FunctionHeader, type LanguageGrammar, type LoweringInput, newType } from "./lowerer";

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
    calledName: recursiveName,
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

export class GoLowerer extends GoBodyLowerer {
  /** What a constant without type and value takes from the one above it. */
  private repeated: { type?: string; origin?: AccessPath } = {};

  constructor(input: LoweringInput) {
    super(input, grammar);
  }

  protected isTestFile(): boolean {
    return this.input.path.endsWith("_test.go");
  }

  protected override buildConstraint(): string | undefined {
    return buildConstraintOf(this.input.path, this.input.root);
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
        return this.typeDeclaration(node);
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

  // Types

  protected typeDeclaration(node: SyntaxNode): void {
    const specs = node.namedChildren.filter(({ isComment }) => !isComment);
    const isOne = specs.length === 1;
    for (const spec of specs)
      this.typeSpec(spec, this.docAbove(spec) !== undefined || (isOne && this.docAbove(node) !== undefined));
  }

  private typeSpec(spec: SyntaxNode, documented: boolean): void {
    const type = spec.child("type");
    const name = this.text(spec.child("name"));
    if (!name) return;
    const form = type?.kind === "struct_type" ? "struct" : type?.kind === "interface_type" ? "interface" : "alias";
    const facts = newType(spec, name, form, { typeParameters: this.typeParameters(spec), documented });
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
  protected declaredType(node: SyntaxNode | undefined, structName: string): string {
    const inner = node && innermostType(node);
    if (inner?.kind !== "struct_type" || !inner.ofKind("field_declaration_list")?.children.length)
      return this.shortText(node);
    const name = this.detach(structName);
    const facts = newType(inner, name, "struct");
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

  // Variables outside functions

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

  // Functions

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

  protected functionLiteral(node: SyntaxNode): Value {
    const result = node.child("result");
    const header: FunctionHeader = {
      name: "",
      nameNode: node.children[0] ?? node,
      form: "closure",
      parameters: this.parameters(node.child("parameters")),
      results: this.results(result),
      ...this.resultNames(result),
    };
    return this.lambda(
      node,
      this.addFunction(node, header, () => this.functionBody(node)),
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
}
