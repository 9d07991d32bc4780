// `npm run bench -- [scan] [lsp] [memory] [options]`; docs/performance.md tells what is measured and holds the results.
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchLatency, benchMemory } from "./lsp.mjs";
import { limitCores } from "./measure.mjs";
import { latencyReport, memoryReport, scanReport, writeReport } from "./report.mjs";
import { benchScan } from "./scan.mjs";
import { languages, MissingTree, prepareTree, removeWork } from "./trees.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const help = `npm run bench -- [scan] [lsp] [memory]   all three unless named
  --trees go,python,typescript   which trees; there is also java
  --tree go=FOLDER               sources of one's own instead of the fetched ones; may be repeated
  --rounds 5                     how often each program of the scan bench runs
  --edits N                      how many edits; 200 for lsp, 10000 for memory
  --program dist/cli.js          the build to measure
  --write                        put the tables into docs/performance.md
`;
const cores = 2;

const benches = {
  scan: { run: benchScan, report: scanReport },
  lsp: { run: benchLatency, report: latencyReport, edits: 200 },
  memory: { run: benchMemory, report: memoryReport, edits: 10_000 },
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trees: { type: "string", default: "go,python,typescript" },
    tree: { type: "string", multiple: true, default: [] },
    rounds: { type: "string", default: "5" },
    edits: { type: "string" },
    program: { type: "string", default: join(root, "dist", "cli.js") },
    write: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const say = (text) => process.stderr.write(`${text}\n`);
const own = new Map(options.tree.map((text) => [text.split("=")[0], text.slice(text.indexOf("=") + 1)]));
const wantedTrees = own.size > 0 ? [...own.keys()] : options.trees.split(",");
const wantedBenches = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = [...wantedTrees.filter((name) => !languages[name]), ...wantedBenches.filter((name) => !benches[name])];

if (options.help || unknown.length > 0) {
  process.stderr.write(unknown.length > 0 ? `There is no ${unknown.join(", ")}.\n${help}` : help);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  process.once("SIGINT", () => {
    removeWork();
    process.exit(130);
  });
  try {
    await main();
  } catch (error) {
    if (!(error instanceof MissingTree)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } finally {
    removeWork();
  }
}

async function main() {
  // A path as typed is relative to where npm was called.
  const from = process.env.INIT_CWD ?? ".";
  const program = resolve(from, options.program);
  const trees = wantedTrees.map((name) => prepareTree(name, own.has(name) ? resolve(from, own.get(name)) : undefined));
  const available = limitCores(cores);
  for (const name of wantedBenches) {
    const { run, report, edits } = benches[name];
    const results = [];
    for (const tree of trees)
      results.push(
        await run(tree, { program, rounds: Number(options.rounds), edits: Number(options.edits ?? edits), say }),
      );
    const text = `${commandText(name, edits, available)}\n\n${report(results)}`;
    process.stdout.write(`${text}\n\n`);
    if (options.write) writeReport(join(root, "docs", "performance.md"), name, text);
  }
}

/** How to get these figures again. */
function commandText(name, edits, available) {
  const flags =
    own.size > 0 ? wantedTrees.map((tree) => `--tree ${tree}=FOLDER`) : [`--trees ${wantedTrees.join(",")}`];
  if (name === "scan") flags.push(`--rounds ${options.rounds}`);
  if (edits) flags.push(`--edits ${options.edits ?? edits}`);
  const node = process.version.split(".")[0];
  return `\`npm run bench -- ${name} ${flags.join(" ")}\`, Node ${node.slice(1)}, ${available} cores`;
}
