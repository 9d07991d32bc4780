// Bundles the extension and the program (command line and language server), and puts the grammars beside them.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
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

const quickjs = "@jitl/quickjs-wasmfile-release-sync";

/** What the sandboxes load, by folder of `dist` and name there. */
const sandboxFiles = {
  quickjs: { "quickjs.wasm": `node_modules/${quickjs}/dist/emscripten-module.wasm` },
  pyodide: {
    "pyodide.asm.mjs": "node_modules/pyodide/pyodide.asm.mjs",
    "pyodide.asm.wasm": "node_modules/pyodide/pyodide.asm.wasm",
    "python_stdlib.zip": "node_modules/pyodide/python_stdlib.zip",
    "sandbox.py": "server/src/host/sandbox/python/sandbox.py",
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  platform: "node",
  sourcemap: !isProduction,
  // Stack traces and SARIF notices name functions. Keeping the names of shortened ones costs a call for every closure.
  minifyWhitespace: isProduction,
  minifySyntax: isProduction,
  define: { FATHOM_VERSION: JSON.stringify(version) },
  // The ESM builds find their wasm through import.meta.url, which a CJS bundle does not have.
  alias: {
    pyodide: require.resolve("pyodide"),
    "web-tree-sitter": require.resolve("web-tree-sitter").replace(/\.js$/, ".cjs"),
    [`${quickjs}/emscripten-module`]: require.resolve(`${quickjs}/emscripten-module`),
  },
  mainFields: ["module", "main"],
  logLevel: "warning",
};

/** What the cache holds was made by these files; `buildId` of the host reads it. */
const identify = {
  name: "identify",
  setup: ({ onEnd }) =>
    onEnd(async () => {
      const hash = createHash("sha256");
      const names = await readdir(join(root, "dist"));
      for (const name of names.filter((name) => /\.(js|wasm)$/.test(name)).sort())
        hash.update(name).update(await readFile(join(root, "dist", name)));
      await writeFile(join(root, "dist", "build-id"), hash.digest("hex"));
    }),
};

/** Each catalog as text, parsed when its language is first met: V8 reads JSON much faster than JavaScript. */
const catalogsAsText = {
  name: "catalogs-as-text",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]core[\\/]catalog[\\/]catalogs\.ts$/ }, async ({ path }) => {
      const files = (await readdir(dirname(path))).filter((name) => name.endsWith(".json"));
      const watchFiles = files.map((name) => join(dirname(path), name));
      const getters = watchFiles.map(async (file) => {
        const text = JSON.stringify(JSON.parse(await readFile(file, "utf8")));
        const language = basename(file, ".json");
        return `get ${language}() { return (parsed.${language} ??= JSON.parse(${JSON.stringify(text)})); }`;
      });
      const contents = `const parsed = {};\nexport const builtinCatalogs = { ${(await Promise.all(getters)).join(", ")} };`;
      return { contents, watchFiles };
    }),
};

/** What only `fathom lsp` needs lies in a file of its own: a scan need not read it. */
const languageServerApart = {
  name: "language-server-apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^vscode-languageserver(\/node)?$/ }, () => ({ path: "./languageserver.js", external: true })),
};

const program = {
  ...shared,
  outdir: "dist",
  target: "node20",
  // Piscina asks for it only to make its threads nicer, which ours are not.
  external: ["@napi-rs/nice"],
  plugins: [identify],
};

const bundles = [
  {
    ...program,
    entryPoints: { cli: "server/src/cli/start.ts" },
    banner: { js: "#!/usr/bin/env node" },
  },
  {
    ...program,
    entryPoints: { program: "server/src/cli/main.ts" },
    plugins: [catalogsAsText, languageServerApart, identify],
  },
  {
    ...program,
    entryPoints: { languageserver: "vscode-languageserver/node" },
  },
  {
    ...program,
    entryPoints: {
      extraction: "server/src/host/extraction/worker.ts",
      // What a thread of the pool starts with; Piscina looks for it by this name, beside itself.
      worker: join(dirname(require.resolve("piscina")), "worker.js"),
    },
  },
  {
    ...program,
    entryPoints: {
      "quickjs/worker": "server/src/host/sandbox/javascript/worker.ts",
      "pyodide/worker": "server/src/host/sandbox/python/worker.ts",
    },
    // Pyodide asks for it only to open sockets, which programs do not get.
    external: ["ws"],
  },
  {
    // Runs inside QuickJS; the value of the script is what it exports.
    ...shared,
    platform: "neutral",
    format: "iife",
    globalName: "guest",
    footer: { js: "guest" },
    entryPoints: { "quickjs/guest": "server/src/host/sandbox/javascript/guest.ts" },
    outdir: "dist",
    target: "es2022",
    sourcemap: false,
  },
  {
    ...shared,
    entryPoints: { extension: "client/src/extension.ts" },
    outdir: "dist",
    target: "node20",
    external: ["vscode"],
  },
  {
    // Runs in a webview.
    ...shared,
    platform: "browser",
    format: "iife",
    entryPoints: ["media/quiz/quiz.ts", "media/quiz/quiz.css"],
    outdir: "dist/quiz",
    target: "es2022",
    mainFields: ["browser", "module", "main"],
  },
];

await rm(join(root, "dist"), { recursive: true, force: true });
await mkdir(join(root, "dist"), { recursive: true });
for (const file of wasmFiles) await copyFile(join(root, "node_modules", file), join(root, "dist", file.split("/")[1]));
for (const [folder, files] of Object.entries(sandboxFiles)) {
  await mkdir(join(root, "dist", folder));
  for (const [name, file] of Object.entries(files)) await copyFile(join(root, file), join(root, "dist", folder, name));
}
for (const options of bundles) {
  if (isWatching) await (await context(options)).watch();
  else await build(options);
}
