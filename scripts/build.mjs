// Bundles the extension and the program (command line and language server), and puts the grammars beside them.
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const isWatching = process.argv.includes("--watch");
const isProduction = process.argv.includes("--production");
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

/** Path of each wasm file in the package that ships it. */
const wasmFiles = [
  "web-tree-sitter/web-tree-sitter.wasm",
  "tree-sitter-go/tree-sitter-go.wasm",
  "tree-sitter-python/tree-sitter-python.wasm",
  "tree-sitter-javascript/tree-sitter-javascript.wasm",
  "tree-sitter-typescript/tree-sitter-typescript.wasm",
  "tree-sitter-typescript/tree-sitter-tsx.wasm",
  "tree-sitter-java/tree-sitter-java.wasm",
];

const shared = {
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  platform: "node",
  sourcemap: !isProduction,
  minify: isProduction,
  // Stack traces and SARIF notices name functions.
  keepNames: true,
  define: { FATHOM_VERSION: JSON.stringify(version) },
  // The ESM build finds its wasm through import.meta.url, which a CJS bundle does not have.
  alias: { "web-tree-sitter": require.resolve("web-tree-sitter").replace(/\.js$/, ".cjs") },
  mainFields: ["module", "main"],
  logLevel: "warning",
};

const bundles = [
  {
    ...shared,
    entryPoints: { cli: "server/src/cli/main.ts" },
    outdir: "dist",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
  },
  {
    ...shared,
    entryPoints: { extension: "client/src/extension.ts" },
    outdir: "dist",
    target: "node20",
    external: ["vscode"],
  },
];

await rm(join(root, "dist"), { recursive: true, force: true });
await mkdir(join(root, "dist"), { recursive: true });
for (const file of wasmFiles) await copyFile(join(root, "node_modules", file), join(root, "dist", file.split("/")[1]));
for (const options of bundles) {
  if (isWatching) await (await context(options)).watch();
  else await build(options);
}
