/**
 * Runs the cases of one function in a plain Node and prints those that come out differently, as JSON. Reads
 * {file, source, entry, ran, cases}; with `ran: "file"` the real file is bundled, types stripped and packages that are
 * not there replaced by stubs.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "esbuild";
import type { Outcome } from "../../../server/src/core/quiz/sandbox";
import { describeValue, type Realm, Undescribable } from "../../../server/src/host/sandbox/javascript/describeValue";

interface Work {
  file: string;
  source: string;
  entry: string;
  /** Its objects are made from their fields, without its constructor. */
  standIn?: string;
  ran: "file" | "program";
  cases: readonly { input: readonly string[]; outcome: Outcome }[];
}

/** Makes the arguments, and what calls the function with them: a method keeps the object it is reached through. */
type Run = (input: readonly string[]) => { call: (...args: unknown[]) => unknown; args: unknown[] };

const realm: Realm = {
  objectPrototype: Object.prototype,
  arrayPrototype: Array.prototype,
  functionPrototype: Function.prototype,
  errorPrototype: Error.prototype,
  promisePrototype: Promise.prototype,
};

const stub = `const make = () => new Proxy(function () {}, {
  get: (target, name) => name === Symbol.toPrimitive ? () => "stub" : name === "prototype" ? target.prototype : name === "then" ? undefined : make(),
  apply: () => make(), construct: () => make(),
});
module.exports = make();`;

/** Packages that are not there. */
const stubbed = new Set<string>();

const stubs: Plugin = {
  name: "stubs",
  setup(build) {
    build.onResolve({ filter: /.*/ }, async (args) => {
      if (args.kind === "entry-point" || args.pluginData === "resolving") return undefined;
      const { kind, importer, resolveDir } = args;
      const found = await build.resolve(args.path, { kind, importer, resolveDir, pluginData: "resolving" });
      if (found.errors.length === 0) return found;
      stubbed.add(args.path);
      return { path: args.path, namespace: "stub" };
    });
    build.onLoad({ filter: /.*/, namespace: "stub" }, () => ({ contents: stub, loader: "js" }));
    build.onLoad({ filter: /\.(css|scss|svg|png|html|vue)$/ }, () => ({ contents: stub, loader: "js" }));
  },
};

/** Objects of the real class with these fields, in the place of its constructor. */
function madeOfFields(className: string): string {
  return `function (fields) {
    const made = Object.create(${className}.prototype);
    for (const [name, value] of Object.entries(fields))
      Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
    return made;
  }`;
}

/** A name of a package that is not there and that the function needs. */
function missingName({ file, source }: Work): string | undefined {
  for (const [, names = "", path = ""] of readFileSync(file, "utf8").matchAll(
    /^import\s([^'"]*?)\sfrom\s*['"]([^'"]+)/gm,
  ))
    for (const name of stubbed.has(path) ? (names.match(/[\p{L}\p{N}_$]{3,}/gu) ?? []) : [])
      if (name !== "type" && source.includes(name)) return name;
  return undefined;
}

async function realRun({ file, entry, standIn }: Work): Promise<Run> {
  const { build } = createRequire(process.env.FATHOM_JUDGE_SOURCES as string)("esbuild") as typeof import("esbuild");
  const text = `${readFileSync(file, "utf8")}\n;globalThis.__judged = (text) => eval(text);`;
  const result = await build({
    stdin: { contents: text, sourcefile: file, resolveDir: file.replace(/\/[^/]*$/, ""), loader: loaderOf(file) },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    logLevel: "silent",
    plugins: [stubs],
    tsconfigRaw: undefined as never,
  });
  const world = globalThis as unknown as { __judged: (text: string) => unknown };
  new Function("require", "module", "exports", result.outputFiles[0]?.text ?? "")(
    createRequire(file),
    { exports: {} },
    {},
  );
  const judged = world.__judged;
  // A function inside another one cannot be reached.
  if (judged(`typeof (${entry})`) !== "function") throw new Error("not a function of the file");
  return (input) => ({
    call: judged(`(...args) => (${entry})(...args)`) as never,
    args: input.map((text) =>
      judged(standIn === undefined ? `(${text})` : `((${standIn}) => (${text}))(${madeOfFields(standIn)})`),
    ),
  });
}

function loaderOf(file: string): "ts" | "tsx" | "jsx" {
  return file.endsWith(".tsx") ? "tsx" : /\.[cm]?ts$/.test(file) ? "ts" : "jsx";
}

function programRun({ source, entry }: Work): Run {
  return (input) =>
    new Function(
      `"use strict";${source}\nreturn { call: (...args) => (${entry})(...args), args: [${input.map((text) => `(${text})`).join(", ")}] };`,
    )();
}

async function difference(run: Run, { input, outcome }: Work["cases"][number]): Promise<string | undefined> {
  let value: unknown;
  let args: unknown[] = [];
  try {
    const box = run(input);
    args = box.args;
    value = await box.call(...args);
    const text = told(value);
    if (outcome.kind !== "returned" || text !== outcome.text) return text;
  } catch (error) {
    if (error instanceof Undescribable) return `a value that ${error.message}`;
    const type = (error as object | undefined)?.constructor?.name ?? typeof error;
    if (outcome.kind !== "threw" || outcome.type !== type) return String(error);
    const isOther = error instanceof Error && outcome.message !== undefined && outcome.message !== error.message;
    return isOther ? String(error) : undefined;
  }
  const changed = (outcome.changed ?? []).find(({ index, text }) => told(args[index]) !== text);
  return changed && `changed ${told(args[changed.index])}`;
}

function told(value: unknown): string {
  const isIterator =
    typeof value === "object" &&
    value !== null &&
    / Iterator\]$|^\[object Generator\]$/.test(Object.prototype.toString.call(value));
  const [text = ""] = describeValue([isIterator ? [...(value as Iterable<unknown>)] : value], realm);
  return isIterator ? `${text}.values()` : text;
}

async function main(): Promise<void> {
  const work = JSON.parse(readFileSync(0, "utf8")) as Work;
  const quiet = () => {};
  Object.assign(console, { log: quiet, info: quiet, debug: quiet, warn: quiet, error: quiet });
  const run = work.ran === "file" ? await realRun(work) : programRun(work);
  const differ: string[] = [];
  for (const each of work.cases) {
    const found = await difference(run, each);
    if (found !== undefined)
      differ.push(`(${work.entry})(${each.input.join(", ")}): ${found}, not ${JSON.stringify(each.outcome)}`);
  }
  const missing = differ.length > 0 && work.ran === "file" ? missingName(work) : undefined;
  if (missing) throw new Error(`${missing} is not there`);
  process.stdout.write(`\n${JSON.stringify(differ)}\n`, () => process.exit(0));
}

main().catch((error) => {
  process.stderr.write(String(error?.stack ?? error));
  process.exit(1);
});
