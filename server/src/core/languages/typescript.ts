import type { Span } from "../base/text";
import type {
  BranchArm,
  CallStep,
  CatchArm,
  FunctionFacts,
  Modifier,
  ParameterFacts,
  Step,
  TypeFacts,
  Value,
} from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { type LanguageGrammar, Lowerer, type LoweringInput, spanOf } from "./lowerer";
import {
  anonymous,
  functionKinds,
  keyText,
  memberPlace,
  type Place,
  placeOf,
  recursiveName,
  transparentKinds,
  unwrap,
  wrapped,
} from "./typescriptNames";
import { settleTree } from "./typescriptTree";

const grammar: LanguageGrammar = {
  metrics: {
    roles: {
      if_statement: "if",
      else_clause: "else",
      for_statement: "loop",
      for_in_statement: "loop",
      while_statement: "loop",
      do_statement: "loop",
      switch_statement: "switch",
      catch_clause: "catch",
      ternary_expression: "conditional",
      ...Object.fromEntries([...functionKinds].map((kind) => [kind, "function" as const])),
    },
    isHeader: (child) =>
      child.field !== undefined &&
      child.field !== "body" &&
      child.field !== "consequence" &&
      child.field !== "alternative",
    logicalOperator: (node) => {
      const operator = node.kind === "binary_expression" ? node.child("operator")?.kind : undefined;
      return operator === "&&" || operator === "||" ? operator : undefined;
    },
    operands: (node) => [node.child("left"), node.child("right")],
    transparentParentheses: "parenthesized_expression",
    isLabelledJump: (node) =>
      (node.kind === "break_statement" || node.kind === "continue_statement") && node.child("label") !== undefined,
    isCase: (node) => node.kind === "switch_case",
    calledName: recursiveName,
    ignoresDeclarativeOuter: true,
  },
  shape: {
    isVariable: (node) => node.kind === "identifier" || node.kind === "statement_identifier",
    isInvisible: (node) => node.kind === "jsx_text" && node.start === node.end,
    transparentKinds: new Set(["parenthesized_expression", "statement_block"]),
  },
};

const testCalls = new Set(["it", "test", "specify", "fit", "xit", "xtest"]);
const testVariants =
  /^(only|skip|each|for|concurrent|sequential|failing|fails|todo|fixme|slow|runIf|skipIf|serial|parallel)$/;
const typeKind =
  /_type$|^type_(annotation|arguments|parameters|identifier)$|_annotation$|_signature$|^index_signature$/;

interface ClassScope {
  name: string;
  /** With the namespaces and objects around it. */
  owner: string;
}

export class TypeScriptLowerer extends Lowerer {
  /** Names of the namespaces around, with a dot after each. */
  private namespace = "";
  private readonly exportedNames = new Set<string>();

  constructor(input: LoweringInput) {
    super(input, grammar);
  }

  protected isTestFile(): boolean {
    return /(^|\/)(__tests__|tests?)\/|\.(test|spec)\.[cm]?[jt]sx?$/.test(this.input.path);
  }

  protected lowerFile(root: SyntaxNode): void {
    settleTree(root, this.input.text, this.input.language);
    for (const node of root.children) this.noteExports(node);
    this.outsideFunctions(root.children);
  }

  /** `export { a }`, `export default a` and `module.exports = { a }` stand apart from what they export. */
  private noteExports(node: SyntaxNode): void {
    if (node.kind === "export_statement" && !node.child("source")) {
      for (const specifier of node.ofKind("export_clause")?.namedChildren ?? []) {
        this.exportedNames.add(this.text(specifier.child("name")));
      }
      const value = node.child("value") ?? node.ofKind("identifier");
      if (value?.kind === "identifier") this.exportedNames.add(this.text(value));
      return;
    }
    const assignment = node.kind === "expression_statement" ? node.ofKind("assignment_expression") : undefined;
    if (!assignment || !/^(module\.)?exports\b/.test(assignment.child("left")?.text ?? "")) return;
    const right = assignment.child("right");
    const values = right?.kind === "object" ? right.namedChildren.map((pair) => pair.child("value")) : [right];
    for (const value of values) if (value?.kind === "identifier") this.exportedNames.add(this.text(value));
  }

  /** Steps outside functions belong to no function; what counts there are the declarations and functions. */
  private outsideFunctions(nodes: readonly SyntaxNode[]): void {
    for (const node of nodes) this.collect(() => this.statement(node));
  }

  // Imports and exports

  private importStatement(node: SyntaxNode): void {
    const required = node.ofKind("import_require_clause");
    const module = stringText(node.child("source") ?? required?.child("source"));
    const clause = node.ofKind("import_clause");
    if (required) return this.addImport(required, module, undefined, this.text(required.ofKind("identifier")));
    if (!clause) return this.addImport(node, module, undefined, "");
    for (const part of clause.namedChildren) {
      if (part.kind === "identifier") this.addImport(part, module, "default", this.text(part));
      if (part.kind === "namespace_import")
        this.addImport(part, module, undefined, this.text(part.ofKind("identifier")));
      if (part.kind !== "named_imports") continue;
      for (const specifier of part.namedChildren) this.importSpecifier(specifier, module);
    }
  }

  private importSpecifier(specifier: SyntaxNode, module: string): void {
    const name = specifier.child("name");
    if (!name) return;
    const member = name.kind === "string" ? keyText(name) : name.text;
    const alias = specifier.child("alias") ?? name;
    this.addImport(specifier, module, member, alias.kind === "string" ? keyText(alias) : this.text(alias));
  }

  private addImport(span: Span, module: string, member: string | undefined, localName: string): void {
    this.imports.push({
      ...spanOf(span),
      module: this.detach(module),
      ...(member !== undefined && { member: this.detach(member) }),
      localName: this.detach(localName),
    });
  }

  private exportStatement(node: SyntaxNode): void {
    const source = node.child("source");
    if (source) {
      const module = stringText(source);
      const namespace = node.ofKind("namespace_export");
      if (namespace) this.addImport(namespace, module, undefined, this.text(namespace.namedChildren[0]));
      else if (node.has("*")) this.addImport(node, module, "*", "");
      for (const specifier of node.ofKind("export_clause")?.namedChildren ?? []) {
        this.importSpecifier(specifier, module);
      }
      return;
    }
    for (const child of node.namedChildren) {
      if (child.kind !== "export_clause" && child.kind !== "namespace_export") this.statement(child);
    }
  }

  /** `const x = require("m")`, `const { a } = require("m")` and `const x = require("m").a`. */
  private requireImport(declarator: SyntaxNode): boolean {
    const value = unwrap(declarator.child("value"));
    const call = value?.kind === "member_expression" ? unwrap(value.child("object")) : value;
    if (call?.kind !== "call_expression" || call.child("function")?.text !== "require") return false;
    const source = call.child("arguments")?.namedChildren[0];
    const name = declarator.child("name");
    if (source?.kind !== "string" || !name) return false;
    const module = stringText(source);
    if (name.kind === "object_pattern" && value === call) {
      for (const pair of name.namedChildren) {
        const key = pair.child("key");
        const bound = pair.child("value");
        if (!key || !bound) continue;
        for (const local of bindingsOf(bound)) this.addImport(pair, module, keyText(key), this.text(local));
      }
    } else if (name.kind === "identifier") {
      const member = value === call ? undefined : this.text(value?.child("property"));
      this.addImport(declarator, module, member, this.text(name));
    } else {
      return false;
    }
    return true;
  }

  // Types

  private classDeclaration(node: SyntaxNode): void {
    const bound = node.kind === "class" ? placeOf(node) : undefined;
    const path = (bound?.path ?? [node.child("name")?.text ?? anonymous]).map((part) => this.detach(part));
    const name = path.at(-1) as string;
    const facts: TypeFacts = { ...this.newType(node, name, "class"), bases: this.classBases(node) };
    const scope: ClassScope = { name, owner: this.detach(this.qualified(path.join("."))) };
    this.types.push(facts);
    this.collect(() => {
      for (const decorator of decoratorsOf(node)) this.decorator(decorator);
      for (const member of node.child("body")?.namedChildren ?? []) this.classMember(member, facts, scope);
    });
  }

  private newType(node: SyntaxNode, name: string, form: TypeFacts["form"]): TypeFacts {
    const typeParameters = node.child("type_parameters")?.namedChildren ?? [];
    return {
      ...spanOf(node),
      name,
      form,
      typeParameters: typeParameters.map((parameter) => this.text(parameter.child("name"))),
      bases: [],
      fields: [],
      methods: [],
    };
  }

  private classBases(node: SyntaxNode): string[] {
    const bases: string[] = [];
    for (const part of node.ofKind("class_heritage")?.namedChildren ?? []) {
      if (part.kind === "implements_clause") {
        bases.push(...part.namedChildren.map((type) => this.shortText(type)));
      } else if (part.kind === "extends_clause") {
        for (const child of part.namedChildren) {
          const text = this.shortText(child);
          if (child.field === "type_arguments") bases.push(this.detach(`${bases.pop() ?? ""}${text}`));
          else bases.push(text);
        }
        this.collect(() => part.childrenOf("value").forEach((value) => void this.expression(value)));
      } else {
        bases.push(this.shortText(part));
        this.collect(() => this.expression(part));
      }
    }
    return bases;
  }

  private classMember(member: SyntaxNode, facts: TypeFacts, scope: ClassScope): void {
    switch (member.kind) {
      case "method_definition":
        addMethod(facts, this.method(member, scope, facts));
        return;
      case "abstract_method_signature":
      case "method_signature":
        addMethod(facts, this.detach(keyText(member.child("name") ?? member)));
        return;
      case "public_field_definition":
      case "field_definition":
        return this.classField(member, facts, scope);
      case "class_static_block":
        this.statements(member.child("body")?.children ?? []);
        return;
      case "decorator":
        return this.decorator(member);
      case "ERROR":
        for (const child of member.namedChildren) this.classMember(child, facts, scope);
        return;
    }
  }

  private classField(member: SyntaxNode, facts: TypeFacts, scope: ClassScope): void {
    const key = member.child("name") ?? member.child("property");
    if (!key) return;
    for (const decorator of decoratorsOf(member)) this.decorator(decorator);
    const name = this.detach(keyText(key));
    const value = member.child("value");
    const fn = unwrap(value);
    if (fn && isFunctionExpression(fn)) {
      addMethod(facts, name);
      this.addMember(fn, member, name, key, scope, "method");
      return;
    }
    const type = member.child("type");
    facts.fields.push({ ...spanOf(key), name, ...(type && { type: this.typeText(type) }) });
    if (value) this.expression(value);
  }

  private method(node: SyntaxNode, scope: ClassScope, facts: TypeFacts): string {
    const key = node.child("name") ?? node;
    const name = this.detach(keyText(key));
    const isConstructor = name === "constructor" && !node.has("static") && key.kind !== "computed_property_name";
    if (isConstructor) this.parameterProperties(node, facts);
    this.addMember(node, node, name, key, scope, isConstructor ? "constructor" : "method");
    return name;
  }

  private addMember(
    fn: SyntaxNode,
    member: SyntaxNode,
    name: string,
    nameNode: SyntaxNode,
    scope: ClassScope,
    form: FunctionFacts["form"],
  ): void {
    const modifiers = functionModifiers(fn);
    for (const modifier of memberModifiers(member)) if (!modifiers.includes(modifier)) modifiers.push(modifier);
    const decorators = decoratorsOf(member);
    this.addFunction(
      fn,
      {
        name,
        nameNode,
        form,
        typeName: scope.name,
        owner: scope.owner,
        parameters: this.parameters(fn),
        results: this.results(fn),
        modifiers,
        decorators: decorators.map((decorator) => this.detach(this.shortText(decorator).replace(/^@\s*/, ""))),
        doc: this.docAbove(decorators[0]?.parent === member.parent ? (decorators[0] as SyntaxNode) : member),
      },
      () => this.functionBody(fn),
    );
    for (const decorator of decorators) if (decorator.parent === member) this.decorator(decorator);
  }

  private parameterProperties(node: SyntaxNode, facts: TypeFacts): void {
    for (const parameter of parametersOf(node)) {
      const name = parameter.child("pattern");
      const type = parameter.child("type");
      if (!name || !isParameterProperty(parameter)) continue;
      facts.fields.push({ ...spanOf(name), name: this.text(name), ...(type && { type: this.typeText(type) }) });
    }
  }

  private decorator(node: SyntaxNode): void {
    for (const child of node.namedChildren) this.expression(child);
  }

  private interfaceDeclaration(node: SyntaxNode): void {
    const facts = this.newType(node, this.text(node.child("name")), "interface");
    const extended = node.ofKind("extends_type_clause", "extends_clause");
    facts.bases = (extended?.namedChildren ?? []).map((type) => this.shortText(type));
    this.typeMembers(node.child("body"), facts);
    this.types.push(facts);
  }

  private typeMembers(body: SyntaxNode | undefined, facts: TypeFacts): void {
    for (const member of body?.namedChildren ?? []) {
      const key = member.child("name");
      if (!key || (member.kind !== "property_signature" && member.kind !== "method_signature")) continue;
      const name = this.detach(keyText(key));
      const type = member.child("type");
      if (member.kind === "method_signature") addMethod(facts, name);
      else facts.fields.push({ ...spanOf(key), name, ...(type && { type: this.typeText(type) }) });
    }
  }

  private typeAlias(node: SyntaxNode): void {
    const facts = this.newType(node, this.text(node.child("name")), "alias");
    const value = node.child("value");
    const parts = value?.kind === "intersection_type" ? value.namedChildren : value ? [value] : [];
    for (const part of parts) {
      if (part.kind === "object_type") this.typeMembers(part, facts);
      else facts.bases.push(this.shortText(part));
    }
    this.types.push(facts);
  }

  private enumDeclaration(node: SyntaxNode): void {
    const facts = this.newType(node, this.text(node.child("name")), "enum");
    for (const member of node.child("body")?.namedChildren ?? []) {
      const key = member.kind === "enum_assignment" ? member.child("name") : member;
      if (key) facts.fields.push({ ...spanOf(key), name: this.detach(keyText(key)) });
    }
    this.types.push(facts);
  }

  private namespaceDeclaration(node: SyntaxNode): void {
    const name = node.child("name");
    const body = node.child("body") ?? node.ofKind("statement_block");
    const outer = this.namespace;
    if (name && name.kind !== "string") this.namespace = `${outer}${name.text.replace(/\s+/g, "")}.`;
    for (const child of body?.children ?? []) this.noteExports(child);
    this.outsideFunctions(body?.children ?? []);
    this.namespace = outer;
  }

  private qualified(path: string): string {
    return this.isInFunction ? path : `${this.namespace}${path}`;
  }

  private typeText(annotation: SyntaxNode | undefined): string {
    return this.shortText(annotation?.namedChildren[0]);
  }

  // Functions

  private functionDeclaration(node: SyntaxNode): void {
    const nameNode = node.child("name");
    if (!nameNode) return this.statements(node.child("body")?.children ?? []);
    const name = this.text(nameNode);
    const isExported = !this.isInFunction && (node.parent?.kind === "export_statement" || this.exportedNames.has(name));
    const index = this.addFunction(
      node,
      {
        name,
        nameNode,
        form: "function",
        owner: this.isInFunction ? undefined : this.namespace.slice(0, -1),
        parameters: this.parameters(node),
        results: this.results(node),
        modifiers: [...functionModifiers(node), ...(isExported ? (["exported"] as const) : [])],
        doc: this.docAbove(documentedNode(node)),
      },
      () => this.functionBody(node),
    );
    if (this.isInFunction) this.lambda(node, index);
  }

  private functionExpression(node: SyntaxNode): Value {
    const bound =
      node.kind === "method_definition" ? memberPlace(node, node.child("name")) : (placeOf(node) ?? ownPlace(node));
    const path = bound?.path.map((part) => this.detach(part)) ?? [];
    const name = path.at(-1) ?? "";
    const owner = this.detach(this.qualified(path.slice(0, -1).join(".")).replace(/\.$/, ""));
    const isMember = path.length > 1;
    const hasOwnThis = node.kind !== "arrow_function";
    const isTyped =
      isMember && hasOwnThis && !owner.startsWith(anonymous) && (bound?.isPrototype || !this.isInFunction);
    const index = this.addFunction(
      node,
      {
        name,
        nameNode: bound?.nameNode ?? node.children[0] ?? node,
        form: isMember && hasOwnThis ? "method" : name && !this.isInFunction ? "function" : "closure",
        typeName: isTyped ? owner : undefined,
        owner,
        parameters: this.parameters(node),
        results: this.results(node),
        modifiers: [...functionModifiers(node), ...(this.isExported(node, bound) ? (["exported"] as const) : [])],
        doc: name ? this.docAbove(documentedNode(node)) : undefined,
        isTest: this.isTestFile() && isTestCallback(node),
      },
      () => this.functionBody(node),
    );
    return this.lambda(node, index);
  }

  private isExported(node: SyntaxNode, bound: Place | undefined): boolean {
    if (!bound || this.isInFunction) return false;
    if (bound.isExported) return true;
    const declaration = bound.nameNode.parent?.kind === "variable_declarator" && bound.nameNode.parent.parent;
    if (!declaration || bound.path.length !== 1) return false;
    return declaration.parent?.kind === "export_statement" || this.exportedNames.has(bound.path[0] ?? node.text);
  }

  private parameters(node: SyntaxNode): ParameterFacts[] {
    return parametersOf(node).map((parameter) => {
      const { pattern, fallback, isRest } = parameterParts(parameter);
      const type = parameter.child("type");
      return {
        name: this.shortText(pattern, 60),
        ...(type && { type: this.typeText(type) }),
        ...(fallback && { default: this.shortText(fallback) }),
        ...(isRest && { rest: true }),
      };
    });
  }

  private results(node: SyntaxNode): string[] {
    const type = node.child("return_type");
    return type ? [this.typeText(type)] : [];
  }

  private functionBody(node: SyntaxNode): void {
    if (node.kind === "function_expression" || node.kind === "generator_function") {
      const ownName = node.child("name");
      if (ownName) this.declareLocal(this.text(ownName));
    }
    const parameters = parametersOf(node);
    for (const parameter of parameters) this.declareBindings(parameterParts(parameter).pattern);
    const body = node.child("body");
    if (body) this.hoist(body);
    for (const parameter of parameters) {
      const { pattern, fallback } = parameterParts(parameter);
      for (const decorator of decoratorsOf(parameter)) this.collect(() => this.decorator(decorator));
      if (fallback) this.expression(fallback);
      this.patternDefaults(pattern);
      if (!isParameterProperty(parameter)) continue;
      const value: Value = { ...spanOf(pattern), kind: "path", path: this.text(pattern) };
      this.emit({
        ...spanOf(parameter),
        kind: "write",
        path: this.detach(`this.${value.path}`),
        operator: "=",
        value,
        keys: [],
      });
    }
    if (body?.kind === "statement_block") this.statements(body.children);
    else if (body) this.emit({ ...spanOf(body), kind: "return", values: [this.expression(body)] });
  }

  /** Every name that the body binds is a local from its first line on, wherever the declaration stands. */
  private hoist(body: SyntaxNode): void {
    const stack = [body];
    for (let node = stack.pop(); node; node = stack.pop()) {
      switch (node.kind) {
        case "variable_declarator":
          this.declareBindings(node.child("name"));
          break;
        case "catch_clause":
          this.declareBindings(node.child("parameter"));
          break;
        case "for_in_statement":
          if (node.child("kind")) this.declareBindings(node.child("left"));
          break;
        case "assignment_expression":
          if (node.has("using")) this.declareBindings(node.child("left"));
          break;
        case "class_declaration":
        case "abstract_class_declaration":
        case "function_declaration":
        case "generator_function_declaration":
        case "enum_declaration":
          this.declareBindings(node.child("name"));
          break;
      }
      if (node !== body && (functionKinds.has(node.kind) || node.kind === "class_body")) continue;
      for (const child of node.children) if (child.children.length > 0) stack.push(child);
    }
  }

  private declareBindings(pattern: SyntaxNode | undefined): void {
    for (const name of pattern ? bindingsOf(pattern) : []) this.declareLocal(this.text(name));
  }

  private patternDefaults(pattern: SyntaxNode): void {
    for (const child of pattern.namedChildren) {
      if (child.field === "right" && pattern.kind === "assignment_pattern") this.expression(child);
      else if (child.kind === "computed_property_name") this.expression(child);
      else this.patternDefaults(child);
    }
  }

  // Statements

  private statements(nodes: readonly SyntaxNode[]): void {
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
      ...spanOf(assignment),
      kind: "scope",
      form: "resource",
      resource,
      variable: this.text(left) || undefined,
      body: this.collect(() => this.statements(rest)),
    });
  }

  private statement(node: SyntaxNode): void {
    if (node.isComment || !node.named) return;
    switch (node.kind) {
      case "statement_block":
      case "ERROR":
        return this.statements(node.children);
      case "expression_statement":
        return this.statements(node.namedChildren);
      case "import_statement":
        return this.importStatement(node);
      case "export_statement":
        return this.exportStatement(node);
      case "ambient_declaration":
        if (node.has("global")) return this.namespaceDeclaration(node);
        return this.statements(node.namedChildren);
      case "internal_module":
      case "module":
        return this.namespaceDeclaration(node);
      case "function_declaration":
      case "generator_function_declaration":
        return this.functionDeclaration(node);
      case "class_declaration":
      case "abstract_class_declaration":
        return this.classDeclaration(node);
      case "interface_declaration":
        return this.interfaceDeclaration(node);
      case "type_alias_declaration":
        return this.typeAlias(node);
      case "enum_declaration":
        return this.enumDeclaration(node);
      case "lexical_declaration":
      case "variable_declaration":
        for (const declarator of node.namedChildren) this.variable(node, declarator);
        return;
      case "labeled_statement": {
        this.declareLocal(this.text(node.child("label")));
        const body = node.child("body");
        if (body) this.statement(body);
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
          ...spanOf(node),
          kind: "return",
          values: node.namedChildren.map((child) => this.expression(child)),
        });
        return;
      case "throw_statement": {
        const [thrown] = node.namedChildren;
        this.emit({ ...spanOf(node), kind: "throw", value: thrown && this.expression(thrown) });
        return;
      }
      case "break_statement":
      case "continue_statement": {
        const form = node.kind === "break_statement" ? "break" : "continue";
        this.emit({ ...spanOf(node), kind: "jump", form, label: this.text(node.child("label")) || undefined });
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
        if (!typeKind.test(node.kind)) this.expression(node);
    }
  }

  private variable(declaration: SyntaxNode, declarator: SyntaxNode): void {
    if (declarator.kind !== "variable_declarator") return this.statement(declarator);
    const name = declarator.child("name");
    const value = declarator.child("value");
    const isImport = this.requireImport(declarator);
    if (!name) return;
    if (!this.isInFunction) {
      if (!isImport && isModuleLevel(declaration)) this.constant(declaration, declarator, name, value);
      if (value) this.expression(value);
      return;
    }
    if (declaration.parent?.kind === "ambient_declaration") return;
    if (value) {
      this.assignPattern(name, this.expression(value), declarator, true);
    } else if (name.kind === "identifier") {
      this.assignPattern(
        name,
        { ...spanOf(declarator), kind: "literal", type: "null", text: "undefined" },
        declarator,
        true,
      );
    }
  }

  private constant(
    declaration: SyntaxNode,
    declarator: SyntaxNode,
    name: SyntaxNode,
    value: SyntaxNode | undefined,
  ): void {
    const inner = unwrap(value);
    if (inner && (isFunctionExpression(inner) || inner.kind === "class")) return;
    const type = declarator.child("type");
    for (const binding of bindingsOf(name)) {
      this.constants.push({
        ...spanOf(binding),
        name: this.text(binding),
        ...(type && binding === name && { type: this.typeText(type) }),
        ...(value && binding === name && { value: this.shortText(value) }),
        mutable: !declaration.has("const"),
      });
    }
  }

  private ifStatement(node: SyntaxNode): void {
    const conditionNode = node.child("condition");
    const condition = conditionNode && this.expression(conditionNode);
    const arms: BranchArm[] = [];
    const consequence = node.child("consequence");
    if (consequence) arms.push(this.arm(consequence, () => this.statement(consequence)));
    const alternative = node.child("alternative");
    const otherwise = alternative?.kind === "else_clause" ? alternative.namedChildren[0] : alternative;
    if (otherwise) arms.push(this.arm(otherwise, () => this.statement(otherwise), [], true));
    this.emit({ ...spanOf(node), kind: "branch", form: "if", condition, arms });
  }

  private loop(node: SyntaxNode): void {
    const initializer = node.child("initializer");
    if (initializer) this.statement(initializer);
    const conditionNode = node.child("condition");
    let condition: Value | undefined;
    const lowerCondition = () => {
      if (conditionNode && conditionNode.kind !== "empty_statement") {
        const inner = conditionNode.kind === "expression_statement" ? conditionNode.namedChildren[0] : conditionNode;
        condition = inner && this.expression(inner);
      }
    };
    const isDo = node.kind === "do_statement";
    const header = isDo ? [] : this.collect(lowerCondition);
    const body = this.collect(() => {
      const statement = node.child("body");
      const increment = node.child("increment");
      if (statement) this.statement(statement);
      if (increment) this.expression(increment);
      if (isDo) lowerCondition();
    });
    const form = node.kind === "for_statement" ? "for" : "while";
    this.emit({ ...spanOf(node), kind: "loop", form, over: undefined, variables: [], condition, header, body });
  }

  private forIn(node: SyntaxNode): void {
    const overNode = node.child("right");
    const over = overNode && this.expression(overNode);
    const left = node.child("left");
    const declares = node.child("kind") !== undefined || node.has("using");
    const names = left ? bindingsOf(left).map((name) => this.text(name)) : [];
    if (declares) for (const name of names) this.declareLocal(name);
    const variables = names.length > 0 ? names : [this.shortText(left)];
    const body = this.collect(() => {
      const statement = node.child("body");
      if (left) this.patternDefaults(left);
      if (left && !declares && !variables.every((name) => this.isLocal(name))) {
        this.assignPattern(left, this.other(node, over && [over]), left, false);
      }
      if (statement) this.statement(statement);
    });
    this.emit({ ...spanOf(node), kind: "loop", form: "each", over, variables, condition: undefined, header: [], body });
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
    this.emit({ ...spanOf(node), kind: "branch", form: "switch", condition, arms });
  }

  private tryStatement(node: SyntaxNode): void {
    const body = this.collect(() => this.statements(node.child("body")?.children ?? []));
    const catches: CatchArm[] = node.childrenOf("handler").map((handler) => {
      const parameter = handler.child("parameter");
      this.declareBindings(parameter);
      const steps = this.collect(() => this.statements(handler.child("body")?.children ?? []));
      return { ...spanOf(handler), types: [], variable: this.shortText(parameter) || undefined, steps };
    });
    const finalizer = node.child("finalizer")?.child("body");
    const last = finalizer ? this.collect(() => this.statements(finalizer.children)) : [];
    this.emit({ ...spanOf(node), kind: "try", body, catches, finally: last });
  }

  // Assignments

  private assignPattern(pattern: SyntaxNode, value: Value, span: Span, declares: boolean): void {
    switch (pattern.kind) {
      case "object_pattern":
        for (const child of pattern.namedChildren) this.assignMember(child, value, declares);
        return;
      case "array_pattern": {
        const items = elementsOf(pattern, this.input.text);
        for (const { node, index } of items) this.assignElement(node, index, value, declares);
        return;
      }
      case "assignment_pattern":
      case "object_assignment_pattern": {
        const left = pattern.child("left");
        const right = pattern.child("right");
        const filled = this.shortCircuit(pattern, "??", value, () =>
          right ? this.expression(right) : this.other(pattern),
        );
        if (left) this.assignPattern(left, filled, span, declares);
        return;
      }
      case "rest_pattern": {
        const [inner] = pattern.namedChildren;
        if (inner) this.assignPattern(inner, this.other(pattern, [value]), span, declares);
        return;
      }
      default:
        this.store(span, this.target(pattern), "=", value, declares);
    }
  }

  private assignMember(child: SyntaxNode, value: Value, declares: boolean): void {
    const key = child.child("key");
    const target = child.child("value");
    if (child.kind !== "pair_pattern" || !key || !target)
      return this.assignPattern(child, this.other(child, [value]), child, declares);
    const isReachable = value.kind === "path" || value.kind === "call";
    if (!isReachable) return this.assignPattern(target, this.other(child, [value]), child, declares);
    if (key.kind === "computed_property_name") {
      const computed = this.expression(key);
      return this.assignPattern(target, this.read(this.element(child, value, computed)), child, declares);
    }
    const path = this.detach(`${this.pathThrough(value)}.${keyText(key)}`);
    const keys = value.kind === "path" ? value.keys : undefined;
    this.assignPattern(
      target,
      this.read({ ...spanOf(child), kind: "path", path, ...(keys && { keys }) }),
      child,
      declares,
    );
  }

  private assignElement(target: SyntaxNode, index: number, value: Value, declares: boolean): void {
    if (target.kind === "rest_pattern") return this.assignPattern(target, value, target, declares);
    if (value.kind === "composite" && value.form === "list" && value.parts.every((part) => !isSpread(part))) {
      return this.assignPattern(target, value.parts[index] ?? this.other(target), target, declares);
    }
    if (value.kind !== "path" && value.kind !== "call") {
      return this.assignPattern(target, this.other(target, [value]), target, declares);
    }
    const key: Value = { ...spanOf(target), kind: "literal", type: "number", text: String(index) };
    this.assignPattern(target, this.read(this.element(target, value, key)), target, declares);
  }

  private element(node: Span, object: Value, key: Value): Value {
    const keys = [...(object.kind === "path" ? (object.keys ?? []) : []), key];
    return { ...spanOf(node), kind: "path", path: this.detach(`${this.pathThrough(object)}[]`), keys };
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
    const one: Value = { ...spanOf(node), kind: "literal", type: "number", text: "1" };
    this.store(node, target, node.child("operator")?.text === "--" ? "-" : "+", one, false);
    return target;
  }

  // Expressions

  private expressions(nodes: readonly SyntaxNode[]): Value[] {
    return nodes.map((node) => this.expression(node));
  }

  private expression(node: SyntaxNode): Value {
    if (transparentKinds.has(node.kind)) {
      const inner = wrapped(node);
      return inner ? this.expression(inner) : this.other(node);
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
      return inner ? this.target(inner) : this.other(node);
    }
    switch (node.kind) {
      case "identifier":
      case "property_identifier":
      case "private_property_identifier":
      case "type_identifier":
      case "this":
      case "super":
        return { ...spanOf(node), kind: "path", path: this.text(node) };
      case "meta_property":
        return { ...spanOf(node), kind: "path", path: node.has("import") ? "import.meta" : "new.target" };
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
        this.emit({ ...spanOf(node), kind: "yield", value: yielded && this.expression(yielded) });
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
        return { ...spanOf(node), kind: "composite", form: "list", parts: this.expressions(node.namedChildren) };
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
    return { ...spanOf(node), kind: "path", path, ...(keys && { keys }) };
  }

  private callExpression(node: SyntaxNode, extra: Pick<CallStep, "awaited"> = {}): Value {
    const callee = node.child("function");
    const args = node.child("arguments");
    if (callee?.kind === "import") return this.call(node, "import", this.expressions(args?.namedChildren ?? []), extra);
    const calleeValue = callee ? this.target(callee) : this.other(node);
    const values =
      args?.kind === "template_string" ? [this.template(args)] : this.expressions(args?.namedChildren ?? []);
    const path = calleeValue.kind === "lambda" ? "<lambda>" : this.pathThrough(calleeValue);
    return this.call(node, path, values, extra);
  }

  private newExpression(node: SyntaxNode): Value {
    const type = node.child("constructor");
    const target = type ? this.target(type) : this.other(node);
    const args = this.expressions(node.child("arguments")?.namedChildren ?? []);
    return this.call(node, this.pathThrough(target), args, { constructs: true });
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
    this.store(node, target, "delete", { ...spanOf(node), kind: "literal", type: "null", text: "undefined" }, false);
    return this.operation(node, operator, [target]);
  }

  private ternary(node: SyntaxNode): Value {
    const conditionNode = node.child("condition");
    const condition = conditionNode ? this.expression(conditionNode) : this.other(node);
    const values: Value[] = [];
    const arms = ["consequence", "alternative"].map((field) => {
      const child = node.child(field) ?? node;
      return this.arm(
        child,
        () => values.push(child === node ? this.other(node) : this.expression(child)),
        [],
        field === "alternative",
      );
    });
    if (arms.some((arm) => arm.steps.some((step) => step.kind !== "read"))) {
      this.emit({ ...spanOf(node), kind: "branch", form: "conditional", condition, arms });
    } else {
      for (const arm of arms) for (const step of arm.steps) this.emit(step);
    }
    const [then = this.other(node), otherwise = this.other(node)] = values;
    return { ...spanOf(node), kind: "conditional", condition, then, else: otherwise };
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
    return { ...spanOf(node), kind: "composite", form: "object", ...(keys.length > 0 && { keys }), parts };
  }

  private expressionOfKey(key: SyntaxNode): Value {
    return key.kind === "computed_property_name" ? this.expression(key) : this.target(key);
  }

  private template(node: SyntaxNode): Value {
    const parts = node.namedChildren.map((child): Value => {
      if (child.kind === "template_substitution") return this.expression(child);
      return { ...spanOf(child), kind: "literal", type: "string", text: this.shortText(child, 200) };
    });
    return { ...spanOf(node), kind: "composite", form: "template", parts };
  }

  private jsxElement(node: SyntaxNode): Value {
    const tag = node.kind === "jsx_element" ? node.child("open_tag") : node;
    const name = tag?.child("name");
    const keys: Value[] = [];
    const parts: Value[] = [];
    for (const attribute of tag?.childrenOf("attribute") ?? []) {
      const [key, value] = attribute.kind === "jsx_attribute" ? attribute.namedChildren : [undefined, attribute];
      keys.push(key ? { ...spanOf(key), kind: "path", path: this.text(key) } : this.other(attribute));
      parts.push(
        value ? this.expression(value) : { ...spanOf(attribute), kind: "literal", type: "boolean", text: "true" },
      );
    }
    const content = node.namedChildren.filter(
      (child) => child.field === undefined && !(child.kind === "jsx_text" && child.start === child.end),
    );
    const children = node.kind === "jsx_element" ? this.expressions(content) : [];
    const isComponent = name !== undefined && (name.kind === "member_expression" || /^[A-Z_$]/.test(name.text));
    const properties: Value = {
      ...spanOf(tag ?? node),
      kind: "composite",
      form: "object",
      ...(keys.length > 0 && { keys }),
      parts,
    };
    if (isComponent) return this.call(node, name.text.replace(/\s+/g, ""), [properties, ...children]);
    return this.other(node, parts.length > 0 ? [properties, ...children] : children);
  }
}

function stringText(node: SyntaxNode | undefined): string {
  return node ? node.text.slice(1, -1) : "";
}

function addMethod(facts: TypeFacts, name: string): void {
  if (!facts.methods.includes(name)) facts.methods.push(name);
}

function isFunctionExpression(node: SyntaxNode): boolean {
  return node.kind === "arrow_function" || node.kind === "function_expression" || node.kind === "generator_function";
}

/** The name a function expression gives itself. */
function ownPlace(node: SyntaxNode): Place | undefined {
  const name = node.child("name");
  return name && { path: [name.text], nameNode: name, isPrototype: false, isExported: false };
}

/** The declaration that a comment about a function stands above. */
function documentedNode(node: SyntaxNode): SyntaxNode {
  const above = new Set([
    "variable_declarator",
    "lexical_declaration",
    "variable_declaration",
    "export_statement",
    "pair",
  ]);
  let outer = node;
  for (let parent = node.parent; parent; parent = parent.parent) {
    const isAbove =
      above.has(parent.kind) || parent.kind === "assignment_expression" || parent.kind === "expression_statement";
    if (!isAbove && !transparentKinds.has(parent.kind) && parent.kind !== "ambient_declaration") break;
    outer = parent;
    if (parent.kind === "pair") break;
  }
  return outer;
}

/** Decorators inside the node, and those that stand before it in a class body. */
function decoratorsOf(node: SyntaxNode): SyntaxNode[] {
  const inside = node.children.filter((child) => child.kind === "decorator");
  const siblings = node.parent?.kind === "class_body" ? node.parent.namedChildren : [];
  const before: SyntaxNode[] = [];
  for (let i = siblings.indexOf(node) - 1; i >= 0 && siblings[i]?.kind === "decorator"; i--) {
    before.unshift(siblings[i] as SyntaxNode);
  }
  const outer =
    node.parent?.kind === "export_statement" ? node.parent.children.filter((child) => child.kind === "decorator") : [];
  return [...outer, ...before, ...inside];
}

function functionModifiers(node: SyntaxNode): Modifier[] {
  const modifiers: Modifier[] = [];
  if (node.has("async")) modifiers.push("async");
  if (node.has("*")) modifiers.push("generator");
  if (node.kind !== "method_definition") return modifiers;
  if (node.has("get")) modifiers.push("getter");
  if (node.has("set")) modifiers.push("setter");
  return modifiers;
}

function memberModifiers(node: SyntaxNode): Modifier[] {
  const modifiers: Modifier[] = [];
  if (node.has("static")) modifiers.push("static");
  const access = node.ofKind("accessibility_modifier")?.text ?? "public";
  const isPrivate = (node.child("name") ?? node.child("property"))?.kind === "private_property_identifier";
  if (access === "public" && !isPrivate) modifiers.push("public");
  return modifiers;
}

function parametersOf(node: SyntaxNode): SyntaxNode[] {
  const list = node.child("parameters");
  return (list?.namedChildren ?? []).filter(
    (parameter) => parameter.kind !== "ERROR" && parameter.child("pattern")?.kind !== "this",
  );
}

function parameterParts(parameter: SyntaxNode): {
  pattern: SyntaxNode;
  fallback: SyntaxNode | undefined;
  isRest: boolean;
} {
  const isAssignment = parameter.kind === "assignment_pattern";
  const outer = parameter.child("pattern") ?? (isAssignment ? parameter.child("left") : undefined) ?? parameter;
  const isRest = outer.kind === "rest_pattern";
  const pattern = (isRest && outer.namedChildren[0]) || outer;
  return { pattern, fallback: parameter.child(isAssignment ? "right" : "value"), isRest };
}

function isParameterProperty(parameter: SyntaxNode): boolean {
  return parameter.has("accessibility_modifier") || parameter.has("readonly") || parameter.has("override_modifier");
}

/** The names a pattern binds. */
function bindingsOf(pattern: SyntaxNode): SyntaxNode[] {
  switch (pattern.kind) {
    case "identifier":
    case "type_identifier":
      return [pattern];
    case "pair_pattern": {
      const value = pattern.child("value");
      return value ? bindingsOf(value) : [];
    }
    case "assignment_pattern":
    case "object_assignment_pattern": {
      const left = pattern.child("left");
      return left ? bindingsOf(left) : [];
    }
    case "object_pattern":
    case "array_pattern":
    case "rest_pattern":
      return pattern.namedChildren.flatMap(bindingsOf);
    default:
      return [];
  }
}

/** Elements of an array pattern with their places; holes leave no node, only their commas in the text. */
function elementsOf(pattern: SyntaxNode, source: string): { node: SyntaxNode; index: number }[] {
  let index = 0;
  let from = pattern.start;
  return pattern.namedChildren.map((node) => {
    index += source.slice(from, node.start).split(",").length - 1;
    from = node.end;
    return { node, index };
  });
}

function isSpread(value: Value): boolean {
  return value.kind === "operation" && value.operator === "...";
}

function usingOf(statement: SyntaxNode): SyntaxNode | undefined {
  const [child] = statement.namedChildren;
  const assignment = child?.kind === "await_expression" ? child.namedChildren[0] : child;
  return assignment?.kind === "assignment_expression" && assignment.has("using") ? assignment : undefined;
}

function isModuleLevel(declaration: SyntaxNode): boolean {
  let outer = declaration.parent;
  while (
    outer &&
    (outer.kind === "export_statement" || outer.kind === "ambient_declaration" || outer.kind === "ERROR")
  ) {
    outer = outer.parent;
  }
  if (!outer || outer.kind === "program") return true;
  return outer.kind === "statement_block" && /module$/.test(outer.parent?.kind ?? "");
}

/** Without the `break` that only ends the arm; an arm that runs on into the next one says so. */
function endOfCase(steps: Step[], arm: Span, isLast: boolean): Step[] {
  const last = steps.at(-1);
  if (last?.kind === "jump" && last.form === "break" && last.label === undefined) return steps.slice(0, -1);
  if (isLast || leaves(last)) return steps;
  return [...steps, { ...spanOf(arm), kind: "jump", form: "fallthrough", label: undefined }];
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

/** A callback handed to `it`, `test` or one of their variants: `it.each(rows)("title", () => {})`. */
function isTestCallback(node: SyntaxNode): boolean {
  const call = node.parent?.kind === "arguments" ? node.parent.parent : undefined;
  let callee = call?.kind === "call_expression" ? call.child("function") : undefined;
  while (callee) {
    if (callee.kind === "identifier") return testCalls.has(callee.text);
    if (callee.kind === "member_expression") {
      if (!testVariants.test(callee.child("property")?.text ?? "")) return false;
      callee = callee.child("object");
    } else {
      callee = callee.kind === "call_expression" ? callee.child("function") : undefined;
    }
  }
  return false;
}
