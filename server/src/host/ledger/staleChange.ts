import { type Cancellation, CancelledError } from "../../core/base/cancellation";
import { ledgerFolder, ledgerSourceOf } from "../../core/ledger/ledgerFile";
import { unifiedDiff } from "../../core/ledger/unifiedDiff";
import type { FileFacts } from "../../core/model/facts";
import type { SignOff } from "../../core/model/signOff";
import { BlobStream } from "../history/blobStream";
import { runGit } from "../history/git";

/** Versions of a file that are looked into for the function as it was. */
const maxVersions = 60;
const limits = { timeout: 20_000, maxBytes: 128 * 1024 * 1024 };

export interface StaleChangeOptions {
  root: string;
  signOff: SignOff;
  /** Where the function is today, and its text. */
  path: string;
  text: string;
  factsOf(path: string, text: string): Promise<FileFacts | undefined>;
  cancellation: Cancellation;
}

/**
 * What has changed in a function since it was explained, as a unified diff. Looked up in git: the commits that brought
 * the line into the ledger, then the latest of the file. `undefined` where the function as it was is not found.
 *
 * @throws CancelledError
 */
export async function staleChange(options: StaleChangeOptions): Promise<string | undefined> {
  const { signOff, path, text } = options;
  const paths = [...new Set([ledgerSourceOf(signOff.source.path) ?? path, path])];
  const before = await textBefore(options, paths);
  return before === undefined ? undefined : unifiedDiff(before, text);
}

async function textBefore(
  { root, signOff, factsOf, cancellation }: StaleChangeOptions,
  paths: readonly string[],
): Promise<string | undefined> {
  const git = (args: readonly string[], input?: string, onOutput?: (chunk: Buffer) => void) =>
    run(root, args, cancellation, input, onOutput);
  const signed = await git(["log", "--no-textconv", "--format=%H %P", `-S${signOff.shapeHash}`, "--", ledgerFolder]);
  const changed = await git(["log", `--max-count=${maxVersions}`, "--format=%H", "--", ...paths]);
  const prefix = (await git(["rev-parse", "--show-prefix"]))?.replace(/\n$/, "") ?? "";
  const commits = [...new Set(`${signed ?? ""}\n${changed ?? ""}`.split(/\s+/).filter(Boolean))];
  // A name with a line end cannot be asked for.
  const asked = commits
    .flatMap((commit) => paths.filter((each) => !each.includes("\n")).map((each) => ({ commit, path: each })))
    .slice(0, 2 * maxVersions);
  const texts: (string | undefined)[] = [];
  const stream = new BlobStream((index, text) => {
    texts[index] = text;
  });
  const input = asked.map(({ commit, path }) => `${commit}:${prefix}${path}\n`).join("");
  if (asked.length > 0) await git(["cat-file", "--batch"], input, (chunk) => stream.push(chunk));
  const looked = new Set<string>();
  for (const [i, text] of texts.entries()) {
    if (text === undefined || looked.has(text)) continue;
    looked.add(text);
    const facts = await factsOf((asked[i] as { path: string }).path, text.replace(/^\uFEFF/, ""));
    const fn = facts?.functions.find(
      ({ symbol, shapeHash }) => symbol === signOff.symbol && shapeHash === signOff.shapeHash,
    );
    if (fn) return text.replace(/^\uFEFF/, "").slice(fn.start, fn.end);
  }
  return undefined;
}

async function run(
  root: string,
  args: readonly string[],
  cancellation: Cancellation,
  input?: string,
  onOutput?: (chunk: Buffer) => void,
): Promise<string | undefined> {
  const { end, output } = await runGit(root, ["--literal-pathspecs", ...args], {
    cancellation,
    ...limits,
    ...(input !== undefined && { input }),
    ...(onOutput && { onOutput }),
  });
  if (end === "cancelled") throw new CancelledError();
  return end === "done" ? output.toString("utf8") : undefined;
}
