import type { Span } from "../base/text";
import type {
  ExportFacts,
  FunctionFacts,
  MethodFacts,
  ParameterFacts,
  TypeFacts,
  TypeParameterFacts,
  Value,
  VariableFacts,
} from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { type LanguageGrammar, type LoweredFile, type LoweringInput, newType } from "./lowerer";
import { TypeScriptBodyLowerer } from "./typescriptBody";
import {
  anonymous,
  functionKinds,
  keyText,
  memberPlace,
  type Place,
  placeOf,
  recursiveName,
  unwrap,
} from "./typescriptNames";
import {
  bindingsOf,
  boundVariables,
  decoratorsOf,
  documentedNode,
  functionModifiers,
  isFunctionExpression,
  isModuleLevel,
  isParameterProperty,
  isTestCallback,
  memberModifiers,
  ownPlace,
  parameterParts,
  parametersOf,
  stringText,
} from "./typescriptNodes";
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

interface ClassScope {
  name: string;
  /** With the namespaces and objects around it. */
  owner: string;
}

export class TypeScriptLowerer extends TypeScriptBodyLowerer {
  /** Names of the namespaces around, with a dot after each. */
  private namespace = "";
  private readonly exportedNames = new Set<string>();
  private readonly exports: ExportFacts[] = [];
  /** The class whose method is being lowered, while `this` is an instance of it. */
  private ownType: TypeFacts | undefined;

  constructor(input: LoweringInput) {
    super(input, grammar);
  }

  override lower(): LoweredFile {
    const lowered = super.lower();
    if (this.exports.length > 0) lowered.facts.exports = this.exports;
    return lowered;
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
        const name = specifier.child("name");
        if (name) this.addExport(keyText(specifier.child("alias") ?? name), name);
      }
      const value = node.child("value") ?? node.ofKind("identifier");
      if (value?.kind === "identifier") this.addExport("default", value);
      const declared = node.has("default") ? node.child("declaration")?.child("name") : undefined;
      if (declared) this.exports.push({ name: "default", localName: this.text(declared) });
      return;
    }
    const assignment = node.kind === "expression_statement" ? node.ofKind("assignment_expression") : undefined;
    const target = assignment?.child("left");
    if (!target || !/^(module\.)?exports\b/.test(target.text)) return;
    const right = assignment?.child("right");
    if (right?.kind === "identifier") {
      this.addExport(exportedAs(target.text) ?? "default", right);
    } else if (right?.kind === "object") {
      for (const pair of right.namedChildren) {
        const key = pair.child("key");
        const value = pair.child("value");
        if (key && value?.kind === "identifier") this.addExport(keyText(key), value);
      }
    }
  }

  private addExport(name: string, local: SyntaxNode): void {
    const localName = this.text(local);
    this.exportedNames.add(localName);
    this.addExportedName(name, localName);
  }

  private addExportedName(name: string, localName: string): void {
    if (!this.exports.some((known) => known.name === name && known.localName === localName))
      this.exports.push({ name: this.detach(name), localName });
  }

  private outsideFunctions(nodes: readonly SyntaxNode[]): void {
    for (const node of nodes) this.statement(node);
  }

  protected declaration(node: SyntaxNode): boolean {
    switch (node.kind) {
      case "import_statement":
        this.importStatement(node);
        return true;
      case "export_statement":
        this.exportStatement(node);
        return true;
      case "ambient_declaration":
        if (node.has("global")) this.namespaceDeclaration(node);
        else this.statements(node.namedChildren);
        return true;
      case "internal_module":
      case "module":
        this.namespaceDeclaration(node);
        return true;
      case "function_declaration":
      case "generator_function_declaration":
        this.functionDeclaration(node);
        return true;
      case "class_declaration":
      case "abstract_class_declaration":
        this.classDeclaration(node);
        return true;
      case "interface_declaration":
        this.interfaceDeclaration(node);
        return true;
      case "type_alias_declaration":
        this.typeAlias(node);
        return true;
      case "enum_declaration":
        this.enumDeclaration(node);
        return true;
      default:
        return false;
    }
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

  private importSpecifier(specifier: SyntaxNode, module: string, exported = false): void {
    const name = specifier.child("name");
    if (!name) return;
    const member = name.kind === "string" ? keyText(name) : name.text;
    const alias = specifier.child("alias") ?? name;
    this.addImport(specifier, module, member, alias.kind === "string" ? keyText(alias) : this.text(alias), exported);
  }

  private addImport(span: Span, module: string, member: string | undefined, localName: string, exported = false): void {
    this.imports.push({
      start: span.start,
      end: span.end,
      module: this.detach(module),
      ...(member !== undefined && { member: this.detach(member) }),
      localName: this.detach(localName),
      ...(exported && { exported }),
    });
  }

  private exportStatement(node: SyntaxNode): void {
    const source = node.child("source");
    if (source) {
      const module = stringText(source);
      const namespace = node.ofKind("namespace_export");
      if (namespace) this.addImport(namespace, module, undefined, this.text(namespace.namedChildren[0]), true);
      else if (node.has("*")) this.addImport(node, module, "*", "", true);
      for (const specifier of node.ofKind("export_clause")?.namedChildren ?? []) {
        this.importSpecifier(specifier, module, true);
      }
      return;
    }
    const value = node.child("value");
    if (value && !this.isInFunction) {
      this.exportValue("default", value, this.expression(value));
      return;
    }
    for (const child of node.namedChildren) {
      if (child.kind !== "export_clause" && child.kind !== "namespace_export") this.statement(child);
    }
  }

  /** A value that only its export names: `export default connect(App)`, `exports.db = new Database()`. */
  private exportValue(name: string, span: Span, value: Value): void {
    const [source] = value.kind === "call" && value.callee === "require" ? value.arguments : [];
    if (source?.kind === "literal") return this.addImport(span, source.text, undefined, name, true);
    const origin = value.kind === "lambda" ? undefined : this.valueOrigin(value);
    if (origin === undefined || (value.kind === "path" && /^[\w$]+$/.test(value.path))) return;
    this.constants.push({
      start: span.start,
      end: span.end,
      name: this.detach(name),
      origin: this.detach(origin),
      mutable: false,
    });
  }

  private exportModule(span: Span, value: Value): void {
    if (value.kind !== "composite") return this.exportValue("default", span, value);
    value.parts.forEach((part, i) => {
      const key = value.keys?.[i];
      if (key?.kind === "path") this.exportValue(key.path, key, part);
    });
  }

  protected noteMember(path: string, span: Span, value: Value): void {
    if (!this.isInFunction) {
      if (path === "module.exports") this.exportModule(span, value);
      const name = exportedAs(path);
      if (name) this.exportValue(name, span, value);
      return;
    }
    const facts = this.ownType;
    const name = facts && /^this\.([\w$#]+)$/.exec(path)?.[1];
    if (!facts || !name || facts.methods.some((method) => method.name === name)) return;
    const known = facts.fields.find((field) => field.name === name);
    if (known?.type || known?.origin) return;
    const origin = this.fieldOrigin(value, facts);
    if (known) {
      if (origin) known.origin = origin;
    } else {
      facts.fields.push({ start: span.start, end: span.end, name: this.detach(name), ...(origin && { origin }) });
    }
  }

  /** Where a field's value comes from, unless a local says so. */
  private fieldOrigin(value: Value, facts: TypeFacts): string | undefined {
    const origin = this.valueOrigin(value);
    if (origin === undefined) return undefined;
    const root = /^[\w$]+/.exec(origin)?.[0];
    if (root === "this") return this.detach(`<${facts.name}>${origin.slice(4)}`);
    return root && this.isLocal(root) ? undefined : this.detach(origin);
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

  protected classDeclaration(node: SyntaxNode): void {
    const bound = node.kind === "class" ? placeOf(node) : undefined;
    const path = (bound?.path ?? [node.child("name")?.text ?? anonymous]).map((part) => this.detach(part));
    const name = path.at(-1) as string;
    const bases = this.classBases(node);
    const facts: TypeFacts = {
      ...this.newType(node, name, "class"),
      bases,
      ...(extendsClass(node) && { extended: bases[0] as string }),
      ...(decoratorsOf(node).length > 0 && { decorated: true }),
    };
    const scope: ClassScope = { name, owner: this.detach(this.qualified(path.join("."))) };
    this.types.push(facts);
    const outerType = this.ownType;
    this.collect(() => {
      for (const decorator of decoratorsOf(node)) this.decorator(decorator);
      for (const member of node.child("body")?.namedChildren ?? []) this.classMember(member, facts, scope);
    });
    this.ownType = outerType;
  }

  private newType(node: SyntaxNode, name: string, form: TypeFacts["form"]): TypeFacts {
    return newType(node, name, form, { typeParameters: this.typeParameters(node) });
  }

  private typeParameters(node: SyntaxNode): TypeParameterFacts[] {
    const list = node.child("type_parameters");
    if (!list) return [];
    return list.namedChildren.map((parameter) => {
      const bound = parameter.child("constraint")?.namedChildren[0];
      return { name: this.text(parameter.child("name")), ...(bound && { bound: this.shortText(bound) }) };
    });
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
        for (const value of part.childrenOf("value")) this.expression(value);
      } else {
        bases.push(this.shortText(part));
        this.expression(part);
      }
    }
    return bases;
  }

  private classMember(member: SyntaxNode, facts: TypeFacts, scope: ClassScope): void {
    switch (member.kind) {
      case "method_definition":
        this.method(member, scope, facts);
        return;
      case "abstract_method_signature":
      case "method_signature":
        addMethod(facts, this.bodilessMethod(member));
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
      addMethod(facts, { name });
      this.addMember(fn, member, name, key, scope, "method", facts);
      return;
    }
    const type = member.child("type");
    const lowered = value && this.expression(value);
    const origin = type || !lowered ? undefined : this.fieldOrigin(lowered, facts);
    facts.fields.push({
      start: key.start,
      end: key.end,
      name,
      ...(type && { type: this.typeText(type) }),
      ...(origin && { origin }),
    });
  }

  private method(node: SyntaxNode, scope: ClassScope, facts: TypeFacts): void {
    const key = node.child("name") ?? node;
    const name = this.detach(keyText(key));
    const isConstructor = name === "constructor" && !node.has("static") && key.kind !== "computed_property_name";
    if (isConstructor) this.parameterProperties(node, facts);
    addMethod(facts, { name });
    this.addMember(node, node, name, key, scope, isConstructor ? "constructor" : "method", facts);
  }

  private bodilessMethod(node: SyntaxNode): MethodFacts {
    return { name: this.detach(keyText(node.child("name") ?? node)), results: this.results(node) };
  }

  private addMember(
    fn: SyntaxNode,
    member: SyntaxNode,
    name: string,
    nameNode: SyntaxNode,
    scope: ClassScope,
    form: FunctionFacts["form"],
    facts: TypeFacts,
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
        typeParameters: this.typeParameters(fn),
        parameters: this.parameters(fn),
        results: this.results(fn),
        modifiers,
        decorators: decorators.map((decorator) => this.detach(this.shortText(decorator).replace(/^@\s*/, ""))),
        doc: this.docAbove(decorators[0]?.parent === member.parent ? (decorators[0] as SyntaxNode) : member),
      },
      () => {
        this.ownType = member.has("static") ? undefined : facts;
        this.functionBody(fn);
        this.ownType = undefined;
      },
    );
    for (const decorator of decorators) if (decorator.parent === member) this.decorator(decorator);
  }

  private parameterProperties(node: SyntaxNode, facts: TypeFacts): void {
    for (const parameter of parametersOf(node)) {
      const name = parameter.child("pattern");
      const type = parameter.child("type");
      if (!name || !isParameterProperty(parameter)) continue;
      facts.fields.push({
        start: name.start,
        end: name.end,
        name: this.text(name),
        ...(type && { type: this.typeText(type) }),
      });
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
      if (member.kind === "method_signature") addMethod(facts, this.bodilessMethod(member));
      else facts.fields.push({ start: key.start, end: key.end, name, ...(type && { type: this.typeText(type) }) });
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
      if (key) facts.fields.push({ start: key.start, end: key.end, name: this.detach(keyText(key)) });
    }
    this.types.push(facts);
  }

  private namespaceDeclaration(node: SyntaxNode): void {
    const name = node.child("name");
    const body = node.child("body") ?? node.ofKind("statement_block");
    const outer = this.namespace;
    const types = this.types.length;
    const constants = this.constants.length;
    if (name && name.kind !== "string") this.namespace = `${outer}${name.text.replace(/\s+/g, "")}.`;
    for (const child of body?.children ?? []) this.noteExports(child);
    this.outsideFunctions(body?.children ?? []);
    if (this.namespace !== outer) {
      const own = this.namespace.slice(0, -1);
      for (const inner of [...this.types.slice(types), ...this.constants.slice(constants)])
        if (!inner.name.includes(".")) this.addExportedName(`${own}.${inner.name}`, inner.name);
      this.namespaceTypes(own, node);
    }
    this.namespace = outer;
  }

  /** A namespace is reached as an object is; so is each one around it in `namespace A.B {}`. */
  private namespaceTypes(name: string, span: Span): void {
    for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
      const own = name.slice(0, end);
      if (!this.types.some((type) => type.name === own)) this.types.push(newType(span, this.detach(own), "struct"));
    }
  }

  private qualified(path: string): string {
    return this.isInFunction ? path : `${this.namespace}${path}`;
  }

  // Functions

  private functionDeclaration(node: SyntaxNode): void {
    const nameNode = node.child("name");
    if (!nameNode) return this.statements(node.child("body")?.children ?? []);
    const name = this.text(nameNode);
    const owner = this.isInFunction ? undefined : this.namespace.slice(0, -1);
    // Inside a namespace its functions go by their own names.
    if (owner) this.exports.push({ name, localName: this.detach(`${owner}.${name}`) });
    const isExported = !this.isInFunction && (node.parent?.kind === "export_statement" || this.exportedNames.has(name));
    const index = this.addFunction(
      node,
      {
        name,
        nameNode,
        form: "function",
        owner,
        typeParameters: this.typeParameters(node),
        parameters: this.parameters(node),
        results: this.results(node),
        modifiers: [...functionModifiers(node), ...(isExported ? (["exported"] as const) : [])],
        doc: this.docAbove(documentedNode(node)),
      },
      () => this.innerBody(node),
    );
    if (this.isInFunction) this.lambda(node, index);
  }

  protected functionExpression(node: SyntaxNode): Value {
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
        typeParameters: this.typeParameters(node),
        parameters: this.parameters(node),
        results: this.results(node),
        modifiers: [...functionModifiers(node), ...(this.isExported(bound) ? (["exported"] as const) : [])],
        doc: name ? this.docAbove(documentedNode(node)) : undefined,
        isTest: this.isTestFile() && isTestCallback(node),
      },
      () => this.innerBody(node),
    );
    return this.lambda(node, index);
  }

  private isExported(bound: Place | undefined): boolean {
    if (!bound || this.isInFunction) return false;
    if (bound.isExported) return true;
    const declaration = bound.nameNode.parent?.kind === "variable_declarator" && bound.nameNode.parent.parent;
    if (!declaration || bound.path.length !== 1) return false;
    return declaration.parent?.kind === "export_statement" || this.exportedNames.has(bound.path[0] as string);
  }

  private parameters(node: SyntaxNode): ParameterFacts[] {
    return parametersOf(node).map((parameter) => {
      const { pattern, fallback, isRest } = parameterParts(parameter);
      const type = parameter.child("type");
      const isPattern = pattern.kind === "object_pattern" || pattern.kind === "array_pattern";
      return {
        name: this.shortText(pattern, 60),
        ...(type && { type: this.typeText(type) }),
        ...(fallback && { default: this.shortText(fallback) }),
        ...(isRest && { rest: true }),
        ...(isPattern && { parts: this.partsOf(pattern, type?.namedChildren[0]) }),
      };
    });
  }

  private partsOf(pattern: SyntaxNode, type: SyntaxNode | undefined): VariableFacts[] {
    return boundVariables(pattern, "", type, this.input.text).map((bound) => ({
      name: this.text(bound.name),
      ...(bound.type ? { type: this.shortText(bound.type) } : { origin: this.detach(bound.origin ?? "") }),
    }));
  }

  private results(node: SyntaxNode): string[] {
    const type = node.child("return_type");
    return type ? [this.typeText(type)] : [];
  }

  /** What a function inside a method captures, and often its `this`, is not the method's. */
  private innerBody(node: SyntaxNode): void {
    const outerType = this.ownType;
    this.ownType = undefined;
    this.functionBody(node);
    this.ownType = outerType;
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
      const value: Value = { start: pattern.start, end: pattern.end, kind: "path", path: this.text(pattern) };
      this.emit({
        start: parameter.start,
        end: parameter.end,
        kind: "write",
        path: this.detach(`this.${value.path}`),
        operator: "=",
        value,
        keys: [],
      });
    }
    if (body?.kind === "statement_block") this.statements(body.children);
    else if (body) this.emit({ start: body.start, end: body.end, kind: "return", values: [this.expression(body)] });
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

  // Variables outside functions

  protected bindOutside(declaration: SyntaxNode, declarator: SyntaxNode, value: Value | undefined): void {
    const name = declarator.child("name");
    if (this.requireImport(declarator) || !name || this.isInFunction || !isModuleLevel(declaration)) return;
    this.constant(declaration, declarator, name, value);
  }

  /**
   * An object that a variable holds, when its members are worth following: its functions are declared as `name.member`,
   * its other members are fields. What it spreads and the type it is declared with are bases.
   */
  private objectType(declarator: SyntaxNode, value: Value): void {
    const name = this.qualified(this.text(declarator.child("name")));
    const type = declarator.child("type");
    const facts = this.objectFacts(name, value, type ? [this.typeText(type)] : []);
    if (facts) this.types.push(facts);
  }

  private objectFacts(name: string, value: Value, bases: string[]): TypeFacts | undefined {
    if (value.kind !== "composite" || value.form !== "object") return undefined;
    const facts = newType(value, this.detach(name), "struct", { bases });
    let isTelling = false;
    value.parts.forEach((part, i) => {
      const key = value.keys?.[i];
      const spread = part.kind === "operation" && part.operator === "..." ? part.operands[0] : undefined;
      if (spread?.kind === "path" && /^[\w$.]+$/.test(spread.path)) {
        bases.push(spread.path);
        isTelling = true;
      }
      const member = key?.kind === "path" ? key.path : key?.kind === "literal" ? key.text : undefined;
      if (!key || member === undefined) return;
      if (part.kind === "lambda") {
        isTelling = true;
        return;
      }
      const inner = this.objectFacts(`${name}.${member}`, part, []);
      if (inner) {
        this.types.push(inner);
        isTelling = true;
        return;
      }
      const origin = this.valueOrigin(part);
      if (origin === undefined) return;
      facts.fields.push({ start: key.start, end: key.end, name: this.detach(member), origin: this.detach(origin) });
      isTelling ||= !literalOrigin.test(origin);
    });
    return isTelling ? facts : undefined;
  }

  private constant(
    declaration: SyntaxNode,
    declarator: SyntaxNode,
    name: SyntaxNode,
    lowered: Value | undefined,
  ): void {
    const value = declarator.child("value");
    const inner = unwrap(value);
    if (inner && (isFunctionExpression(inner) || inner.kind === "class")) return;
    const isWhole = name.kind === "identifier";
    if (isWhole && lowered && inner?.kind === "object") this.objectType(declarator, lowered);
    const { type: written, origin: known } = this.declaredType(declarator.child("type"));
    const origin = written ? `<${written}>` : (known ?? (lowered && this.valueOrigin(lowered)));
    for (const bound of boundVariables(name, origin, undefined, this.input.text)) {
      this.constants.push({
        start: bound.name.start,
        end: bound.name.end,
        name: this.text(bound.name),
        ...(written && isWhole && { type: written }),
        ...(bound.origin !== undefined && !(written && isWhole) && { origin: this.detach(bound.origin) }),
        ...(value && isWhole && { value: this.shortText(value) }),
        mutable: !declaration.has("const"),
      });
    }
  }
}

const literalOrigin = /^<(?:string|number|boolean|list|RegExp)>$/;

/** The name under which `exports.name = ` or `module.exports.name = ` exports a value. */
function exportedAs(path: string): string | undefined {
  return /^(?:module\.)?exports\.([\w$]+)$/.exec(path)?.[1];
}

function addMethod(facts: TypeFacts, method: MethodFacts): void {
  if (!facts.methods.some(({ name }) => name === method.name)) facts.methods.push(method);
}

/** What a class extends is written before what it implements. */
function extendsClass(node: SyntaxNode): boolean {
  const [first] = node.ofKind("class_heritage")?.namedChildren ?? [];
  return first !== undefined && first.kind !== "implements_clause";
}
