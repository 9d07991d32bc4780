import type { Span } from "../base/text";
import type { ExportFacts, Value } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { TypeScriptBodyLowerer } from "./typescriptBody";
import { keyText, unwrap } from "./typescriptNames";
import { bindingsOf, stringText } from "./typescriptNodes";

/** What a file imports and exports. */
export abstract class TypeScriptModuleLowerer extends TypeScriptBodyLowerer {
  protected readonly exportedNames = new Set<string>();
  protected readonly exports: ExportFacts[] = [];

  /** `export { a }`, `export default a` and `module.exports = { a }` stand apart from what they export. */
  protected noteExports(node: SyntaxNode): void {
    if (node.kind === "export_statement" && !node.child("source")) {
      for (const specifier of node.ofKind("export_clause")?.namedChildren ?? []) {
        const name = specifier.child("name");
        if (name) this.addExport(keyText(specifier.child("alias") ?? name), name);
      }
      const value = node.child("value") ?? node.ofKind("identifier");
      if (value?.kind === "identifier") this.addExport("default", value);
      const declared = node.has("default") ? node.child("declaration")?.child("name") : undefined;
      if (declared) this.exports.push({ name: "default", localName: this.text(declared) });
      return;
    }
    const assignment = node.kind === "expression_statement" ? node.ofKind("assignment_expression") : undefined;
    const target = assignment?.child("left");
    if (!target || !/^(module\.)?exports\b/.test(target.text)) return;
    const right = assignment?.child("right");
    if (right?.kind === "identifier") {
      this.addExport(exportedAs(target.text) ?? "default", right);
    } else if (right?.kind === "object") {
      for (const pair of right.namedChildren) {
        const key = pair.child("key");
        const value = pair.child("value");
        if (key && value?.kind === "identifier") this.addExport(keyText(key), value);
      }
    }
  }

  private addExport(name: string, local: SyntaxNode): void {
    const localName = this.text(local);
    this.exportedNames.add(localName);
    this.addExportedName(name, localName);
  }

  protected addExportedName(name: string, localName: string): void {
    if (!this.exports.some((known) => known.name === name && known.localName === localName))
      this.exports.push({ name: this.detach(name), localName });
  }

  protected importStatement(node: SyntaxNode): void {
    const required = node.ofKind("import_require_clause");
    const module = stringText(node.child("source") ?? required?.child("source"));
    const clause = node.ofKind("import_clause");
    if (required) return this.addImport(required, module, undefined, this.text(required.ofKind("identifier")));
    if (!clause) return this.addImport(node, module, undefined, "");
    for (const part of clause.namedChildren) {
      if (part.kind === "identifier") this.addImport(part, module, "default", this.text(part));
      if (part.kind === "namespace_import")
        this.addImport(part, module, undefined, this.text(part.ofKind("identifier")));
      if (part.kind !== "named_imports") continue;
      for (const specifier of part.namedChildren) this.importSpecifier(specifier, module);
    }
  }

  private importSpecifier(specifier: SyntaxNode, module: string, exported = false): void {
    const name = specifier.child("name");
    if (!name) return;
    const member = name.kind === "string" ? keyText(name) : name.text;
    const alias = specifier.child("alias") ?? name;
    this.addImport(specifier, module, member, alias.kind === "string" ? keyText(alias) : this.text(alias), exported);
  }

  private addImport(span: Span, module: string, member: string | undefined, localName: string, exported = false): void {
    this.imports.push({
      start: span.start,
      end: span.end,
      module: this.detach(module),
      ...(member !== undefined && { member: this.detach(member) }),
      localName: this.detach(localName),
      ...(exported && { exported }),
    });
  }

  protected exportStatement(node: SyntaxNode): void {
    const source = node.child("source");
    if (source) {
      const module = stringText(source);
      const namespace = node.ofKind("namespace_export");
      if (namespace) this.addImport(namespace, module, undefined, this.text(namespace.namedChildren[0]), true);
      else if (node.has("*")) this.addImport(node, module, "*", "", true);
      for (const specifier of node.ofKind("export_clause")?.namedChildren ?? []) {
        this.importSpecifier(specifier, module, true);
      }
      return;
    }
    const value = node.child("value");
    if (value && !this.isInFunction) {
      this.exportValue("default", value, this.expression(value));
      return;
    }
    for (const child of node.namedChildren) {
      if (child.kind !== "export_clause" && child.kind !== "namespace_export") this.statement(child);
    }
  }

  /** A value that only its export names: `export default connect(App)`, `exports.db = new Database()`. */
  protected exportValue(name: string, span: Span, value: Value): void {
    const [source] = value.kind === "call" && value.callee === "require" ? value.arguments : [];
    if (source?.kind === "literal") return this.addImport(span, source.text, undefined, name, true);
    const origin = value.kind === "lambda" ? undefined : this.valueOrigin(value);
    if (origin === undefined || (value.kind === "path" && /^[\w$]+$/.test(value.path))) return;
    this.constants.push({
      start: span.start,
      end: span.end,
      name: this.detach(name),
      origin: this.detach(origin),
      mutable: false,
    });
  }

  protected exportModule(span: Span, value: Value): void {
    if (value.kind !== "composite") return this.exportValue("default", span, value);
    value.parts.forEach((part, i) => {
      const key = value.keys?.[i];
      if (key?.kind === "path") this.exportValue(key.path, key, part);
    });
  }

  /** `const x = require("m")`, `const { a } = require("m")` and `const x = require("m").a`. */
  protected requireImport(declarator: SyntaxNode): boolean {
    const value = unwrap(declarator.child("value"));
    const call = value?.kind === "member_expression" ? unwrap(value.child("object")) : value;
    if (call?.kind !== "call_expression" || call.child("function")?.text !== "require") return false;
    const source = call.child("arguments")?.namedChildren[0];
    const name = declarator.child("name");
    if (source?.kind !== "string" || !name) return false;
    const module = stringText(source);
    if (name.kind === "object_pattern" && value === call) {
      for (const pair of name.namedChildren) {
        const key = pair.child("key");
        const bound = pair.child("value");
        if (!key || !bound) continue;
        for (const local of bindingsOf(bound)) this.addImport(pair, module, keyText(key), this.text(local));
      }
    } else if (name.kind === "identifier") {
      const member = value === call ? undefined : this.text(value?.child("property"));
      this.addImport(declarator, module, member, this.text(name));
    } else {
      return false;
    }
    return true;
  }
}

/** The name under which `exports.name = ` or `module.exports.name = ` exports a value. */
export function exportedAs(path: string): string | undefined {
  return /^(?:module\.)?exports\.([\w$]+)$/.exec(path)?.[1];
}
