// `fathom scan` against ast-grep and against parsing alone, taking turns: ratios hold where single times do not.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, run, runNode } from "./measure.mjs";
import { astGrep, copyTree, workFolder } from "./trees.mjs";

const parse = fileURLToPath(new URL("parse.mjs", import.meta.url));

/** Holds in every language, is found in few places, and can be ruled out for no file without parsing it. */
export const pattern = "$A = $A";

/** What is added to a file, so that its facts and not only its bytes are new. */
const additions = {
  go: (name) => `\nfunc ${name}(items []string) int {\n\treturn len(items)\n}\n`,
  python: (name) => `\n\ndef ${name}(items):\n    return len(items)\n`,
  typescript: (name) => `\nfunction ${name}(items: string[]): number {\n  return items.length;\n}\n`,
  java: (name) => `\nclass ${name} {\n  int count(String[] items) {\n    return items.length;\n  }\n}\n`,
};

/**
 * @param tree as `prepareTree` gives it
 * @returns {Promise<{ tree: object, cacheSize: number | undefined, problems: string[], usages: Record<string, import("./measure.mjs").Usage[]> }>}
 */
export async function benchScan(tree, { program, rounds, say }) {
  const folder = workFolder(`scan-${tree.language}`);
  const [once, twice, empty, home] = ["once", "twice", "empty", "home"].map((name) => join(folder, name));
  for (const path of [once, join(twice, "a"), join(twice, "b")]) copyTree(tree.folder, path);
  mkdirSync(empty);
  const cache = new Cache(home, once);
  const changed = new ChangedFiles(once, tree);
  const scan = (path, ...flags) =>
    runNode(program, ["scan", path, "--format", "json", ...flags], { folder, env: cache.env });
  const programs = {
    // It ends with 1 when nothing was found.
    astGrep: () => run(astGrep(), ["run", "--pattern", pattern, once], { folder, allowed: [0, 1] }),
    parse: () => runNode(parse, [once, dirname(program)], { folder }),
    cold: () => scan(once, "--no-cache"),
    fill: () => {
      cache.clear();
      return scan(once);
    },
    warm: () => scan(once),
    changed: async () => {
      changed.change();
      const usage = await scan(once);
      changed.restore();
      return usage;
    },
    twice: () => scan(twice, "--no-cache"),
    empty: () => scan(empty, "--no-cache"),
  };
  const usages = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, start] of Object.entries(programs)) {
      const usage = await start();
      usages[name].push(usage);
      say(`${tree.title} ${round + 1}/${rounds} ${name}: ${usage.wall.toFixed(2)} s`);
    }
  }
  return { tree, usages, cacheSize: cache.size(), problems: problemsOf(usages) };
}

/** A fast answer that is another answer proves nothing. */
function problemsOf({ cold, fill, warm }) {
  const outputs = (usages) => new Set(usages.map(({ output }) => output));
  const problems = [];
  if (outputs(cold).size > 1) problems.push("two cold scans of the same files printed different results");
  if (outputs([...cold, ...fill]).size > outputs(cold).size) problems.push("filling the cache changed the results");
  if (outputs([...cold, ...warm]).size > outputs(cold).size)
    problems.push("a warm scan printed other results than a cold one");
  return problems;
}

/** Wherever the program keeps its cache: below a home of its own, or in the folder it scans. */
class Cache {
  constructor(home, scanned) {
    this.home = home;
    this.scanned = scanned;
    this.own = new Set(readdirSync(scanned));
    this.env = {
      HOME: home,
      USERPROFILE: home,
      LOCALAPPDATA: join(home, "local"),
      XDG_CACHE_HOME: join(home, ".cache"),
    };
    this.clear();
  }

  clear() {
    for (const path of this.paths()) rmSync(path, { recursive: true, force: true });
    mkdirSync(this.home, { recursive: true });
  }

  /** In MB; `undefined` when there is none. */
  size() {
    const files = this.paths().flatMap((path) =>
      existsSync(path) ? readdirSync(path, { recursive: true }).map((file) => join(path, file)) : [],
    );
    const bytes = files
      .map((file) => statSync(file))
      .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);
    return bytes === 0 ? undefined : bytes / 1e6;
  }

  paths() {
    const added = readdirSync(this.scanned).filter((name) => !this.own.has(name));
    return [this.home, ...added.map((name) => join(this.scanned, name))];
  }
}

/** One file of every thousand, each time with a text it never had before. */
class ChangedFiles {
  times = 0;

  constructor(folder, { files, language }) {
    const count = Math.max(1, Math.round(files.length / 1000));
    const paths = Array.from(
      { length: count },
      (_, index) => files[Math.floor(((index + 0.5) * files.length) / count)],
    );
    this.texts = new Map(paths.map((path) => [join(folder, path), readFileSync(join(folder, path), "utf8")]));
    this.addition = additions[language];
  }

  change() {
    this.times++;
    for (const path of this.texts.keys()) appendFileSync(path, this.addition(`addedByTheBench${this.times}`));
  }

  restore() {
    for (const [path, text] of this.texts) writeFileSync(path, text);
  }
}

/** The targets, each a ratio of two runs of the same round. */
export const scanTargets = [
  { name: "cold / ast-grep, wall", of: ["cold", "astGrep", "wall"], atMost: 2.5, aim: 1.5 },
  { name: "cold / parsing alone, CPU", of: ["cold", "parse", "cpu"], atMost: 2, aim: 1.3 },
  { name: "warm / ast-grep, wall", of: ["warm", "astGrep", "wall"], atMost: 0.25 },
  { name: "one file of 1,000 changed / warm, wall", of: ["changed", "warm", "wall"], atMost: 1.2 },
  { name: "twice the tree / once, wall", of: ["twice", "cold", "wall"], atMost: 2.1 },
  { name: "twice the tree / once, peak memory", of: ["twice", "cold", "memory"], atMost: 2.1 },
];

/** @returns {number} the median of the rounds' ratios */
export function ratioOf(usages, [one, other, key]) {
  return median(usages[one].map((usage, round) => usage[key] / usages[other][round][key]));
}
