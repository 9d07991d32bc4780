import type { CommitRef, FileHistory, FunctionHistory } from "../../model/functionHistory";
import type { Evidence, EvidenceKind } from "./evidence";

/** Evidence that counts so many times. */
export interface CountedEvidence extends Evidence {
  times: number;
}

/** What the past tells says nothing about the code itself: it ranks riddles, it never makes one. */
export const historyKinds: ReadonlySet<EvidenceKind> = new Set<EvidenceKind>([
  "often-changed",
  "recent-fixes",
  "fixed-file",
  "one-shot",
  "ai-written",
]);

/** A commit nobody reads line by line. */
const largeCommit = 1000;
/** Share of its lines that makes a function the work of agents. */
const nearlyAll = 0.9;

/** What the version history adds, told so that `git log -L` and `git show` can confirm it. */
export function historyEvidence(
  history: FunctionHistory | undefined,
  file: FileHistory | undefined,
  line: number,
): CountedEvidence[] {
  const evidence: CountedEvidence[] = [];
  const add = (kind: EvidenceKind, detail: string, times = 1) => evidence.push({ kind, detail, line, times });
  if (history) {
    const { commits, authors, fixes, last, lastFix, lastHuman, origin, agents, aiShare, isComplete } = history;
    const least = isComplete ? "" : "at least ";
    if (last && commits >= 3) {
      const by = authors === 1 ? "one author" : `${authors} authors`;
      add(
        "often-changed",
        `changed in ${least}${commits} commits by ${by}, the last ${told(last)}`,
        Math.log2(commits),
      );
    }
    if (lastFix) {
      const detail =
        fixes === 1
          ? `touched by a fix commit, ${told(lastFix)}`
          : `touched by ${least}${fixes} fix commits, the last ${told(lastFix)}`;
      add("recent-fixes", detail, Math.log2(1 + fixes));
    }
    if (origin && isComplete && commits === 1 && origin.commitLines >= largeCommit) {
      const detail = `written whole in ${told(origin.commit)}, a commit of ${origin.commitLines} lines, and not changed since`;
      add("one-shot", detail);
    }
    if (isComplete && !lastHuman && agents.length > 0 && aiShare >= nearlyAll) {
      const detail = `written with ${agents.slice(0, 2).join(" and ")}; every commit that changed it names an agent`;
      add("ai-written", detail);
    }
  }
  if (file?.lastFix && file.recentFixes >= 3) {
    const detail = `${file.recentFixes} fixes in its file within three months, the last ${told(file.lastFix)}`;
    add("fixed-file", detail, Math.log2(file.recentFixes));
  }
  return evidence;
}

function told({ id, date }: CommitRef): string {
  return `${id.slice(0, 7)} on ${date}`;
}
