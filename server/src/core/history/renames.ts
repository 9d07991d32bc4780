import type { CommitRef, Rename } from "../model/functionHistory";
import type { HistoryLog } from "./historyLog";

/**
 * Where the source files of a folder went that were renamed, by the path they had before; of several renames the last
 * one counts. Linear in the log.
 *
 * @param prefix from the repository's top to the folder: empty or ending in `/`
 */
export function renamesIn({ commits }: HistoryLog, prefix: string): ReadonlyMap<string, Rename> {
  const renames = new Map<string, Rename>();
  for (const { id, date, author, agent, changes } of commits) {
    const commit: CommitRef = { id, date, author, ...(agent !== undefined && { agent }) };
    for (const { path, parents } of changes) {
      const before = parents[0]?.path;
      if (!before || before === path || !before.startsWith(prefix) || !path.startsWith(prefix)) continue;
      const [from, to] = [before.slice(prefix.length), path.slice(prefix.length)];
      // Commits come newest first: what it is called now is known already.
      if (!renames.has(from)) renames.set(from, { path: renames.get(to)?.path ?? to, commit });
    }
  }
  return renames;
}
