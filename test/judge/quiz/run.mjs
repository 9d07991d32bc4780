// `npm run judge:quiz -- [--count=200] [--seed=20] [--quizzes=5] [--output=FILE] [--cache=FOLDER] [--draw-only] REPOSITORY...`:
// are the answers right, and can they be guessed? See judge.ts.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { withBundle } from "../bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../../../dist");
if (!existsSync(dist)) throw new Error("npm run build comes first: sandboxes run bundles");
const args = process.argv.slice(2);
const from = process.env.INIT_CWD ?? process.cwd();
const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const path = (name) => option(name) && resolve(from, option(name));
const sources = ["judge", "outsideRunner"].map((name) => join(here, `${name}.ts`));

await withBundle(
  sources,
  async (folder) => {
    process.env.FATHOM_JUDGE_SOURCES = here;
    const { judge } = createRequire(import.meta.url)(join(folder, "judge.cjs"));
    process.exitCode = await judge({
      repositories: args.filter((arg) => !arg.startsWith("--")).map((each) => resolve(from, each)),
      count: Number(option("count") ?? 200),
      seed: Number(option("seed") ?? 20),
      quizzes: Number(option("quizzes") ?? 5),
      output: path("output"),
      drawOnly: args.includes("--draw-only"),
      cacheFolder: path("cache"),
      dist,
      folder,
    });
  },
  ["@napi-rs/nice", "esbuild"],
);
