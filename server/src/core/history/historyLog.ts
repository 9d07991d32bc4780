import type { HistoryLimit } from "../model/functionHistory";
import type { Hunks, LineRange } from "./lineMap";

/** The bounded past of a repository with everything left out that no function needs. Plain data. */
export interface HistoryLog {
  /** The newest commit. */
  head: string;
  /** No commit stands before one of its children. */
  commits: LoggedCommit[];
  /** Why it ends before the first commit. */
  truncated?: HistoryLimit;
}

export interface LoggedCommit {
  id: string;
  parents: string[];
  /** Seconds since 1970 at which it was committed. */
  time: number;
  /** Day of the author date. */
  date: string;
  author: string;
  /** Address of the author, in lower case; tells authors apart. */
  email: string;
  agent?: string;
  /** Written by a program that is no coding agent. */
  isBot?: true;
  isFix?: true;
  /** Source lines it added. */
  added: number;
  /** Source files it changed; of a merge, those that differ from every parent. */
  changes: FileChange[];
  /** Of a merge: paths that differ from the first parent. */
  mergedPaths?: string[];
}

export interface FileChange {
  /** Path in the commit. */
  path: string;
  /** By parent: the path there, `null` where the file is not there, and what changed since. */
  parents: { path: string | null; hunks: Hunks }[];
  /** Lines a note gives to an agent, in the commit's lines; absent without a note. */
  agentLines?: LineRange[];
  /** Its lines are not told: content that git takes for binary. */
  isOpaque?: true;
}
