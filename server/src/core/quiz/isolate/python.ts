import type { SyntaxNode } from "../../syntax/syntaxNode";
import { pythonInputImport } from "../inputs/literal";
import type { NotRunnable } from "../program";
import type {
  FunctionPlace,
  ImportedName,
  IsolationLanguage,
  IsWanted,
  ModuleDeclarations,
  StandIn,
  Taken,
} from "./language";
import { pureBuiltins, pureModules } from "./pythonLibrary";
import { replacement } from "./rewritten";
import { type Scopes, UseReader } from "./useReader";

export const pythonIsolation: IsolationLanguage = {
  declarations,
  uses: (statement, isWanted, standIn) => new PythonUseReader(isWanted, standIn).read(statement),
  refusesGlobal: (name) => (pureBuiltins.has(name) ? undefined : `it needs \`${name}\``),
  taken,
  entryOf,
  lifted,
  capturing: (name, captured, called) => ({
    before: `def ${name}(${captured.join(", ")}, /, *args, **kwargs):`,
    indent: " ",
    after: ` return ${called}(*args, **kwargs)`,
  }),
  standsAlone: () => false,
  isCode: ({ kind }) => definitions.has(kind),
  bindings: enclosedBindings,
  inputImports: new Map([["SimpleNamespace", pythonInputImport]]),
  isDeferred,
  loadsWithout: ({ kind }) => definitions.has(kind),
  renamed: (_, name) => name,
  memberAt: ({ parent, field }) =>
    parent?.kind === "attribute" && field === "object" ? parent.child("attribute")?.text : undefined,
  isUsedWhole: () => true,
  held: () => [],
  alias: (name, expression) => `${name} = ${expression}`,
  namespace: (members) => ({
    expression: `SimpleNamespace(${[...members].map(([name, expression]) => `${name}=${expression}`).join(", ")})`,
    line: pythonInputImport,
  }),
  submodule: (path, member) => (path.endsWith("/__init__.py") ? `.${member}` : undefined),
};

/** Methods of operators, which say what they do as well when they are called by name. */
const calledByName: ReadonlySet<string> = new Set(
  (
    "call getitem contains len eq ne lt le gt ge bool str format add radd sub rsub mul rmul truediv floordiv mod pow " +
    "and or xor neg abs int float index round missing"
  )
    .split(" ")
    .map((name) => `__${name}__`),
);

function entryOf({ node, symbol, isMethod }: FunctionPlace): string | NotRunnable {
  const definition = node.kind === "decorated_definition" ? node.child("definition") : node;
  if (definition?.kind !== "function_definition") return { reason: "it has no name" };
  const isProperty = decoratorsOf(node).some((text) =>
    /^(?:\w+\.)*(?:cached_)?property$|\.(?:setter|deleter)$/.test(text),
  );
  if (isProperty) return { reason: "it is a property" };
  const name = symbol.split(".").at(-1) ?? "";
  if (/^__\w+__$/.test(name) && !calledByName.has(name)) return { reason: "the language calls it, not people" };
  return isMethod || !symbol.includes(".") ? symbol : { reason: "it is inside another function" };
}

function decoratorsOf(node: SyntaxNode): string[] {
  const holder = node.kind === "decorated_definition" ? node : node.parent;
  if (holder?.kind !== "decorated_definition") return [];
  return holder.children.filter(({ kind }) => kind === "decorator").map((child) => child.namedChildren[0]?.text ?? "");
}

function declarations(root: SyntaxNode): ModuleDeclarations {
  const statements = new Map<string, SyntaxNode[]>();
  const imports = new Map<string, ImportedName>();
  for (const statement of root.namedChildren) {
    if (isTypeChecking(statement)) continue;
    for (const name of declaredNames(statement)) {
      const known = statements.get(name);
      // A definition replaces an earlier one; statements that only change a value go with it.
      if (known && !replaces(statement)) known.push(statement);
      else statements.set(name, [statement]);
    }
    for (const [name, imported] of importedNames(statement)) imports.set(name, imported);
  }
  for (const statement of root.namedChildren) {
    if (statement.kind !== "expression_statement" && !compound.has(statement.kind)) continue;
    for (const name of changedIn(statement)) {
      const known = statements.get(name);
      if (known && !known.includes(statement)) known.push(statement);
    }
  }
  return {
    statements,
    additions: new Map(),
    imports,
    provided: new Map(),
    exported: (name) => (statements.has(name) ? { name } : imports.get(name)),
    handedOn: root.namedChildren.filter((node) => node.has("wildcard_import")).flatMap(moduleNameOf),
  };
}

function moduleNameOf(statement: SyntaxNode): string[] {
  const name = statement.child("module_name")?.text;
  return name === undefined ? [] : [name];
}

function isTypeChecking(statement: SyntaxNode): boolean {
  return statement.kind === "if_statement" && /\bTYPE_CHECKING$/.test(statement.child("condition")?.text ?? "");
}

const definitions = new Set(["function_definition", "class_definition", "decorated_definition"]);

function replaces(statement: SyntaxNode): boolean {
  if (definitions.has(statement.kind)) return true;
  const assignment = statement.namedChildren[0];
  return assignment?.kind === "assignment" && assignment.child("left")?.kind === "identifier";
}

const compound = new Set(["if_statement", "try_statement", "with_statement", "for_statement", "while_statement"]);

function declaredNames(statement: SyntaxNode): ReadonlySet<string> {
  if (statement.kind === "decorated_definition") {
    const definition = statement.child("definition");
    return definition ? declaredNames(definition) : new Set();
  }
  const names = new Set<string>();
  if (statement.kind === "function_definition" || statement.kind === "class_definition")
    names.add(statement.child("name")?.text ?? "");
  else if (compound.has(statement.kind)) {
    if (statement.kind === "for_statement") bindTarget(statement.child("left"), names);
    bindingsOf(statement, names);
    for (const inner of statement.descendants()) for (const [name] of importedNames(inner)) names.add(name);
  } else if (statement.kind === "expression_statement") {
    bindingsOf(statement, names);
  }
  return names;
}

/** The variable whose value a statement changes in place: `LIMITS["a"] = 1`, `HANDLERS.append(x)`. */
function changedRoot(expression: SyntaxNode): string | undefined {
  const isAssignment = expression.kind === "assignment" || expression.kind === "augmented_assignment";
  let node = isAssignment
    ? expression.child("left")
    : expression.kind === "call"
      ? expression.child("function")
      : undefined;
  if (!isAssignment && node?.kind !== "attribute") return undefined;
  while (node && (node.kind === "subscript" || node.kind === "attribute"))
    node = node.child(node.kind === "subscript" ? "value" : "object");
  return node?.kind === "identifier" ? node.text : undefined;
}

function importedNames(statement: SyntaxNode): [string, ImportedName][] {
  if (statement.kind !== "import_statement" && statement.kind !== "import_from_statement") return [];
  const from = statement.child("module_name")?.text;
  return statement.childrenOf("name").flatMap((item): [string, ImportedName][] => {
    const alias = item.child("alias")?.text;
    const name = (item.kind === "aliased_import" ? item.child("name") : item)?.text ?? "";
    const module = from ?? name;
    const first = name.split(".")[0] as string;
    const bound = alias ?? (from === undefined ? first : name);
    const line = (local: string) => {
      // `import os.path` binds `os`.
      if (from === undefined && alias === undefined && local === first) return `import ${name}`;
      const as = local === name ? "" : ` as ${local}`;
      return from === undefined ? `import ${name}${as}` : `from ${from} import ${name}${as}`;
    };
    const isPure = pureModules.has(module);
    if (!isPure && from === undefined && alias === undefined && name !== first) return [];
    return [[bound, { module, ...(from !== undefined && { member: name }), ...(isPure && { statement: line }) }]];
  });
}

/** Names that a statement binds in the scope it stands in. */
function bindingsOf(node: SyntaxNode, names: Set<string>): void {
  for (const child of node.namedChildren) {
    if (child.kind === "function_definition" || child.kind === "class_definition") {
      names.add(child.child("name")?.text ?? "");
      continue;
    }
    if (child.kind === "lambda") continue;
    if (
      child.kind === "assignment" ||
      child.kind === "augmented_assignment" ||
      child.kind === "for_statement" ||
      child.kind === "for_in_clause"
    )
      bindTarget(child.child("left"), names);
    else if (child.kind === "named_expression") bindTarget(child.child("name"), names);
    else if (child.kind === "as_pattern") bindTarget(child.child("alias"), names);
    else if (child.kind === "case_pattern") bindCaptures(child, names);
    else for (const [name] of importedNames(child)) names.add(name);
    bindingsOf(child, names);
  }
}

const targets = new Set([
  "pattern_list",
  "tuple_pattern",
  "list_pattern",
  "list_splat_pattern",
  "as_pattern_target",
  "tuple",
  "list",
  "expression_list",
]);

/** Names that a function takes from its file although it gives them values. */
function declaredGlobal(body: SyntaxNode): string[] {
  return [...body.descendants()].flatMap((node) =>
    node.kind === "global_statement" ? node.namedChildren.map(({ text }) => text) : [],
  );
}

function bindTarget(target: SyntaxNode | undefined, names: Set<string>): void {
  if (target?.kind === "identifier") names.add(target.text);
  else if (target && targets.has(target.kind)) for (const child of target.namedChildren) bindTarget(child, names);
}

/** `case Point(x=0, y=top):` binds `top`. What names a class or a constant is bound too, which asks for less, never for more. */
function bindCaptures(pattern: SyntaxNode, names: Set<string>): void {
  for (const node of pattern.descendants())
    if (node.kind === "identifier" && node.parent?.kind !== "class_pattern" && !/^[A-Z]/.test(node.text))
      names.add(node.text);
}

/** Kinds below which nothing is evaluated when the program runs. */
const unevaluated = new Set(["type", "comment"]);

class PythonUseReader extends UseReader {
  protected visit(node: SyntaxNode, scopes: Scopes): void {
    if (unevaluated.has(node.kind)) return;
    switch (node.kind) {
      case "decorator":
        // The decorators of a class make its objects, which a stand-in does without.
        if ((this.standIn && node.parent === this.standIn.statement) || isRegistration(node)) return;
        return this.visitChildren(node, scopes);
      case "identifier":
        if (this.standIn && node.text === "super") this.refuse("it needs the class that its own one extends");
        return this.noteName(node, scopes);
      case "attribute":
        this.members.add(node.child("attribute")?.text ?? "");
        return this.visitChild(node, "object", scopes);
      case "keyword_argument":
        return this.visitChild(node, "value", scopes);
      case "function_definition":
      case "lambda":
        return this.visitFunction(node, scopes);
      case "class_definition":
        return this.visitClass(node, scopes);
      case "list_comprehension":
      case "set_comprehension":
      case "dictionary_comprehension":
      case "generator_expression":
        return this.visitChildren(node, [...scopes, bound(node)]);
      case "import_statement":
      case "import_from_statement":
        // A function that asks for a module that is not there is stopped when it does.
        return scopes.length === 0 ? this.visitImport(node) : undefined;
      case "global_statement":
        for (const name of node.namedChildren) this.noteName(name, []);
        return;
      case "dotted_name": {
        // `case Depth.LOW:`
        const [first, ...members] = node.namedChildren;
        for (const member of members) this.members.add(member.text);
        return first && this.noteName(first, scopes);
      }
      default:
        this.visitChildren(node, scopes);
    }
  }

  private visitFunction(node: SyntaxNode, scopes: Scopes): void {
    this.noteDeclared(node, scopes);
    const parameters = node.child("parameters");
    const names = parameterNames(parameters);
    // Defaults are evaluated outside.
    for (const parameter of parameters?.namedChildren ?? []) this.visitChild(parameter, "value", scopes);
    const body = node.child("body");
    if (!body) return;
    bindingsOf(body, names);
    for (const name of declaredGlobal(body)) names.delete(name);
    const inner = [...scopes, names];
    if (node.kind === "lambda") this.visit(body, inner);
    else this.visitChildren(body, inner);
  }

  /** A declaration of the file itself is a place where its name stands. */
  private noteDeclared(node: SyntaxNode, scopes: Scopes): void {
    const name = node.child("name");
    if (name && scopes.length === 0 && !isMember(node)) this.noteName(name, scopes);
  }

  private visitClass(node: SyntaxNode, scopes: Scopes): void {
    this.noteDeclared(node, scopes);
    const isStandIn = isDeclaredIn(node, this.standIn);
    if (!isStandIn) this.visitChild(node, "superclasses", scopes);
    const body = node.child("body");
    if (!body) return;
    const names = new Set<string>();
    bindingsOf(body, names);
    const unreached = new Set(isStandIn ? leftOfStandIn(node, this.isWanted) : unwantedMethods(node, this.isWanted));
    for (const member of body.namedChildren) {
      if (unreached.has(member)) continue;
      // Methods do not see the names of their class; the rest of its body does.
      const isMethod = definitions.has(member.kind);
      if (!isMethod) this.reachMethods(member, names);
      if (member.kind !== "decorated_definition") this.visit(member, isMethod ? scopes : [...scopes, names]);
      else this.visitDecorated(member, scopes, names);
    }
  }

  /** `@size.setter` is about a name of the class. */
  private visitDecorated(member: SyntaxNode, scopes: Scopes, names: ReadonlySet<string>): void {
    for (const child of member.namedChildren)
      this.visit(child, child.kind === "decorator" ? [...scopes, names] : scopes);
  }

  /** `size = property(get_size)` */
  private reachMethods(member: SyntaxNode, names: ReadonlySet<string>): void {
    for (const { kind, text } of member.descendants())
      if (kind === "identifier" && names.has(text)) this.members.add(text);
  }

  private visitImport(node: SyntaxNode): void {
    for (const name of node.childrenOf("name")) {
      const module = node.child("module_name")?.text ?? (name.child("name") ?? name).text;
      if (!pureModules.has(module)) this.refuse(`it needs \`${module}\``);
    }
    if (node.has("wildcard_import")) this.refuse(`it needs all of \`${node.child("module_name")?.text}\``);
  }
}

/** `@Berth.register` before a class says something of another one, and nothing of this. */
function isRegistration({ parent, namedChildren: [expression] }: SyntaxNode): boolean {
  const isOfClass = parent?.child("definition")?.kind === "class_definition";
  return isOfClass && /^\w+(?:\.\w+)*\.register$/.test(expression?.text ?? "");
}

/** Methods do not see the names of their class, so their scopes do not tell them from functions. */
function isMember({ parent }: SyntaxNode): boolean {
  const holder = parent?.kind === "decorated_definition" ? parent.parent : parent;
  return holder?.parent?.kind === "class_definition";
}

function bound(node: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  bindingsOf(node, names);
  return names;
}

/** Members of a class that are left out; those that the language itself calls stay. */
function unwantedMethods(node: SyntaxNode, isWanted: IsWanted): SyntaxNode[] {
  return (node.child("body")?.namedChildren ?? []).filter((member) => {
    const definition = member.kind === "decorated_definition" ? member.child("definition") : member;
    if (definition?.kind !== "function_definition") return false;
    const name = definition.child("name")?.text ?? "";
    // Without what it leaves to others, an abstract class would have objects of its own.
    const isAbstract = decoratorsOf(definition).some((text) => /abstract/.test(text));
    return !isAbstract && !isWanted(name) && !isCalledByLanguage(name);
  });
}

/** Pickling is not for programs that keep nothing. */
function isCalledByLanguage(name: string): boolean {
  return /^__\w+__$/.test(name) && !/^__(?:reduce|getstate|setstate|getnewargs|getinitargs)(?:_\w+)?__$/.test(name);
}

const constructors = new Set(["__init__", "__new__", "__post_init__", "__init_subclass__", "__class_getitem__"]);

function isDeclaredIn(node: SyntaxNode, standIn: StandIn | undefined): boolean {
  return standIn !== undefined && (standIn.statement === node || standIn.statement.child("definition") === node);
}

/** All but the methods that are reached and constants that are written out. */
function leftOfStandIn(node: SyntaxNode, isWanted: IsWanted): SyntaxNode[] {
  return (node.child("body")?.namedChildren ?? []).filter((member) => {
    const definition = member.kind === "decorated_definition" ? member.child("definition") : member;
    if (definition?.kind !== "function_definition") return !isPlainConstant(member, isWanted);
    const name = definition.child("name")?.text ?? "";
    const isField = decoratorsOf(definition).some((text) => /property$|\.(?:setter|deleter)$/.test(text));
    return isField || constructors.has(name) || !(isWanted(name) || isCalledByLanguage(name));
  });
}

function isPlainConstant(member: SyntaxNode, isWanted: IsWanted): boolean {
  const assignment = member.kind === "expression_statement" ? member.namedChildren[0] : undefined;
  const name = assignment?.kind === "assignment" ? assignment.child("left") : undefined;
  const value = assignment?.child("right");
  if (name?.kind !== "identifier" || !value || !isWanted(name.text)) return false;
  return ![value, ...value.descendants()].some(({ kind }) => kind === "identifier" || kind === "call");
}

function taken(node: SyntaxNode, isWanted: IsWanted, standIn: StandIn | undefined): Taken {
  const definition = node.kind === "decorated_definition" ? node.child("definition") : node;
  if (definition?.kind !== "class_definition") return { node, replaced: [], end: "" };
  const isStandIn = isDeclaredIn(definition, standIn);
  const unwanted = isStandIn ? leftOfStandIn(definition, isWanted) : unwantedMethods(definition, isWanted);
  const isEmptied = unwanted.length > 0 && unwanted.length === definition.child("body")?.namedChildren.length;
  const bases = isStandIn ? definition.child("superclasses") : undefined;
  const registrations = isStandIn || node === definition ? [] : node.namedChildren.filter(isRegistration);
  return {
    node: isStandIn ? definition : node,
    replaced: [...registrations, ...(bases ? [bases] : []), ...unwanted].map((each) => replacement(each, "")),
    end: `${isEmptied ? " pass" : ""}${isStandIn ? filledByFields(standIn?.className ?? "") : ""}`,
  };
}

function filledByFields(className: string): string {
  return `
def made_of_fields(self, **fields):
    for name in fields:
        setattr(self, name, fields[name])
${className}.__init__ = made_of_fields`;
}

/** A lambda that is handed on at once may be called at once. */
function isDeferred(place: SyntaxNode, statement: SyntaxNode): boolean {
  for (let node = place; node.parent; node = node.parent) {
    const { parent } = node;
    if (node.field === "body" && parent.kind === "function_definition") return true;
    if (node.field === "body" && parent.kind === "lambda" && parent.parent?.kind !== "argument_list") return true;
    if (parent === statement) break;
  }
  return false;
}

/** Lines of a block are indented alike, wherever it stands. */
function lifted(node: SyntaxNode): Taken {
  const lineStart = node.source.lastIndexOf("\n", node.start) + 1;
  return { node, replaced: [], start: `if True:\n${node.source.slice(lineStart, node.start)}`, end: "" };
}

function enclosedBindings(enclosing: SyntaxNode): ReadonlyMap<string, SyntaxNode | undefined> {
  const names = parameterNames(enclosing.child("parameters"));
  const body = enclosing.child("body");
  if (body) bindingsOf(body, names);
  const changed = changedWithin(enclosing);
  const found = new Map<string, SyntaxNode | undefined>([...names].map((name) => [name, undefined]));
  for (const statement of body?.namedChildren ?? []) {
    const [name, ...others] = definitions.has(statement.kind) || isSame(statement) ? declaredNames(statement) : [];
    if (name !== undefined && others.length === 0 && !changed.has(name)) found.set(name, statement);
  }
  return found;
}

/** A variable that is given a value once, and not an empty one that is filled later on. */
function isSame(statement: SyntaxNode): boolean {
  const assignment = statement.kind === "expression_statement" ? statement.namedChildren[0] : undefined;
  const value = assignment?.kind === "assignment" ? assignment.child("right")?.text : undefined;
  return (
    value !== undefined &&
    assignment?.child("left")?.kind === "identifier" &&
    !/^(?:\[\s*\]|\{\s*\}|\w+\(\w*\))$/.test(value)
  );
}

/** Variables of a function that get a value more than once, or that are changed in place. */
function changedWithin(node: SyntaxNode): ReadonlySet<string> {
  const given = new Set<string>();
  const changed = changedIn(node);
  for (const each of node.descendants()) {
    if (each.kind === "nonlocal_statement") for (const name of each.namedChildren) changed.add(name.text);
    const names = new Set<string>();
    if (each.kind === "assignment") bindTarget(each.child("left"), names);
    for (const name of names) (given.has(name) ? changed : given).add(name);
  }
  return changed;
}

/** Variables that a statement changes in place, or gives values that take theirs. */
function changedIn(node: SyntaxNode): Set<string> {
  const changed = new Set<string>();
  for (const each of node.descendants()) {
    const root = changedRoot(each);
    const isPlain = each.kind === "assignment" && each.child("left")?.kind === "identifier";
    if (root !== undefined && !isPlain) changed.add(root);
  }
  return changed;
}

function parameterNames(parameters: SyntaxNode | undefined): Set<string> {
  const names = new Set<string>();
  for (const parameter of parameters?.namedChildren ?? []) {
    const name = parameter.kind === "identifier" ? parameter : (parameter.child("name") ?? parameter.namedChildren[0]);
    if (name?.kind === "identifier") names.add(name.text);
    else if (name) for (const inner of name.descendants()) if (inner.kind === "identifier") names.add(inner.text);
  }
  return names;
}
