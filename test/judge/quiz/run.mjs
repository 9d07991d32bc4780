// `npm run judge:quiz -- [--count=200] REPOSITORY...`: are the answers right, and can they be guessed? See judge.ts.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../../../dist");
if (!existsSync(dist)) throw new Error("npm run build comes first: sandboxes run bundles");
const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "fathom-judge-"));
try {
  await build({
    entryPoints: [join(here, "judge.ts")],
    outfile: join(folder, "judge.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    logLevel: "warning",
    external: ["@napi-rs/nice"],
    alias: { "web-tree-sitter": require.resolve("web-tree-sitter").replace(/\.js$/, ".cjs") },
    mainFields: ["module", "main"],
  });
  const { judge } = require(join(folder, "judge.cjs"));
  const args = process.argv.slice(2);
  const from = process.env.INIT_CWD ?? process.cwd();
  const count = Number(args.find((arg) => arg.startsWith("--count="))?.slice("--count=".length) ?? 200);
  const repositories = args.filter((arg) => !arg.startsWith("--")).map((path) => resolve(from, path));
  process.exitCode = await judge(repositories, count, dist);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
