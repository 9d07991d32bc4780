import { functionKinds, unwrap } from "../../languages/typescriptNames";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { Addition, Exported, ImportedName, ModuleDeclarations } from "./language";

/** What a program calls that which a file exports by default without naming it. */
export const defaultName = "exportedByDefault";

/** What stands in for the module system's own names; `$` marks those the program may call otherwise. */
const provided: ReadonlyMap<string, string> = new Map([
  ["module", "let $module = { exports: {} };"],
  ["exports", "let $exports = $module.exports;"],
]);

/** Statements of a file's top level by what they declare, import and export, in either module system. */
export function declarationsOf(root: SyntaxNode): ModuleDeclarations {
  const module = new ModuleReader();
  for (const statement of root.namedChildren) module.read(statement);
  return module.declarations();
}

/** The declaration inside an `export`. */
export function unexported(statement: SyntaxNode): SyntaxNode {
  return statement.kind === "export_statement"
    ? (statement.child("declaration") ?? statement.child("value") ?? statement)
    : statement;
}

class ModuleReader {
  private readonly statements = new Map<string, SyntaxNode[]>();
  private readonly additions = new Map<string, Addition[]>();
  private readonly imports = new Map<string, ImportedName>();
  private readonly exports = new Map<string, Exported>();
  private readonly handedOn: string[] = [];
  private readonly changing: SyntaxNode[] = [];
  private isCommon = false;
  /** A variable for all that is exported: `const Fleet = module.exports`. */
  private alias: string | undefined;

  read(statement: SyntaxNode): void {
    if (statement.kind === "import_statement") return this.readImport(statement);
    if (statement.kind === "export_statement") this.readExport(statement);
    const node = unexported(statement);
    const declarators = variableKinds.has(node.kind) ? node.namedChildren.filter(({ kind }) => kind !== "comment") : [];
    if (declarators.length > 0 && declarators.every((each) => required(each.child("value")))) {
      for (const declarator of declarators) this.readRequire(declarator);
      return;
    }
    for (const declarator of declarators) this.readAlias(declarator);
    const expression = node.kind === "expression_statement" ? node.namedChildren[0] : undefined;
    if (expression?.kind === "assignment_expression" && this.readAssignment(statement, expression)) return;
    for (const name of declaredNames(statement)) this.declare(name, statement);
    if (changingStatement.test(node.kind)) this.changing.push(node);
  }

  declarations(): ModuleDeclarations {
    for (const statement of this.changing)
      for (const name of changedRoots(statement, () => true))
        if (this.statements.has(name)) this.declare(name, statement);
    return {
      statements: this.statements,
      additions: this.additions,
      imports: this.imports,
      provided: this.isCommon ? provided : new Map(),
      exported: (name) => this.exported(name),
      handedOn: this.handedOn,
    };
  }

  private exported(name: string): Exported | undefined {
    const known = this.exports.get(name);
    if (known || !this.isCommon) return known;
    // What a module of the older kind exports as a whole is what it exports by default, and has its members.
    const whole = this.exports.get("");
    if (name === "default") return whole ?? { name: "module", members: ".exports" };
    const holder = this.alias ?? (whole && "name" in whole && whole.members === undefined ? whole.name : undefined);
    const isThere = holder !== undefined && this.additions.get(holder)?.some(({ member }) => member === name);
    return isThere ? { name: holder, members: `.${name}` } : undefined;
  }

  private declare(name: string, statement: SyntaxNode): void {
    const known = this.statements.get(name);
    if (known) known.push(statement);
    else this.statements.set(name, [statement]);
  }

  private readImport(statement: SyntaxNode): void {
    const module = textOf(statement.child("source"));
    for (const clause of statement.namedChildren.filter(({ kind }) => kind === "import_clause"))
      for (const node of clause.namedChildren) {
        if (node.kind === "identifier") this.imports.set(node.text, { module, member: "default" });
        else if (node.kind === "namespace_import") this.imports.set(node.namedChildren[0]?.text ?? "", { module });
        else if (node.kind === "named_imports")
          for (const each of node.namedChildren) {
            const member = nameOf(each.child("name"));
            this.imports.set((each.child("alias") ?? each.child("name"))?.text ?? "", { module, member });
          }
      }
  }

  private readExport(statement: SyntaxNode): void {
    const source = statement.child("source");
    const module = source && textOf(source);
    const clause = statement.namedChildren.find(({ kind }) => kind === "export_clause");
    for (const each of clause?.namedChildren ?? []) {
      const name = nameOf(each.child("name"));
      const given = nameOf(each.child("alias") ?? each.child("name"));
      this.exports.set(given, module === undefined ? this.own(name) : { module, member: name });
    }
    const namespace = statement.namedChildren.find(({ kind }) => kind === "namespace_export");
    if (module !== undefined && namespace) this.exports.set(nameOf(namespace.namedChildren[0]), { module });
    else if (module !== undefined && !clause) this.handedOn.push(module);
    const declared = [...declaredNames(statement)];
    if (statement.has("default")) {
      const value = statement.child("value");
      const name = value?.kind === "identifier" ? value.text : (declared[0] ?? defaultName);
      this.exports.set("default", this.own(name));
    } else for (const name of declared) this.exports.set(name, { name });
  }

  /** What is imported and exported again is what it is where it comes from. */
  private own(name: string): Exported {
    return this.imports.get(name) ?? { name };
  }

  private readRequire(declarator: SyntaxNode): void {
    const found = required(declarator.child("value"));
    const name = declarator.child("name");
    if (!found || !name) return;
    if (name.kind === "identifier") this.imports.set(name.text, found);
    if (found.member !== undefined) return;
    for (const part of name.kind === "object_pattern" ? name.namedChildren : []) {
      if (part.kind === "shorthand_property_identifier_pattern")
        this.imports.set(part.text, { ...found, member: part.text });
      else if (part.kind === "pair_pattern")
        this.imports.set(part.child("value")?.text ?? "", { ...found, member: nameOf(part.child("key")) });
    }
  }

  /** `const Fleet = module.exports`, `var app = exports = module.exports = {}` */
  private readAlias(declarator: SyntaxNode): void {
    let value = declarator.child("value");
    for (; value?.kind === "assignment_expression"; value = value.child("right"))
      if (isWholeExport(value.child("left"))) this.noteAlias(declarator);
    if (value && isWholeExport(value)) this.noteAlias(declarator);
  }

  private noteAlias(declarator: SyntaxNode): void {
    this.isCommon = true;
    this.alias = declarator.child("name")?.text;
  }

  /** @returns whether nothing more is to be said of the statement */
  private readAssignment(statement: SyntaxNode, assignment: SyntaxNode): boolean {
    const [left, right] = [assignment.child("left"), unwrap(assignment.child("right"))];
    const path = left ? pathOf(left) : undefined;
    if (!left || !right || !path || path.length < 2) return false;
    const [root = "", member = ""] = path;
    if (isWholeExport(left)) return this.exportWhole(statement, right);
    const last = path.at(-1) as string;
    if (root === "exports" || (root === "module" && member === "exports")) {
      this.isCommon = true;
      const isKnown = right.kind === "identifier" && right.text !== "undefined";
      const members = `.${path.slice(1).join(".")}`;
      const isDirect = path.length === (root === "exports" ? 2 : 3);
      if (isDirect) this.exports.set(last, isKnown ? this.own(right.text) : { name: root, members });
    } else if (!functionKinds.has(right.kind)) return false;
    const known = this.additions.get(root);
    if (known) known.push({ member: last, statement });
    else this.additions.set(root, [{ member: last, statement }]);
    return true;
  }

  private exportWhole(statement: SyntaxNode, value: SyntaxNode): boolean {
    this.isCommon = true;
    this.declare("module", statement);
    const whole: Exported = { name: "module", members: ".exports" };
    // Its functions may reach each other only through the object itself.
    const isOneValue = value.kind !== "object" || [...value.descendants()].some(({ kind }) => kind === "this");
    if (isOneValue) this.exports.set("", value.kind === "identifier" ? this.own(value.text) : whole);
    for (const part of value.kind === "object" ? value.namedChildren : []) {
      if (part.kind === "shorthand_property_identifier") this.exports.set(part.text, this.own(part.text));
      const key = nameOf(part.child("key") ?? part.child("name"));
      const inner = part.child("value");
      if (key === "") continue;
      const isKnown = inner?.kind === "identifier";
      this.exports.set(key, isKnown ? this.own(inner.text) : { name: "module", members: `.exports.${key}` });
    }
    return true;
  }
}

export const variableKinds: ReadonlySet<string> = new Set(["lexical_declaration", "variable_declaration"]);
/** Declarations that have a name. */
export const declarationKinds: ReadonlySet<string> = new Set([
  "function_declaration",
  "generator_function_declaration",
  "class_declaration",
  "abstract_class_declaration",
  "enum_declaration",
]);

/** What a statement declares. */
export function declaredNames(statement: SyntaxNode): ReadonlySet<string> {
  const node = unexported(statement);
  if (declarationKinds.has(node.kind)) return new Set([node.child("name")?.text ?? ""]);
  if (isDefaultValue(statement)) return new Set([defaultName]);
  if (variableKinds.has(node.kind)) {
    const names = new Set<string>();
    for (const declarator of node.namedChildren) bindPattern(declarator.child("name"), names);
    return names;
  }
  return new Set();
}

/** Statements of the top level that run when the file is loaded: what they change is part of what it is. */
const changingStatement = /^(?:expression|if|for|for_in|while|do|try|switch|labeled)_statement$|^statement_block$/;

/**
 * Variables that a statement gives values, or changes in place: `LIMITS.small = 1`, `NAMES.push("a")`.
 *
 * @param mayChange whether a method of this name may change what it is called on
 */
export function changedRoots(statement: SyntaxNode, mayChange: (method: string) => boolean): Set<string> {
  const roots = new Set<string>();
  for (const node of statement.descendants()) {
    const target = changedBy(node, mayChange);
    if (target && /_pattern$/.test(target.kind)) bindPattern(target, roots);
    const root = target && rootOf(target);
    if (root !== undefined) roots.add(root);
  }
  return roots;
}

function changedBy(node: SyntaxNode, mayChange: (method: string) => boolean): SyntaxNode | undefined {
  switch (node.kind) {
    case "assignment_expression":
    case "augmented_assignment_expression":
    case "for_in_statement":
      return node.child("left");
    case "update_expression":
      return node.child("argument");
    case "call_expression": {
      const callee = node.child("function");
      if (callee?.kind !== "member_expression") return undefined;
      if (callee.child("object")?.text === "Object") return node.child("arguments")?.namedChildren[0];
      return mayChange(callee.child("property")?.text ?? "") ? callee.child("object") : undefined;
    }
    default:
      return undefined;
  }
}

function rootOf(target: SyntaxNode): string | undefined {
  let node: SyntaxNode | undefined = target;
  while (node?.kind === "member_expression" || node?.kind === "subscript_expression") node = node.child("object");
  return node?.kind === "identifier" ? node.text : undefined;
}

/** `export default { ... }`, `export default () => ...`: what has no name of its own. */
export function isDefaultValue(statement: SyntaxNode): boolean {
  const value = statement.kind === "export_statement" ? statement.child("value") : undefined;
  return value !== undefined && value.kind !== "identifier";
}

export function bindPattern(node: SyntaxNode | undefined, names: Set<string>): void {
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

/** `module.exports` */
export function isWholeExport(node: SyntaxNode | undefined): boolean {
  return node?.kind === "member_expression" && node.text.replace(/\s/g, "") === "module.exports";
}

/** `require("./piers")`, `require("./piers").arrange` */
function required(value: SyntaxNode | undefined): ImportedName | undefined {
  if (value?.kind === "member_expression") {
    const found = required(value.child("object"));
    const member = value.child("property")?.text;
    return found && found.member === undefined && member !== undefined ? { ...found, member } : undefined;
  }
  if (value?.kind !== "call_expression" || value.child("function")?.text !== "require") return undefined;
  const [argument, ...others] = value.child("arguments")?.namedChildren ?? [];
  return argument?.kind === "string" && others.length === 0 ? { module: textOf(argument) } : undefined;
}

/** `a.b.c` by its names. */
function pathOf(node: SyntaxNode): string[] | undefined {
  if (node.kind === "identifier") return [node.text];
  const object = node.kind === "member_expression" ? node.child("object") : undefined;
  const path = object && pathOf(object);
  const property = node.child("property");
  return path && property?.kind === "property_identifier" ? [...path, property.text] : undefined;
}

/** The text of a string without its quotes. */
function textOf(node: SyntaxNode | undefined): string {
  return node?.text.slice(1, -1) ?? "";
}

export function nameOf(node: SyntaxNode | undefined): string {
  return node?.kind === "string" ? textOf(node) : (node?.text ?? "");
}
