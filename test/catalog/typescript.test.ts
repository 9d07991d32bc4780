import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { Catalog, type CatalogEntry, positionOf } from "../../server/src/core/catalog/catalog";
import { builtinCatalogs } from "../../server/src/core/catalog/catalogs";

/** What the linker calls what has no name, and what it is called in the library. */
const libraryNames: Readonly<Record<string, string>> = {
  list: "Array",
  string: "String",
  number: "Number",
  boolean: "Boolean",
  function: "Function",
  bigint: "BigInt",
  symbol: "Symbol",
};
/** No declaration says so: objects as maps, and what test runners and other runtimes define without being here. */
const undeclared =
  /^(map|jest|expect|test|xit|suite|beforeAll|afterAll|Bun|Deno|defineEventHandler)(\.|$)|__call__$|\.\*\./;

/** Holds the catalog against the declarations of the language, of Node and of Vitest. */
describe("the catalog of TypeScript", () => {
  const catalog = new Catalog(builtinCatalogs.typescript);
  const probe = join(import.meta.dirname, "probe.ts");
  let checker: ts.TypeChecker;
  let source: ts.SourceFile;
  let modules: string[];

  beforeAll(() => {
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      esModuleInterop: true,
      lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
      types: ["node", "mocha"],
      skipLibCheck: true,
    };
    const host = ts.createCompilerHost(options);
    const all = new Set([...catalog.entries()].map(({ module }) => module));
    modules = [...all].filter((module) => module === "vitest" || isOfNode(module));
    const text = modules.map((module) => `import * as ${nameOf(module)} from "${specifierOf(module)}";`).join("\n");
    const read = host.getSourceFile;
    host.getSourceFile = (name, ...rest) =>
      name === probe ? ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true) : read.call(host, name, ...rest);
    const program = ts.createProgram([probe], options, host);
    checker = program.getTypeChecker();
    source = program.getSourceFile(probe) as ts.SourceFile;
  }, 60_000);

  it("names only what there is", () => {
    const wrong: string[] = [];
    let known = 0;
    for (const { module, symbol, entry } of catalog.entries()) {
      if (undeclared.test(symbol) || !(module === "builtin" || modules.includes(module))) continue;
      known++;
      const problem = problemOf(module, symbol, entry);
      if (problem) wrong.push(`${module} ${symbol}: ${problem}`);
    }
    expect(wrong).toEqual([]);
    expect(known).toBeGreaterThan(900);
  });

  function problemOf(module: string, symbol: string, entry: CatalogEntry): string | undefined {
    const [first = "", ...rest] = symbol.split(".");
    let types = module === "builtin" ? globalTypes(first) : exportedTypes(module, first);
    if (types === undefined) return "no module";
    if (types.length === 0) return `no ${first}`;
    for (const name of rest) {
      const member = memberOf(types, name);
      if (!member) return `no member ${name}`;
      types = typesOf(member);
    }
    const field = Object.keys(entry.fields ?? {}).find((name) => !memberOf(types ?? [], name));
    if (field !== undefined) return `no field ${field}`;
    const signatures = types.flatMap((type) =>
      partsOf(type).flatMap((part) => [...part.getCallSignatures(), ...part.getConstructSignatures()]),
    );
    if (entry.callback === undefined || signatures.length === 0) return undefined;
    return signatures.some((signature) => takesFunction(signature, entry.callback))
      ? undefined
      : `no function at ${entry.callback}`;
  }

  function globalTypes(name: string): ts.Type[] {
    const wanted = libraryNames[name] ?? name;
    const symbols = [ts.SymbolFlags.Value, ts.SymbolFlags.Type].flatMap(
      (meaning) => checker.resolveName(wanted, source, meaning, false) ?? [],
    );
    return symbols.flatMap(typesOf);
  }

  function exportedTypes(module: string, name: string): ts.Type[] | undefined {
    const statement = source.statements.find(
      (found): found is ts.ImportDeclaration =>
        ts.isImportDeclaration(found) && (found.moduleSpecifier as ts.StringLiteral).text === specifierOf(module),
    );
    const file = statement && checker.getSymbolAtLocation(statement.moduleSpecifier);
    if (!file) return undefined;
    const exported = checker.getExportsOfModule(file);
    const main = exported.find((found) => found.name === "default") ?? file.exports?.get("export=" as ts.__String);
    const mainTypes = main ? typesOf(resolved(main)) : [];
    if (name === "default") return mainTypes;
    const found = exported.find((candidate) => candidate.name === name) ?? memberOf(mainTypes, name);
    return found ? typesOf(resolved(found)) : [];
  }

  function resolved(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  /** The type of a symbol's values, and of what it holds itself. */
  function typesOf(found: ts.Symbol): ts.Type[] {
    const symbol = resolved(found);
    const types: ts.Type[] = [];
    if (symbol.flags & ts.SymbolFlags.Type) types.push(checker.getDeclaredTypeOfSymbol(symbol));
    if (symbol.flags & ts.SymbolFlags.Value) {
      const type = checker.getTypeOfSymbol(symbol);
      types.push(type, ...type.getConstructSignatures().map((signature) => signature.getReturnType()));
    }
    return types;
  }

  function memberOf(types: readonly ts.Type[], name: string): ts.Symbol | undefined {
    for (const type of types)
      for (const part of partsOf(type)) {
        const member = checker.getPropertyOfType(checker.getApparentType(part), name);
        if (member) return member;
      }
    return undefined;
  }

  function takesFunction(signature: ts.Signature, position: number | undefined): boolean {
    const at = positionOf(position, signature.parameters.length) ?? 0;
    const parameter = signature.parameters[at] ?? signature.parameters.at(-1);
    return parameter !== undefined && isFunction(checker.getTypeOfSymbolAtLocation(parameter, source));
  }

  function isFunction(type: ts.Type): boolean {
    return partsOf(type).some((part) => {
      if (part.flags & (ts.TypeFlags.Any | ts.TypeFlags.TypeParameter)) return true;
      if (part.getCallSignatures().length > 0 || part.symbol?.name === "Function") return true;
      const element = checker.isArrayType(part) ? checker.getTypeArguments(part as ts.TypeReference)[0] : undefined;
      return element !== undefined && isFunction(element);
    });
  }
});

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnionOrIntersection() ? type.types.flatMap(partsOf) : [type];
}

function isOfNode(module: string): boolean {
  return process.getBuiltinModule(`node:${module}`) !== undefined && module !== "sqlite";
}

function specifierOf(module: string): string {
  return isOfNode(module) ? `node:${module}` : module;
}

function nameOf(module: string): string {
  return module.replace(/\W/g, "_");
}
