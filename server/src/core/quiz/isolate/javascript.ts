import { fieldKinds, functionKinds, transparentKinds } from "../../languages/typescriptNames";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { NotRunnable } from "../program";
import { heldIn, holderOf, isUsedWhole, unwantedHeld, withoutUnwanted } from "./javascriptHolder";
import { pureGlobals, refusedMembers } from "./javascriptLibrary";
import {
  bindPattern,
  changedRoots,
  declarationKinds,
  declarationsOf,
  declaredNames,
  defaultName,
  isDefaultValue,
  unexported,
} from "./javascriptModule";
import type { FunctionPlace, IsolationLanguage, IsWanted, StandIn, Taken } from "./language";
import { replacement } from "./rewritten";
import { type Scopes, UseReader } from "./useReader";

/** For JavaScript and TypeScript; types are taken away where the program runs. */
export const javascriptIsolation: IsolationLanguage = {
  declarations: declarationsOf,
  uses: (statement, isWanted, standIn) =>
    new JavascriptUseReader(isWanted, standIn, holderOf(statement)).read(unexported(statement)),
  refusesGlobal: (name) => (pureGlobals.has(name) || name === "this" ? undefined : `it needs \`${name}\``),
  taken,
  entryOf,
  lifted,
  capturing: (name, captured, called) => ({
    before: `const ${name} = (${[...captured, "...args"].join(", ")}) => {`,
    indent: "",
    after: `return ${called}(...args); };`,
  }),
  standsAlone,
  isCode,
  bindings,
  inputImports: new Map(),
  isDeferred,
  loadsWithout: () => false,
  renamed: ({ kind, text }, name) => (kind.startsWith("shorthand_property_identifier") ? `${text}: ${name}` : name),
  memberAt: ({ parent, field }) =>
    parent?.kind === "member_expression" && field === "object" ? parent.child("property")?.text : undefined,
  isUsedWhole,
  held: (statement) => {
    const holder = holderOf(statement);
    return holder ? heldIn(holder).map(({ name }) => name) : [];
  },
  alias: (name, expression) => `const ${name} = ${expression};`,
  namespace: (members, absent) => ({
    expression: `{ ${[...members].map(([name, expression]) => (absent.has(name) ? `get ${name}() { return ${expression}; }` : `${name}: ${expression}`)).join(", ")} }`,
  }),
  submodule: () => undefined,
};

function entryOf({ node, symbol, isMethod, isStatic }: FunctionPlace): string | NotRunnable {
  const names = symbol.split(".");
  const method = names.at(-1) as string;
  if (!names.every((name) => /^[\w$]+$/.test(name))) return (!isMethod && pathTo(node)) || { reason: "it has no name" };
  const prototype = prototypeOf(node);
  const isInstance = isMethod && !isStatic && node.parent?.kind === "class_body";
  if (isInstance && method === "constructor") return { reason: "it only makes an object" };
  if (node.children.some(({ kind }) => kind === "get" || kind === "set")) return { reason: "it is a property" };
  if (isInstance || prototype !== undefined) return `(self, ...rest) => self.${method}(...rest)`;
  return pathTo(node) ?? symbol;
}

function prototypeOf({ parent }: SyntaxNode): string | undefined {
  const left = parent?.kind === "assignment_expression" ? parent.child("left")?.text : undefined;
  return /^[\w$]+(?=\.prototype\.[\w$]+$)/.exec(left ?? "")?.[0];
}

/** How the file itself reaches the value of an expression, where it is stored as it is. */
function pathTo(node: SyntaxNode): string | undefined {
  const { parent } = node;
  if (/_declaration$/.test(node.kind)) return node.child("name")?.text;
  if (!parent) return undefined;
  if (transparentKinds.has(parent.kind)) return pathTo(parent);
  if (parent.kind === "export_statement") return defaultName;
  if (parent.kind === "variable_declarator") return node.field === "value" ? parent.child("name")?.text : undefined;
  if (parent.kind === "assignment_expression") return node.field === "right" ? parent.child("left")?.text : undefined;
  const pair = parent.kind === "pair" ? parent : node.kind === "method_definition" ? node : undefined;
  const object = pair?.parent?.kind === "object" ? pathTo(pair.parent) : undefined;
  const key = pair?.child("key") ?? pair?.child("name");
  if (object === undefined || !key) return undefined;
  if (key.kind === "string") return `${object}[${key.text}]`;
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key.text) ? `${object}.${key.text}` : undefined;
}

/** Names bound in the function, block or import that `node` is, blocks inside included, functions inside left out. */
function boundNames(node: SyntaxNode, names = new Set<string>()): Set<string> {
  for (const child of node.namedChildren) {
    if (declarationKinds.has(child.kind)) {
      names.add(child.child("name")?.text ?? "");
      continue;
    }
    if (functionKinds.has(child.kind) || child.kind === "class") continue;
    if (child.kind === "variable_declarator") bindPattern(child.child("name"), names);
    else if (child.kind === "catch_clause") bindPattern(child.child("parameter"), names);
    else if (child.kind === "for_in_statement") bindPattern(child.child("left"), names);
    else if (child.kind === "import_clause" || child.kind === "namespace_import")
      bindPattern(child.namedChildren[0], names);
    else if (child.kind === "import_specifier") bindPattern(child.child("alias") ?? child.child("name"), names);
    boundNames(child, names);
  }
  return names;
}

/** Kinds below which there are only types, which nothing evaluates. */
const unevaluated = new Set([
  "type_annotation",
  "type_arguments",
  "type_parameters",
  "type_query",
  "type_predicate_annotation",
  "asserts_annotation",
  "implements_clause",
  "interface_declaration",
  "type_alias_declaration",
  "function_signature",
  "abstract_method_signature",
  "method_signature",
  "comment",
]);

const classes = new Set(["class_declaration", "abstract_class_declaration", "class"]);

class JavascriptUseReader extends UseReader {
  private readonly unwanted: ReadonlySet<SyntaxNode>;

  constructor(
    isWanted: IsWanted,
    standIn: StandIn | undefined,
    private readonly holder: SyntaxNode | undefined,
  ) {
    super(isWanted, standIn);
    this.unwanted = new Set(holder ? unwantedHeld(holder, isWanted).map(({ node }) => node) : []);
  }

  protected visit(node: SyntaxNode, scopes: Scopes): void {
    if (unevaluated.has(node.kind) || this.unwanted.has(node)) return;
    if (functionKinds.has(node.kind)) return this.visitFunction(node, scopes);
    if (classes.has(node.kind)) return this.visitClass(node, scopes);
    switch (node.kind) {
      case "shorthand_property_identifier_pattern":
        return scopes.length === 0 ? this.noteName(node, scopes) : undefined;
      case "identifier":
      case "shorthand_property_identifier":
        return this.noteName(node, scopes);
      case "property_identifier":
        this.members.add(node.text);
        if (refusedMembers.has(node.text)) this.refuse(`it uses \`${node.text}\``);
        return;
      case "member_expression":
        if (node.text === "Date.parse") this.refuse("it uses `Date.parse`");
        return this.visitChildren(node, scopes);
      case "new_expression":
        return this.visitChildren(node, scopes);
      case "statement_block":
        return this.visitChildren(node, [...scopes, boundNames(node)]);
      case "for_statement":
      case "for_in_statement": {
        const names = boundNames(node);
        if (node.child("kind")) bindPattern(node.child("left"), names);
        return this.visitChildren(node, [...scopes, names]);
      }
      case "jsx_element":
      case "jsx_self_closing_element":
        this.refuse("it makes elements of a page");
        return;
      case "this":
        // Inside functions that are no methods it is whatever they are called on.
        this.noteName(node, scopes);
        if (this.holder && isUsedWhole(node)) for (const { name } of heldIn(this.holder)) this.members.add(name);
        return;
      case "super":
      case "private_property_identifier":
        if (this.standIn) this.refuse("it needs what only its constructor sets");
        return;
      case "import":
      case "meta_property":
        this.refuse("it loads modules");
        return;
      case "decorator":
        this.refuse("it has decorators");
        return;
      default:
        this.visitChildren(node, scopes);
    }
  }

  private visitFunction(node: SyntaxNode, scopes: Scopes): void {
    const names = new Set<string>();
    bindPattern(node.child("parameters") ?? node.child("parameter"), names);
    const name = node.child("name");
    // A declaration binds its name around it: at the top of a file that is a place where the name stands.
    if (name?.kind === "identifier" && /_declaration$/.test(node.kind)) this.noteName(name, scopes);
    else if (name?.kind === "identifier") names.add(name.text);
    const body = node.child("body");
    if (body) boundNames(body, names);
    for (const field of ["parameters", "parameter", "body"]) this.visitChild(node, field, [...scopes, names]);
    if (name?.kind === "computed_property_name") this.visit(name, scopes);
  }

  private visitClass(node: SyntaxNode, scopes: Scopes): void {
    const name = node.child("name");
    const isDeclared = node.kind !== "class";
    if (name && isDeclared) this.noteName(name, scopes);
    const inner = name && !isDeclared ? [...scopes, new Set([name.text])] : scopes;
    const isStandIn = this.standIn !== undefined && unexported(this.standIn.statement) === node;
    const unwanted = new Set(isStandIn ? leftOfStandIn(node, this.isWanted) : unwantedMethods(node, this.isWanted));
    for (const child of node.namedChildren) {
      if (child === name) continue;
      if (child.field !== "body") {
        if (!isStandIn) this.visit(child, scopes);
        continue;
      }
      for (const member of child.namedChildren) if (!unwanted.has(member)) this.visit(member, inner);
    }
  }
}

function unwantedMethods(node: SyntaxNode, isWanted: IsWanted): SyntaxNode[] {
  return (node.child("body")?.namedChildren ?? []).filter((member) => {
    const name = member.child("name");
    return member.kind === "method_definition" && name?.kind === "property_identifier" && name.text !== "constructor"
      ? !isWanted(name.text)
      : false;
  });
}

/** All but the methods that are reached and constants that are written out. */
function leftOfStandIn(node: SyntaxNode, isWanted: IsWanted): SyntaxNode[] {
  return (node.child("body")?.namedChildren ?? []).filter((member) => {
    const name = member.child("name");
    if (!name || !isWanted(name.text)) return true;
    if (member.kind === "method_definition") return member.has("get") || member.has("set");
    const value = member.child("value");
    return (
      !fieldKinds.has(member.kind) ||
      !member.has("static") ||
      !value ||
      !/^(?:string|number|true|false)$/.test(value.kind)
    );
  });
}

function taken(statement: SyntaxNode, isWanted: IsWanted, standIn: StandIn | undefined): Taken {
  const node = unexported(statement);
  const start = isDefaultValue(statement) ? { start: `const ${defaultName} = ` } : undefined;
  const body = classes.has(node.kind) ? node.child("body") : undefined;
  const holder = holderOf(statement);
  // An expression that is exported by default has no `;` of its own.
  if (!body) return { ...start, node, replaced: holder ? withoutUnwanted(holder, isWanted) : [], end: ";" };
  if (standIn?.statement !== statement)
    return { ...start, node, replaced: unwantedMethods(node, isWanted).map((each) => replacement(each, "")), end: ";" };
  const beside = node.namedChildren.filter(({ kind }) => kind === "class_heritage" || kind === "decorator");
  const members = [...leftOfStandIn(node, isWanted), ...body.namedChildren.filter(({ kind }) => kind === "decorator")];
  const filled = {
    start: body.start + 1,
    end: body.start + 1,
    text: " constructor(fields) { Object.assign(this, fields); }",
  };
  const left = [...beside, ...members].map((each) => replacement(each, ""));
  return { ...start, node, replaced: [...left, filled].sort((a, b) => a.start - b.start), end: ";" };
}

/** A function that is handed on at once may be called at once. */
function isDeferred(place: SyntaxNode, statement: SyntaxNode): boolean {
  for (let node = place; node !== statement && node.parent; node = node.parent) {
    const { parent } = node;
    if (fieldKinds.has(parent.kind) && node.field === "value" && !parent.has("static")) return true;
    const isInside = functionKinds.has(parent.kind) && node.field !== "name";
    if (isInside && !isHandedOn(parent)) return true;
    if (parent === statement) break;
  }
  return false;
}

function isHandedOn({ parent, field }: SyntaxNode): boolean {
  let [outer, as] = [parent, field];
  while (outer?.kind === "parenthesized_expression") [outer, as] = [outer.parent, outer.field];
  return outer?.kind === "arguments" || (outer?.kind === "call_expression" && as === "function");
}

function lifted(node: SyntaxNode, name: string): Taken {
  if (/_declaration$/.test(node.kind)) return { node, replaced: [], end: ";" };
  if (node.kind === "method_definition")
    return { node, replaced: [], start: `const ${name} = ({ `, end: ` }).${name};` };
  return { node, replaced: [], start: `const ${name} = `, end: ";" };
}

function standsAlone(node: SyntaxNode): boolean {
  const isExpression = node.kind === "arrow_function" || /^(?:generator_)?function(?:_expression)?$/.test(node.kind);
  const isMember = node.kind === "method_definition" && node.parent?.kind === "object";
  if (!isExpression && !(isMember && !node.has("get") && !node.has("set"))) return false;
  return ![...node.descendants()].some(({ kind }) => kind === "this" || kind === "super");
}

function bindings(enclosing: SyntaxNode): ReadonlyMap<string, SyntaxNode | undefined> {
  const names = new Set<string>(["arguments", "this"]);
  bindPattern(enclosing.child("parameters") ?? enclosing.child("parameter"), names);
  const body = enclosing.child("body");
  if (body) boundNames(body, names);
  const changed = body ? changedRoots(body, (method) => mutators.test(method)) : new Set<string>();
  const found = new Map<string, SyntaxNode | undefined>([...names].map((name) => [name, undefined]));
  for (const statement of body?.namedChildren ?? [])
    for (const name of isTheSame(statement) ? declaredNames(statement) : [])
      if (!changed.has(name)) found.set(name, statement);
  return found;
}

/** Whether a declaration gives the same value each time, as far as it takes nothing else that differs. */
function isTheSame(statement: SyntaxNode): boolean {
  if (declarationKinds.has(statement.kind)) return true;
  if (statement.kind !== "lexical_declaration" && statement.kind !== "variable_declaration") return false;
  // What begins empty is filled later on.
  return statement.namedChildren.every((declarator) => {
    const value = declarator.child("value");
    return value !== undefined && !/^(?:\[\s*\]|\{\s*\}|new \w+\(\))$/.test(value.text);
  });
}

function isCode(node: SyntaxNode): boolean {
  if (declarationKinds.has(node.kind)) return true;
  return node.namedChildren.every((declarator) => functionKinds.has(declarator.child("value")?.kind ?? ""));
}

const mutators = /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|add|set|delete|clear|append)$/;
