// The judge of TypeScript and JavaScript is the checker of the `typescript` package.
import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ask } from "./ask.mjs";
import { compare } from "./compare.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
/** Sources that are there after `npm install`: our own, and those that packages come with. */
const folders = ["server/src", "node_modules/ajv/lib", "node_modules/zod/src", "node_modules/@azure/msal-node/src"];

/**
 * Holds Fathom's calls against the checker's.
 *
 * @param {{ resolveCalls: (root: string) => Promise<object[]>, folders?: string[] }} options folders to look at
 *   instead of the usual ones
 * @returns {Promise<{ title: string, rows: object[], text: string }>}
 */
export async function judge({ resolveCalls, folders: wanted = [] }) {
  const title = "TypeScript, judged by its checker";
  const chosen =
    wanted.length > 0 ? wanted.map((folder) => resolve(folder)) : folders.map((folder) => join(root, folder));
  const rows = [];
  const texts = [];
  for (const folder of chosen) {
    const name = wanted.length > 0 ? basename(folder) : folder.slice(root.length + 1);
    if (!existsSync(folder)) {
      texts.push(`${name}: not there; run npm install`);
      continue;
    }
    const place = await realpath(folder);
    const { row, text } = compare(name, ask(place), await resolveCalls(place));
    rows.push(row);
    texts.push(text);
  }
  return { title, rows, text: texts.join("\n") };
}
