import type { Presence } from "./presence";

/** A commit as it is told to people. */
export interface CommitRef {
  /** Full hash. */
  id: string;
  /** Day of the author date, `YYYY-MM-DD`. */
  date: string;
  author: string;
  /** The coding agent that says it wrote or helped to write the commit. */
  agent?: string;
}

/** What the version history says of one function as it stands in the working tree. */
export interface FunctionHistory {
  /** Commits that changed it, the one that introduced it included. At least this many when not `isComplete`. */
  commits: number;
  /** Different people and agents among them, by address. */
  authors: number;
  last?: CommitRef;
  /** The last commit by a person who names no agent. */
  lastHuman?: CommitRef;
  /** Commits among them that say they fix something. */
  fixes: number;
  lastFix?: CommitRef;
  /** The commit most of its present lines come from. */
  origin?: {
    commit: CommitRef;
    /** Present lines that come from it. */
    lines: number;
    /** Source lines the whole commit added. */
    commitLines: number;
  };
  /** Agents its present lines come from, most lines first. */
  agents: string[];
  /** Share of its committed present lines that come from commits naming an agent, 0 to 1. */
  aiShare: number;
  /** Lines that are not committed yet. */
  uncommittedLines: number;
  /** Whether the history was read back to where the function begins. */
  isComplete: boolean;
}

export interface FileHistory {
  /** By `functionKeys`. A function that is not here has no history yet. */
  functions: Readonly<Record<string, FunctionHistory>>;
  commits: number;
  fixes: number;
  /** Fix commits within `recentDays` before the newest commit. */
  recentFixes: number;
  lastFix?: CommitRef;
}

/** Plain data of the whole workspace, never changed once handed out. */
export interface WorkspaceHistory {
  /** The commit it was read from. */
  head: string;
  /** How many commits it rests on. */
  commits: number;
  /** Why it does not reach back to the first commit; absent when it does. */
  truncated?: HistoryLimit;
  /** Who was there when; absent where nobody asks. */
  presence?: Presence;
  /** By workspace path. */
  files: ReadonlyMap<string, FileHistory>;
  /** Where files went, by the workspace path they had before. */
  renames?: ReadonlyMap<string, Rename>;
}

export interface Rename {
  /** What it is called now, or was called last. */
  path: string;
  /** That gave up the old path. */
  commit: CommitRef;
}

/** `objects`: the repository lacks some of its contents, as a partial clone does. */
export type HistoryLimit = "shallow" | "commits" | "time" | "size" | "objects";

/** Fixes are recent within this many days of the newest commit. Of the commit, not of today: same code, same result. */
export const recentDays = 90;

/**
 * Names that stay the same while a file is edited: the symbol, and of several functions with one symbol the place
 * among them.
 */
export function functionKeys(symbols: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return symbols.map((symbol) => {
    const count = (seen.get(symbol) ?? 0) + 1;
    seen.set(symbol, count);
    return count === 1 ? symbol : `${symbol}~${count}`;
  });
}
