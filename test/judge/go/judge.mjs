// Go: the type checker of the standard library, and the call graph of golang.org/x/tools where it is installed.
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../command.mjs";
import { match, placeOf, report, withoutTypes } from "../compare.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const title = "Go";
const judged = ["net/http", "database/sql", "encoding/json", "go/types", "crypto/tls"];
/** https://go.dev/s/generatedcode: Fathom reads neither these nor vendored files. */
const generated = /^\/\/ Code generated .* DO NOT EDIT\.$/m;
/** Assembly and linker directives say more there than Go does. */
const leftOut = /^(runtime|unsafe|syscall|internal\/(abi|bytealg|cpu|goarch|goexperiment|goos|syscall\/unix))(\/|$)/;
/** An interface that has more is not followed by Fathom. */
const fewImplementers = 5;

/** `folders` may name the `src` folder of a GOPATH, followed by import paths in it, to judge those instead. */
export async function judge({ resolveCalls, folders = [] }) {
  const go = run("go", ["env", "GOROOT"]);
  if (!go.ok) return missing("Go is needed: apt-get install golang-go");
  const [folder, ...packages] = folders.length > 1 ? folders : [join(go.stdout.trim(), "src"), ...judged];
  const src = await realpath(folder).catch(() => folder);
  if (!existsSync(join(src, packages[0])))
    return missing(`${join(src, packages[0])} is missing: apt-get install golang-src`);
  const isStandard = folders.length <= 1;
  const answer = run("go", ["run", join(here, "calls.go"), src, ...packages], { cwd: src });
  if (!answer.ok) return missing(`calls.go: ${answer.stderr.slice(0, 400)}`);
  const calls = answer.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const notes = [];
  if (isStandard) notes.push(addCallGraph(calls, src, packages));

  const root = await mkdtemp(join(tmpdir(), "fathom-go-"));
  try {
    const list = run("go", ["list", "-e", "-deps", ...packages], { cwd: src });
    const tree = list.stdout
      .split("\n")
      .filter((path) => path && !/(^|\/)vendor\//.test(path) && !(isStandard && leftOut.test(path)));
    const compiled = new Set(
      run("go", ["list", "-e", "-deps", "-f", "{{range .GoFiles}}{{$.ImportPath}}/{{.}}\n{{end}}", ...packages], {
        cwd: src,
      })
        .stdout.split("\n")
        .filter(Boolean),
    );
    const files = new Set();
    for (const path of tree) for (const file of await copyPackage(src, root, path)) files.add(file);
    await writeFile(join(root, "go.mod"), "module std\n");
    const started = performance.now();
    const resolved = await resolveCalls(root);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const text = compare(
      calls.filter(({ path }) => files.has(path)),
      resolved,
      (path) => files.has(path),
      (path) => compiled.size === 0 || compiled.has(path),
    );
    notes.push(`${tree.length} packages, ${resolved.length} calls, read and resolved in ${seconds} s`);
    return { title, text: [text, ...notes].join("\n") };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function missing(text) {
  return { title, text };
}

function run(command, args, options = {}) {
  const env = { ...process.env, GO111MODULE: "off", CGO_ENABLED: "0", GOFLAGS: "", ...options.env };
  if (options.cwd?.endsWith("/src")) env.GOPATH = dirname(options.cwd);
  return runCommand(command, args, { ...options, env });
}

/** All platforms' files, as in a checkout, without tests. */
async function copyPackage(src, root, path) {
  const copied = [];
  await mkdir(join(root, path), { recursive: true });
  for (const name of await readdir(join(src, path)).catch(() => [])) {
    if (!name.endsWith(".go") || name.endsWith("_test.go")) continue;
    const text = readFileSync(join(src, path, name), "utf8");
    if (generated.test(text)) continue;
    await writeFile(join(root, path, name), text);
    copied.push(`${path}/${name}`);
  }
  return copied;
}

/** Calls of function values that always hold the same function are known to the call graph only. */
function addCallGraph(calls, src, packages) {
  const format = "{{.Filename}}:{{.Line}}:{{.Column}} {{.Callee.Prog.Fset.Position .Callee.Pos}}";
  const graph = run("callgraph", ["-algo=static", `-format=${format}`, ...packages], {
    cwd: src,
    env: { GO111MODULE: "", GOPATH: process.env.GOPATH },
  });
  const marker = `${src.slice(src.lastIndexOf("/"))}/`;
  if (!graph.ok) return "callgraph was not asked: apt-get install golang-golang-x-tools";
  const targets = new Map();
  const below = (path) => path.slice(path.indexOf(marker) + marker.length);
  for (const line of graph.stdout.split("\n")) {
    const [at, target] = line.split(" ");
    if (target) targets.set(below(at), below(target));
  }
  let both = 0;
  let same = 0;
  let added = 0;
  for (const call of calls) {
    const target = targets.get(`${call.path}:${call.parenLine}:${call.parenColumn}`);
    if (!target) continue;
    const [path, line] = target.split(":");
    if (call.kind === "value") {
      Object.assign(call, { kind: "function", targetPath: path, targetLine: Number(line) });
      added++;
    } else if (call.kind === "function" || call.kind === "method" || call.kind === "literal") {
      both++;
      if (path === call.targetPath && Number(line) === call.targetLine) same++;
    }
  }
  return `callgraph -algo=static agrees with the type checker on ${same} of ${both} calls and adds ${added}`;
}

function compare(calls, resolved, isInTree, isCompiled) {
  const judged = calls.filter(({ kind }) => kind !== "builtin" && kind !== "conversion" && kind !== "value");
  const names = { truth: ({ callee, depth }) => `${callee}:${depth}`, call: nameAndDepth };
  const [direct, through] = [[], []];
  for (const { truth, call } of match(judged, resolved, names)) {
    const isInterface = truth.kind === "interface";
    const expected = isInterface
      ? (truth.implementers ?? []).filter(({ path }) => isInTree(path)).map(placeOf)
      : [`${truth.targetPath}:${truth.targetLine}`];
    // What another platform or build tag leaves out cannot be wrong here.
    const targets = (call?.targets ?? []).filter(({ path }) => isCompiled(path)).map(placeOf);
    const isAnswered = isInterface ? expected.length > 0 && expected.length <= fewImplementers : true;
    const fits = (target) => expected.includes(target);
    const isRight = isInterface ? targets.length > 0 && targets.every(fits) : targets.some(fits);
    const isWanted = isInTree(truth.targetPath) && isAnswered;
    (isInterface ? through : direct).push({ truth, call, targets, expected, isRight, isJudged: true, isWanted });
  }
  return `${report("calls", direct)}\n${report("calls through interfaces", through)}`;
}

/** The name at the end of an access path, and how many calls it is reached through. */
function nameAndDepth(callee) {
  const bare = withoutTypes(callee).replaceAll("[each]", "").replaceAll("[]", "");
  const name = bare.endsWith("()") ? "()" : (/[\p{L}\p{N}_]+$/u.exec(bare)?.[0] ?? "");
  return `${name}:${bare.match(/\(\)/g)?.length ?? 0}`;
}
