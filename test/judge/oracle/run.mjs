// `npm run judge:oracle -- REPOSITORY...`: does the oracle score tell which functions later fixes touch? See judge.ts.
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { withBundle } from "../bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));
// npm changes into the package's folder; paths were meant from where the user stands.
const from = process.env.INIT_CWD ?? process.cwd();
const args = process.argv.slice(2);
const rows = args.find((arg) => arg.startsWith("--rows="))?.slice("--rows=".length);
const repositories = args.filter((arg) => !arg.startsWith("--")).map((path) => resolve(from, path));

await withBundle([join(here, "judge.ts")], async (folder) => {
  const { judge } = createRequire(import.meta.url)(join(folder, "judge.cjs"));
  process.exitCode = await judge(repositories, rows && resolve(from, rows));
});
