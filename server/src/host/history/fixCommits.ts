import { type Cancellation, CancelledError } from "../../core/base/cancellation";
import type { TitledCommit } from "../../core/history/lineOrigins";
import { runGit } from "./git";
import { commitFormat, patchedCommitsIn, plainPatches } from "./patches";

/** What a commit took out of the code and put in. */
export interface FixCommit {
  commit: TitledCommit;
  /** Callees as written, each once: in lines that went, and in lines that came. */
  removed: string[];
  added: string[];
  /** Functions around the changes, as git names them. */
  functions: string[];
}

const maxCommits = 1000;
const maxFixes = 50;
const maxNames = 40;
const limits = { timeout: 20_000, maxBytes: 32 * 1024 * 1024 };

/**
 * Commits that say they mend something, newest first; none where there is no repository.
 *
 * @throws CancelledError
 */
export async function recentFixCommits(folder: string, cancellation: Cancellation): Promise<TitledCommit[]> {
  const output = await git(folder, ["log", `--max-count=${maxCommits}`, commitFormat, "HEAD", "--"], cancellation);
  return patchedCommitsIn(output)
    .filter(({ isFix }) => isFix)
    .slice(0, maxFixes)
    .map(({ commit }) => commit);
}

/**
 * @param id a full hash
 * @throws CancelledError
 */
export async function readFixCommit(
  folder: string,
  id: string,
  cancellation: Cancellation,
): Promise<FixCommit | undefined> {
  if (!/^[0-9a-f]{40,64}$/.test(id)) return undefined;
  const output = await git(folder, ["show", ...plainPatches, commitFormat, id, "--"], cancellation);
  const [shown] = patchedCommitsIn(output);
  if (!shown) return undefined;
  const removed = new Set<string>();
  const added = new Set<string>();
  const functions = new Set<string>();
  for (const line of shown.patch.split("\n")) {
    if (line.startsWith("@@")) for (const name of functionsIn(line)) functions.add(name);
    else if (line.startsWith("+") && !line.startsWith("+++ ")) for (const name of calleesIn(line)) added.add(name);
    else if (line.startsWith("-") && !line.startsWith("--- ")) for (const name of calleesIn(line)) removed.add(name);
  }
  const without = (names: Set<string>, others: Set<string>) =>
    [...names].filter((name) => !others.has(name)).slice(0, maxNames);
  return {
    commit: shown.commit,
    removed: without(removed, added),
    added: without(added, removed),
    functions: [...functions].slice(0, maxNames),
  };
}

/** Names before a parenthesis. Text, not syntax: the versions a commit lies between are not parsed. */
function calleesIn(line: string): string[] {
  if (line.length > 1000) return [];
  return [...line.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\(/g)]
    .map(([, name]) => name as string)
    .filter((name) => !keywords.has(name));
}

/** What git prints behind a hunk's lines: the last line before it that looks like the start of a function. */
function functionsIn(header: string): string[] {
  const start = header.replace(/^@@[^@]*@@/, "");
  const name =
    /(?:func(?:tion)?\s*(?:\([^)]*\))?|def|class|void|async)\s+([A-Za-z_$][\w$]*)|([A-Za-z_$][\w$]*)\s*\(/.exec(start);
  const found = name?.[1] ?? name?.[2];
  return found === undefined || keywords.has(found) ? [] : [found];
}

const keywords = new Set("if for while switch catch return func function def class elif with assert except".split(" "));

async function git(folder: string, args: readonly string[], cancellation: Cancellation): Promise<string> {
  const { end, output } = await runGit(folder, args, { cancellation, ...limits });
  if (end === "cancelled") throw new CancelledError();
  return end === "done" ? output.toString("utf8") : "";
}
