// The judge of TypeScript and JavaScript is the checker of the `typescript` package.
import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { match, placeOf, report, withoutTypes } from "../compare.mjs";
import { ask } from "./ask.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
/** Sources that are there after `npm install`: our own, and those that packages come with. */
const folders = ["server/src", "node_modules/ajv/lib", "node_modules/zod/src", "node_modules/@azure/msal-node/src"];

/**
 * Holds Fathom's calls against the checker's.
 *
 * @param {{ resolveCalls: (root: string) => Promise<object[]>, folders?: string[] }} options folders to look at
 *   instead of the usual ones
 * @returns {Promise<{ title: string, text: string }>}
 */
export async function judge({ resolveCalls, folders: wanted = [] }) {
  const title = "TypeScript, judged by its checker";
  const chosen =
    wanted.length > 0 ? wanted.map((folder) => resolve(folder)) : folders.map((folder) => join(root, folder));
  const texts = [];
  for (const folder of chosen) {
    const name = wanted.length > 0 ? basename(folder) : folder.slice(root.length + 1);
    if (!existsSync(folder)) {
      texts.push(`${name}: not there; run npm install`);
      continue;
    }
    const place = await realpath(folder);
    texts.push(compare(name, ask(place), await resolveCalls(place)));
  }
  return { title, text: texts.join("\n") };
}

function compare(title, answer, calls) {
  const paths = new Set(calls.map(({ path }) => path));
  const judged = answer.filter(({ path, isOutside }) => !isOutside && paths.has(path));
  const verdicts = match(judged, calls, { call: nameOf }).map(({ truth, call }) => {
    const targets = (call?.targets ?? []).map(placeOf);
    const expected = truth.targetPath === "" ? [] : [`${truth.targetPath}:${truth.targetLine}`];
    const isJudged = expected.length > 0 && (truth.hasBody || truth.others.length > 0);
    const isRight = isJudged && reaches(targets, [...expected, ...truth.others], truth, call?.dynamic);
    return { truth, call, targets, expected, isRight, isJudged, isWanted: truth.hasBody };
  });
  return report(title, verdicts, answer.length - judged.length);
}

function reaches(targets, expected, { hasBody }, dynamic) {
  const fits = (target) => expected.includes(target);
  if (dynamic && hasBody) return targets.some(fits);
  return (dynamic ? targets.length > 0 : targets.length === 1) && targets.every(fits);
}

/** `a.b<T>.c` ends in `c`, a function called at once in `<func>`. */
function nameOf(callee) {
  const plain = withoutTypes(callee);
  return /^<func#\d+>$/.test(callee) ? "<func>" : plain.slice(plain.lastIndexOf(".") + 1);
}
