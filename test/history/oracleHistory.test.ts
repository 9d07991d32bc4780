import { describe, expect, it } from "vitest";
import { historyEvidence } from "../../server/src/core/detectors/oracle-function/historyEvidence";
import type { CommitRef, FileHistory, FunctionHistory } from "../../server/src/core/model/functionHistory";

const commit = (letter: string, agent?: string): CommitRef => ({
  id: letter.repeat(40),
  date: "2026-05-01",
  author: "Mia Lund",
  ...(agent && { agent }),
});

function history(more: Partial<FunctionHistory>): FunctionHistory {
  return { commits: 1, authors: 1, fixes: 0, agents: [], aiShare: 0, uncommittedLines: 0, isComplete: true, ...more };
}

const file: FileHistory = { functions: {}, commits: 9, fixes: 4, recentFixes: 1, lastFix: commit("f") };

describe("what history adds to an oracle's evidence", () => {
  it("is nothing where nothing is known", () => {
    expect(historyEvidence(undefined, undefined, 1)).toEqual([]);
    expect(historyEvidence(history({}), file, 1)).toEqual([]);
  });

  it.each([
    [
      "often-changed",
      history({ commits: 5, authors: 2, last: commit("a") }),
      "changed in 5 commits by 2 authors, the last aaaaaaa on 2026-05-01",
    ],
    [
      "often-changed",
      history({ commits: 3, last: commit("a"), isComplete: false }),
      "changed in at least 3 commits by one author, the last aaaaaaa on 2026-05-01",
    ],
    [
      "recent-fixes",
      history({ fixes: 4, lastFix: commit("b") }),
      "touched by 4 fix commits, the last bbbbbbb on 2026-05-01",
    ],
    ["recent-fixes", history({ fixes: 1, lastFix: commit("b") }), "touched by a fix commit, bbbbbbb on 2026-05-01"],
    [
      "one-shot",
      history({ origin: { commit: commit("c"), lines: 40, commitLines: 3200 } }),
      "written whole in ccccccc on 2026-05-01, a commit of 3200 lines, and not changed since",
    ],
    [
      "ai-written",
      history({ agents: ["Claude"], aiShare: 1 }),
      "written with Claude; every commit that changed it names an agent",
    ],
  ])("tells %s in words that git can confirm", (kind, known, detail) => {
    expect(historyEvidence(known, undefined, 7)).toMatchObject([{ kind, detail, line: 7 }]);
  });

  it("does not call what people have changed written by an agent", () => {
    expect(historyEvidence(history({ agents: ["Claude"], aiShare: 1, lastHuman: commit("d") }), undefined, 1)).toEqual(
      [],
    );
    expect(historyEvidence(history({ agents: ["Claude"], aiShare: 1, isComplete: false }), undefined, 1)).toEqual([]);
  });

  it("tells of fixes around it in the file", () => {
    const [evidence] = historyEvidence(history({}), { ...file, recentFixes: 4 }, 1);
    expect(evidence).toMatchObject({
      kind: "fixed-file",
      detail: "4 fixes in its file within three months, the last fffffff on 2026-05-01",
    });
  });
});
