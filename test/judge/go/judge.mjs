// Go: the type checker of the standard library, and the call graph of golang.org/x/tools where it is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

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
    const { rows, text } = compare(
      calls.filter(({ path }) => files.has(path)),
      resolved,
      (path) => files.has(path),
      (path) => compiled.size === 0 || compiled.has(path),
    );
    notes.push(`${tree.length} packages, ${resolved.length} calls, read and resolved in ${seconds} s`);
    return { title, rows, text: [text, ...notes].join("\n") };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function missing(text) {
  return { title, rows: [], text };
}

function run(command, args, options = {}) {
  const env = { ...process.env, GO111MODULE: "off", CGO_ENABLED: "0", GOFLAGS: "", ...options.env };
  if (options.cwd?.endsWith("/src")) env.GOPATH = dirname(options.cwd);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...options,
    env,
  });
  return { ok: !error && status === 0, stdout: stdout ?? "", stderr: stderr ?? String(error) };
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
  const byPlace = new Map();
  for (const call of resolved) {
    const key = keyOf(call.path, call.line, call.column, call.callee);
    byPlace.set(key, call);
  }
  const rows = new Map();
  const rowOf = (name) => {
    let row = rows.get(name);
    if (!row) {
      row = { name, calls: 0, resolved: 0, right: 0, judgedAndResolved: 0, rightOfThose: 0 };
      rows.set(name, row);
    }
    return row;
  };
  const wrong = [];
  const lost = [];
  let unmatched = 0;
  for (const call of calls) {
    if (call.kind === "builtin" || call.kind === "conversion" || call.kind === "value") continue;
    const ours = byPlace.get(`${call.path}:${call.line}:${call.column}:${call.callee}:${call.depth}`);
    if (!ours) {
      unmatched++;
      if (isInTree(call.targetPath)) lost.push({ ...call, why: "no such call step" });
    }
    // What another platform or build tag leaves out cannot be wrong here.
    const targets = (ours?.targets ?? []).filter(({ path }) => isCompiled(path));
    const isInterface = call.kind === "interface";
    const expected = isInterface
      ? (call.implementers ?? []).filter(({ path }) => isInTree(path))
      : [{ path: call.targetPath, line: call.targetLine }];
    const row = rowOf(isInterface ? "interface calls" : "static calls");
    const isWanted = isInterface
      ? isInTree(call.targetPath) && expected.length > 0 && expected.length <= fewImplementers
      : isInTree(call.targetPath);
    const matches = isInterface
      ? targets.every((target) => expected.some((one) => same(one, target)))
      : targets.some((target) => same(expected[0], target));
    if (targets.length > 0) {
      row.judgedAndResolved++;
      if (matches) row.rightOfThose++;
      else wrong.push({ ...call, ours });
    }
    if (!isWanted) continue;
    row.calls++;
    if (targets.length > 0 && matches) row.right++;
    else if (targets.length === 0 && ours) lost.push({ ...call, ours, why: whyLost(call, ours) });
  }
  const list = [...rows.values()].map((row) => ({
    name: row.name,
    calls: row.calls,
    precision: row.rightOfThose / Math.max(1, row.judgedAndResolved),
    recall: row.right / Math.max(1, row.calls),
  }));
  const table = list.map(
    ({ name, calls: count, precision, recall }) =>
      `${name.padEnd(16)} ${String(count).padStart(6)} in the tree   precision ${percent(precision)}   recall ${percent(recall)}`,
  );
  const text = [
    ...table,
    `${unmatched} calls of the judge are no calls to Fathom`,
    ...examples("resolved to another function", wrong, ({ ours }) => causeOf(ours)),
    ...examples("not resolved", lost, ({ why }) => why),
  ].join("\n");
  return { rows: list, text };
}

function same(one, other) {
  return one.path === other.path && one.line === other.line;
}

function keyOf(path, line, column, callee) {
  const bare = withoutTypes(callee).replaceAll("[each]", "").replaceAll("[]", "");
  const name = bare.endsWith("()") ? "()" : (/[\p{L}\p{N}_]+$/u.exec(bare)?.[0] ?? "");
  const depth = bare.match(/\(\)/g)?.length ?? 0;
  return `${path}:${line}:${column}:${name}:${depth}`;
}

/** An access path without what stands in angle brackets. */
function withoutTypes(path) {
  let depth = 0;
  let out = "";
  for (let i = 0; i < path.length; i++) {
    if (path[i] === "<" && path[i + 1] !== "-") depth++;
    else if (path[i] === ">" && depth > 0) depth--;
    else if (depth === 0) out += path[i];
  }
  return out;
}

function whyLost(call, ours) {
  if (call.kind === "interface") return "interface";
  if (ours.external) return "taken for external";
  return causeOf(ours);
}

function causeOf(ours) {
  const { origin } = ours;
  if (origin === "" || origin.startsWith("?")) return "nothing known of the value";
  return withoutTypes(origin).includes("()")
    ? "through a result"
    : origin.includes("[")
      ? "through an element"
      : origin.startsWith("<")
        ? "through a typed value"
        : "by name";
}

function examples(what, calls, cause) {
  if (calls.length === 0) return [];
  const groups = new Map();
  for (const call of calls) {
    const name = cause(call);
    groups.set(name, [...(groups.get(name) ?? []), call]);
  }
  const lines = [`${what}: ${calls.length}`];
  for (const [name, members] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
    lines.push(`  ${name}: ${members.length}`);
    const shown = Number(process.env.FATHOM_JUDGE_EXAMPLES ?? 4);
    const step = Math.max(1, Math.floor(members.length / shown));
    for (let i = 0; i < members.length && i < step * shown; i += step) {
      const { path, line, column, callee, targetPath, targetLine, ours } = members[i];
      const found = ours?.targets.map((target) => `${target.path}:${target.line}`).join(" ") || ours?.external || "";
      lines.push(`    ${path}:${line}:${column} ${ours?.callee ?? callee} = ${ours?.origin ?? "?"}`);
      lines.push(`      is ${targetPath}:${targetLine}${found && `, not ${found}`}`);
    }
  }
  return lines;
}

function percent(share) {
  return `${(share * 100).toFixed(1)}%`;
}
