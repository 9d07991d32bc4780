import { rootOf } from "../model/accessPath";
import type {
  AccessPath,
  ConstantFacts,
  FieldFacts,
  Modifier,
  ParameterFacts,
  TypeFacts,
  TypeParameterFacts,
  Value,
} from "../model/facts";
import { noteBound } from "../model/madeWith";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { type LanguageGrammar, type LoweringInput, newType } from "./lowerer";
import { PythonBodyLowerer } from "./pythonBody";
import { withBlocksOfDecorators } from "./pythonDecorators";
import { constructs, type FunctionScope, recursiveName } from "./pythonNames";
import {
  contentOf,
  docstringOf,
  eachTarget,
  isDefaultCase,
  isDefinition,
  isLeftToOthers,
  isRecord,
  isStub,
  isWrapper,
  modifiersOf,
  parameterNames,
  partsOf,
  slicePattern,
} from "./pythonNodes";
import { unquoted } from "./pythonOrigins";

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
    calledName: recursiveName,
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

/** What is made by a call at module level and is a type: its fields are in the arguments, or nobody's business. */
const typeFactories =
  /^(?:(?:typing|typing_extensions|t|collections)\.)?(TypeVar|NewType|NamedTuple|namedtuple|TypedDict)$/;

export class PythonLowerer extends PythonBodyLowerer {
  private readonly constantsByName = new Map<string, ConstantFacts>();

  constructor(input: LoweringInput) {
    super(input, grammar);
  }

  protected isTestFile(): boolean {
    return /(^|\/)((?:tests?|e2e)\/.*|(test_[^/]*|[^/]*_test|conftest|tests?)\.pyi?)$/.test(this.input.path);
  }

  protected lowerFile(root: SyntaxNode): void {
    this.block(root);
    withBlocksOfDecorators(this.functions);
    for (const [name, origin] of this.globalsWritten) {
      const constant = this.constantsByName.get(name);
      if (!constant) continue;
      constant.mutable = true;
      if (origin && !constant.type) constant.origin ??= origin;
    }
  }

  protected declaration(node: SyntaxNode): boolean {
    switch (node.kind) {
      case "import_statement":
      case "import_from_statement":
      case "future_import_statement":
        this.importStatement(node);
        return true;
      case "decorated_definition":
        this.decoratedDefinition(node);
        return true;
      case "class_definition":
        this.classDefinition(node);
        return true;
      case "function_definition":
        this.functionDefinition(node, []);
        return true;
      case "type_alias_statement":
        this.typeAlias(node);
        return true;
      default:
        return false;
    }
  }

  // Imports

  private importStatement(node: SyntaxNode): void {
    const moduleNode = node.child("module_name");
    const from = node.kind === "future_import_statement" ? "__future__" : moduleNode && this.pathText(moduleNode);
    // Whoever imports this file can import from it what it has imported.
    const exported = this.scopes.ofFunction || from === "__future__" ? undefined : { exported: true };
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

  // Types

  private classDefinition(node: SyntaxNode): void {
    const simpleName = this.text(node.child("name"));
    const around = this.scopes.ofClass?.name ?? this.scopes.ofFunction?.symbol;
    const name = around === undefined ? simpleName : this.detach(`${around}.${simpleName}`);
    const owner = this.scopes.ofClass ? this.detach(`${this.scopes.ofClass.owner}.${simpleName}`) : simpleName;
    const listed = partsOf(node.child("superclasses"));
    for (const argument of listed) this.argument(argument);
    const baseNodes = listed.filter((child) => child.kind !== "keyword_argument" && !child.kind.endsWith("_splat"));
    const bases = baseNodes.map((base) => this.shortText(base));
    const typeParameters = this.typeParameters(node, baseNodes);
    const facts = newType(node, name, formOf(bases), {
      typeParameters,
      bases,
      documented: this.docstring(node.child("body")) !== undefined,
    });
    if (node.parent?.kind === "decorated_definition") facts.decorated = true;
    this.types.push(facts);
    const isTestCase = bases.some((base) => base.endsWith("TestCase"));
    this.scopes.inClass({ name, owner, type: facts, isTestCase }, () => this.block(node.child("body")));
    // A path cannot name what is inside a function; a type can.
    const origin = this.scopes.ofFunction && !this.scopes.ofClass ? this.detach(`<type[${name}]>`) : undefined;
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

  private typeAlias(node: SyntaxNode): void {
    const left = partsOf(node.child("left"))[0];
    const right = node.child("right");
    if (left?.kind === "attribute") return this.attributeOfType(node, left, partsOf(right)[0]);
    const name = this.detach((left?.text ?? "").replace(/\s*\[[\s\S]*$/, ""));
    this.types.push(newType(node, name, "alias", { bases: right ? [this.shortText(right)] : [] }));
  }

  /** `T = TypeVar("T", bound=Foo)`, `Id = NewType("Id", int)`, `Point = namedtuple("Point", "x y")`. */
  private madeType(name: SyntaxNode, value: Value, type: SyntaxNode | undefined): void {
    if (/(^|\.)TypeAlias$/.test(type?.text ?? "") || this.origins.isTypeExpression(value)) {
      const target = this.detach(unquoted(this.input.text.slice(value.start, value.end)));
      this.types.push(newType(name, this.text(name), "alias", { bases: [target] }));
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
    const form = factory === "TypeVar" || factory === "NewType" ? "alias" : "class";
    const facts = newType(name, this.text(name), form, { bases: base ? [base] : [] });
    if (factory === "NamedTuple") facts.fields.push(...this.namedTupleFields(value.arguments[1]));
    this.types.push(facts);
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
    told: {
      type: SyntaxNode | undefined;
      node: SyntaxNode | undefined;
      parameterType?: string | undefined;
      origin: AccessPath | undefined;
      given?: AccessPath | undefined;
    },
  ): void {
    const { type, node, parameterType, origin, given } = told;
    const callee = node?.kind === "call" ? node.child("function") : undefined;
    const constructed = callee && constructs(callee.text) && this.scopes.close(callee.text) === callee.text;
    const isOwn = callee && rootOf(callee.text) === this.scopes.ofFunction?.instance?.name;
    const known = type
      ? this.shortText(type)
      : (parameterType ?? (constructed && !isOwn ? this.shortText(callee) : undefined));
    const made = constructed && !isOwn ? this.shortText(callee) : undefined;
    const field = owner.fields.find((candidate) => candidate.name === name.text);
    if (field) {
      if (made === undefined) delete field.made;
      noteBound(field, node?.text, (text) => this.detach(text));
      if (known && !field.origin) field.type ??= known;
      // Of two locks it is the one that may be taken again.
      if (known && /(?:^|\.)RLock$/.test(known) && /(?:^|\.)Lock$/.test(field.type ?? "")) field.type = known;
      if (origin && !field.type) field.origin ??= origin;
      if (given) field.given ??= given;
      return;
    }
    const added: FieldFacts = {
      start: name.start,
      end: name.end,
      name: this.text(name),
      ...(known ? { type: known } : origin && { origin }),
      ...(given && { given }),
      ...(made && { made }),
      ...(isRecord(node) && { record: true }),
      ...this.lockOfCondition(callee, node),
    };
    noteBound(added, node?.text, (text) => this.detach(text));
    owner.fields.push(added);
  }

  /** A condition is the lock that it is given: `Condition(self._lock)`. */
  private lockOfCondition(callee: SyntaxNode | undefined, node: SyntaxNode | undefined): { sideOf?: { lock: string } } {
    const [given] = node?.child("arguments")?.namedChildren ?? [];
    const [, self, lock] = /^(\w+)\.(\w+)$/.exec(given?.text ?? "") ?? [];
    const isOwn = self !== undefined && self === this.scopes.ofFunction?.instance?.name;
    const isCondition = /(?:^|\.)Condition$/.test(callee?.text ?? "");
    return isCondition && isOwn && lock ? { sideOf: { lock: this.detach(lock) } } : {};
  }

  // Functions

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

  private functionDefinition(node: SyntaxNode, decorators: string[]): void {
    const nameNode = node.child("name");
    if (!nameNode) return this.block(node.child("body"));
    const name = this.text(nameNode);
    const owner = this.scopes.ofClass;
    const isStatic = decorators.includes("staticmethod");
    const parametersNode = node.child("parameters");
    const parameters = this.parameters(parametersNode);
    const takesReceiver = owner && !isStatic && parameters[0] && !parameters[0].rest;
    const receiver = takesReceiver ? { name: (parameters.shift() as ParameterFacts).name, pointer: true } : undefined;
    const result = node.child("return_type");
    const modifiers = modifiersOf(node, decorators);
    const body = node.child("body");
    const mayBeLeft = owner !== undefined && name !== "__init__" && decorators.length === 0;
    const hasNoBody = owner?.type.form === "interface" ? isStub(body) : mayBeLeft && isLeftToOthers(body);
    if (hasNoBody && !modifiers.includes("abstract")) modifiers.push("abstract");
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
    return name.startsWith("test_") || (name.startsWith("test") && (this.scopes.ofClass?.isTestCase ?? false));
  }

  protected lambdaExpression(node: SyntaxNode): Value {
    const parametersNode = node.child("parameters");
    const parameters = this.parameters(parametersNode);
    const modifiers: Modifier[] = [];
    const index = this.addFunction(
      node,
      {
        name: "",
        nameNode: node.children[0] ?? node,
        form: "closure",
        owner: this.scopes.ofClass?.owner,
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
    const names = partsOf(parameters)
      .flatMap(parameterNames)
      .map((name) => this.text(name));
    for (const name of names) this.declareLocal(name);
    const origins = header.instance && new Map<string, AccessPath | undefined>();
    // The function around has just been added.
    const symbol = this.functions.at(-1)?.symbol ?? "";
    this.scopes.inFunction(
      { symbol, bound: new Set(names), outside: new Set(), ...header, declared: undefined, origins },
      lower,
    );
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

  // Variables outside functions

  protected noteAssignment(
    target: SyntaxNode,
    type: SyntaxNode | undefined,
    node: SyntaxNode | undefined,
    value: Value | undefined,
  ): void {
    const { ofFunction, ofClass } = this.scopes;
    if (ofClass) {
      const owner = ofClass.type;
      eachTarget(target, "", (part, suffix) => {
        if (part.kind !== "identifier") return;
        const isMember = owner.form === "enum" && value && !part.text.startsWith("_");
        const origin = isMember ? `<${owner.name}>` : this.closedPart(value, suffix);
        this.field(owner, part, { type, node: part === target ? node : undefined, origin });
      });
    } else if (!ofFunction) {
      eachTarget(target, "", (part, suffix) => {
        if (part.kind !== "identifier") return;
        const origin = type ? undefined : this.closedPart(value, suffix);
        this.constant(part, type, part === target ? node : undefined, origin);
        if (part === target && value) this.madeType(part, value, type);
      });
    } else if (ofFunction.instance) {
      const { instance, parameters } = ofFunction;
      eachTarget(target, "", (part, suffix) => {
        const name = part.child("attribute");
        if (!name || part.child("object")?.text !== instance.name) return;
        const parameter = parameters.find((candidate) => !candidate.rest && candidate.name === node?.text);
        const origin = this.closedPart(value, suffix);
        const parameterType = part === target ? parameter?.type : undefined;
        const given = origin === undefined && value && suffix === "" ? this.givenPath(value) : undefined;
        this.field(instance.type, name, {
          type,
          node: part === target ? node : undefined,
          parameterType,
          origin,
          given,
        });
      });
    }
  }

  /** As `closedOrigin`, of a part of the value. */
  private closedPart(value: Value | undefined, suffix: string | undefined): AccessPath | undefined {
    if (!value || suffix === undefined) return undefined;
    const part = suffix === "" ? value : this.origins.part(value, suffix);
    if (part) return this.closedOrigin(part);
    const origin = this.closedOrigin(value);
    return origin && this.detach(origin + suffix);
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
      ...(isRecord(value) && { record: true }),
      mutable: !isFinal && !/^_*\p{Lu}[\p{Lu}\d_]*$/u.test(text),
    };
    this.constants.push(constant);
    this.constantsByName.set(text, constant);
  }
}

function formOf(bases: string[]): TypeFacts["form"] {
  const names = bases.map((base) => base.replace(/\[[\s\S]*$/, "").replace(/^.*\./, ""));
  if (names.some((name) => /(Enum|Flag)$/.test(name))) return "enum";
  return names.includes("Protocol") ? "interface" : "class";
}
