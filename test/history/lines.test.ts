import { describe, expect, it } from "vitest";
import { parseGitAiNote } from "../../server/src/core/history/gitAiNote";
import type { HistoryLog, LoggedCommit } from "../../server/src/core/history/historyLog";
import { diffLines } from "../../server/src/core/history/lineDiff";
import { LineMap } from "../../server/src/core/history/lineMap";
import { trackHistory } from "../../server/src/core/history/trackHistory";
import { functionKeys } from "../../server/src/core/model/functionHistory";
import { fc } from "../support/fastCheck";

describe("LineMap", () => {
  const range = (start: number, end: number) => ({ start, end });

  it.each([
    ["nothing changed", [], range(5, 9), range(5, 9), false],
    ["lines added above", [1, 0, 1, 3], range(5, 9), range(2, 6), false],
    ["lines removed above", [1, 3, 1, 0], range(5, 9), range(8, 12), false],
    ["lines removed just above", [5, 2, 5, 0], range(5, 9), range(7, 11), false],
    ["lines removed just below", [9, 2, 9, 0], range(5, 9), range(5, 9), false],
    ["lines added just above", [4, 0, 4, 1], range(5, 9), range(4, 8), false],
    ["lines added just below", [9, 0, 9, 4], range(5, 9), range(5, 9), false],
    ["lines added inside", [6, 0, 6, 2], range(5, 9), range(5, 7), true],
    ["lines removed inside", [6, 2, 6, 0], range(5, 9), range(5, 11), true],
    ["one line edited", [6, 1, 6, 1], range(5, 9), range(5, 9), true],
    ["its first line edited with the line above", [4, 2, 4, 2], range(5, 9), range(5, 9), true],
    ["its last line edited with the line below", [8, 2, 8, 2], range(5, 9), range(5, 9), true],
    ["all of it new", [5, 0, 5, 4], range(5, 9), undefined, true],
    ["all of it and more new", [3, 0, 3, 20], range(5, 9), undefined, true],
    ["all of it edited", [5, 4, 5, 4], range(5, 9), range(5, 9), true],
    ["the file written anew", [1, 300, 1, 200], range(5, 9), undefined, true],
  ])("%s", (_, hunks, now, before, touched) => {
    const map = new LineMap(hunks);
    expect(map.rangeBefore(now)).toEqual(before);
    expect(map.touches(now)).toBe(touched);
  });

  it("splits lines into old and new ones", () => {
    const map = new LineMap([2, 1, 2, 3, 10, 2, 12, 0]);
    expect(map.split([{ start: 1, end: 14 }])).toEqual({
      kept: [
        { start: 1, end: 2 },
        { start: 3, end: 10 },
        { start: 12, end: 14 },
      ],
      added: [{ start: 2, end: 5 }],
    });
  });
});

/** A version of a file: each line is a number nobody else has; functions own lines. */
interface Version {
  lines: { id: number; owner: number | undefined }[];
}

describe("tracking", () => {
  it("finds the same commits as keeping every line's owner does", async () => {
    const edit = fc.record({
      kind: fc.constantFrom("edit", "insert", "remove"),
      place: fc.nat(),
      count: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { maxLength: 25 }),
        fc.array(fc.integer({ min: 2, max: 8 }), { minLength: 1, maxLength: 6 }),
        async (edits, sizes) => {
          let next = 0;
          const start: Version = { lines: [] };
          sizes.forEach((size, owner) => {
            for (let i = 0; i < size; i++) start.lines.push({ id: next++, owner });
            start.lines.push({ id: next++, owner: undefined });
          });
          const touched = sizes.map(() => 1);
          const origins = new Map(start.lines.map(({ id }) => [id, "0"]));
          const commits = [logged("0", [], [1, 0, 1, start.lines.length], null)];
          const lines = [...start.lines];
          edits.forEach(({ kind, place, count }, i) => {
            const id = String(i + 1);
            // One owner's lines at a time, and never the last one of a function: then what is right is plain.
            const at = place % lines.length;
            const owner = lines[at]?.owner;
            let length = 0;
            while (length < count && lines[at + length]?.owner === owner && at + length < lines.length) length++;
            const isInner = owner !== undefined && lines[at - 1]?.owner === owner;
            if (kind === "insert") {
              if (!isInner) return;
              const added = Array.from({ length: count }, () => ({ id: next++, owner }));
              lines.splice(at, 0, ...added);
              for (const line of added) origins.set(line.id, id);
              commits.unshift(logged(id, [commits[0]?.id as string], [at + 1, 0, at + 1, count]));
            } else if (kind === "remove") {
              if (!isInner || lines[at + length]?.owner !== owner) return;
              lines.splice(at, length);
              commits.unshift(logged(id, [commits[0]?.id as string], [at + 1, length, at + 1, 0]));
            } else {
              if (owner === undefined) return;
              for (let k = 0; k < length; k++) {
                const line = { id: next++, owner };
                lines[at + k] = line;
                origins.set(line.id, id);
              }
              commits.unshift(logged(id, [commits[0]?.id as string], [at + 1, length, at + 1, length]));
            }
            touched[owner as number] = (touched[owner as number] as number) + 1;
          });
          const log: HistoryLog = { head: commits[0]?.id as string, commits };
          const functions = sizes.map((_, owner) => ({
            symbol: `f${owner}`,
            startLine: 1 + lines.findIndex((line) => line.owner === owner),
            endLine: 1 + lines.findLastIndex((line) => line.owner === owner),
          }));
          const { files } = await trackHistory(log, [
            { path: "a.go", committedPath: "a.go", uncommitted: [], functions },
          ]);
          const file = files.get("a.go");
          sizes.forEach((_, owner) => {
            const known = file?.functions[`f${owner}`];
            expect(known?.commits).toBe(touched[owner]);
            const own = lines.filter((line) => line.owner === owner);
            const most = Math.max(
              ...[...new Set(own.map(({ id }) => origins.get(id)))].map(
                (id) => own.filter((line) => origins.get(line.id) === id).length,
              ),
            );
            expect(known?.origin?.lines).toBe(most);
            expect(known?.isComplete).toBe(true);
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

function logged(id: string, parents: string[], hunks: number[], path: string | null = "a.go"): LoggedCommit {
  const time = 1_700_000_000 + Number(id) * 3600;
  return {
    id,
    parents,
    time,
    date: "2026-01-01",
    author: "Mia",
    email: "mia@x",
    added: hunks[3] ?? 0,
    changes: [{ path: "a.go", parents: [{ path, hunks }] }],
  };
}

describe("diffLines", () => {
  it("gives hunks that turn one text into the other and keep as much as the shortest edit does", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d", ""), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const hunks = diffLines(`${a.join("\n")}\n`, `${b.join("\n")}\n`);
        const [old, now] = [linesOf(a), linesOf(b)];
        const built: string[] = [];
        let position = 1;
        let distance = 0;
        for (let i = 0; i < hunks.length; i += 4) {
          const [os, oc, ns, nc] = hunks.slice(i, i + 4) as [number, number, number, number];
          built.push(...old.slice(position - 1, os - 1));
          expect(built.length + 1).toBe(ns);
          built.push(...now.slice(ns - 1, ns - 1 + nc));
          position = os + oc;
          distance += oc + nc;
        }
        built.push(...old.slice(position - 1));
        expect(built).toEqual(now);
        expect(distance).toBe(old.length + now.length - 2 * commonLength(old, now));
      }),
      { numRuns: 500 },
    );
  });

  it("gives up on what has hardly a line in common", () => {
    const text = (word: string) => Array.from({ length: 4000 }, (_, i) => `${word} ${i}`).join("\n");
    expect(diffLines(text("a"), text("b"))).toEqual([1, 4000, 1, 4000]);
  });
});

function linesOf(lines: string[]): string[] {
  const all = `${lines.join("\n")}\n`.split("\n");
  all.pop();
  return all;
}

function commonLength(a: string[], b: string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
  return table[a.length]![b.length]!;
}

describe("parseGitAiNote", () => {
  const metadata = JSON.stringify({
    schema_version: "authorship/3.0.0",
    prompts: { d4a7828bfdafe456: { agent_id: { tool: "claude", model: "m" } } },
    sessions: { s_1: { agent_id: { tool: "github-copilot" } } },
  });

  it("reads lines of prompts and sessions, and leaves people's out", () => {
    const note = parseGitAiNote(
      `src/a.ts\n  d4a7828bfdafe456 1-10,15\n  h_dca485b1adf836 11-14\nb c.py\n  s_1::t_9 3\n---\n${metadata}`,
    );
    expect(note?.agent).toBe("Claude");
    expect(note?.lines.get("src/a.ts")).toEqual([
      { start: 1, end: 11 },
      { start: 15, end: 16 },
    ]);
    expect(note?.lines.get("b c.py")).toEqual([{ start: 3, end: 4 }]);
  });

  it("names no agent where people wrote everything", () => {
    expect(parseGitAiNote(`a.ts\n  h_1 1-3\n---\n${metadata}`)).toEqual({ agent: undefined, lines: new Map() });
  });

  it.each(["", "---\n{}", "---\nnot json", "hello", "  s_1 1-2\n---\n{}", "a.ts\n  s_1 9-3\n---\n", `\u0000\u0001`])(
    "takes nothing it does not understand from %j",
    (text) => {
      const note = parseGitAiNote(text);
      expect([...(note?.lines.values() ?? [])].flat()).toEqual([]);
    },
  );

  it("keeps the lines of a note that was cut off", () => {
    expect(parseGitAiNote('a.ts\n  s_1 1-3\n---\n{"sessions":')).toMatchObject({ agent: "an agent" });
  });
});

describe("functionKeys", () => {
  it("tells functions with one symbol apart by their order", () => {
    expect(functionKeys(["f", "g", "f", "", ""])).toEqual(["f", "g", "f~2", "", "~2"]);
  });
});
