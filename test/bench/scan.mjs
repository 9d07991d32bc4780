// `npm run bench -- FOLDER`: a scan against parsing alone, and against a scan of twice as much, alternating in one run.
// Ratios hold where single times do not: machines are noisy.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Language, Parser } from "web-tree-sitter";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const source = resolve(process.env.INIT_CWD ?? ".", process.argv[2] ?? join(root, "examples", "tidewater"));
const rounds = Number(process.argv[3] ?? 5);
const grammars = {
  ".go": "go",
  ".py": "python",
  ".js": "javascript",
  ".ts": "typescript",
  ".tsx": "tsx",
  ".java": "java",
};

if (!existsSync(source)) {
  process.stderr.write(`There is no ${source}.\n`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "fathom-bench-"));
try {
  for (const copy of ["once/a", "twice/a", "twice/b"]) cpSync(source, join(folder, copy), { recursive: true });
  await Parser.init();
  const times = { parse: [], once: [], twice: [] };
  for (let round = 0; round < rounds; round++) {
    times.parse.push(await parseAlone(join(folder, "once")));
    times.once.push(scan(join(folder, "once")));
    times.twice.push(scan(join(folder, "twice")));
  }
  const idle = scan(mkdtempSync(join(folder, "empty-")));
  const [parse, once, twice] = [times.parse, times.once, times.twice].map(median);
  const row = (name, value) => process.stdout.write(`| ${name} | ${value.toFixed(2)} |\n`);
  process.stdout.write(`| ${source.split("/").at(-1)}, median of ${rounds}, CPU seconds | |\n|---|---|\n`);
  row("parsing alone", parse);
  row("scan", once);
  row("scan of two copies", twice);
  row("scan / parsing alone, start-up taken off", (once - idle) / parse);
  row("two copies / one, start-up taken off", (twice - idle) / (once - idle));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** CPU seconds of a scan in a process of its own. */
function scan(path) {
  const code = `process.on("exit", () => { const { user, system } = process.cpuUsage(); process.stderr.write("\\ncpu " + (user + system)); }); require(${JSON.stringify(join(root, "dist", "cli.js"))});`;
  const { stderr } = spawnSync(process.execPath, ["-e", code, "fathom", "scan", path, "--format", "json"], {
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  const cpu = /cpu (\d+)$/.exec(stderr);
  if (!cpu) throw new Error(`The scan failed: ${stderr}`);
  return Number(cpu[1]) / 1e6;
}

async function parseAlone(path) {
  const languages = new Map();
  for (const name of new Set(Object.values(grammars)))
    languages.set(name, await Language.load(join(root, "dist", `tree-sitter-${name}.wasm`)));
  const parser = new Parser();
  const start = process.cpuUsage();
  for (const file of readdirSync(path, { recursive: true })) {
    const grammar = grammars[extname(file)];
    if (!grammar || file.includes("node_modules")) continue;
    parser.setLanguage(languages.get(grammar));
    parser.parse(readFileSync(join(path, file), "utf8"))?.delete();
  }
  const { user, system } = process.cpuUsage(start);
  parser.delete();
  return (user + system) / 1e6;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
