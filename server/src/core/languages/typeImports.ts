import type { ConstructFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";

/**
 * Notes the import statements of which only types are used and that do not say so. What is decorated needs the values of
 * its types at run time, so that nothing is said of a file with decorators.
 */
export class TypeImports {
  /** Statements by the names they give, the names of one statement in one list. */
  private readonly statements = new Map<SyntaxNode, string[]>();
  private readonly imported = new Set<string>();
  private readonly values = new Set<string>();
  private readonly types = new Set<string>();
  private isDecorated = false;

  visit(node: SyntaxNode): void {
    switch (node.kind) {
      case "import_statement":
        this.noteNames(node);
        break;
      case "identifier":
      case "shorthand_property_identifier":
        if (!isImported(node) && this.imported.has(node.text)) this.values.add(node.text);
        break;
      case "type_identifier":
        if (this.imported.has(node.text)) this.types.add(node.text);
        break;
      case "decorator":
        this.isDecorated = true;
        break;
    }
  }

  found(): ConstructFacts[] {
    if (this.isDecorated) return [];
    const isType = (name: string) => this.types.has(name) && !this.values.has(name);
    return [...this.statements].flatMap(([{ start, end }, names]) =>
      names.every(isType) ? [{ kind: "unmarked-type-import" as const, start, end }] : [],
    );
  }

  private noteNames(statement: SyntaxNode): void {
    const clause = statement.ofKind("import_clause");
    if (clause === undefined || statement.has("type") || statement.has("typeof")) return;
    // All of a module is there for its values, and what is marked beside values is marked.
    if (clause.ofKind("namespace_import") !== undefined) return;
    const specifiers = clause.ofKind("named_imports")?.namedChildren ?? [];
    if (specifiers.some((each) => each.has("type"))) return;
    const names = specifiers.map((each) => each.child("alias") ?? each.child("name"));
    const given = [clause.ofKind("identifier"), ...names].flatMap((name) => (name ? [name.text] : []));
    if (given.length === 0) return;
    this.statements.set(statement, given);
    for (const name of given) this.imported.add(name);
  }
}

function isImported({ parent }: SyntaxNode): boolean {
  return parent?.kind === "import_specifier" || parent?.kind === "import_clause";
}
