// `npm run judge:quiz -- [--count=200] [--seed=20] [--output=FILE] [--cache=FOLDER] REPOSITORY...`: are the answers right,
// and can they be guessed? See judge.ts.
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
    entryPoints: ["judge", "outsideRunner"].map((name) => ({ in: join(here, `${name}.ts`), out: name })),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    format: "cjs",
    platform: "node",
    logLevel: "warning",
    external: ["@napi-rs/nice", "esbuild"],
    alias: { "web-tree-sitter": require.resolve("web-tree-sitter").replace(/\.js$/, ".cjs") },
    mainFields: ["module", "main"],
  });
  process.env.FATHOM_JUDGE_SOURCES = here;
  const { judge } = require(join(folder, "judge.cjs"));
  const args = process.argv.slice(2);
  const from = process.env.INIT_CWD ?? process.cwd();
  const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const path = (name) => option(name) && resolve(from, option(name));
  process.exitCode = await judge({
    repositories: args.filter((arg) => !arg.startsWith("--")).map((each) => resolve(from, each)),
    count: Number(option("count") ?? 200),
    seed: Number(option("seed") ?? 20),
    output: path("output"),
    cacheFolder: path("cache"),
    dist,
    folder,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
