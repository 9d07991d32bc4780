import { functionKinds } from "../../languages/typescriptNames";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { NotRunnable } from "../program";
import type { FunctionPlace, ImportedName, IsolationLanguage, IsWanted, ModuleDeclarations, Taken } from "./isolate";
import { pureGlobals, refusedMembers } from "./javascriptLibrary";
import { type Scopes, UseReader } from "./useReader";

/** For JavaScript and TypeScript; types are taken away where the program runs. */
export const javascriptIsolation: IsolationLanguage = {
  declarations,
  uses: (statement, isWanted) => new JavascriptUseReader(isWanted).read(unexported(statement)),
  refusesGlobal: (name) => (pureGlobals.has(name) ? undefined : `it needs \`${name}\``),
  taken,
  entryOf,
  inputImports: new Map(),
};

function entryOf({ node, symbol, isMethod, isStatic }: FunctionPlace): string | NotRunnable {
  const names = symbol.split(".");
  const method = names.at(-1) as string;
  if (!names.every((name) => /^[\w$]+$/.test(name))) return { reason: "it has no name" };
  if (!isMethod || isStatic) return symbol;
  if (method === "constructor") return { reason: "it only makes an object" };
  if (node.children.some(({ kind }) => kind === "get" || kind === "set")) return { reason: "it is a property" };
  return `(self, ...rest) => self.${method}(...rest)`;
}

function declarations(root: SyntaxNode): ModuleDeclarations {
  const statements = new Map<string, SyntaxNode[]>();
  const imports = new Map<string, ImportedName>();
  for (const statement of root.namedChildren) {
    if (statement.kind === "import_statement") {
      const module = statement.child("source")?.text.slice(1, -1) ?? "";
      for (const name of boundNames(statement)) imports.set(name, { module });
      continue;
    }
    for (const name of declaredNames(statement)) {
      const known = statements.get(name);
      if (known) known.push(statement);
      else statements.set(name, [statement]);
    }
  }
  return { statements, imports };
}

const variables = new Set(["lexical_declaration", "variable_declaration"]);
const named = new Set([
  "function_declaration",
  "generator_function_declaration",
  "class_declaration",
  "abstract_class_declaration",
  "enum_declaration",
]);

/** What a statement declares, or changes in place: `LIMITS.small = 1`. */
function declaredNames(statement: SyntaxNode): ReadonlySet<string> {
  const node = unexported(statement);
  if (named.has(node.kind)) return new Set([node.child("name")?.text ?? ""]);
  if (variables.has(node.kind)) {
    const names = new Set<string>();
    for (const declarator of node.namedChildren) bindPattern(declarator.child("name"), names);
    return names;
  }
  const root = node.kind === "expression_statement" && changedRoot(node.namedChildren[0]);
  return new Set(root ? [root] : []);
}

function changedRoot(expression: SyntaxNode | undefined): string | undefined {
  let node =
    expression?.kind === "assignment_expression"
      ? expression.child("left")
      : expression?.kind === "call_expression"
        ? expression.child("function")
        : undefined;
  if (node?.kind === "identifier") return undefined;
  while (node?.kind === "member_expression" || node?.kind === "subscript_expression") node = node.child("object");
  return node?.kind === "identifier" ? node.text : undefined;
}

/** The declaration inside an `export`. */
function unexported(statement: SyntaxNode): SyntaxNode {
  return statement.kind === "export_statement"
    ? (statement.child("declaration") ?? statement.child("value") ?? statement)
    : statement;
}

function bindPattern(node: SyntaxNode | undefined, names: Set<string>): void {
  if (!node) return;
  if (node.kind === "identifier" || node.kind === "shorthand_property_identifier_pattern") names.add(node.text);
  else if (node.kind === "assignment_pattern" || node.kind === "object_assignment_pattern")
    bindPattern(node.child("left"), names);
  else if (node.kind === "pair_pattern") bindPattern(node.child("value"), names);
  else if (node.kind === "required_parameter" || node.kind === "optional_parameter")
    bindPattern(node.child("pattern"), names);
  else if (/_pattern$|^formal_parameters$/.test(node.kind))
    for (const child of node.namedChildren) bindPattern(child, names);
}

/** Names bound in the function, block or import that `node` is, blocks inside included, functions inside left out. */
function boundNames(node: SyntaxNode, names = new Set<string>()): Set<string> {
  for (const child of node.namedChildren) {
    if (named.has(child.kind)) {
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
  protected visit(node: SyntaxNode, scopes: Scopes): void {
    if (unevaluated.has(node.kind)) return;
    if (functionKinds.has(node.kind)) return this.visitFunction(node, scopes);
    if (classes.has(node.kind)) return this.visitClass(node, scopes);
    switch (node.kind) {
      case "identifier":
      case "shorthand_property_identifier":
        return this.noteName(node.text, scopes);
      case "property_identifier":
        this.members.add(node.text);
        if (refusedMembers.has(node.text)) this.refuse(`it uses \`${node.text}\``);
        return;
      case "member_expression":
        if (/^(?:Date\.now|Math\.random|Date\.parse)$/.test(node.text)) this.refuse(`it uses \`${node.text}\``);
        return this.visitChildren(node, scopes);
      case "new_expression":
        if (node.child("constructor")?.text === "Date" && !node.child("arguments")?.namedChildren.length)
          this.refuse("it reads the clock");
        return this.visitChildren(node, scopes);
      case "statement_block":
        return this.visitChildren(node, [...scopes, boundNames(node)]);
      case "jsx_element":
      case "jsx_self_closing_element":
        this.refuse("it makes elements of a page");
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
    if (name?.kind === "identifier") names.add(name.text);
    const body = node.child("body");
    if (body) boundNames(body, names);
    for (const field of ["parameters", "parameter", "body"]) this.visitChild(node, field, [...scopes, names]);
    if (name?.kind === "computed_property_name") this.visit(name, scopes);
  }

  private visitClass(node: SyntaxNode, scopes: Scopes): void {
    const name = node.child("name");
    const inner =
      name?.kind === "type_identifier" || name?.kind === "identifier" ? [...scopes, new Set([name.text])] : scopes;
    const unwanted = new Set(unwantedMethods(node, this.isWanted));
    for (const child of node.namedChildren) {
      if (child === name) continue;
      if (child.field !== "body") this.visit(child, scopes);
      else for (const member of child.namedChildren) if (!unwanted.has(member)) this.visit(member, inner);
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

function taken(statement: SyntaxNode, isWanted: IsWanted): Taken {
  const node = unexported(statement);
  // An expression that is exported by default has no `;` of its own.
  return { node, leftOut: classes.has(node.kind) ? unwantedMethods(node, isWanted) : [], end: ";" };
}
