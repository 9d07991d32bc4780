import type { Span } from "../base/text";
import { rootOf } from "../model/accessPath";
import type {
  AccessPath,
  BranchArm,
  CatchArm,
  ConstantFacts,
  LiteralValue,
  LoopStep,
  Modifier,
  ParameterFacts,
  Step,
  TypeFacts,
  TypeParameterFacts,
  Value,
  VariableFacts,
} from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { type LanguageGrammar, Lowerer, type LoweringInput, spanOf } from "./lowerer";
import { PythonOrigins, unquoted } from "./pythonOrigins";

const grammar: LanguageGrammar = {
  metrics: {
    roles: {
      if_statement: "if",
      elif_clause: "elseIf",
      else_clause: "else",
      for_statement: "loop",
      while_statement: "loop",
      match_statement: "switch",
      except_clause: "catch",
      conditional_expression: "conditional",
      function_definition: "function",
      lambda: "function",
      class_definition: "class",
    },
    isHeader: (child) => child.kind !== "block" && child.parent?.kind !== "conditional_expression",
    logicalOperator: (node) => {
      if (node.kind !== "boolean_operator") return undefined;
      return node.child("operator")?.kind === "or" ? "||" : "&&";
    },
    operands: (node) => [node.child("left"), node.child("right")],
    isLabelledJump: () => false,
    isCase: (node) =>
      node.kind === "for_in_clause" ||
      node.kind === "if_clause" ||
      (node.kind === "case_clause" && !isDefaultCase(node)),
    calledName: (node) => {
      if (node.kind !== "call") return undefined;
      const callee = node.child("function");
      if (callee?.kind === "identifier") return namesFunctionAround(node, callee.text) ? callee.text : undefined;
      const object = callee?.kind === "attribute" ? callee.child("object") : undefined;
      return object?.kind === "identifier" && reachesOwnType(node, object.text)
        ? callee?.child("attribute")?.text
        : undefined;
    },
    isWrapper,
  },
  shape: {
    isVariable: (node) =>
      node.kind === "identifier" &&
      node.field !== "attribute" &&
      !(node.field === "name" && node.parent?.kind === "keyword_argument") &&
      !(node.parent?.kind === "keyword_pattern" && node.parent.children[0] === node),
    isInvisible: (node) =>
      node.kind === "line_continuation" ||
      (node.kind === "expression_statement" &&
        node.parent?.kind === "block" &&
        isDefinition(node.parent.parent) &&
        docstringOf(node.parent)?.parent === node),
    transparentKinds: new Set(["parenthesized_expression", "expression_statement", "block"]),
    hiddenText: (node) =>
      node.kind === "string_content" ? node.text : node.kind === "slice" ? slicePattern(node) : undefined,
  },
};

interface FunctionScope {
  /** Names bound in this function so far. */
  bound: Set<string>;
  /** Names that `global` and `nonlocal` say belong to somebody else. */
  outside: Set<string>;
  symbol: string;
  modifiers: Modifier[];
  parameters: ParameterFacts[];
  /** In a method: the name of its instance or class, and the type it is of. */
  instance: { name: string; type: TypeFacts; isType: boolean } | undefined;
  /** Types declared without a value: `x: Foo`. */
  declared: Map<string, string> | undefined;
  /** Where locals get their values, in the file's scope; kept where a field or a global may be set. */
  origins: Map<string, AccessPath | undefined> | undefined;
}

interface ClassScope {
  /** With the names of the functions and classes around it: `Outer.Inner`, `f.Local`. */
  name: string;
  /** The same without the functions around it. */
  owner: string;
  type: TypeFacts;
  isTestCase: boolean;
}

/** A name bound by a pattern, and where its value comes from. */
interface Capture {
  node: SyntaxNode;
  origin: AccessPath | undefined;
}

const maxOriginLength = 200;

/** Longer chains of `elif` are not nested any further, so that walking them needs no deeper stack. */
const maxElifDepth = 200;

const statementKinds = /_(statement|definition|clause)$|^(block|ERROR|module|assignment|augmented_assignment)$/;
/** What is made by a call at module level and is a type: its fields are in the arguments, or nobody's business. */
const typeFactories =
  /^(?:(?:typing|typing_extensions|t|collections)\.)?(TypeVar|NewType|NamedTuple|namedtuple|TypedDict)$/;

export class PythonLowerer extends Lowerer {
  /** Undefined outside functions. */
  private scope: FunctionScope | undefined;
  /** Undefined where a statement does not stand directly in a class. */
  private classScope: ClassScope | undefined;
  private readonly globalsWritten = new Map<string, AccessPath | undefined>();
  private readonly constantsByName = new Map<string, ConstantFacts>();
  private readonly origins: PythonOrigins;

  constructor(input: LoweringInput) {
    super(input, grammar);
    this.origins = new PythonOrigins(input.text);
  }

  protected override pathThrough(value: Value): string {
    return value.kind === "path" ? value.path : (this.origins.of(value) ?? "?");
  }

  protected isTestFile(): boolean {
    return /(^|\/)(tests?\/.*|(test_[^/]*|[^/]*_test|conftest|tests?)\.pyi?)$/.test(this.input.path);
  }

  protected lowerFile(root: SyntaxNode): void {
    this.block(root);
    for (const [name, origin] of this.globalsWritten) {
      const constant = this.constantsByName.get(name);
      if (!constant) continue;
      constant.mutable = true;
      if (origin && !constant.type) constant.origin ??= origin;
    }
  }

  private importStatement(node: SyntaxNode): void {
    const moduleNode = node.child("module_name");
    const from = node.kind === "future_import_statement" ? "__future__" : moduleNode && this.pathText(moduleNode);
    // Whoever imports this file can import from it what it has imported.
    const exported = this.scope || from === "__future__" ? undefined : { exported: true };
    if (node.has("wildcard_import")) {
      this.imports.push({
        start: node.start,
        end: node.end,
        module: from ?? "",
        member: "*",
        localName: "*",
        ...exported,
      });
    }
    for (const imported of node.childrenOf("name")) {
      const name = this.pathText(imported.child("name") ?? imported);
      const localName = this.text(imported.child("alias")) || name;
      const what = from === undefined ? { module: name } : { module: from, member: name };
      this.imports.push({ start: imported.start, end: imported.end, ...what, localName, ...exported });
      if (from === "typing" || from === "typing_extensions" || name === "typing") {
        this.origins.noteTyping(name, localName);
      }
    }
  }

  private pathText(node: SyntaxNode): string {
    return this.detach(node.text.replace(/\s+/g, ""));
  }

  private decoratedDefinition(node: SyntaxNode): void {
    const decorators: string[] = [];
    for (const decorator of partsOf(node)) {
      const expression = decorator.kind === "decorator" ? partsOf(decorator)[0] : undefined;
      if (!expression) continue;
      decorators.push(this.shortText(expression));
      this.expression(expression);
    }
    for (const child of partsOf(node)) {
      if (child.kind === "function_definition") this.functionDefinition(child, decorators);
      else if (child.kind !== "decorator") this.statement(child);
    }
  }

  private classDefinition(node: SyntaxNode): void {
    const simpleName = this.text(node.child("name"));
    const around = this.classScope?.name ?? this.scope?.symbol;
    const name = around === undefined ? simpleName : this.detach(`${around}.${simpleName}`);
    const owner = this.classScope ? this.detach(`${this.classScope.owner}.${simpleName}`) : simpleName;
    const listed = partsOf(node.child("superclasses"));
    for (const argument of listed) this.argument(argument);
    const baseNodes = listed.filter((child) => child.kind !== "keyword_argument" && !child.kind.endsWith("_splat"));
    const bases = baseNodes.map((base) => this.shortText(base));
    const facts: TypeFacts = {
      start: node.start,
      end: node.end,
      name,
      form: formOf(bases),
      typeParameters: this.typeParameters(node, baseNodes),
      bases,
      fields: [],
      methods: [],
    };
    this.types.push(facts);
    const outer = this.classScope;
    this.classScope = { name, owner, type: facts, isTestCase: bases.some((base) => base.endsWith("TestCase")) };
    this.block(node.child("body"));
    this.classScope = outer;
    // A path cannot name what is inside a function; a type can.
    const origin = this.scope && !outer ? this.detach(`<type[${name}]>`) : undefined;
    if (simpleName) this.storeName(node, simpleName, "=", this.other(node), origin);
  }

  private typeParameters(node: SyntaxNode, bases: SyntaxNode[] = []): TypeParameterFacts[] {
    const declared = partsOf(node.child("type_parameters"));
    const generic = bases
      .filter((base) => /(^|\.)(Generic|Protocol)$/.test(base.child("value")?.text ?? ""))
      .flatMap((base) => base.childrenOf("subscript"));
    return [...declared, ...generic].map((parameter) => {
      const [, name = "", bound] = /^([^:=]*?)\s*(?::\s*([^=]*?)\s*)?(?:=[\s\S]*)?$/.exec(parameter.text) ?? [];
      return { name: this.detach(name), ...(bound && { bound: this.detach(bound) }) };
    });
  }

  private functionDefinition(node: SyntaxNode, decorators: string[]): void {
    const nameNode = node.child("name");
    if (!nameNode) return this.block(node.child("body"));
    const name = this.text(nameNode);
    const owner = this.classScope;
    const isStatic = decorators.includes("staticmethod");
    const parametersNode = node.child("parameters");
    const parameters = this.parameters(parametersNode);
    const takesReceiver = owner && !isStatic && parameters[0] && !parameters[0].rest;
    const receiver = takesReceiver ? { name: (parameters.shift() as ParameterFacts).name, pointer: true } : undefined;
    const result = node.child("return_type");
    const modifiers = modifiersOf(node, decorators);
    if (owner?.type.form === "interface" && isStub(node.child("body")) && !modifiers.includes("abstract")) {
      modifiers.push("abstract");
    }
    if (owner && !owner.type.methods.some((method) => method.name === name)) owner.type.methods.push({ name });
    const index = this.addFunction(
      node,
      {
        name,
        nameNode,
        form: !owner ? "function" : name === "__init__" ? "constructor" : "method",
        typeName: owner?.name,
        owner: owner?.owner,
        receiver,
        typeParameters: this.typeParameters(node),
        parameters,
        results: result ? [this.shortText(result)] : [],
        modifiers,
        decorators,
        doc: this.docstring(node.child("body")),
        isTest: this.isTestFunction(name),
      },
      () => {
        const isType = decorators.includes("classmethod");
        const instance = owner && receiver ? { name: receiver.name, type: owner.type, isType } : undefined;
        this.inFunction(parametersNode, { modifiers, parameters, instance }, () => this.block(node.child("body")));
      },
    );
    this.defaults(parametersNode);
    const value = this.lambda(node, index);
    if (!owner) this.storeName(node, name, "=", value);
  }

  private isTestFunction(name: string): boolean {
    if (this.isInFunction || !this.isTestFile()) return false;
    return name.startsWith("test_") || (name.startsWith("test") && (this.classScope?.isTestCase ?? false));
  }

  private lambdaExpression(node: SyntaxNode): Value {
    const parametersNode = node.child("parameters");
    const parameters = this.parameters(parametersNode);
    const modifiers: Modifier[] = [];
    const index = this.addFunction(
      node,
      {
        name: "",
        nameNode: node.children[0] ?? node,
        form: "closure",
        owner: this.classScope?.owner,
        parameters,
        modifiers,
      },
      () =>
        this.inFunction(parametersNode, { modifiers, parameters, instance: undefined }, () => {
          const body = node.child("body");
          if (body) this.emit({ start: body.start, end: body.end, kind: "return", values: [this.expression(body)] });
        }),
    );
    this.defaults(parametersNode);
    return this.lambda(node, index);
  }

  private inFunction(
    parameters: SyntaxNode | undefined,
    header: Pick<FunctionScope, "modifiers" | "parameters" | "instance">,
    lower: () => void,
  ): void {
    const { scope, classScope } = this;
    const names = partsOf(parameters)
      .flatMap(parameterNames)
      .map((name) => this.text(name));
    for (const name of names) this.declareLocal(name);
    const origins = header.instance && new Map<string, AccessPath | undefined>();
    // The function around has just been added.
    const symbol = this.functions.at(-1)?.symbol ?? "";
    this.scope = { symbol, bound: new Set(names), outside: new Set(), ...header, declared: undefined, origins };
    this.classScope = undefined;
    lower();
    this.scope = scope;
    this.classScope = classScope;
  }

  private parameters(list: SyntaxNode | undefined): ParameterFacts[] {
    const parameters: ParameterFacts[] = [];
    for (const node of partsOf(list)) {
      const typed = node.kind === "typed_parameter";
      const nameNode = typed ? partsOf(node)[0] : (node.child("name") ?? node);
      const rest = nameNode && /^(list|dictionary)_splat_pattern$/.test(nameNode.kind);
      if (!nameNode || (!rest && !/^(identifier|tuple_pattern)$/.test(nameNode.kind))) continue;
      const type = node.child("type");
      const value = node.child("value");
      parameters.push({
        name: this.text(rest ? partsOf(nameNode)[0] : nameNode),
        ...(type && { type: this.shortText(type) }),
        ...(value && { default: this.shortText(value) }),
        ...(rest && { rest }),
      });
    }
    return parameters;
  }

  /** Default values are evaluated where the function is defined. */
  private defaults(list: SyntaxNode | undefined): void {
    for (const parameter of partsOf(list)) {
      const value = parameter.child("value");
      if (value) this.expression(value);
    }
  }

  private docstring(body: SyntaxNode | undefined): string | undefined {
    const node = body && docstringOf(body);
    if (!node) return undefined;
    const parts = node.kind === "string" ? [node] : partsOf(node);
    const [first = "", ...rest] = parts
      .map(contentOf)
      .join("")
      .split(/\r\n|\r|\n/);
    const indents = rest.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
    const indent = indents.length > 0 ? Math.min(...indents) : 0;
    return this.detach([first.trim(), ...rest.map((line) => line.slice(indent).trimEnd())].join("\n").trim());
  }

  private block(node: SyntaxNode | undefined): void {
    for (const child of partsOf(node)) this.statement(child);
  }

  private statement(node: SyntaxNode): void {
    switch (node.kind) {
      case "module":
      case "block":
      case "ERROR":
      case "expression_statement":
        return this.block(node);
      case "import_statement":
      case "import_from_statement":
      case "future_import_statement":
        return this.importStatement(node);
      case "decorated_definition":
        return this.decoratedDefinition(node);
      case "class_definition":
        return this.classDefinition(node);
      case "function_definition":
        return this.functionDefinition(node, []);
      case "type_alias_statement":
        return this.typeAlias(node);
      case "assignment":
        return this.assignment(node);
      case "augmented_assignment":
        return this.augmentedAssignment(node);
      case "if_statement": {
        const alternatives = node.childrenOf("alternative");
        return this.ifStatement(node, node, alternatives, 0);
      }
      case "for_statement":
      case "while_statement":
        return this.loopStatement(node);
      case "try_statement":
        return this.tryStatement(node);
      case "with_statement":
        return this.withStatement(node);
      case "match_statement":
        return this.matchStatement(node);
      case "return_statement":
        this.emit({ start: node.start, end: node.end, kind: "return", values: this.expressions(partsOf(node)) });
        return;
      case "raise_statement": {
        const [value] = this.expressions(partsOf(node));
        this.emit({ start: node.start, end: node.end, kind: "throw", value });
        return;
      }
      case "assert_statement":
        this.assertion(node);
        return;
      case "print_statement":
      case "exec_statement":
        this.call(node, node.kind === "print_statement" ? "print" : "exec", this.expressions(partsOf(node)));
        return;
      case "delete_statement":
        for (const target of partsOf(node)) this.deleteTarget(target);
        return;
      case "global_statement":
      case "nonlocal_statement":
        for (const name of partsOf(node)) this.scope?.outside.add(this.text(name));
        if (this.scope) this.scope.origins ??= new Map();
        return;
      case "break_statement":
      case "continue_statement": {
        const form = node.kind === "break_statement" ? "break" : "continue";
        this.emit({ start: node.start, end: node.end, kind: "jump", form, label: undefined });
        return;
      }
      case "pass_statement":
        return;
      default:
        // Clauses stand alone only where the text around them did not parse.
        if (statementKinds.test(node.kind)) this.block(node);
        else this.expression(node);
    }
  }

  private assertion(node: SyntaxNode): void {
    const values = this.expressions(partsOf(node));
    const narrows = values[0] && this.origins.narrowed(values[0], true);
    this.call(node, "assert", values, narrows && { narrows });
  }

  private typeAlias(node: SyntaxNode): void {
    const left = partsOf(node.child("left"))[0];
    const right = node.child("right");
    if (left?.kind === "attribute") return this.attributeOfType(node, left, partsOf(right)[0]);
    this.types.push({
      start: node.start,
      end: node.end,
      name: this.detach((left?.text ?? "").replace(/\s*\[[\s\S]*$/, "")),
      form: "alias",
      typeParameters: [],
      bases: right ? [this.shortText(right)] : [],
      fields: [],
      methods: [],
    });
  }

  /** `type(self).count = 0`, which the grammar takes for the statement `type (self).count = 0`. */
  private attributeOfType(node: SyntaxNode, target: SyntaxNode, right: SyntaxNode | undefined): void {
    const names: string[] = [];
    let object: SyntaxNode | undefined = target;
    for (; object?.kind === "attribute"; object = object.child("object")) {
      names.unshift(object.child("attribute")?.text ?? "");
    }
    const value = right ? this.expression(right) : this.other(node);
    const args = this.expressions(partsOf(object));
    const span = { start: node.start, end: object?.end ?? target.end };
    this.emit({ start: span.start, end: span.end, kind: "call", callee: "type", arguments: args });
    const path = this.detach(["type()", ...names].join("."));
    this.storeIn(node, { start: node.start, end: target.end, kind: "path", path }, "=", value);
  }

  private assignment(node: SyntaxNode): void {
    const targets: SyntaxNode[] = [];
    let right: SyntaxNode | undefined = node;
    let type: SyntaxNode | undefined;
    while (right?.kind === "assignment") {
      const left = right.child("left");
      if (left) targets.push(left);
      type ??= right.child("type");
      right = right.child("right");
    }
    if (!right) {
      for (const target of targets) {
        this.declaration(target, type, undefined, undefined);
        if (target.kind === "identifier") this.bind(this.text(target));
        if (target.kind === "identifier" && type && this.scope && !this.classScope) {
          this.scope.declared ??= new Map();
          this.scope.declared.set(this.text(target), this.shortText(type));
        }
      }
      return;
    }
    const value = this.expression(right);
    const typeText = type && this.shortText(type);
    for (const target of targets) {
      this.declaration(target, type, right, value);
      this.storeIn(node, this.storeTarget(target), "=", value, undefined, typeText);
    }
  }

  /** What an assignment says about constants and fields, apart from what it does. */
  private declaration(
    target: SyntaxNode,
    type: SyntaxNode | undefined,
    node: SyntaxNode | undefined,
    value: Value | undefined,
  ): void {
    if (!this.scope && !this.classScope) {
      this.eachTarget(target, "", (part, suffix) => {
        if (part.kind !== "identifier") return;
        const origin = type ? undefined : this.closedPart(value, suffix);
        this.constant(part, type, part === target ? node : undefined, origin);
        if (part === target && value) this.madeType(part, value, type);
      });
    } else if (this.classScope) {
      const owner = this.classScope.type;
      this.eachTarget(target, "", (part, suffix) => {
        if (part.kind !== "identifier") return;
        const isMember = owner.form === "enum" && value && !part.text.startsWith("_");
        const origin = isMember ? `<${owner.name}>` : this.closedPart(value, suffix);
        this.field(owner, part, { type, node: part === target ? node : undefined, origin });
      });
    } else {
      const instance = this.scope?.instance;
      if (!instance) return;
      this.eachTarget(target, "", (part, suffix) => {
        const name = part.child("attribute");
        if (!name || part.child("object")?.text !== instance.name) return;
        const parameter = this.scope?.parameters.find((candidate) => !candidate.rest && candidate.name === node?.text);
        const origin = this.closedPart(value, suffix);
        const parameterType = part === target ? parameter?.type : undefined;
        this.field(instance.type, name, { type, node: part === target ? node : undefined, parameterType, origin });
      });
    }
  }

  /** The single targets of an assignment, each with which part of the value it gets: `#0`, `#1#2`. */
  private eachTarget(
    node: SyntaxNode,
    suffix: string | undefined,
    visit: (part: SyntaxNode, suffix: string | undefined) => void,
  ): void {
    if (node.kind === "parenthesized_expression") {
      for (const inner of partsOf(node)) this.eachTarget(inner, suffix, visit);
    } else if (/^(pattern_list|expression_list|tuple|list|(tuple|list)_pattern)$/.test(node.kind)) {
      let isKnown = suffix !== undefined;
      partsOf(node).forEach((part, i) => {
        if (/^list_splat/.test(part.kind)) isKnown = false;
        this.eachTarget(part, isKnown ? `${suffix}#${i}` : undefined, visit);
      });
    } else if (/^(list_splat|list_splat_pattern|as_pattern_target)$/.test(node.kind)) {
      const inner = node.kind === "as_pattern_target" ? suffix : undefined;
      for (const part of partsOf(node)) this.eachTarget(part, inner, visit);
    } else visit(node, suffix);
  }

  /** Where a part of a value comes from, in terms of what the whole file can see. */
  private closedPart(value: Value | undefined, suffix: string | undefined): AccessPath | undefined {
    if (!value || suffix === undefined) return undefined;
    const part = suffix === "" ? value : this.origins.part(value, suffix);
    if (part) return this.closedOrigin(part);
    const origin = this.closedOrigin(value);
    return origin && this.detach(origin + suffix);
  }

  private closedOrigin(value: Value): AccessPath | undefined {
    const close = (path: AccessPath) => this.close(path);
    const origin = (this.scope && this.origins.collected(value, close)) ?? this.origins.of(value, close);
    return origin && origin.length <= maxOriginLength ? this.detach(origin) : undefined;
  }

  /** Replaces a local at the root of a path; undefined where nothing is known of it. */
  private close(path: AccessPath): AccessPath | undefined {
    const root = rootOf(path);
    const { scope, classScope } = this;
    if (classScope) {
      const { type, name } = classScope;
      const isOwn = type.fields.some((field) => field.name === root) || type.methods.some((m) => m.name === root);
      return isOwn ? `${name}.${path}` : path;
    }
    if (!scope) return path;
    if (root === scope.instance?.name) {
      const own = scope.instance.isType ? scope.instance.type.name : `<${scope.instance.type.name}>`;
      return own + path.slice(root.length);
    }
    if (scope.origins?.has(root)) {
      const origin = scope.origins.get(root);
      return origin && origin + path.slice(root.length);
    }
    if (!scope.bound.has(root)) return path;
    const parameter = scope.parameters.find(({ name, rest }) => name === root && !rest);
    const made = parameter?.default && /^([A-Za-z_][\w.]*)(\(.*\))?$/.exec(parameter.default);
    const source = parameter?.type ? `<${parameter.type}>` : made && `${made[1]}${made[2] ? "()" : ""}`;
    return source && !/^(None|True|False)$/.test(source) ? source + path.slice(root.length) : undefined;
  }

  private constant(
    name: SyntaxNode,
    type: SyntaxNode | undefined,
    value: SyntaxNode | undefined,
    origin: AccessPath | undefined,
  ): void {
    const text = this.text(name);
    const known = this.constantsByName.get(text);
    if (known) {
      if (origin && !known.type) known.origin ??= origin;
      return;
    }
    const isFinal = /(^|\.)Final\b/.test(type?.text ?? "");
    const constant: ConstantFacts = {
      start: name.start,
      end: name.end,
      name: text,
      ...(type && { type: this.shortText(type) }),
      ...(origin && { origin }),
      ...(value && { value: this.shortText(value) }),
      mutable: !isFinal && !/^_*\p{Lu}[\p{Lu}\d_]*$/u.test(text),
    };
    this.constants.push(constant);
    this.constantsByName.set(text, constant);
  }

  /** `T = TypeVar("T", bound=Foo)`, `Id = NewType("Id", int)`, `Point = namedtuple("Point", "x y")`. */
  private madeType(name: SyntaxNode, value: Value, type: SyntaxNode | undefined): void {
    if (/(^|\.)TypeAlias$/.test(type?.text ?? "") || this.origins.isTypeExpression(value)) {
      const target = this.detach(unquoted(this.input.text.slice(value.start, value.end)));
      this.alias(name, [target]);
      return;
    }
    const factory = value.kind === "call" ? typeFactories.exec(value.callee)?.[1] : undefined;
    if (!factory || value.kind !== "call") return;
    const source = (node: Value | undefined) =>
      node && this.detach(unquoted(this.input.text.slice(node.start, node.end)));
    const bound = value.arguments.find(
      (argument) =>
        argument.kind === "composite" && argument.keys?.[0]?.kind === "path" && argument.keys[0].path === "bound",
    );
    const base =
      factory === "TypeVar"
        ? bound?.kind === "composite"
          ? source(bound.parts[0])
          : undefined
        : factory === "NewType"
          ? source(value.arguments[1])
          : factory === "TypedDict"
            ? "TypedDict"
            : "NamedTuple";
    this.types.push({
      start: name.start,
      end: name.end,
      name: this.text(name),
      form: factory === "TypeVar" || factory === "NewType" ? "alias" : "class",
      typeParameters: [],
      bases: base ? [base] : [],
      fields: factory === "NamedTuple" ? this.namedTupleFields(value.arguments[1]) : [],
      methods: [],
    });
  }

  private alias(name: SyntaxNode, bases: string[]): void {
    this.types.push({
      start: name.start,
      end: name.end,
      name: this.text(name),
      form: "alias",
      typeParameters: [],
      bases,
      fields: [],
      methods: [],
    });
  }

  private namedTupleFields(list: Value | undefined): TypeFacts["fields"] {
    if (list?.kind !== "composite") return [];
    return list.parts.flatMap((pair) => {
      const [name, type] = pair.kind === "composite" ? pair.parts : [];
      if (name?.kind !== "literal" || !type) return [];
      return [
        {
          start: name.start,
          end: name.end,
          name: name.text,
          type: this.detach(this.input.text.slice(type.start, type.end)),
        },
      ];
    });
  }

  private field(
    owner: TypeFacts,
    name: SyntaxNode,
    given: {
      type: SyntaxNode | undefined;
      node: SyntaxNode | undefined;
      parameterType?: string | undefined;
      origin: AccessPath | undefined;
    },
  ): void {
    const { type, node, parameterType, origin } = given;
    const callee = node?.kind === "call" ? node.child("function") : undefined;
    const constructed = callee && constructs(callee.text) && this.close(callee.text) === callee.text;
    const isOwn = callee && rootOf(callee.text) === this.scope?.instance?.name;
    const known = type
      ? this.shortText(type)
      : (parameterType ?? (constructed && !isOwn ? this.shortText(callee) : undefined));
    const field = owner.fields.find((candidate) => candidate.name === name.text);
    if (field) {
      if (known && !field.origin) field.type ??= known;
      if (origin && !field.type) field.origin ??= origin;
      return;
    }
    owner.fields.push({
      start: name.start,
      end: name.end,
      name: this.text(name),
      ...(known ? { type: known } : origin && { origin }),
    });
  }

  private augmentedAssignment(node: SyntaxNode): void {
    const left = node.child("left");
    const right = node.child("right");
    const operator = (node.child("operator")?.kind ?? "=").replace(/(.)=$/, "$1");
    const value = right ? this.expression(right) : this.other(node);
    if (left) this.storeIn(node, this.read(this.storeTarget(left)), this.detach(operator), value);
  }

  private deleteTarget(node: SyntaxNode): void {
    for (const part of patternParts(node)) {
      const target = this.storeTarget(part);
      const isBound = target.kind === "path" && part.kind === "identifier" && !this.isOutside(target.path);
      if (!isBound) this.storeIn(part, target, "del", this.other(part));
    }
  }

  /** `origin` is given where `value` does not say where the stored part of it comes from. */
  private storeIn(node: Span, target: Value, operator: string, value: Value, origin?: AccessPath, type?: string): void {
    if (target.kind === "composite") {
      const { parts } = target;
      const whole = origin ?? (operator === "=" ? this.origins.of(value) : undefined);
      let isKnown = whole !== undefined;
      const isPaired =
        value.kind === "composite" &&
        (value.form === "tuple" || value.form === "list") &&
        value.parts.length === parts.length &&
        ![...parts, ...value.parts].some((part) => part.kind === "other");
      parts.forEach((part, i) => {
        const from = isPaired ? (value.parts[i] as Value) : this.other(value, [value]);
        if (part.kind === "other") isKnown = false;
        this.storeIn(part, starred(part), operator, from, !isPaired && isKnown ? `${whole}#${i}` : undefined);
      });
    } else if (target.kind === "path" && /^[^.[(]+$/.test(target.path)) {
      this.storeName(node, target.path, operator, value, origin, type);
    } else {
      this.store(node, target, operator, value, false);
    }
  }

  private storeName(
    node: Span,
    name: string,
    operator: string,
    value: Value,
    origin?: AccessPath,
    type?: string,
  ): void {
    const span = spanOf(node);
    if (!this.scope) return;
    if (this.classScope) {
      const path = this.detach(`${this.classScope.owner}.${name}`);
      this.emit({ start: span.start, end: span.end, kind: "write", path, operator, value, keys: [] });
    } else if (this.isOutside(name)) {
      if (!this.globalsWritten.get(name)) {
        const from = origin === undefined ? this.closedOrigin(value) : this.close(origin);
        this.globalsWritten.set(name, operator === "=" ? from : undefined);
      }
      this.emit({ start: span.start, end: span.end, kind: "write", path: name, operator, value, keys: [] });
    } else {
      const declares = !this.scope.bound.has(name);
      const declared = type ?? (operator === "=" ? this.scope.declared?.get(name) : undefined);
      const from = operator === "=" && !declared ? (origin ?? this.origins.unsaid(value)) : undefined;
      if (this.scope.origins && operator === "=") {
        const closed = declared ? `<${declared}>` : from ? this.close(from) : this.closedOrigin(value);
        this.scope.origins.set(name, closed);
      }
      this.bind(name);
      this.emit({
        start: span.start,
        end: span.end,
        kind: "assign",
        target: name,
        operator,
        value,
        declares,
        ...(declared && { type: declared }),
        ...(from && { origin: this.detach(from) }),
      });
    }
  }

  private isOutside(name: string): boolean {
    return this.scope?.outside.has(name) ?? false;
  }

  private bind(name: string): void {
    if (!this.scope || this.classScope || this.isOutside(name)) return;
    this.scope.bound.add(name);
    this.declareLocal(name);
  }

  private ifStatement(span: Span, node: SyntaxNode, alternatives: SyntaxNode[], depth: number): void {
    const conditionNode = node.child("condition");
    const condition = conditionNode && this.expression(conditionNode);
    const arms: BranchArm[] = [];
    const consequence = node.child("consequence");
    if (consequence) {
      const narrowed = condition && this.origins.narrowed(condition, true);
      arms.push(
        this.closer(
          this.arm(consequence, () => this.block(consequence)),
          narrowed,
        ),
      );
    }
    const [next, ...others] = alternatives;
    if (next && depth < maxElifDepth) {
      const end = span.end;
      const narrowed = condition && this.origins.narrowed(condition, false);
      const arm = this.arm({ start: next.start, end }, () => this.alternative(next, others, end, depth + 1), [], true);
      arms.push(this.closer(arm, narrowed));
    }
    const narrows = alternatives.length === 0 && condition ? this.narrowedBy(condition, arms[0]) : undefined;
    this.emit({ start: span.start, end: span.end, kind: "branch", form: "if", condition, arms, ...narrows });
    if (depth >= maxElifDepth) {
      for (const alternative of alternatives) this.alternative(alternative, [], span.end, depth);
    }
  }

  /** What is known once the only arm of a branch has been left for good. */
  private narrowedBy(condition: Value, arm: BranchArm | undefined): { narrows: VariableFacts[] } | undefined {
    const last = arm?.steps.at(-1)?.kind;
    if (last !== "return" && last !== "throw" && last !== "jump") return undefined;
    const narrows = this.origins.narrowed(condition, false);
    if (narrows && this.scope?.origins)
      for (const { name, type } of narrows) this.scope.origins.set(name, type && `<${type}>`);
    return narrows && { narrows };
  }

  /** An arm in which names are known more closely. */
  private closer(arm: BranchArm, variables: VariableFacts[] | undefined): BranchArm {
    if (variables) arm.variables = variables;
    return arm;
  }

  private alternative(node: SyntaxNode, others: SyntaxNode[], end: number, depth: number): void {
    if (node.kind === "elif_clause") this.ifStatement({ start: node.start, end }, node, others, depth);
    else this.block(node.child("body"));
  }

  private loopStatement(node: SyntaxNode): void {
    const bodyNode = node.child("body");
    const loop: LoopStep =
      node.kind === "for_statement" ? this.forHeader(node, node, () => this.block(bodyNode)) : this.whileLoop(node);
    this.emit(loop);
    const alternative = node.child("alternative")?.child("body");
    if (!alternative) return;
    if (!breaks(loop.body)) return this.block(alternative);
    const arms = [this.arm(alternative, () => this.block(alternative))];
    this.emit({
      start: alternative.start,
      end: alternative.end,
      kind: "branch",
      form: "if",
      condition: undefined,
      arms,
    });
  }

  private whileLoop(node: SyntaxNode): LoopStep {
    const condition = node.child("condition");
    const lowerBody = () => this.block(node.child("body"));
    return this.testedLoop(node, "while", () => condition && this.expression(condition), lowerBody);
  }

  /** A `for` statement, or a `for` clause of a comprehension whose variables do not outlive it. */
  private forHeader(span: Span, node: SyntaxNode, lowerBody: () => void): LoopStep {
    const isComprehension = node.kind === "for_in_clause";
    const over = this.together(node, node.childrenOf("right"), node.has("async"));
    const left = node.child("left");
    const variables: VariableFacts[] = [];
    const others: SyntaxNode[] = [];
    const collect = (part: SyntaxNode, suffix: string | undefined) => {
      if (part.kind !== "identifier") {
        others.push(part);
        return;
      }
      if (this.isOutside(part.text)) others.push(part);
      const name = this.text(part);
      const origin = over && suffix !== undefined ? this.origins.each(over, suffix) : undefined;
      variables.push({ name, ...(origin && { origin: this.detach(origin) }) });
      if (this.scope?.origins) this.scope.origins.set(name, origin && this.close(origin));
      if (isComprehension) this.declareLocal(name);
      else this.bind(name);
    };
    if (left) this.eachTarget(left, "", collect);
    const body = this.collect(() => {
      for (const part of others) {
        this.storeIn(part, this.storeTarget(part), "=", this.other(part, over ? [over] : []));
      }
      lowerBody();
    });
    return this.eachLoop(span, over, variables, body, isComprehension ? "comprehension" : "each");
  }

  private tryStatement(node: SyntaxNode): void {
    const body = this.collect(() => this.block(node.child("body")));
    const catches: CatchArm[] = [];
    for (const clause of node.children) if (clause.kind.startsWith("except")) catches.push(this.exceptClause(clause));
    // Runs after the body; that its own exceptions pass the handlers by cannot be said in steps.
    body.push(...this.collect(() => this.block(node.ofKind("else_clause")?.child("body"))));
    const finallyBlock = node.ofKind("finally_clause")?.ofKind("block");
    this.emit({
      start: node.start,
      end: node.end,
      kind: "try",
      body,
      catches,
      finally: this.collect(() => this.block(finallyBlock)),
    });
  }

  private exceptClause(clause: SyntaxNode): CatchArm {
    const [first, ...others] = clause.childrenOf("value");
    const alias = clause.child("alias") ?? partsOf(first?.child("alias"))[0] ?? first?.child("alias");
    const caught = first?.kind === "as_pattern" ? partsOf(first)[0] : first;
    const listed = caught?.kind === "tuple" ? partsOf(caught) : caught ? [caught] : [];
    const variable = this.text(alias) || undefined;
    if (variable) this.bind(variable);
    const steps = this.collect(() => this.block(clause.ofKind("block")));
    const types = [...listed, ...others].map((type) => this.shortText(type));
    return { start: clause.start, end: clause.end, types, variable, steps };
  }

  private withStatement(node: SyntaxNode): void {
    const items = partsOf(node.ofKind("with_clause")).filter((child) => child.kind === "with_item");
    this.withItems(node, items, node.has("async"), node);
  }

  private withItems(node: SyntaxNode, items: SyntaxNode[], isAsync: boolean, span: Span): void {
    const [item, ...others] = items;
    if (!item) return this.block(node.child("body"));
    const itemValue = item.child("value");
    const alias = itemValue?.kind === "as_pattern" ? partsOf(itemValue.child("alias"))[0] : undefined;
    const resourceNode = itemValue?.kind === "as_pattern" ? partsOf(itemValue)[0] : itemValue;
    const resource = resourceNode ? this.expression(resourceNode, isAsync) : this.other(item);
    const isName = alias?.kind === "identifier";
    const entered = isAsync ? ".__aenter__()" : ".__enter__()";
    const origin = alias && partOf(this.origins.of(resource), entered);
    if (isName) {
      this.scope?.origins?.set(this.text(alias), partOf(this.closedOrigin(resource), entered));
      this.bind(this.text(alias));
    }
    const body = this.collect(() => {
      if (alias && !isName) this.storeIn(alias, this.storeTarget(alias), "=", this.other(resource, [resource]), origin);
      this.withItems(node, others, isAsync, { start: others[0]?.start ?? node.start, end: node.end });
    });
    const variable = isName ? { name: this.text(alias), ...(origin && { origin: this.detach(origin) }) } : undefined;
    this.emit({ start: span.start, end: span.end, kind: "scope", form: "with", resource, variable, body });
  }

  private matchStatement(node: SyntaxNode): void {
    const condition = this.together(node, node.childrenOf("subject"), false) ?? this.other(node);
    const clauses = partsOf(node.child("body")).filter((child) => child.kind === "case_clause");
    const arms = clauses.map((clause) => this.caseClause(clause, condition));
    this.emit({ start: node.start, end: node.end, kind: "branch", form: "switch", condition, arms });
  }

  private caseClause(clause: SyntaxNode, subject: Value): BranchArm {
    const labels: Value[] = [];
    const isDefault = isDefaultCase(clause);
    const arm = this.arm(clause, () => {
      const captures: Capture[] = [];
      const nodes = partsOf(clause).filter((child) => child.kind === "case_pattern");
      const from = this.origins.of(subject);
      const patterns = nodes.map((child, i) =>
        this.pattern(child, captures, nodes.length > 1 || isTupleCase(clause) ? partOf(from, `#${i}`) : from),
      );
      const [only] = patterns;
      if (isTupleCase(clause))
        labels.push({ start: clause.start, end: clause.end, kind: "composite", form: "tuple", parts: patterns });
      else if (only?.kind === "operation" && only.operator === "|") labels.push(...only.operands);
      else if (only && !isDefault) labels.push(only);
      for (const capture of captures) {
        const { node, origin } = capture;
        this.storeName(node, this.text(node), "=", this.other(node, [subject]), origin);
      }
      const body = clause.child("consequence");
      const guard = partsOf(clause.child("guard"))[0];
      if (!guard) return this.block(body);
      const condition = this.expression(guard);
      const arms = [this.arm(body ?? clause, () => this.block(body))];
      this.emit({ start: clause.start, end: clause.end, kind: "branch", form: "if", condition, arms });
    });
    const type =
      labels.length > 0 &&
      subject.kind === "path" &&
      /^\w+$/.test(subject.path) &&
      classesOfAll(labels, this.input.text);
    return { ...arm, labels, isDefault, ...(type && { variables: [{ name: subject.path, type }] }) };
  }

  /** The value a pattern compares with; names it binds go to `captures`. */
  private pattern(node: SyntaxNode, captures: Capture[], from: AccessPath | undefined): Value {
    const [first, ...rest] = partsOf(node);
    switch (node.kind) {
      case "case_pattern":
        return first ? this.pattern(first, captures, from) : this.other(node);
      case "integer":
      case "float": {
        const literal = this.literal(node, "number");
        const siblings = node.parent?.children ?? [];
        const sign = siblings[siblings.indexOf(node) - 1];
        return sign?.kind === "-" ? this.operation({ start: sign.start, end: node.end }, "-", [literal]) : literal;
      }
      case "dotted_name":
        if (rest.length > 0)
          return this.read({ start: node.start, end: node.end, kind: "path", path: this.pathText(node) });
        if (first) captures.push({ node: first, origin: from });
        return this.other(node);
      case "splat_pattern":
        if (first) captures.push({ node: first, origin: undefined });
        return this.other(node);
      case "as_pattern": {
        const value = first ? this.pattern(first, captures, from) : this.other(node);
        const type = classesOf(value, this.input.text);
        if (rest[0]) captures.push({ node: rest[0], origin: type && from !== undefined ? `${from}<${type}>` : from });
        return value;
      }
      case "keyword_pattern":
        return rest[0] ? this.pattern(rest[0], captures, partOf(from, `.${first?.text}`)) : this.other(node);
      case "class_pattern": {
        const type = first ? this.pathText(first) : "?";
        for (const child of rest) {
          const isNamed = child.has("keyword_pattern");
          this.pattern(child, captures, isNamed ? partOf(from, `<${type}>`) : undefined);
        }
        return { start: node.start, end: node.end, kind: "path", path: type };
      }
      case "union_pattern":
        return this.operation(
          node,
          "|",
          partsOf(node).map((child) => this.pattern(child, captures, from)),
        );
      case "tuple_pattern":
        if (first && rest.length === 0 && !/,\s*\)$/.test(node.text)) return this.pattern(first, captures, from);
        return this.patterns(node, "tuple", partsOf(node), captures, (i) => partOf(from, `#${i}`));
      case "list_pattern":
        return this.patterns(node, "list", partsOf(node), captures, () => partOf(from, "[]"));
      case "dict_pattern": {
        const keys = node.childrenOf("key").map((key) => this.pattern(key, captures, undefined));
        const values = partsOf(node).filter((child) => child.field !== "key");
        return { ...this.patterns(node, "map", values, captures, () => partOf(from, "[]")), keys };
      }
      case "complex_pattern":
        return this.literal(node, "number");
      default:
        return this.expression(node);
    }
  }

  private patterns(
    node: SyntaxNode,
    form: "tuple" | "list" | "map",
    nodes: SyntaxNode[],
    captures: Capture[],
    from: (index: number) => AccessPath | undefined,
  ) {
    const parts = nodes.map((child, i) => this.pattern(child, captures, from(i)));
    return { start: node.start, end: node.end, kind: "composite" as const, form, parts };
  }

  private expressions(nodes: SyntaxNode[]): Value[] {
    return nodes.flatMap((node) =>
      node.kind === "expression_list" ? this.expressions(partsOf(node)) : [this.expression(node)],
    );
  }

  /** Several expressions where one value is meant: `for x in 1, 2`. */
  private together(node: Span, nodes: SyntaxNode[], isAwaited: boolean): Value | undefined {
    const parts = nodes.map((child) => this.expression(child, isAwaited));
    return parts.length > 1 ? { start: node.start, end: node.end, kind: "composite", form: "tuple", parts } : parts[0];
  }

  private expression(node: SyntaxNode, isAwaited = false): Value {
    return this.read(this.target(node, isAwaited));
  }

  /** What is left of `=`; the names in it are not read. */
  private storeTarget(node: SyntaxNode): Value {
    switch (node.kind) {
      case "pattern_list":
      case "tuple_pattern":
      case "list_pattern":
      case "expression_list":
      case "tuple":
      case "list": {
        const parts = partsOf(node).map((child) => this.storeTarget(child));
        return { start: node.start, end: node.end, kind: "composite", form: "tuple", parts };
      }
      case "list_splat_pattern":
      case "list_splat":
        return this.other(
          node,
          partsOf(node).map((child) => this.storeTarget(child)),
        );
      case "parenthesized_expression": {
        const [inner] = partsOf(node);
        return inner ? this.storeTarget(inner) : this.other(node);
      }
      case "subscript":
        return this.element(node, node.childrenOf("subscript"));
      default:
        return this.target(node);
    }
  }

  /** The value of an expression without reading it: what may be called or stand before a dot. */
  private target(node: SyntaxNode, isAwaited = false): Value {
    switch (node.kind) {
      case "identifier":
      case "dotted_name":
        return { start: node.start, end: node.end, kind: "path", path: this.text(node) };
      case "attribute":
        return this.attribute(node);
      case "subscript": {
        const subscripts = node.childrenOf("subscript");
        return subscripts[0]?.kind === "slice" && subscripts.length === 1
          ? this.slice(node, subscripts[0])
          : this.element(node, subscripts);
      }
      case "slice":
        return this.operation(node, ":", this.bounds(node));
      case "parenthesized_expression": {
        const [inner] = partsOf(node);
        return inner ? this.target(inner, isAwaited) : this.other(node);
      }
      case "call":
        return this.callExpression(node, isAwaited);
      case "await": {
        const [awaited] = partsOf(node);
        const value = awaited ? this.expression(awaited, true) : this.other(node);
        return value.kind === "path" ? this.operation(node, "await", [value]) : value;
      }
      case "named_expression": {
        const name = node.child("name");
        const valueNode = node.child("value");
        const value = valueNode ? this.expression(valueNode) : this.other(node);
        if (!name) return value;
        this.storeName(node, this.text(name), "=", value);
        return { start: name.start, end: name.end, kind: "path", path: this.text(name) };
      }
      case "not_operator":
      case "unary_operator": {
        const operand = node.child("argument");
        const operator = node.kind === "not_operator" ? "!" : (node.child("operator")?.kind ?? "");
        return this.operation(node, this.detach(operator), operand ? [this.expression(operand)] : []);
      }
      case "binary_operator":
        return this.operation(node, node.child("operator")?.kind ?? "", this.sides(node));
      case "boolean_operator": {
        const left = node.child("left");
        const right = node.child("right");
        const operator = node.child("operator")?.kind === "or" ? "||" : "&&";
        const leftValue = left ? this.expression(left) : this.other(node);
        return this.shortCircuit(
          node,
          operator,
          leftValue,
          () => (right ? this.expression(right) : this.other(node)),
          this.origins.narrowed(leftValue, operator === "&&"),
        );
      }
      case "comparison_operator":
        return this.comparison(node);
      case "conditional_expression":
        return this.conditional(node);
      case "lambda":
        return this.lambdaExpression(node);
      case "yield": {
        const [value] = partsOf(node);
        const yielded = value && this.expression(value);
        if (this.scope && !this.scope.modifiers.includes("generator")) this.scope.modifiers.push("generator");
        this.emit({ start: node.start, end: node.end, kind: "yield", value: yielded });
        return this.other(node);
      }
      case "list_comprehension":
      case "set_comprehension":
      case "dictionary_comprehension":
      case "generator_expression":
        return this.comprehension(node);
      case "expression_list":
      case "pattern_list":
      case "tuple":
      case "list":
      case "set": {
        const form = node.kind === "list" || node.kind === "set" ? node.kind : "tuple";
        return {
          start: node.start,
          end: node.end,
          kind: "composite",
          form,
          parts: partsOf(node).map((part) => this.argument(part)),
        };
      }
      case "dictionary":
        return this.dictionary(node);
      case "string":
        return this.string(node);
      case "concatenated_string":
        return this.concatenatedString(node);
      case "integer":
      case "float":
        return this.literal(node, "number");
      case "true":
      case "false":
        return this.literal(node, "boolean");
      case "none":
        return this.literal(node, "null");
      case "type":
        return { start: node.start, end: node.end, kind: "path", path: this.shortText(node) };
      default:
        if (statementKinds.test(node.kind)) {
          this.statement(node);
          return this.other(node);
        }
        return this.other(
          node,
          partsOf(node).map((child) => this.expression(child)),
        );
    }
  }

  private attribute(node: SyntaxNode): Value {
    const objectNode = node.child("object");
    const object = objectNode ? this.target(objectNode) : this.other(node);
    const path = this.detach(`${this.pathThrough(object)}.${node.child("attribute")?.text ?? ""}`);
    const keys = object.kind === "path" ? object.keys : undefined;
    return { start: node.start, end: node.end, kind: "path", path, ...(keys && { keys }) };
  }

  private element(node: SyntaxNode, subscripts: SyntaxNode[]): Value {
    const valueNode = node.child("value");
    const value = valueNode ? this.target(valueNode) : this.other(node);
    const key = this.together(node, subscripts, false);
    const keys = [...(value.kind === "path" ? (value.keys ?? []) : []), ...(key ? [key] : [])];
    return { start: node.start, end: node.end, kind: "path", path: this.detach(`${this.pathThrough(value)}[]`), keys };
  }

  private slice(node: SyntaxNode, slice: SyntaxNode): Value {
    const valueNode = node.child("value");
    const value = valueNode ? this.expression(valueNode) : this.other(node);
    return this.operation(node, "[:]", [value, ...this.bounds(slice)]);
  }

  /** Start, stop and step; a bound that is left out and has one after it is `None`. */
  private bounds(slice: SyntaxNode): Value[] {
    const bounds: Value[] = [];
    let position = 0;
    let from = slice.start;
    for (const child of partsOf(slice)) {
      const before = slice.text.slice(from - slice.start, child.start - slice.start);
      position += before.replace(/#.*/g, "").split(":").length - 1;
      while (bounds.length < position) {
        bounds.push({ start: child.start, end: child.start, kind: "literal", type: "null", text: "None" });
      }
      bounds.push(this.expression(child));
      from = child.end;
    }
    return bounds;
  }

  private sides(node: SyntaxNode): Value[] {
    return [node.child("left"), node.child("right")].map((side) => (side ? this.expression(side) : this.other(node)));
  }

  /** `a < b < c` is `a < b && b < c`. */
  private comparison(node: SyntaxNode): Value {
    const operands = partsOf(node)
      .filter((child) => child.field !== "operators")
      .map((child) => this.expression(child));
    const operators = node.childrenOf("operators").map((child) => this.detach(child.text.replace(/\s+/g, " ")));
    const links = operators.map((operator, i) => {
      const sides = operands.slice(i, i + 2);
      return this.operation({ start: sides[0]?.start ?? node.start, end: sides[1]?.end ?? node.end }, operator, sides);
    });
    const [first, ...rest] = links;
    if (!first) return this.other(node, operands);
    return rest.reduce((left, right) => this.operation(node, "&&", [left, right]), {
      ...first,
      ...(rest.length === 0 && spanOf(node)),
    });
  }

  private conditional(node: SyntaxNode): Value {
    const [thenNode, conditionNode, elseNode] = partsOf(node);
    if (!thenNode || !conditionNode || !elseNode) {
      return this.other(
        node,
        partsOf(node).map((child) => this.expression(child)),
      );
    }
    const condition = this.expression(conditionNode);
    const known = [true, false].map((holds) => this.origins.narrowed(condition, holds));
    return this.conditionalValue(node, condition, [thenNode, elseNode], (side) => this.expression(side), known);
  }

  private callExpression(node: SyntaxNode, isAwaited: boolean): Value {
    const calleeNode = node.child("function");
    const callee = calleeNode ? this.target(calleeNode) : this.other(node);
    const argumentsNode = node.child("arguments");
    const args =
      argumentsNode?.kind === "generator_expression"
        ? [this.expression(argumentsNode)]
        : partsOf(argumentsNode).map((argument) => this.argument(argument));
    const path = this.pathThrough(callee);
    return this.call(node, path, args, {
      ...(constructs(path) && { constructs: true }),
      ...(isAwaited && { awaited: true }),
    });
  }

  /** An element of a list of arguments, bases or elements. A keyword argument is an object with that one key. */
  private argument(node: SyntaxNode): Value {
    switch (node.kind) {
      case "keyword_argument": {
        const name = node.child("name");
        const value = node.child("value");
        const keys: Value[] = name ? [{ start: name.start, end: name.end, kind: "path", path: this.text(name) }] : [];
        return {
          start: node.start,
          end: node.end,
          kind: "composite",
          form: "object",
          keys,
          parts: value ? [this.expression(value)] : [],
        };
      }
      case "list_splat":
      case "dictionary_splat":
      case "parenthesized_list_splat":
        return this.other(
          node,
          partsOf(node).map((child) => this.argument(child)),
        );
      default:
        return this.expression(node);
    }
  }

  private dictionary(node: SyntaxNode): Value {
    const keys: Value[] = [];
    const parts: Value[] = [];
    for (const child of partsOf(node)) {
      const key = child.child("key");
      const value = child.child("value");
      // Keys and parts go together by position.
      keys.push(key ? this.expression(key) : this.other(child));
      parts.push(value ? this.expression(value) : this.argument(child));
    }
    return { start: node.start, end: node.end, kind: "composite", form: "map", keys, parts };
  }

  private comprehension(node: SyntaxNode): Value {
    const body = node.child("body");
    const clauses = partsOf(node).filter((child) => child.kind.endsWith("_clause"));
    const keys: Value[] = [];
    const parts: Value[] = [];
    const lowerFrom = (index: number): void => {
      const clause = clauses[index];
      if (clause?.kind === "for_in_clause") {
        this.emit(this.forHeader(node, clause, () => lowerFrom(index + 1)));
      } else if (clause) {
        const [conditionNode] = partsOf(clause);
        const condition = conditionNode && this.expression(conditionNode);
        const arm = this.arm({ start: node.start, end: node.end }, () => lowerFrom(index + 1));
        const saysNothing = condition === undefined || condition.kind === "path";
        if (saysNothing && arm.steps.every((step) => step.kind === "read"))
          for (const step of arm.steps) this.emit(step);
        else
          this.emit({
            start: clause.start,
            end: clause.end,
            kind: "branch",
            form: "if",
            condition,
            arms: [this.closer(arm, condition && this.origins.narrowed(condition, true))],
          });
      } else if (body?.kind === "pair") {
        const key = body.child("key");
        const value = body.child("value");
        if (key) keys.push(this.expression(key));
        if (value) parts.push(this.expression(value));
      } else if (body) {
        parts.push(this.expression(body));
      }
    };
    lowerFrom(0);
    const form = node.kind === "dictionary_comprehension" ? "map" : node.kind === "set_comprehension" ? "set" : "list";
    const value: Value = {
      start: node.start,
      end: node.end,
      kind: "composite",
      form,
      ...(node.kind === "generator_expression" && { typeName: "generator" }),
      ...(keys.length > 0 && { keys }),
      parts,
    };
    this.origins.noteComprehension(value);
    return value;
  }

  private string(node: SyntaxNode): Value {
    if (!node.has("interpolation")) return this.stringLiteral(node, contentOf(node));
    return { start: node.start, end: node.end, kind: "composite", form: "template", parts: this.templateParts(node) };
  }

  private concatenatedString(node: SyntaxNode): Value {
    const strings = partsOf(node);
    if (!strings.some((child) => child.has("interpolation"))) {
      return this.stringLiteral(node, strings.map(contentOf).join(""));
    }
    const parts = strings.flatMap((child) => this.templateParts(child));
    return { start: node.start, end: node.end, kind: "composite", form: "template", parts };
  }

  private templateParts(string: SyntaxNode): Value[] {
    const parts: Value[] = [];
    const interpolation = (node: SyntaxNode): void => {
      const expression = node.child("expression");
      if (expression) parts.push(this.expression(expression));
      const formats = partsOf(node.child("format_specifier"));
      for (const format of formats) interpolation(format);
    };
    for (const child of partsOf(string)) {
      if (child.kind === "string_content") parts.push(this.stringLiteral(child, child.text));
      else if (child.kind === "interpolation") interpolation(child);
    }
    return parts;
  }

  private stringLiteral(node: Span, content: string): LiteralValue {
    const text = content.replace(/\s+/g, " ");
    return {
      start: node.start,
      end: node.end,
      kind: "literal",
      type: "string",
      text: this.detach(text.length > 200 ? `${text.slice(0, 199)}…` : text),
    };
  }
}

function formOf(bases: string[]): TypeFacts["form"] {
  const names = bases.map((base) => base.replace(/\[[\s\S]*$/, "").replace(/^.*\./, ""));
  if (names.some((name) => /(Enum|Flag)$/.test(name))) return "enum";
  return names.includes("Protocol") ? "interface" : "class";
}

function modifiersOf(node: SyntaxNode, decorators: string[]): Modifier[] {
  const modifiers: Modifier[] = node.has("async") ? ["async"] : [];
  for (const decorator of decorators) {
    const name = decorator.replace(/\([\s\S]*$/, "").replace(/^.*\.(?=[^.]+$)/, "");
    if (name === "staticmethod" || name === "classmethod") modifiers.push("static");
    // What an overload declares is implemented elsewhere, too.
    else if (/^abstract|^overload$/.test(name)) modifiers.push("abstract");
    if (/property$/i.test(name) || decorator.endsWith(".getter")) modifiers.push("getter");
    else if (decorator.endsWith(".setter")) modifiers.push("setter");
  }
  return modifiers;
}

/** A body that says nothing but that there is none: `...`, `pass`. */
function isStub(body: SyntaxNode | undefined): boolean {
  return partsOf(body).every(
    (statement) =>
      statement.kind === "pass_statement" ||
      (statement.kind === "expression_statement" && /^(ellipsis|string)$/.test(partsOf(statement)[0]?.kind ?? "")),
  );
}

/** Whether a call makes an object, by the one naming convention all of Python follows. */
function constructs(callee: string): boolean {
  return /(^|\.)_*[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/.test(callee);
}

/** Whether the name of a function around the node means that function there: methods are not in scope. */
function namesFunctionAround(node: SyntaxNode, name: string): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.kind === "function_definition" && outer.child("name")?.text === name) return !classOf(outer);
  }
  return false;
}

function reachesOwnType(node: SyntaxNode, object: string): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    const type = outer.kind === "function_definition" ? classOf(outer) : undefined;
    if (!type) continue;
    if (type.child("name")?.text === object) return true;
    const [receiver] = partsOf(outer.child("parameters"));
    const decorated = outer.parent?.kind === "decorated_definition" ? outer.parent.children : [];
    return receiver?.text === object && !decorated.some((child) => child.text === "@staticmethod");
  }
  return false;
}

/** The class a function is a method of. */
function classOf(functionNode: SyntaxNode): SyntaxNode | undefined {
  for (let outer = functionNode.parent; outer; outer = outer.parent) {
    if (outer.kind === "class_definition") return outer;
    if (outer.kind === "function_definition" || outer.kind === "lambda") return undefined;
  }
  return undefined;
}

/** App. A of the white paper, as SonarSource's analyser reads it: one inner function, and `return` of a name. */
function isWrapper(functionNode: SyntaxNode): boolean {
  const body = functionNode.kind === "function_definition" ? functionNode.child("body") : undefined;
  let functions = 0;
  for (const statement of partsOf(body)) {
    const definition = statement.kind === "decorated_definition" ? statement.child("definition") : statement;
    if (definition?.kind === "function_definition") functions++;
    else if (statement.kind !== "return_statement" || partsOf(statement)[0]?.kind !== "identifier") return false;
  }
  return functions === 1;
}

function isDefinition(node: SyntaxNode | undefined): boolean {
  return node?.kind === "function_definition" || node?.kind === "class_definition";
}

/** A slice without its bounds: `_:`, `:_`, `::_`. */
function slicePattern(slice: SyntaxNode): string {
  const { children, start, end } = slice;
  const starts = [...children.map((child) => child.start), end];
  return starts
    .map((to, i) => slice.text.slice((children[i - 1]?.end ?? start) - start, to - start).replace(/[^:]/g, ""))
    .join("_");
}

/** The children that are code: neither comments nor the backslash at the end of a line. */
function partsOf(node: SyntaxNode | undefined): SyntaxNode[] {
  return (node?.children ?? []).filter(
    (child) => child.named && !child.isComment && child.kind !== "line_continuation",
  );
}

/** The string a body begins with. */
function docstringOf(body: SyntaxNode): SyntaxNode | undefined {
  const first = partsOf(body)[0];
  const string = first?.kind === "expression_statement" && first.children.length === 1 ? first.children[0] : undefined;
  if (string?.kind !== "string" && string?.kind !== "concatenated_string") return undefined;
  const strings = string.kind === "string" ? [string] : partsOf(string);
  return strings.some((part) => /^[a-z]*[bft]/i.test(part.children[0]?.text ?? "")) ? undefined : string;
}

/** What is between the quotes, as written. */
function contentOf(string: SyntaxNode): string {
  const { children, text, start } = string;
  const opening = children[0];
  const closing = children.at(-1);
  if (opening?.kind !== "string_start") return text;
  return text.slice(opening.end - start, closing?.kind === "string_end" ? closing.start - start : undefined);
}

/** `case _`, `case name`: always taken. */
function isDefaultCase(clause: SyntaxNode): boolean {
  const pattern = clause.ofKind("case_pattern");
  return pattern !== undefined && !clause.child("guard") && !isTupleCase(clause) && isIrrefutable(pattern);
}

/** `case a, b`, and `case a,`: the comma is no node. */
function isTupleCase(clause: SyntaxNode): boolean {
  const first = clause.ofKind("case_pattern");
  return first !== undefined && /^\s*,/.test(clause.text.slice(first.end - clause.start));
}

function isIrrefutable(pattern: SyntaxNode): boolean {
  return pattern.children.every((child) => {
    if (child.kind === "tuple_pattern") {
      return child.children.length === 1 && !/,\s*\)$/.test(child.text) && child.children.every(isIrrefutable);
    }
    return child.kind === "_" || (child.kind === "dotted_name" && child.children.length === 1);
  });
}

/** The single targets of an assignment, however they are packed. */
function patternParts(node: SyntaxNode): SyntaxNode[] {
  return /^(pattern_list|expression_list|tuple|list|(tuple|list|list_splat)_pattern|list_splat|parenthesized_expression|as_pattern_target)$/.test(
    node.kind,
  )
    ? partsOf(node).flatMap(patternParts)
    : [node];
}

function parameterNames(node: SyntaxNode): SyntaxNode[] {
  if (node.kind === "identifier") return [node];
  if (node.kind === "typed_parameter") return partsOf(node).slice(0, 1).flatMap(parameterNames);
  const name = node.child("name");
  return name ? parameterNames(name) : partsOf(node).flatMap(parameterNames);
}

/** `*rest` in a target is a place like any other. */
function starred(target: Value): Value {
  return target.kind === "other" && target.parts[0] ? target.parts[0] : target;
}

function partOf(origin: AccessPath | undefined, segment: string): AccessPath | undefined {
  return origin && `${origin}${segment}`;
}

/** The classes that a pattern checks for: `Foo() | Bar()`. */
function classesOf(pattern: Value, source: string): string | undefined {
  if (pattern.kind === "operation" && pattern.operator === "|") return classesOfAll(pattern.operands, source);
  // `case Color.RED` compares, `case Color()` checks for the class.
  return pattern.kind === "path" && source[pattern.end - 1] === ")" ? pattern.path : undefined;
}

function classesOfAll(patterns: readonly Value[], source: string): string | undefined {
  const classes = patterns.map((pattern) => classesOf(pattern, source));
  return classes.every((name) => name !== undefined) ? classes.join(" | ") : undefined;
}

/** Whether a `break` in the steps leaves the loop they are the body of. */
function breaks(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    switch (step.kind) {
      case "jump":
        return step.form === "break";
      case "branch":
        return step.arms.some((arm) => breaks(arm.steps));
      case "try":
        return breaks(step.body) || step.catches.some((arm) => breaks(arm.steps)) || breaks(step.finally);
      case "scope":
        return breaks(step.body);
      default:
        return false;
    }
  });
}
