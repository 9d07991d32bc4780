import type {
  BranchArm,
  CatchArm,
  FieldFacts,
  Modifier,
  ParameterFacts,
  Step,
  TypeFacts,
  TypeParameterFacts,
  Value,
  VariableFacts,
} from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { addImpliedMembers, type DeclaredField } from "./javaImplied";
import { type FunctionHeader, type LanguageGrammar, Lowerer, type LoweringInput, spanOf } from "./lowerer";

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
    calledName: (node) => (node.kind === "method_invocation" ? recursivelyCalledName(node) : undefined),
  },
  shape: {
    isVariable: (node) => node.kind === "identifier" && !isMemberName(node),
    isInvisible: () => false,
    transparentKinds: new Set(["parenthesized_expression", "expression_statement", "block"]),
  },
};

const classBodies = new Set(["class_body", "interface_body", "enum_body", "annotation_type_body"]);
const typeForms: Readonly<Record<string, TypeFacts["form"]>> = {
  class_declaration: "class",
  interface_declaration: "interface",
  annotation_type_declaration: "interface",
  enum_declaration: "enum",
  record_declaration: "record",
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
const effectKinds = new Set([
  "method_invocation",
  "object_creation_expression",
  "lambda_expression",
  "if_statement",
  "for_statement",
  "enhanced_for_statement",
  "while_statement",
  "do_statement",
  "switch_expression",
  "try_statement",
  "try_with_resources_statement",
  "synchronized_statement",
  "throw_statement",
]);

function isMemberName(node: SyntaxNode): boolean {
  if (node.field === "field") return true;
  const parent = node.parent;
  if (parent?.kind === "method_reference") return parent.namedChildren[0] !== node;
  return node.field === "name" && (parent?.kind === "method_invocation" || parent?.kind === "method_declaration");
}

/** The name of the method a call recurses into, found by scope and number of arguments as the compiler would begin. */
function recursivelyCalledName(call: SyntaxNode): string | undefined {
  const name = call.child("name")?.text;
  const object = call.child("object");
  if (!name || call.has("super")) return undefined;
  if (object && object.kind !== "this" && object.kind !== "identifier") return undefined;
  const method = methodAround(call, name);
  if (!method || !isBestOverload(method, name, call)) return undefined;
  const isOwn =
    object?.kind === "identifier"
      ? object.text === typeAround(method)?.child("name")?.text
      : !isHidden(method, name, call, object !== undefined);
  return isOwn ? name : undefined;
}

function methodAround(node: SyntaxNode, name: string): SyntaxNode | undefined {
  let outer = node.parent;
  while (outer && (outer.kind !== "method_declaration" || outer.child("name")?.text !== name)) outer = outer.parent;
  return outer;
}

/** Whether a class between the method and the call is what `this` or a plain name means there. */
function isHidden(method: SyntaxNode, name: string, call: SyntaxNode, isThroughThis: boolean): boolean {
  for (let outer = call.parent; outer && outer !== method; outer = outer.parent) {
    if (classBodies.has(outer.kind) && (isThroughThis || methodsNamed(outer, name).length > 0)) return true;
  }
  return false;
}

function typeAround(node: SyntaxNode): SyntaxNode | undefined {
  let outer = node.parent;
  while (outer && !(outer.kind in typeForms) && outer.kind !== "object_creation_expression") outer = outer.parent;
  return outer;
}

function membersOf(body: SyntaxNode | undefined): SyntaxNode[] {
  return (body?.namedChildren ?? []).flatMap((child) =>
    child.kind === "enum_body_declarations" ? child.namedChildren : [child],
  );
}

function methodsNamed(body: SyntaxNode, name: string): SyntaxNode[] {
  return membersOf(body).filter((node) => node.kind === "method_declaration" && node.child("name")?.text === name);
}

function formalParameters(method: SyntaxNode): SyntaxNode[] {
  return (method.child("parameters")?.namedChildren ?? []).filter(
    (parameter) => parameter.kind !== "receiver_parameter",
  );
}

function takes(method: SyntaxNode, count: number): boolean {
  const parameters = formalParameters(method);
  return parameters.at(-1)?.kind === "spread_parameter" ? count >= parameters.length - 1 : count === parameters.length;
}

/** Overloads often only convert their arguments and pass them on, so what is known of the arguments' types decides. */
function isBestOverload(method: SyntaxNode, name: string, call: SyntaxNode): boolean {
  const args = call.child("arguments")?.namedChildren ?? [];
  if (!takes(method, args.length)) return false;
  const body = method.parent;
  const others = body ? methodsNamed(body, name).filter((other) => other !== method && takes(other, args.length)) : [];
  if (others.length === 0) return true;
  const types = args.map((arg) => knownType(arg, method));
  const score = (candidate: SyntaxNode) => {
    const parameters = formalParameters(candidate);
    return types.filter((type, i) => type !== undefined && type === plainType(parameters[i])).length;
  };
  const own = score(method);
  return others.every((other) => score(other) <= own);
}

function plainType(declaration: SyntaxNode | undefined, name = declaration): string | undefined {
  const type = declaration?.child("type");
  return type && withoutTypeArguments(type.text) + (name?.child("dimensions")?.text ?? "");
}

function knownType(value: SyntaxNode, method: SyntaxNode): string | undefined {
  switch (value.kind) {
    case "string_literal":
      return "String";
    case "decimal_integer_literal":
      return /l$/i.test(value.text) ? "long" : "int";
    case "true":
    case "false":
      return "boolean";
    case "cast_expression":
    case "object_creation_expression":
      return plainType(value);
    case "identifier": {
      const parameter = formalParameters(method).find((node) => node.child("name")?.text === value.text);
      if (parameter) return plainType(parameter);
      for (const node of method.descendants()) {
        if (node.kind !== "variable_declarator" || node.child("name")?.text !== value.text) continue;
        return plainType(node.parent, node);
      }
    }
  }
  return undefined;
}

function withoutTypeArguments(type: string): string {
  let text = type.replace(/@[\w.]+(\([^()]*\))?\s*/g, "").replace(/\s+/g, "");
  while (/<[^<>]*>/.test(text)) text = text.replace(/<[^<>]*>/g, "");
  return text;
}

function hasModifier(node: SyntaxNode, modifier: string): boolean {
  return node.ofKind("modifiers")?.has(modifier) ?? false;
}

/** What `pathThrough` says of a value that is reached in no way it can write down. */
const unknownPath = "?";

/** Whether `+` with it makes a text. */
function isText(value: Value): boolean {
  if (value.kind === "literal") return value.type === "string";
  return value.kind === "operation" && value.operator === "+" && value.operands.some(isText);
}

/** A declared type, unless it is left to the compiler. */
function typed(type: string): { type: string } | undefined {
  return type && type !== "var" ? { type } : undefined;
}

/** Whether control never runs past the end of these steps. */
function leaves(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  switch (last?.kind) {
    case "return":
    case "throw":
    case "yield":
    case "jump":
      return true;
    case "scope":
      return leaves(last.body);
    case "try":
      return leaves(last.finally) || (leaves(last.body) && last.catches.every((arm) => leaves(arm.steps)));
    case "branch":
      return last.form === "if" && last.arms.length === 2 && last.arms.every((arm) => leaves(arm.steps));
    default:
      return false;
  }
}

/** What a switch arm ends with. */
function yielded(steps: readonly Step[]): Value[] {
  const last = steps.at(-1);
  if (last?.kind === "yield") return last.value ? [last.value] : [];
  if (last?.kind === "branch") return last.arms.flatMap((arm) => yielded(arm.steps));
  return last?.kind === "scope" ? yielded(last.body) : [];
}

interface ClassScope {
  /** How its methods are written in a symbol; empty outside every class. */
  owner: string;
  typeName: string | undefined;
  /** Absent for an anonymous class. */
  simpleName: string | undefined;
  isInterface: boolean;
  isTestCase: boolean;
  /** The declared fields, and whether they are static. */
  fields: ReadonlyMap<string, boolean>;
  /** Locals in scope that were declared inside this class, innermost last. */
  locals: string[];
}

export class JavaLowerer extends Lowerer {
  private scope: ClassScope = {
    owner: "",
    typeName: undefined,
    simpleName: undefined,
    isInterface: false,
    isTestCase: false,
    fields: new Map(),
    locals: [],
  };
  private readonly outerScopes: ClassScope[] = [];
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

  protected override declareLocal(name: string): void {
    super.declareLocal(name);
    this.scope.locals.push(name);
  }

  protected override addFunction(node: SyntaxNode, header: FunctionHeader, lowerBody: () => void): number {
    let index = -1;
    this.withLocals(() => {
      for (const parameter of header.parameters) this.scope.locals.push(parameter.name);
      index = super.addFunction(node, header, lowerBody);
    });
    return index;
  }

  /** Names declared by `lower` are out of scope after it. */
  private withLocals(lower: () => void): void {
    const { scope } = this;
    const count = scope.locals.length;
    lower();
    scope.locals.length = count;
  }

  private inClass(scope: Omit<ClassScope, "locals">, lower: () => void): void {
    this.outerScopes.push(this.scope);
    this.scope = { ...scope, locals: [] };
    lower();
    this.scope = this.outerScopes.pop() as ClassScope;
  }

  /** A field is the same place whether or not `this.` or its class is written before it. */
  private placeOf(name: string): string {
    let scope: ClassScope | undefined = this.scope;
    for (let i = this.outerScopes.length; scope; scope = this.outerScopes[--i]) {
      if (scope.locals.includes(name)) return name;
      const isStatic = scope.fields.get(name);
      if (isStatic === undefined) continue;
      if (isStatic) return scope.simpleName ? this.detach(`${scope.owner}.${name}`) : name;
      if (scope === this.scope) return this.detach(`this.${name}`);
      return scope.simpleName ? this.detach(`${scope.simpleName}.this.${name}`) : name;
    }
    return name;
  }

  private member(node: SyntaxNode): void {
    // A brace too few or too many ends a class early: what follows still belongs to it.
    const strayedFrom = this.outerScopes.length === 0 && this.input.hasErrors ? this.lastTopLevelClass : undefined;
    if (strayedFrom && /^(method|constructor|compact_constructor)_declaration$/.test(node.kind)) {
      return this.inClass(strayedFrom, () => void this.methodDeclaration(node));
    }
    switch (node.kind) {
      case "package_declaration":
        this.packageName = this.text(node.ofKind("scoped_identifier", "identifier"));
        return;
      case "import_declaration":
        return this.importDeclaration(node);
      case "class_declaration":
      case "interface_declaration":
      case "annotation_type_declaration":
      case "enum_declaration":
      case "record_declaration":
        return this.typeDeclaration(node, this.scope.owner);
      case "enum_constant":
        return this.enumConstant(node);
      case "field_declaration":
      case "constant_declaration":
        return this.fieldInitializers(node);
      case "method_declaration":
      case "constructor_declaration":
      case "compact_constructor_declaration":
        this.methodDeclaration(node);
        return;
      case "static_initializer":
        return this.initializer(node, "static {}");
      case "block":
        return this.initializer(node, "init {}");
      case "ERROR":
        return this.brokenMembers(node.children);
      default:
        // What is left of a damaged file may hold functions in places where the language has none.
        if (node.named && this.input.hasErrors) this.collect(() => this.statement(node));
    }
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
    const owner = this.detach(this.scope.owner ? `${this.scope.owner}.${simpleName}` : simpleName);
    const form = nodes[header]?.kind as TypeFacts["form"];
    const isInterface = form === "interface";
    const facts: TypeFacts = {
      start: nameNode.start,
      end: nameNode.end,
      name: owner,
      form,
      typeParameters: [],
      bases: [],
      fields: [],
      methods: [],
    };
    for (const member of members) this.describeMember(member, facts, isInterface);
    this.types.push(facts);
    const fields = this.fieldsIn(members, isInterface);
    this.inClass({ owner, typeName: owner, simpleName, isInterface, isTestCase: false, fields }, () =>
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

  private typeDeclaration(node: SyntaxNode, outerOwner: string): void {
    const simpleName = this.text(node.child("name"));
    const owner = this.detach(outerOwner && simpleName ? `${outerOwner}.${simpleName}` : simpleName || outerOwner);
    const typeName = simpleName ? this.nestedName(simpleName) : owner;
    const form = typeForms[node.kind] ?? "class";
    const isInterface = form === "interface";
    const body = node.child("body");
    const members = membersOf(body);
    const superclass = node.child("superclass")?.namedChildren[0];
    const facts: TypeFacts = {
      start: node.start,
      end: node.end,
      name: typeName,
      form,
      typeParameters: this.typeParameters(node),
      bases: [superclass, ...this.listedTypes(node)].flatMap((base) => (base ? [this.shortText(base)] : [])),
      fields: [],
      methods: [],
    };
    for (const component of node.child("parameters")?.namedChildren ?? [])
      facts.fields.push(...this.component(component));
    for (const member of members) this.describeMember(member, facts, isInterface);
    if (simpleName)
      this.types.push(facts, ...addImpliedMembers(facts, this.annotations(node), this.declaredFields(members)));
    const fields = new Map(this.fieldsIn(members, isInterface));
    for (const field of facts.fields) if (!fields.has(field.name)) fields.set(field.name, false);
    const isTestCase = /TestCase$/.test(superclass?.text ?? "");
    const scope = { owner, typeName: typeName || undefined, simpleName, isInterface, isTestCase, fields };
    if (this.outerScopes.length === 0) this.lastTopLevelClass = scope;
    this.inClass(scope, () => {
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

  /** A type is named by the types around it, however many functions are between. */
  private nestedName(name: string): string {
    const { typeName } = this.scope;
    return typeName ? this.detach(`${typeName}.${name}`) : name;
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
          const made = this.madeType(declarator, type);
          facts.fields.push({
            start: span.start,
            end: span.end,
            name,
            type,
            ...(made && { made }),
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

  private madeType(declarator: SyntaxNode, declared: string): string | undefined {
    const value = declarator.child("value");
    const made =
      value?.kind === "object_creation_expression" ? value.child("type")?.text.replace(/<.*$/s, "") : undefined;
    return made && !declared.startsWith(made) ? this.detach(made) : undefined;
  }

  private resultsOf(method: SyntaxNode): string[] {
    const type = method.child("type");
    return type && type.kind !== "void_type" ? [this.declaredType(method)] : [];
  }

  private declaredType(declaration: SyntaxNode, name: SyntaxNode = declaration): string {
    return this.detach(this.shortText(declaration.child("type")) + (name.child("dimensions")?.text ?? ""));
  }

  private enumConstant(node: SyntaxNode): void {
    this.collect(() => this.expressions(node.child("arguments")));
    const body = node.child("body");
    if (!body) return;
    const { owner, typeName } = this.scope;
    const name = this.text(node.child("name"));
    const members = membersOf(body);
    const facts: TypeFacts = {
      start: node.start,
      end: node.end,
      name: this.nestedName(name),
      form: "class",
      typeParameters: [],
      bases: typeName ? [typeName] : [],
      fields: [],
      methods: [],
    };
    for (const member of members) this.describeMember(member, facts, false);
    this.types.push(facts);
    this.inClass(
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

  private fieldInitializers(node: SyntaxNode): void {
    this.collect(() => {
      for (const declarator of node.childrenOf("declarator")) {
        const value = declarator.child("value");
        if (value) this.expression(value);
      }
    });
  }

  private initializer(node: SyntaxNode, name: string): void {
    if (![...node.descendants()].some((inner) => effectKinds.has(inner.kind))) return;
    this.addFunction(
      node,
      {
        name,
        nameNode: node.children[0] ?? node,
        form: "function",
        typeName: this.scope.typeName,
        owner: this.scope.owner,
        parameters: [],
        modifiers: name.startsWith("static") ? ["static"] : [],
      },
      () => this.block(node),
    );
  }

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
      (this.scope.isTestCase && isMethod && name.startsWith("test"));
    return this.addFunction(
      node,
      {
        name,
        nameNode,
        form: isMethod ? "method" : "constructor",
        typeName: this.scope.typeName,
        owner: this.scope.owner,
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
    if (hasModifier(node, "abstract") || (this.scope.isInterface && isBodiless)) modifiers.push("abstract");
    if (hasModifier(node, "public") || (this.scope.isInterface && !hasModifier(node, "private")))
      modifiers.push("public");
    return modifiers;
  }

  private methodBody(node: SyntaxNode): void {
    const body = node.child("body");
    const keyword = node.ofKind("modifiers")?.ofKind("synchronized");
    if (!body || !keyword) return this.block(body);
    const path = hasModifier(node, "static") ? `${this.scope.simpleName}.class` : "this";
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

  private block(node: SyntaxNode | undefined): void {
    this.withLocals(() => {
      for (const child of node?.namedChildren ?? []) this.statement(child);
    });
  }

  private statement(node: SyntaxNode): void {
    switch (node.kind) {
      case "block":
      case "constructor_body":
        return this.block(node);
      case "ERROR":
        for (const child of node.namedChildren) this.statement(child);
        return;
      case "static_initializer":
        return this.block(node);
      case "expression_statement":
        for (const child of node.namedChildren) this.expressionStatement(child);
        return;
      case "labeled_statement":
        super.declareLocal(this.text(node.ofKind("identifier")));
        this.labelled(node.ofKind("identifier"), () => {
          for (const child of node.namedChildren) if (child.kind !== "identifier") this.statement(child);
        });
        return;
      case "local_variable_declaration":
      case "field_declaration":
        for (const declarator of node.childrenOf("declarator")) this.localVariable(node, declarator);
        return;
      case "if_statement":
        return this.ifStatement(node);
      case "for_statement":
        return this.withLocals(() => this.forStatement(node));
      case "enhanced_for_statement":
        return this.withLocals(() => this.eachStatement(node));
      case "while_statement":
      case "do_statement":
        return this.whileStatement(node);
      case "switch_expression":
        this.switchExpression(node, false);
        return;
      case "return_statement":
        this.emit({
          start: node.start,
          end: node.end,
          kind: "return",
          values: node.namedChildren.map((child) => this.expression(child)),
        });
        return;
      case "throw_statement":
      case "yield_statement": {
        const [operand] = node.namedChildren;
        const value = operand && this.expression(operand);
        this.emit({
          start: node.start,
          end: node.end,
          kind: node.kind === "throw_statement" ? "throw" : "yield",
          value,
        });
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
          label: this.text(node.ofKind("identifier")) || undefined,
        });
        return;
      }
      case "assert_statement":
        for (const child of node.namedChildren) this.expression(child);
        return;
      case "synchronized_statement":
        return this.synchronizedStatement(node);
      case "try_statement":
      case "try_with_resources_statement":
        return this.tryStatement(node);
      case "explicit_constructor_invocation":
        this.constructorCall(node);
        return;
      case "class_declaration":
      case "interface_declaration":
      case "enum_declaration":
      case "record_declaration":
      case "annotation_type_declaration":
        return this.typeDeclaration(node, this.isInFunction ? "" : this.scope.owner);
      case "method_declaration":
      case "constructor_declaration":
      case "compact_constructor_declaration":
        this.methodDeclaration(node);
        return;
      default:
        if (node.named) this.expression(node);
    }
  }

  /** The value of an assignment or an increment that nothing uses is not read. */
  private expressionStatement(node: SyntaxNode): void {
    if (node.kind === "switch_expression") this.switchExpression(node, false);
    else this.target(node);
  }

  private localVariable(declaration: SyntaxNode, declarator: SyntaxNode): void {
    const name = declarator.child("name");
    if (!name) return;
    const valueNode = declarator.child("value");
    const typeName = this.declaredType(declaration, declarator);
    const value = !valueNode
      ? this.other(declarator)
      : valueNode.kind === "array_initializer"
        ? this.arrayInitializer(valueNode, typeName)
        : this.expression(valueNode);
    const origin = typeName === "var" && valueNode ? this.typedOrigin(valueNode, value) : undefined;
    this.declare(declarator, { name: this.text(name), ...(origin ? { origin } : typed(typeName)) }, value);
  }

  private declare(node: SyntaxNode, { name, ...known }: VariableFacts, value: Value): void {
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

  /** The origin of a value when its expression names a type that the value itself does not keep. */
  private typedOrigin(node: SyntaxNode, value: Value): string | undefined {
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

  private ifStatement(node: SyntaxNode): void {
    const conditionNode = node.child("condition");
    const condition = conditionNode && this.expression(conditionNode);
    const consequence = node.child("consequence");
    const end = conditionNode?.end ?? node.end;
    const arms = [this.arm(consequence ?? { start: end, end }, () => consequence && this.statement(consequence))];
    const alternative = node.child("alternative");
    if (alternative) arms.push(this.arm(alternative, () => this.statement(alternative), [], true));
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "if", condition, arms });
  }

  private forStatement(node: SyntaxNode): void {
    for (const init of node.childrenOf("init")) {
      if (init.kind === "local_variable_declaration") this.statement(init);
      else this.expressionStatement(init);
    }
    const condition = node.child("condition");
    const lowerBody = () => {
      const body = node.child("body");
      if (body) this.statement(body);
      for (const update of node.childrenOf("update")) this.expressionStatement(update);
    };
    this.emit(this.testedLoop(node, "for", () => condition && this.expression(condition), lowerBody));
  }

  private eachStatement(node: SyntaxNode): void {
    const overNode = node.child("value");
    const over = overNode && this.expression(overNode);
    const name = this.text(node.child("name"));
    const type = typed(this.declaredType(node));
    const through =
      type || !over || !overNode ? unknownPath : (this.typedOrigin(overNode, over) ?? this.pathThrough(over));
    const origin = through === unknownPath ? undefined : { origin: this.detach(`${through}[each]`) };
    this.declareLocal(name);
    const body = node.child("body");
    const steps = this.collect(() => body && this.statement(body));
    this.emit(this.eachLoop(node, over, [{ name, ...(type ?? origin) }], steps));
  }

  private whileStatement(node: SyntaxNode): void {
    const condition = node.child("condition");
    const body = node.child("body");
    const lowerCondition = () => condition && this.expression(condition);
    const lowerBody = () => body && this.statement(body);
    this.emit(this.testedLoop(node, "while", lowerCondition, lowerBody, node.kind === "while_statement"));
  }

  private synchronizedStatement(node: SyntaxNode): void {
    const lock = node.namedChildren.find((child) => child.field !== "body");
    const body = node.child("body");
    const resource = lock ? this.expression(lock) : this.other(node);
    this.emit({
      start: node.start,
      end: node.end,
      kind: "scope",
      form: "synchronized",
      resource,
      variable: undefined,
      body: this.collect(() => this.block(body)),
    });
  }

  private tryStatement(node: SyntaxNode): void {
    const resources = (node.child("resources")?.namedChildren ?? []).filter((child) => child.kind === "resource");
    const lowerBody = () => this.withLocals(() => this.resourcesThenBody(resources, node.child("body")));
    const catchNodes = node.namedChildren.filter((child) => child.kind === "catch_clause");
    const finallyClause = node.ofKind("finally_clause");
    if (catchNodes.length === 0 && !finallyClause) return lowerBody();
    const body = this.collect(lowerBody);
    const catches = catchNodes.map((clause) => this.catchArm(clause));
    const last = this.collect(() => this.block(finallyClause?.ofKind("block")));
    this.emit({ start: node.start, end: node.end, kind: "try", body, catches, finally: last });
  }

  /** Resources are closed in reverse order: each one is held while the next is opened. */
  private resourcesThenBody(resources: SyntaxNode[], body: SyntaxNode | undefined): void {
    const [first, ...rest] = resources;
    if (!first) return this.block(body);
    const valueNode =
      first.child("value") ??
      first.namedChildren.find((child) => child.field === undefined && child.kind !== "modifiers");
    const resource = valueNode ? this.expression(valueNode) : this.other(first);
    const name = this.text(first.child("name"));
    let variable: VariableFacts | undefined;
    if (name) {
      const type = typed(this.declaredType(first));
      const origin = valueNode ? (this.typedOrigin(valueNode, resource) ?? this.pathThrough(resource)) : unknownPath;
      variable = { name, ...(type ?? (origin === unknownPath ? undefined : { origin })) };
      this.declareLocal(name);
    }
    this.emit({
      start: first.start,
      end: body?.end ?? first.end,
      kind: "scope",
      form: "resource",
      resource,
      variable,
      body: this.collect(() => this.resourcesThenBody(rest, body)),
    });
  }

  private catchArm(clause: SyntaxNode): CatchArm {
    const parameter = clause.ofKind("catch_formal_parameter");
    const variable = this.text(parameter?.child("name")) || undefined;
    let steps: Step[] = [];
    this.withLocals(() => {
      if (variable) this.declareLocal(variable);
      steps = this.collect(() => this.block(clause.child("body")));
    });
    const types = (parameter?.ofKind("catch_type")?.namedChildren ?? []).map((type) => this.shortText(type));
    return { start: clause.start, end: clause.end, types, variable, steps };
  }

  private constructorCall(node: SyntaxNode): Value {
    const object = node.child("object");
    const name = node.child("constructor")?.kind ?? "this";
    const callee = object ? `${this.pathThrough(this.owner(object))}.${name}` : name;
    return this.call(node, callee, this.expressions(node.child("arguments")));
  }

  private switchExpression(node: SyntaxNode, isUsed: boolean): Value {
    const conditionNode = node.child("condition");
    const condition = conditionNode ? this.expression(conditionNode) : this.other(node);
    const groups = caseGroups(node.child("body"));
    let arms: BranchArm[] = [];
    this.withLocals(() => {
      arms = groups.map((group, i) => {
        const arm = this.switchArm(group, condition, isUsed);
        const isLast = i === groups.length - 1;
        if (group.isRule || isLast || leaves(arm.steps)) return arm;
        return {
          ...arm,
          steps: [...arm.steps, { start: arm.end, end: arm.end, kind: "jump", form: "fallthrough", label: undefined }],
        };
      });
    });
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "switch", condition, arms });
    return this.other(node, isUsed ? arms.flatMap((arm) => yielded(arm.steps)) : []);
  }

  private switchArm(group: CaseGroup, subject: Value, isUsed: boolean): BranchArm {
    const labels: Value[] = [];
    const arm = this.arm(group, () => {
      const lower = () => {
        for (const label of group.labels) labels.push(...this.switchLabels(label, subject));
        for (const part of group.body) this.switchPart(part, group.isRule && isUsed);
      };
      if (group.isRule) this.withLocals(lower);
      else lower();
    });
    return {
      ...arm,
      labels,
      isDefault: group.labels.some(
        (label) => label.namedChildren.every(isDefaultLabel) || label.namedChildren.some(isDefaultLabel),
      ),
    };
  }

  private switchPart(part: SyntaxNode, isResult: boolean): void {
    const expression = isResult && part.kind === "expression_statement" ? part.namedChildren[0] : undefined;
    if (expression) this.emit({ start: part.start, end: part.end, kind: "yield", value: this.expression(expression) });
    else this.statement(part);
  }

  private switchLabels(label: SyntaxNode, subject: Value): Value[] {
    const parts = label.namedChildren.filter((part) => !isDefaultLabel(part));
    const guard = parts.find((part) => part.kind === "guard");
    const labels = parts
      .filter((part) => part !== guard)
      .map((part) => (part.kind === "pattern" ? this.pattern(part, subject) : this.target(part)));
    const condition = guard?.namedChildren[0];
    if (!guard || !condition) return labels;
    return [this.operation(label, "when", [...labels, this.expression(condition)])];
  }

  /** Declares what a pattern binds and returns the type it asks for. */
  private pattern(node: SyntaxNode, subject: Value, path = this.pathThrough(subject)): Value {
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

  private typePath(type: SyntaxNode): Value {
    return { start: type.start, end: type.end, kind: "path", path: this.typeName(type) };
  }

  /** A type without its arguments. */
  private typeName(type: SyntaxNode | undefined): string {
    return this.detach(withoutTypeArguments(type?.text ?? ""));
  }

  private expressions(list: SyntaxNode | undefined): Value[] {
    return (list?.namedChildren ?? []).map((node) => this.expression(node));
  }

  private expression(node: SyntaxNode): Value {
    return this.read(this.target(node));
  }

  /** The value of an expression without reading it: what may stand left of an assignment or before a dot. */
  private target(node: SyntaxNode): Value {
    switch (node.kind) {
      case "identifier":
        return { start: node.start, end: node.end, kind: "path", path: this.placeOf(this.text(node)) };
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
    const keys = object.kind === "path" ? object.keys : undefined;
    const path = this.detach(`${through}.${this.text(node.child("field"))}`);
    return { start: node.start, end: node.end, kind: "path", path, ...(keys && { keys }) };
  }

  private arrayAccess(node: SyntaxNode): Value {
    const arrayNode = node.child("array");
    const indexNode = node.child("index");
    const array = arrayNode ? this.owner(arrayNode) : this.other(node);
    const index = indexNode ? [this.expression(indexNode)] : [];
    const keys = [...(array.kind === "path" ? (array.keys ?? []) : []), ...index];
    return { start: node.start, end: node.end, kind: "path", path: this.detach(`${this.pathThrough(array)}[]`), keys };
  }

  private methodInvocation(node: SyntaxNode): Value {
    const object = node.child("object");
    const name = this.text(node.child("name"));
    const isOuterSuper = node.children.some((child) => child.kind === "super" && child.field === undefined);
    const callee = object ? `${this.pathThrough(this.owner(object))}${isOuterSuper ? ".super" : ""}.${name}` : name;
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

  /** An object with functions in it, made where it stands: its field initialisers run here. */
  private anonymousClass(body: SyntaxNode, base: string): { name: Value; value: Value }[] {
    const methods: { name: Value; value: Value }[] = [];
    const owner =
      this.isInFunction || !this.scope.owner ? "<anonymous>" : this.detach(`${this.scope.owner}.<anonymous>`);
    const members = membersOf(body);
    const fields = this.fieldsIn(members, false);
    const typeName = this.nestedName(`$${++this.anonymousClasses}`);
    const facts: TypeFacts = {
      start: body.start,
      end: body.end,
      name: typeName,
      form: "class",
      typeParameters: [],
      bases: [base],
      fields: [],
      methods: [],
    };
    for (const member of members) this.describeMember(member, facts, false);
    this.types.push(facts);
    this.inClass({ owner, typeName, simpleName: undefined, isInterface: false, isTestCase: false, fields }, () => {
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
          for (const declarator of member.childrenOf("declarator")) {
            const value = declarator.child("value");
            if (value) this.expression(value);
          }
        } else {
          this.member(member);
        }
      }
    });
    return methods;
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

  private arrayInitializer(node: SyntaxNode, typeName: string, whole = node): Value {
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

  private lambdaExpression(node: SyntaxNode): Value {
    const body = node.child("body");
    const isField = !this.isInFunction;
    const header: FunctionHeader = {
      name: "",
      nameNode: node.child("parameters") ?? node,
      form: "closure",
      typeName: isField ? this.scope.typeName : undefined,
      owner: isField ? this.scope.owner : undefined,
      parameters: this.parameters(node.child("parameters")),
    };
    const lowerBody = () => {
      if (!body || body.kind === "block") return this.block(body);
      this.emit({ start: body.start, end: body.end, kind: "return", values: [this.expression(body)] });
    };
    return this.lambda(node, this.addFunction(node, header, lowerBody));
  }

  private methodReference(node: SyntaxNode): Value {
    const [objectNode, ...rest] = node.namedChildren;
    const name = this.text(rest.findLast((child) => child.kind === "identifier")) || "new";
    const object = objectNode ? this.owner(objectNode) : this.other(node);
    const keys = object.kind === "path" ? object.keys : undefined;
    return {
      start: node.start,
      end: node.end,
      kind: "path",
      path: this.detach(`${this.pathThrough(object)}.${name}`),
      ...(keys && { keys }),
    };
  }

  private template(node: SyntaxNode): Value {
    const parts: Value[] = [];
    for (const inner of node.child("template_argument")?.namedChildren ?? []) {
      if (inner.kind === "string_interpolation") parts.push(...this.expressions(inner));
    }
    return { start: node.start, end: node.end, kind: "composite", form: "template", parts };
  }
}

interface CaseGroup {
  start: number;
  end: number;
  /** `case … ->`: control does not run on into the next group. */
  isRule: boolean;
  labels: SyntaxNode[];
  body: SyntaxNode[];
}

/** Labels without statements of their own belong to the statements that follow. */
function caseGroups(body: SyntaxNode | undefined): CaseGroup[] {
  const groups: CaseGroup[] = [];
  let pending: CaseGroup | undefined;
  for (const node of body?.namedChildren ?? []) {
    const labels = node.namedChildren.filter((child) => child.kind === "switch_label");
    const statements =
      node.kind === "ERROR" ? [node] : node.namedChildren.filter((child) => child.kind !== "switch_label");
    const isRule = node.kind === "switch_rule";
    const group: CaseGroup = pending
      ? { ...pending, end: node.end, isRule, labels: [...pending.labels, ...labels], body: statements }
      : { start: node.start, end: node.end, isRule, labels, body: statements };
    pending = !isRule && statements.length === 0 ? group : undefined;
    if (!pending) groups.push(group);
  }
  if (pending) groups.push(pending);
  return groups;
}

function isDefaultLabel(node: SyntaxNode): boolean {
  return node.kind === "identifier" && node.text === "default";
}
