// What judges run: TypeScript of the project bundled into a folder that is removed afterwards, its grammars beside it.
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const packages = fileURLToPath(new URL("../../node_modules", import.meta.url));
const grammars = ["go", "python", "javascript", "java", "typescript"].map((name) => `tree-sitter-${name}`);

/**
 * @param {string[]} sources paths of TypeScript files; each is `NAME.cjs` in the folder
 * @param {(folder: string) => Promise<T>} work
 * @param {string[]} [external] packages that are not bundled
 * @returns {Promise<T>}
 * @template T
 */
export async function withBundle(sources, work, external = []) {
  const folder = await mkdtemp(join(tmpdir(), "fathom-judge-"));
  try {
    await build({
      entryPoints: sources.map((path) => ({ in: path, out: basename(path, ".ts") })),
      outdir: folder,
      outExtension: { ".js": ".cjs" },
      bundle: true,
      format: "cjs",
      platform: "node",
      target: "node20",
      keepNames: true,
      external,
      define: { FATHOM_VERSION: '"judge"' },
      alias: { "web-tree-sitter": require.resolve("web-tree-sitter").replace(/\.js$/, ".cjs") },
      mainFields: ["module", "main"],
      logLevel: "warning",
    });
    for (const name of ["web-tree-sitter", ...grammars]) await copyWasm(join(packages, name), folder);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyWasm(from, to) {
  for (const file of await readdir(from)) if (file.endsWith(".wasm")) await copyFile(join(from, file), join(to, file));
}
