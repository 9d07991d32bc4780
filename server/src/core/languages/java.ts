import { spanOf } from "../base/text";
import type { FieldFacts, Modifier, ParameterFacts, TypeFacts, TypeParameterFacts, Value } from "../model/facts";
import { heldByKey } from "../model/keptFunctions";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { JavaBodyLowerer } from "./javaBody";
import type { ObjectMethod } from "./javaExpressions";
import { addImpliedMembers, type DeclaredField, lockedByLombok, lockOfLombok } from "./javaImplied";
import { noteLocks } from "./javaLocks";
import { type ClassScope, recursiveName } from "./javaNames";
import { functionKinds, hasEffect, hasModifier, isMemberName, membersOf, typeAround, typeForms } from "./javaNodes";
import { type FunctionHeader, type LanguageGrammar, type LoweringInput, newType } from "./lowerer";

const grammar: LanguageGrammar = {
  metrics: {
    roles: {
      if_statement: "if",
      for_statement: "loop",
      enhanced_for_statement: "loop",
      while_statement: "loop",
      do_statement: "loop",
      switch_expression: "switch",
      catch_clause: "catch",
      ternary_expression: "conditional",
      lambda_expression: "function",
      method_declaration: "function",
      constructor_declaration: "function",
      compact_constructor_declaration: "function",
      static_initializer: "function",
    },
    logicalOperator: (node) => {
      const operator = node.kind === "binary_expression" ? node.child("operator")?.kind : undefined;
      return operator === "&&" || operator === "||" ? operator : undefined;
    },
    operands: (node) => [node.child("left"), node.child("right")],
    transparentParentheses: "parenthesized_expression",
    isLabelledJump: (node) =>
      (node.kind === "break_statement" || node.kind === "continue_statement") && node.has("identifier"),
    isCase: (node) => node.kind === "switch_label" && node.has("case"),
    calledName: recursiveName,
  },
  shape: {
    isVariable: (node) => node.kind === "identifier" && !isMemberName(node),
    isInvisible: () => false,
    transparentKinds: new Set(["parenthesized_expression", "expression_statement", "block"]),
  },
};

const testAnnotations = new Set([
  "Test",
  "ParameterizedTest",
  "RepeatedTest",
  "TestFactory",
  "TestTemplate",
  "Theory",
  "Property",
]);

export class JavaLowerer extends JavaBodyLowerer {
  private anonymousClasses = 0;
  private lastTopLevelClass: Omit<ClassScope, "locals"> | undefined;

  constructor(input: LoweringInput) {
    super(input, grammar);
  }

  protected isTestFile(): boolean {
    return /(Test|Tests|TestCase|[a-z0-9]IT)\.java$|(^|\/)src\/test\//.test(this.input.path);
  }

  protected lowerFile(root: SyntaxNode): void {
    this.brokenMembers(root.children);
  }

  // Members

  private member(node: SyntaxNode): void {
    // A brace too few or too many ends a class early: what follows still belongs to it.
    const strayedFrom = this.scopes.isOutermost && this.input.hasErrors ? this.lastTopLevelClass : undefined;
    if (strayedFrom && functionKinds.has(node.kind)) {
      return this.scopes.inClass(strayedFrom, () => void this.methodDeclaration(node));
    }
    switch (node.kind) {
      case "package_declaration":
        this.packageName = this.text(node.ofKind("scoped_identifier", "identifier"));
        return;
      case "import_declaration":
        return this.importDeclaration(node);
      case "enum_constant":
        return this.enumConstant(node);
      case "field_declaration":
      case "constant_declaration":
        this.collect(() => this.fieldInitializers(node));
        return;
      case "static_initializer":
        return this.initializer(node, "static {}");
      case "block":
        return this.initializer(node, "init {}");
      case "ERROR":
        return this.brokenMembers(node.children);
      default:
        if (functionKinds.has(node.kind)) this.methodDeclaration(node);
        else if (node.kind in typeForms) this.typeDeclaration(node, this.scopes.current.owner);
        // What is left of a damaged file may hold functions in places where the language has none.
        else if (node.named && this.input.hasErrors) this.collect(() => this.statement(node));
    }
  }

  protected declaration(node: SyntaxNode): boolean {
    if (functionKinds.has(node.kind)) this.methodDeclaration(node);
    else if (node.kind in typeForms) this.typeDeclaration(node, this.isInFunction ? "" : this.scopes.current.owner);
    else return false;
    return true;
  }

  /** A class that did not parse as a whole leaves its header and its members side by side. */
  private brokenMembers(nodes: readonly SyntaxNode[]): void {
    const header = nodes.findIndex(
      (node, i) =>
        !node.named && /^(class|interface|enum|record)$/.test(node.kind) && nodes[i + 1]?.kind === "identifier",
    );
    for (const node of header < 0 ? nodes : nodes.slice(0, header)) this.member(node);
    if (header < 0) return;
    const members = nodes.slice(header + 2);
    const nameNode = nodes[header + 1] as SyntaxNode;
    const simpleName = this.text(nameNode);
    const owner = this.detach(this.scopes.current.owner ? `${this.scopes.current.owner}.${simpleName}` : simpleName);
    const form = nodes[header]?.kind as TypeFacts["form"];
    const isInterface = form === "interface";
    const facts = newType(nameNode, owner, form);
    for (const member of members) this.describeMember(member, facts, isInterface);
    this.types.push(facts);
    const fields = this.fieldsIn(members, isInterface);
    this.scopes.inClass({ owner, typeName: owner, simpleName, isInterface, isTestCase: false, fields }, () =>
      this.brokenMembers(members),
    );
  }

  private importDeclaration(node: SyntaxNode): void {
    const name = node.ofKind("scoped_identifier", "identifier");
    if (!name) return;
    const span = spanOf(node);
    if (node.has("asterisk")) {
      this.imports.push({ start: span.start, end: span.end, module: this.text(name), member: "*", localName: "*" });
      return;
    }
    const localName = this.text(name.child("name") ?? name);
    if (node.has("static")) {
      this.imports.push({
        start: span.start,
        end: span.end,
        module: this.text(name.child("scope")),
        member: localName,
        localName,
      });
    } else {
      this.imports.push({ start: span.start, end: span.end, module: this.text(name), localName });
    }
  }

  private fieldInitializers(node: SyntaxNode): void {
    for (const declarator of node.childrenOf("declarator")) {
      const value = declarator.child("value");
      const holds = value && heldByKey(this.expression(value));
      const type = holds && this.types.find(({ name }) => name === this.scopes.current.typeName);
      const field = type?.fields.find(({ name }) => name === this.text(declarator.child("name")));
      if (field && holds) field.holds = holds;
    }
  }

  private initializer(node: SyntaxNode, name: string): void {
    if (!hasEffect(node)) return;
    this.addFunction(
      node,
      {
        name,
        nameNode: node.children[0] ?? node,
        form: "function",
        typeName: this.scopes.current.typeName,
        owner: this.scopes.current.owner,
        parameters: [],
        modifiers: name.startsWith("static") ? ["static"] : [],
      },
      () => this.block(node),
    );
  }

  // Types

  private typeDeclaration(node: SyntaxNode, outerOwner: string): void {
    const simpleName = this.text(node.child("name"));
    const owner = this.detach(outerOwner && simpleName ? `${outerOwner}.${simpleName}` : simpleName || outerOwner);
    const typeName = simpleName ? this.scopes.nestedName(simpleName) : owner;
    const form = typeForms[node.kind] ?? "class";
    const isInterface = form === "interface";
    const body = node.child("body");
    const members = membersOf(body);
    const superclass = node.child("superclass")?.namedChildren[0];
    const typeParameters = this.typeParameters(node);
    const bases = [superclass, ...this.listedTypes(node)].flatMap((base) => (base ? [this.shortText(base)] : []));
    const facts = newType(node, typeName, form, {
      typeParameters,
      bases,
      documented: this.docAbove(node) !== undefined,
    });
    if (superclass) facts.extended = bases[0] as string;
    for (const component of node.child("parameters")?.namedChildren ?? [])
      facts.fields.push(...this.component(component));
    for (const member of members) this.describeMember(member, facts, isInterface);
    noteLocks(members, facts.fields, (text) => this.detach(text));
    if (simpleName)
      this.types.push(facts, ...addImpliedMembers(facts, this.annotations(node), this.declaredFields(members)));
    const fields = new Map(this.fieldsIn(members, isInterface));
    for (const field of facts.fields) if (!fields.has(field.name)) fields.set(field.name, false);
    const isTestCase = /TestCase$/.test(superclass?.text ?? "");
    const scope = { owner, typeName: typeName || undefined, simpleName, isInterface, isTestCase, fields };
    if (this.scopes.isOutermost) this.lastTopLevelClass = scope;
    this.scopes.inClass(scope, () => {
      for (const child of body?.children ?? []) {
        if (child.kind === "enum_body_declarations") for (const inner of child.children) this.member(inner);
        else this.member(child);
      }
    });
  }

  /** The fields of a class with what is written before them, where that may add methods to the class. */
  private declaredFields(members: SyntaxNode[]): DeclaredField[] {
    return members.flatMap((member) => {
      if (member.kind !== "field_declaration") return [];
      const annotations = this.annotations(member);
      const isStatic = hasModifier(member, "static");
      return member.childrenOf("declarator").map((declarator) => ({
        name: this.text(declarator.child("name")),
        type: this.declaredType(member, declarator),
        isStatic,
        annotations,
      }));
    });
  }

  private typeParameters(declaration: SyntaxNode): TypeParameterFacts[] {
    const list = declaration.child("type_parameters");
    if (!list) return [];
    return list.namedChildren.map((parameter) => {
      const name = this.text(parameter.ofKind("type_identifier", "identifier"));
      const bound = parameter.ofKind("type_bound");
      return bound ? { name, bound: this.detach(this.shortText(bound).replace(/^extends\s+/, "")) } : { name };
    });
  }

  private listedTypes(node: SyntaxNode): SyntaxNode[] {
    const list = node.child("interfaces") ?? node.ofKind("extends_interfaces");
    return list?.namedChildren.flatMap((child) => (child.kind === "type_list" ? child.namedChildren : [child])) ?? [];
  }

  private component(parameter: SyntaxNode): FieldFacts[] {
    return this.parameter(parameter).map(({ name, type }) => ({
      start: parameter.start,
      end: parameter.end,
      name,
      ...(type && { type }),
    }));
  }

  private fieldsIn(members: SyntaxNode[], isInterface: boolean): Map<string, boolean> {
    const fields = new Map<string, boolean>();
    for (const member of members) {
      if (member.kind === "enum_constant") fields.set(this.text(member.child("name")), true);
      if (member.kind !== "field_declaration" && member.kind !== "constant_declaration") continue;
      const isStatic = isInterface || member.kind === "constant_declaration" || hasModifier(member, "static");
      for (const declarator of member.childrenOf("declarator")) {
        fields.set(this.text(declarator.child("name")), isStatic);
      }
    }
    return fields;
  }

  private describeMember(member: SyntaxNode, facts: TypeFacts, isInterface: boolean): void {
    const nameNode = member.child("name");
    switch (member.kind) {
      case "method_declaration":
      case "annotation_type_element_declaration":
        facts.methods.push({
          name: this.text(nameNode),
          ...(!member.child("body") && { results: this.resultsOf(member) }),
        });
        return;
      case "enum_constant": {
        const name = this.text(nameNode);
        facts.fields.push({ start: (nameNode ?? member).start, end: (nameNode ?? member).end, name, type: facts.name });
        this.constants.push({
          start: (nameNode ?? member).start,
          end: (nameNode ?? member).end,
          name: this.detach(`${facts.name}.${name}`),
          type: facts.name,
          ...(member.has("argument_list") && { value: this.shortText(member.child("arguments")) }),
          mutable: false,
        });
        return;
      }
      case "field_declaration":
      case "constant_declaration":
        for (const declarator of member.childrenOf("declarator")) {
          const name = this.text(declarator.child("name"));
          const span = spanOf(declarator.child("name") ?? declarator);
          const type = this.declaredType(member, declarator);
          const made = this.madeType(declarator);
          facts.fields.push({
            start: span.start,
            end: span.end,
            name,
            type,
            ...(made && { made }),
            ...(isSelfGuarded(declarator.child("value")) && { guardsItself: true }),
            ...(hasModifier(member, "volatile") && { volatile: true }),
          });
          const isConstant = isInterface || member.kind === "constant_declaration";
          if (!isConstant && !hasModifier(member, "static")) continue;
          const value = declarator.child("value");
          this.constants.push({
            start: span.start,
            end: span.end,
            name: this.detach(`${facts.name}.${name}`),
            type,
            ...(value && { value: this.shortText(value) }),
            mutable: !isConstant && !hasModifier(member, "final"),
          });
        }
    }
  }

  private madeType(declarator: SyntaxNode): string | undefined {
    const value = declarator.child("value");
    const made =
      value?.kind === "object_creation_expression" ? value.child("type")?.text.replace(/<.*$/s, "") : undefined;
    return made && this.detach(made);
  }

  private enumConstant(node: SyntaxNode): void {
    this.collect(() => this.expressions(node.child("arguments")));
    const body = node.child("body");
    if (!body) return;
    const { owner, typeName } = this.scopes.current;
    const name = this.text(node.child("name"));
    const members = membersOf(body);
    const facts = newType(node, this.scopes.nestedName(name), "class", { bases: typeName ? [typeName] : [] });
    for (const member of members) this.describeMember(member, facts, false);
    this.types.push(facts);
    this.scopes.inClass(
      {
        owner: this.detach(`${owner}.${name}`),
        typeName: facts.name,
        simpleName: undefined,
        isInterface: false,
        isTestCase: false,
        fields: this.fieldsIn(members, false),
      },
      () => {
        for (const child of body.children) this.member(child);
      },
    );
  }

  /** An object with functions in it, made where it stands: its field initialisers run here. */
  protected anonymousClass(body: SyntaxNode, base: string): ObjectMethod[] {
    const methods: ObjectMethod[] = [];
    const owner =
      this.isInFunction || !this.scopes.current.owner
        ? "<anonymous>"
        : this.detach(`${this.scopes.current.owner}.<anonymous>`);
    const members = membersOf(body);
    const fields = this.fieldsIn(members, false);
    const typeName = this.scopes.nestedName(`$${++this.anonymousClasses}`);
    const facts = newType(body, typeName, "class", { bases: [base] });
    for (const member of members) this.describeMember(member, facts, false);
    this.types.push(facts);
    this.scopes.inClass(
      { owner, typeName, simpleName: undefined, isInterface: false, isTestCase: false, fields },
      () => {
        for (const member of body.children) {
          if (member.kind === "method_declaration") {
            const nameNode = member.child("name");
            const value = this.lambda(member, this.methodDeclaration(member));
            if (nameNode)
              methods.push({
                name: { start: nameNode.start, end: nameNode.end, kind: "path", path: this.text(nameNode) },
                value,
              });
          } else if (member.kind === "field_declaration") {
            this.fieldInitializers(member);
          } else {
            this.member(member);
          }
        }
      },
    );
    return methods;
  }

  // Functions

  private methodDeclaration(node: SyntaxNode): number {
    const nameNode = node.child("name");
    if (!nameNode) return -1;
    const name = this.text(nameNode);
    const isMethod = node.kind === "method_declaration";
    const annotations = this.annotations(node);
    const isTest =
      annotations.some((annotation) =>
        testAnnotations.has(
          annotation
            .replace(/\([\s\S]*$/, "")
            .replace(/^.*\./, "")
            .trim(),
        ),
      ) ||
      (this.scopes.current.isTestCase && isMethod && name.startsWith("test"));
    return this.addFunction(
      node,
      {
        name,
        nameNode,
        form: isMethod ? "method" : "constructor",
        typeName: this.scopes.current.typeName,
        owner: this.scopes.current.owner,
        typeParameters: this.typeParameters(node),
        parameters: this.parametersOf(node),
        results: this.resultsOf(node),
        modifiers: this.modifiers(node),
        decorators: annotations,
        doc: this.docAbove(node),
        isTest,
      },
      () => this.methodBody(node),
    );
  }

  private parametersOf(node: SyntaxNode): ParameterFacts[] {
    if (node.kind !== "compact_constructor_declaration") return this.parameters(node.child("parameters"));
    return this.parameters(typeAround(node)?.child("parameters"));
  }

  private annotations(node: SyntaxNode): string[] {
    return (node.ofKind("modifiers")?.namedChildren ?? []).map((annotation) =>
      this.detach(this.shortText(annotation).replace(/^@\s*/, "")),
    );
  }

  private modifiers(node: SyntaxNode): Modifier[] {
    const modifiers: Modifier[] = [];
    const isStatic = hasModifier(node, "static");
    if (isStatic) modifiers.push("static");
    const isBodiless = node.kind === "method_declaration" && !node.child("body");
    if (hasModifier(node, "abstract") || (this.scopes.current.isInterface && isBodiless)) modifiers.push("abstract");
    if (hasModifier(node, "public") || (this.scopes.current.isInterface && !hasModifier(node, "private")))
      modifiers.push("public");
    return modifiers;
  }

  private methodBody(node: SyntaxNode): void {
    const body = node.child("body");
    const modifiers = node.ofKind("modifiers");
    const generated = modifiers?.namedChildren.find((child) => lockedByLombok.test(child.text));
    const keyword = modifiers?.ofKind("synchronized") ?? generated;
    if (!body || !keyword) return this.block(body);
    const own = hasModifier(node, "static") ? `${this.scopes.current.simpleName}.class` : "this";
    const path = (generated && lockOfLombok(generated.text)) ?? own;
    this.emit({
      start: body.start,
      end: body.end,
      kind: "scope",
      form: "synchronized",
      resource: { start: keyword.start, end: keyword.end, kind: "path", path: this.detach(path) },
      variable: undefined,
      body: this.collect(() => this.block(body)),
    });
  }

  private parameters(list: SyntaxNode | undefined): ParameterFacts[] {
    if (list?.kind === "identifier") return [{ name: this.text(list) }];
    return (list?.namedChildren ?? []).flatMap((node) => this.parameter(node));
  }

  private parameter(node: SyntaxNode): ParameterFacts[] {
    switch (node.kind) {
      case "identifier":
      case "underscore_pattern":
        return [{ name: this.text(node) }];
      case "formal_parameter":
        return [{ name: this.text(node.child("name")), type: this.declaredType(node) }];
      case "spread_parameter": {
        const declarator = node.ofKind("variable_declarator");
        const type = node.namedChildren.find((child) => child !== declarator && child.kind !== "modifiers");
        return [{ name: this.text(declarator?.child("name")), type: this.shortText(type), rest: true }];
      }
      default:
        return [];
    }
  }

  private resultsOf(method: SyntaxNode): string[] {
    const type = method.child("type");
    return type && type.kind !== "void_type" ? [this.declaredType(method)] : [];
  }

  protected lambdaExpression(node: SyntaxNode): Value {
    const body = node.child("body");
    const isField = !this.isInFunction;
    const header: FunctionHeader = {
      name: "",
      nameNode: node.child("parameters") ?? node,
      form: "closure",
      typeName: isField ? this.scopes.current.typeName : undefined,
      owner: isField ? this.scopes.current.owner : undefined,
      parameters: this.parameters(node.child("parameters")),
    };
    const lowerBody = () => {
      if (!body || body.kind === "block") return this.block(body);
      this.emit({ start: body.start, end: body.end, kind: "return", values: [this.expression(body)] });
    };
    return this.lambda(node, this.addFunction(node, header, lowerBody));
  }
}

/** What puts a collection into one that takes care of itself is known by its name: `Tides.synchronize(new TreeMap())`. */
function isSelfGuarded(value: SyntaxNode | undefined): boolean {
  if (value?.kind !== "method_invocation") return false;
  return /^(?:synchroni[sz]ed?|concurrent)(?![a-z])/.test(value.child("name")?.text ?? "");
}
