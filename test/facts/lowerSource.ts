import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { languageOfPath } from "../../server/src/core/languages/languages";
import { parseSource } from "../../server/src/core/languages/parseSource";
import type { FileFacts, LanguageId } from "../../server/src/core/model/facts";
import { type SyntaxHost, SyntaxParser } from "../../server/src/core/syntax/syntaxParser";

const packages = join(import.meta.dirname, "..", "..", "node_modules");

const host: SyntaxHost = {
  readWasm: (name) =>
    readFile(join(packages, name === "tree-sitter-tsx" ? "tree-sitter-typescript" : name, `${name}.wasm`)),
  now: () => performance.now(),
};

const extensions: Readonly<Record<LanguageId, string>> = {
  go: "go",
  java: "java",
  javascript: "js",
  python: "py",
  typescript: "ts",
};

let parser: Promise<SyntaxParser> | undefined;

/** What a file with this text lowers to; the path decides the dialect and whether the file is a test. */
export async function lowerSource(
  language: LanguageId,
  text: string,
  path = `source.${extensions[language]}`,
): Promise<FileFacts> {
  const known = languageOfPath(path);
  if (known?.id !== language) throw new Error(`${path} is not ${language}`);
  parser ??= SyntaxParser.create(host);
  const loaded = await parser;
  await loaded.loadGrammar(known.grammar);
  const parsed = parseSource(loaded, known, text, { maxNestingDepth: 500, parseTimeout: 30_000 });
  if (!parsed) throw new Error(`${path} took too long to parse`);
  const input = { path, language, text, root: parsed.root, hasErrors: parsed.hasErrors, maxFunctions: 10_000 };
  return new known.lowerer(input).lower().facts;
}
