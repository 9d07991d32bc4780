import type { CommitRef } from "../model/functionHistory";

/** A commit with the first line of its message. */
export interface TitledCommit extends CommitRef {
  subject: string;
}

/** The commits of one file, oldest first, each with the lines it added there. */
export interface AddedLines {
  commit: TitledCommit;
  lines: readonly string[];
}

/**
 * The commit that first wrote each line of a file. A line is known by its words, so that one which was moved, indented
 * or made a list item keeps its commit. One that was reworded belongs to whoever reworded it.
 */
export class LineOrigins {
  private readonly first = new Map<string, TitledCommit>();

  constructor(commits: Iterable<AddedLines>) {
    for (const { commit, lines } of commits) {
      for (const line of lines) {
        const words = wordsOf(line);
        if (words !== "" && !this.first.has(words)) this.first.set(words, commit);
      }
    }
  }

  /** The youngest of the commits that wrote the lines; `undefined` when one is not committed yet. */
  of(lines: readonly string[]): TitledCommit | undefined {
    const written = lines.map(wordsOf).filter((words) => words !== "");
    const commits = written.map((words) => this.first.get(words));
    if (commits.length === 0 || commits.includes(undefined)) return undefined;
    return (commits as TitledCommit[]).reduce((last, commit) => (commit.date > last.date ? commit : last));
  }
}

function wordsOf(line: string): string {
  return line
    .replace(/^[\s>]*(?:[-*+]|\d{1,9}[.)])?\s*(?:\[[ xX]\]\s)?/, "")
    .replace(/[*_]{2,}/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * The fix or revert nearest to a rule: the commit that wrote it, when that is one; else the last one shortly before,
 * preferably one that speaks of the same thing.
 *
 * @param commits the ones up to the commit that wrote the rule, newest first
 */
export function fixNear(
  commits: readonly (TitledCommit & { isFix: boolean })[],
  ruleText: string,
): TitledCommit | undefined {
  const [own] = commits;
  if (own === undefined) return undefined;
  if (own.isFix) return own;
  const near = commits.filter(({ isFix, date }) => isFix && daysBetween(date, own.date) <= nearDays);
  const topic = new Set(topicWords(ruleText));
  return near.find(({ subject }) => topicWords(subject).some((word) => topic.has(word))) ?? near[0];
}

/** A rule is written within days of what it cost. */
const nearDays = 7;

function daysBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / 86_400_000;
}

function topicWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).filter((word) => !ordinary.has(word));
}

const ordinary = new Set(
  "always avoid before call calls called code does done fixed fixes from have into make must never only revert rule should test tests than that their them then there these this through update use used uses using what when where which while with without your".split(
    " ",
  ),
);
