import type { Span } from "../base/text";
import type { FieldFacts, FunctionFacts, MethodFacts, TypeFacts, Value } from "../model/facts";
import { heldByKey } from "../model/keptFunctions";
import { noteBound } from "../model/madeWith";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { type LanguageGrammar, type LoweredFile, type LoweringInput, newType } from "./lowerer";
import { TypeScriptFunctionLowerer } from "./typescriptFunctions";
import { exportedAs } from "./typescriptModules";
import { anonymous, functionKinds, keyText, placeOf, recursiveName, unwrap } from "./typescriptNames";
import {
  boundVariables,
  decoratorsOf,
  documentedNode,
  functionModifiers,
  isFunctionExpression,
  isModuleLevel,
  isParameterProperty,
  memberModifiers,
  parametersOf,
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

export class TypeScriptLowerer extends TypeScriptFunctionLowerer {
  constructor(input: LoweringInput) {
    super(input, grammar);
  }

  override lower(): LoweredFile {
    const lowered = super.lower();
    if (this.exports.length > 0) lowered.facts.exports = this.exports;
    return lowered;
  }

  protected isTestFile(): boolean {
    return /(^|\/)(__tests__|tests?|e2e)\/|[.-](test|spec)\.[cm]?[jt]sx?$/.test(this.input.path);
  }

  protected lowerFile(root: SyntaxNode): void {
    settleTree(root, this.input.text, this.input.language);
    for (const node of root.children) this.noteExports(node);
    this.outsideFunctions(root.children);
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
    const field = known ?? { start: span.start, end: span.end, name: this.detach(name) };
    if (!known) facts.fields.push(field);
    noteBound(field, this.input.text.slice(value.start, value.end), (text) => this.detach(text));
    if (field.type || field.origin) return;
    const origin = this.fieldOrigin(value, facts);
    const given = origin === undefined ? this.givenPath(value) : undefined;
    if (origin) field.origin = origin;
    else if (given) field.given ??= given;
  }

  private givenPath(value: Value): string | undefined {
    const path = this.valueOrigin(value);
    return path === undefined ? undefined : this.fromParameter(path);
  }

  /** Where a field's value comes from, unless a local says so. */
  private fieldOrigin(value: Value, facts: TypeFacts): string | undefined {
    const origin = this.valueOrigin(value);
    if (origin === undefined) return undefined;
    const root = /^[\w$]+/.exec(origin)?.[0];
    if (root === "this") return this.detach(`<${facts.name}>${origin.slice(4)}`);
    return root && this.isLocal(root) ? undefined : this.detach(origin);
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
    const documented = this.docAbove(documentedNode(node)) !== undefined;
    return newType(node, name, form, { typeParameters: this.typeParameters(node), documented });
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
    const holds = lowered && heldByKey(lowered);
    const field: FieldFacts = {
      start: key.start,
      end: key.end,
      name,
      ...(type && { type: this.typeText(type) }),
      ...(origin && { origin }),
      ...(holds && { holds }),
    };
    noteBound(field, value?.text, (text) => this.detach(text));
    facts.fields.push(field);
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

function addMethod(facts: TypeFacts, method: MethodFacts): void {
  if (!facts.methods.some(({ name }) => name === method.name)) facts.methods.push(method);
}

/** What a class extends is written before what it implements. */
function extendsClass(node: SyntaxNode): boolean {
  const [first] = node.ofKind("class_heritage")?.namedChildren ?? [];
  return first !== undefined && first.kind !== "implements_clause";
}
