import picomatch from "picomatch";
import type { Cancellation } from "../../core/base/cancellation";
import { code } from "../../core/base/markdown";
import type { Notice } from "../../core/base/notice";
import { runGit } from "./git";

/**
 * Files that git tracks although a `.gitignore` names them: git shows them, and like most tools that read `.gitignore`
 * Fathom does not, so that somebody has to say so.
 *
 * @param accept whether a file would be read, by its path relative to `root`
 * @param exclude globs of what is left out anyway
 */
export async function trackedButIgnored(
  root: string,
  accept: (path: string) => boolean,
  exclude: readonly string[],
  cancellation: Cancellation,
): Promise<Notice[]> {
  const { end, output } = await runGit(root, listing, { cancellation, timeout, maxBytes });
  if (end !== "done") return [];
  const isExcluded = picomatch([...exclude, "**/node_modules"], { dot: true });
  const isLeftOut = (path: string) => foldersAndItself(path).some((each) => isExcluded(each));
  const tracked = output.toString("utf8").split("\0");
  const [first, ...more] = tracked.filter((path) => path !== "" && accept(path) && !isLeftOut(path));
  if (first === undefined) return [];
  const files =
    more.length === 0
      ? `${code(first)} is not analysed: git tracks it, but .gitignore names it`
      : `${code(first)} and ${more.length} more are not analysed: git tracks them, but .gitignore names them`;
  const message = `${files}. Whatever no line of .gitignore names is analysed.`;
  return [{ severity: "warning", message }];
}

const listing = ["ls-files", "-z", "--cached", "--ignored", "--exclude-per-directory=.gitignore"];
const timeout = 5000;
const maxBytes = 4_000_000;

function foldersAndItself(path: string): string[] {
  const segments = path.split("/");
  return segments.map((_, i) => segments.slice(0, i + 1).join("/"));
}
