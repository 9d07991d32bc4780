// Holds Fathom's call resolution against judges nobody here wrote. `npm run judge -- go python` runs some of them.
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const languages = ["go", "python", "typescript", "java"];
const wasmFiles = [
  "web-tree-sitter/web-tree-sitter.wasm",
  ...["go", "python", "javascript", "java"].map((name) => `tree-sitter-${name}/tree-sitter-${name}.wasm`),
  ...["typescript", "tsx"].map((name) => `tree-sitter-typescript/tree-sitter-${name}.wasm`),
];

const [wanted, folders] = [
  process.argv.slice(2).filter((word) => languages.includes(word)),
  process.argv.slice(2).filter((word) => !languages.includes(word)),
];
const workbench = await mkdtemp(join(tmpdir(), "fathom-judge-"));
try {
  const { resolveCalls } = await bundled();
  for (const language of wanted.length > 0 ? wanted : languages) {
    const file = join(here, language, "judge.mjs");
    if (!existsSync(file)) continue;
    const { judge } = await import(pathToFileURL(file).href);
    const { title, text } = await judge({ resolveCalls, folders });
    process.stdout.write(`\n## ${title}\n\n${text}\n`);
  }
} finally {
  await rm(workbench, { recursive: true, force: true });
}

/** `resolveCalls` with everything it needs beside it. */
async function bundled() {
  await build({
    entryPoints: [join(here, "resolveCalls.ts")],
    outfile: join(workbench, "resolveCalls.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    keepNames: true,
    define: { FATHOM_VERSION: '"judge"' },
    alias: { "web-tree-sitter": require.resolve("web-tree-sitter").replace(/\.js$/, ".cjs") },
    mainFields: ["module", "main"],
    logLevel: "warning",
  });
  for (const file of wasmFiles)
    await copyFile(join(here, "../../node_modules", file), join(workbench, file.split("/")[1]));
  for (const file of await readdir(join(here, "../../dist")).catch(() => []))
    if (file.endsWith(".wasm")) await copyFile(join(here, "../../dist", file), join(workbench, file));
  return createRequire(import.meta.url)(join(workbench, "resolveCalls.cjs"));
}
