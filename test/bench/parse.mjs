// What no analysis can do without: reads and parses every file once with web-tree-sitter, in one thread.
// `node parse.mjs FOLDER FOLDER_OF_WASM_FILES`
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { Language, Parser } from "web-tree-sitter";

const [folder, wasmFolder] = process.argv.slice(2);
const grammars = { ".go": "go", ".py": "python", ".ts": "typescript", ".tsx": "tsx", ".java": "java" };
const languages = new Map();
await Parser.init();
const parser = new Parser();
let files = 0;
for (const path of readdirSync(folder, { recursive: true })) {
  const grammar = grammars[extname(path)];
  if (!grammar) continue;
  if (!languages.has(grammar))
    languages.set(grammar, await Language.load(join(wasmFolder, `tree-sitter-${grammar}.wasm`)));
  parser.setLanguage(languages.get(grammar));
  parser.parse(readFileSync(join(folder, path), "utf8"))?.delete();
  files++;
}
process.stdout.write(`${files}\n`);
