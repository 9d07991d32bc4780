// `npm run judge:oracle -- REPOSITORY...`: does the oracle score tell which functions later fixes touch? See judge.ts.
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const packages = join(here, "../../../node_modules");
const folder = mkdtempSync(join(tmpdir(), "fathom-judge-"));
try {
  await build({
    entryPoints: [join(here, "judge.ts")],
    outfile: join(folder, "judge.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    logLevel: "warning",
    alias: { "web-tree-sitter": require.resolve("web-tree-sitter").replace(/\.js$/, ".cjs") },
    mainFields: ["module", "main"],
  });
  for (const name of ["go", "python", "javascript", "java"]) {
    copyFileSync(
      join(packages, `tree-sitter-${name}/tree-sitter-${name}.wasm`),
      join(folder, `tree-sitter-${name}.wasm`),
    );
  }
  for (const name of ["tree-sitter-typescript", "tree-sitter-tsx"]) {
    copyFileSync(join(packages, "tree-sitter-typescript", `${name}.wasm`), join(folder, `${name}.wasm`));
  }
  copyFileSync(join(packages, "web-tree-sitter/web-tree-sitter.wasm"), join(folder, "web-tree-sitter.wasm"));
  const { judge } = require(join(folder, "judge.cjs"));
  // npm changes into the package's folder; paths were meant from where the user stands.
  const from = process.env.INIT_CWD ?? process.cwd();
  const args = process.argv.slice(2);
  const rows = args.find((arg) => arg.startsWith("--rows="))?.slice("--rows=".length);
  const repositories = args.filter((arg) => !arg.startsWith("--")).map((path) => resolve(from, path));
  process.exitCode = await judge(repositories, rows && resolve(from, rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
