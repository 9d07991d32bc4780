import { type Cancellation, CancelledError } from "../../core/base/cancellation";
import { BlobStream } from "./blobStream";
import { type GitResult, runGit } from "./git";

const limits = { timeout: 30_000, maxBytes: 512 * 1024 * 1024 };

/**
 * The texts of files as they were at a commit, by path relative to `folder`; links and binary files are left out.
 * `undefined` where git cannot tell, as in a clone that lacks them.
 *
 * @throws CancelledError
 */
export async function filesAt(
  folder: string,
  revision: string,
  isWanted: (path: string) => boolean,
  cancellation: Cancellation,
): Promise<Map<string, string> | undefined> {
  const listed = await run(folder, ["ls-tree", "-r", "-z", revision, "--", "."], cancellation);
  if (listed.end !== "done") return undefined;
  const wanted: { path: string; blob: string }[] = [];
  for (const entry of listed.output.toString("utf8").split("\0")) {
    const match = /^100\d{3} blob ([0-9a-f]+)\t/.exec(entry);
    const path = match && entry.slice(match[0].length);
    if (path && isWanted(path)) wanted.push({ path, blob: match[1] as string });
  }
  return textsOf(folder, wanted, cancellation);
}

async function textsOf(
  folder: string,
  wanted: readonly { path: string; blob: string }[],
  cancellation: Cancellation,
): Promise<Map<string, string> | undefined> {
  const texts = new Map<string, string>();
  if (wanted.length === 0) return texts;
  const stream = new BlobStream((index, text) => {
    const file = wanted[index];
    if (file && text !== undefined) texts.set(file.path, text.replace(/^\uFEFF/, ""));
  });
  const input = wanted.map(({ blob }) => `${blob}\n`).join("");
  const { end } = await run(folder, ["cat-file", "--batch"], cancellation, input, (chunk) => stream.push(chunk));
  return end === "done" ? texts : undefined;
}

async function run(
  folder: string,
  args: readonly string[],
  cancellation: Cancellation,
  input?: string,
  onOutput?: (chunk: Buffer) => void,
): Promise<GitResult> {
  const result = await runGit(folder, args, {
    cancellation,
    ...limits,
    ...(input !== undefined && { input }),
    ...(onOutput && { onOutput }),
  });
  if (result.end === "cancelled") throw new CancelledError();
  return result;
}
