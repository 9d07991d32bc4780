// Java's judge is javac: what its attribution says every call reaches, over packages of the JDK's own sources.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { match, placeOf, report } from "../compare.mjs";

const run = promisify(execFile);
const program = join(dirname(fileURLToPath(import.meta.url)), "Judge.java");
const exports = ["--add-exports", "jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED"];
const packages = ["jdk.compiler/com/sun/tools/javac", "java.net.http/jdk/internal/net/http", "jdk.jshell/jdk"];
const oldest = 17;

/**
 * Holds Fathom's calls against javac's.
 *
 * @param {{ resolveCalls: (root: string) => Promise<object[]>, folders?: string[] }} options folders with Java sources
 *   to look at instead of the JDK's
 * @returns {Promise<{ title: string, text: string }>}
 */
export async function judge({ resolveCalls, folders = [] }) {
  const title = "Java, judged by javac";
  const missing = (text) => ({ title, text });
  const java = await javaHome();
  if (!java) return missing(`No JDK ${oldest} or newer found. Install the Debian package openjdk-17-jdk-headless.`);
  const texts = [];
  const add = async (name, root, options) => {
    texts.push(compare(name, await ask([root, ...options]), await resolveCalls(root)));
  };
  for (const folder of folders) await add(basename(folder), await realpath(resolve(folder)), []);
  if (folders.length === 0) {
    const sources = join(java, "lib/src.zip");
    if (!existsSync(sources))
      return missing(`No ${sources} found. Install the sources of the JDK: the Debian package openjdk-17-source.`);
    const workbench = await realpath(await mkdtemp(join(tmpdir(), "fathom-judge-java-")));
    try {
      for (const name of packages) {
        const module = name.split("/")[0];
        const root = join(workbench, module);
        await ask(["--extract", sources, name, root]);
        await add(name, root, ["--patch-module", `${module}=${root}`]);
      }
    } finally {
      await rm(workbench, { recursive: true, force: true });
    }
  }
  return { title, text: texts.join("\n") };
}

function compare(title, answer, calls) {
  const overrides = new Map();
  for (const { method, line, overrides: others } of answer)
    if (method !== undefined) overrides.set(`${method}:${line}`, others);
  const judged = answer.filter(({ callee }) => callee !== undefined);
  const inside = judged.filter(({ outside }) => !outside);
  const verdicts = match(inside, calls).map(({ truth, call }) => {
    const targets = (call?.targets ?? []).map(placeOf);
    const expected = truth.targetPath === "" ? [] : [`${truth.targetPath}:${truth.targetLine}`];
    // An abstract method stands for those that implement it.
    const fits = (target) => expected.includes(target) || (overrides.get(target) ?? []).includes(expected[0]);
    const isRight = (call?.dynamic ? targets.length > 0 : targets.length === 1) && targets.every(fits);
    return { truth, call, targets, expected, isRight, isJudged: true, isWanted: truth.body };
  });
  return report(title, verdicts, judged.length - inside.length);
}

async function ask(args) {
  const { stdout } = await run("java", [...exports, program, ...args], { maxBuffer: 1 << 30 });
  return stdout.split("\n").flatMap((line) => (line ? [JSON.parse(line)] : []));
}

/** Where the sources of the `java` on the path are; Debian puts them beside it under another name. */
async function javaHome() {
  try {
    const { stderr } = await run("java", ["-XshowSettings:properties", "-version"]);
    const home = /java\.home = (.*)/.exec(stderr)?.[1]?.trim();
    const version = Number(/java\.specification\.version = (\d+)/.exec(stderr)?.[1]);
    // A runtime without compiler is no judge.
    if (!home || !(version >= oldest) || !existsSync(join(home, "bin/javac"))) return undefined;
    if (existsSync(join(home, "lib/src.zip"))) return home;
    const beside = dirname(home);
    const names = (await readdir(beside)).filter((name) => new RegExp(`(^|\\D)${version}(\\D|$)`).test(name));
    const found = names.find((name) => existsSync(join(beside, name, "lib/src.zip")));
    return found ? join(beside, found) : home;
  } catch {
    return undefined;
  }
}
