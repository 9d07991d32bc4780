// Python: where Pyright says that the names of calls are defined.
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../command.mjs";
import { match, placeOf, report, spread } from "../compare.mjs";
import { findPyright, Pyright } from "./pyright.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const title = "Python";
/** Packages of the standard library that need little of the rest of it. */
const judged = [
  "asyncio",
  "concurrent",
  "email",
  "http",
  "importlib",
  "json",
  "logging",
  "multiprocessing",
  "unittest",
  "urllib",
  "xml",
];
/** Of larger projects some files from all over are judged, which takes minutes as it is. */
const maxFiles = 400;
/** Base classes declared there have no `__init__`: `ABC`, `Generic`, `Protocol`. */
const withoutConstructor = /\/(abc|typing|typing_extensions)\.pyi$/;
const skippedFolders = /^(\.|node_modules$|__pycache__$|venv$|site-packages$|build$|dist$)/;

/** `folders` may name projects to judge instead of the standard library. */
export async function judge({ resolveCalls, folders = [] }) {
  const program = findPyright();
  if (!program) return missing("Pyright is needed: npm install --no-save pyright");
  const python = runCommand("python3", ["-c", "import sysconfig; print(sysconfig.get_paths()['stdlib'])"]);
  if (!python.ok) return missing("Python is needed: apt-get install python3");
  if (folders.length === 0 && !existsSync(join(python.stdout.trim(), "asyncio")))
    return missing("the standard library's sources are missing: apt-get install libpython3-stdlib");
  const texts = [];
  for (const folder of folders.length > 0 ? folders : [undefined]) {
    const root = folder === undefined ? await standardLibrary(python.stdout.trim()) : await realpath(resolve(folder));
    try {
      texts.push(`${folder ?? judged.join(", ")}\n${await judgeFolder(root, program, resolveCalls)}`);
    } finally {
      if (folder === undefined) await rm(root, { recursive: true, force: true });
    }
  }
  return { title, text: texts.join("\n\n") };
}

async function judgeFolder(root, program, resolveCalls) {
  const started = performance.now();
  const resolved = await resolveCalls(root);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const answer = await askPyright(root, program);
  return `${compare(answer, resolved)}\n${resolved.length} calls, read and resolved in ${seconds} s`;
}

function compare(answer, resolved) {
  const [plain, abstract] = [[], []];
  for (const { truth, call } of match(answer, resolved, { truth: ({ name }) => name })) {
    const functions = truth.targets.filter(({ kind }) => kind === "function");
    const isOutside = truth.targets.length > 0 && truth.targets.every(({ kind }) => kind === "outside");
    // Of `__class__`, Pyright names the property, Fathom the class.
    if ((functions.length === 0 && !isOutside) || truth.name === "__class__") continue;
    const isAbstract = functions.length > 0 && functions.every((target) => target.isAbstract);
    const expected = functions.map(placeOf);
    const targets = (call?.targets ?? []).map(placeOf);
    // What implements an abstract method is what runs; Pyright names the method itself.
    const isImplementer =
      isAbstract && call?.dynamic && call.targets.every(({ symbol }) => symbol.endsWith(`.${truth.name}`));
    const isRight = targets.length > 0 && (isImplementer || targets.some((target) => expected.includes(target)));
    const isWanted = isAbstract || functions.some(({ hasBody }) => hasBody);
    (isAbstract ? abstract : plain).push({ truth, call, targets, expected, isRight, isJudged: true, isWanted });
  }
  return `${report("calls of functions", plain)}\n${report("calls of abstract methods", abstract)}`;
}

/** A copy without tests, so that nothing but these packages is in the tree. */
async function standardLibrary(folder) {
  const root = await mkdtemp(join(tmpdir(), "fathom-python-"));
  for (const name of judged) {
    const filter = (source) => !/(^|\/)(__pycache__|test|tests|idle_test)(\/|$)/.test(relative(folder, source));
    await cp(join(folder, name), join(root, name), { recursive: true, filter });
  }
  return root;
}

/**
 * Every call in a function whose called thing has a name, and where that is defined, inner calls first:
 * `{path, line, column, callee, name, targets: [{kind, path, line, hasBody, isAbstract}]}`; `path` is undefined outside.
 */
async function askPyright(root, program) {
  const files = await pythonFiles(root);
  const read = runCommand("python3", [join(here, "calls.py")], { input: files.join("\n") });
  if (!read.ok) throw new Error(`calls.py: ${read.stderr.slice(0, 400)}`);
  const parsed = JSON.parse(read.stdout);
  const pyright = new Pyright(program);
  try {
    await pyright.start(root);
    const places = new Places(root, parsed, pyright);
    const answer = [];
    for (const [path, { calls }] of spread(Object.entries(parsed), maxFiles)) {
      pyright.open(path, readFileSync(path, "utf8"));
      const found = await Promise.all(
        calls.map(async (call) => ({
          call,
          definitions: await pyright.definitions(path, call.nameLine, call.nameColumn),
        })),
      );
      for (const { call, definitions } of found) {
        const targets = [];
        for (const definition of definitions) targets.push(...(await places.targetsOf(definition)));
        const { line, column, callee, name } = call;
        answer.push({ path: relative(root, path), line, column, callee, name, targets });
      }
      pyright.close(path);
    }
    return answer;
  } finally {
    await pyright.stop();
  }
}

/** What is declared at the places Pyright names. */
class Places {
  constructor(root, parsed, pyright) {
    this.root = root;
    this.parsed = parsed;
    this.pyright = pyright;
    this.orders = new Map();
    this.entries = new Map();
  }

  /** A class stands for its constructor. Variables, parameters and modules stand for nothing. */
  async targetsOf({ uri, line, column }) {
    const path = uri.startsWith("file:") ? fileURLToPath(uri) : uri;
    const file = this.parsed[path];
    // A newer Python than this one wrote some files.
    if (!file) return [{ kind: path.startsWith(`${this.root}/`) ? "unread" : "outside" }];
    const fn = this.functionAt(file, line, column);
    if (fn) return [this.target(path, fn)];
    const type = this.classAt(file, line, column);
    if (!type) return [{ kind: "variable" }];
    return [(await this.constructorOf(path, this.entryOf(path, type).type)) ?? { kind: "no constructor" }];
  }

  /** A parameter may stand in the same line. */
  functionAt(file, line, column) {
    file.byLine ??= new Map(file.functions.map((fn) => [fn.line, fn]));
    const found = file.byLine.get(line);
    return column === undefined || found?.column === column ? found : undefined;
  }

  classAt(file, line, column) {
    return file.classes.find((type) => type.line === line && type.column === column);
  }

  /** One object for each class, so that they can be told apart. */
  entryOf(path, type) {
    const key = `${path}:${type.line}`;
    if (!this.entries.has(key)) this.entries.set(key, { path, type });
    return this.entries.get(key);
  }

  target(path, { line, hasBody, isAbstract }) {
    return { kind: "function", path: relative(this.root, path), line, hasBody, isAbstract };
  }

  /** The first `__init__` among a class and what it extends. */
  async constructorOf(path, type) {
    for (const entry of await this.orderOf(path, type, new Set())) {
      if (entry === "nothing") continue;
      if (entry === "outside" || entry === "unread") return { kind: entry };
      const line = entry.type.constructor;
      if (line) return this.target(entry.path, this.functionAt(this.parsed[entry.path], line));
    }
    return undefined;
  }

  /** A class and those it extends in the order in which Python asks them (C3). */
  async orderOf(path, type, open) {
    const key = `${path}:${type.line}`;
    if (this.orders.has(key)) return this.orders.get(key);
    if (open.has(key)) return [];
    open.add(key);
    const own = this.entryOf(path, type);
    const bases = [];
    for (const [line, column] of type.bases) bases.push(await this.baseAt(path, line, column));
    const above = [];
    for (const base of bases) above.push(base.type ? await this.orderOf(base.path, base.type, open) : [base]);
    const order = [own, ...merged([...above, bases])];
    this.orders.set(key, order);
    return order;
  }

  async baseAt(path, line, column) {
    const [found] = await this.pyright.definitions(path, line, column);
    if (!found) return "outside";
    const basePath = found.uri.startsWith("file:") ? fileURLToPath(found.uri) : found.uri;
    const file = this.parsed[basePath];
    if (!file && withoutConstructor.test(basePath)) return "nothing";
    if (!file) return basePath.startsWith(`${this.root}/`) ? "unread" : "outside";
    const type = this.classAt(file, found.line, found.column);
    return type ? this.entryOf(basePath, type) : "outside";
  }
}

/** The merge of C3; where an order is impossible, the first candidate goes ahead. */
function merged(lists) {
  const rest = lists.map((list) => [...list]).filter((list) => list.length > 0);
  const order = [];
  while (rest.some((list) => list.length > 0)) {
    const heads = rest.filter((list) => list.length > 0).map(([head]) => head);
    const next = heads.find((head) => !rest.some((list) => list.slice(1).includes(head))) ?? heads[0];
    order.push(next);
    for (const list of rest) if (list[0] === next) list.shift();
  }
  return order;
}

async function pythonFiles(folder) {
  const files = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skippedFolders.test(entry.name)) files.push(...(await pythonFiles(path)));
    else if (entry.isFile() && entry.name.endsWith(".py")) files.push(path);
  }
  return files.sort();
}

function missing(text) {
  return { title, text };
}
