import { describe, expect, it } from "vitest";
import type { LedgerEntry } from "../../server/src/core/ledger/entry";
import { Ledger } from "../../server/src/core/ledger/signOffs";
import { isGone, type Presence } from "../../server/src/core/model/presence";
import type { Person } from "../../server/src/core/model/signOff";
import { writeBrief } from "../../server/src/core/report/brief";
import { functionRows } from "../../server/src/core/report/functionsJson";
import { newEngine } from "../support/analysed";
import { accepted, ada, asked, bo, day, explained, linesOf, waived } from "./lines";

const shelf = `def newest(loans):
    kept = {}
    for l in sorted(loans, key=lambda l: (l.get("at", 0), l.get("id", ""))):
        key = (l.get("book"), l.get("branch"), l.get("at", 0) // 2700)
        if key not in kept or l.get("rank", 0) > kept[key].get("rank", 0):
            kept[key] = l
    return list(kept)
`;

async function library(text = shelf) {
  const engine = newEngine({ "oracleFunction.topPercent": 100 });
  await engine.setFile("shelf.py", shelf);
  const fn = engine.summaryOf("shelf.py")?.functions.find(({ name }) => name === "newest");
  if (!fn) throw new Error("no function");
  await engine.setFile("shelf.py", text);
  const told = (entries: LedgerEntry[], presence?: Presence) => {
    engine.setHistory(presence && { head: "", commits: 1, presence, files: new Map() });
    engine.setLedger(new Ledger(linesOf("shelf.py", entries)));
    return engine.analysis().findings.map(({ message }) => message.replace(/.*\. (?=\w+ \w+ explained)/, ""));
  };
  return { engine, fn, told };
}

function presence(seen: Record<string, string>, more: Partial<Presence> = {}): Presence {
  const seconds = (date: string) => Date.parse(date) / 1000;
  const lastSeen = new Map(Object.entries(seen).map(([name, date]) => [name, seconds(date)]));
  return { newest: seconds("2026-12-01"), oldest: seconds("2024-01-01"), isWhole: true, lastSeen, ...more };
}

describe("an oracle", () => {
  it("is none any more once somebody explained or waived it", async () => {
    const { fn, told } = await library();
    expect(told([])).toHaveLength(1);
    expect(told([explained(fn, ada)])).toEqual([]);
    expect(told([waived(fn, bo)])).toEqual([]);
    const [line] = linesOf("shelf.py", [explained(fn, ada, { peeks: 3 })]);
    expect(told([explained(fn, ada, { peeks: 3 })])).toEqual([
      "Ada Lund explained it on 2026-03-03, and had to look at the code.",
    ]);
    expect(told([explained(fn, ada, { peeks: 3 }), accepted(line as never, bo)])).toEqual([]);
  });

  it("is one again when its meaning changes", async () => {
    const { fn, told } = await library(shelf.replace("2700", "3600"));
    expect(told([explained(fn, ada)])).toEqual([
      "Ada Lund explained it on 2026-03-03, and what it does has changed since.",
    ]);
    expect((await library(shelf.replaceAll("kept", "best"))).told([explained(fn, ada)])).toEqual([]);
  });

  it("is one again when everybody who explained it is gone", async () => {
    const { fn, told } = await library();
    const gone = presence({ "ada@library.example": "2026-05-01", "bo@library.example": "2026-11-30" });
    expect(told([explained(fn, ada)], gone)).toEqual([
      "Ada Lund explained it on 2026-03-03, and nobody who did has committed for a long time.",
    ]);
    expect(told([explained(fn, ada), explained(fn, bo)], gone)).toEqual([]);
    expect(told([waived(fn, ada)], gone)).toEqual([]);
    expect(told([explained(fn, ada)])).toEqual([]);
  });

  it("shares the explanation with the callbacks in it", async () => {
    const { engine, fn } = await library(shelf.replace('"at", 0), l', '"at", 0) // 2700, l.get("rank", 0) & 7, l'));
    const own = engine.summaryOf("shelf.py")?.functions[0];
    engine.setLedger(new Ledger(linesOf("shelf.py", [explained({ ...fn, shapeHash: own?.shapeHash ?? "" }, ada)])));
    expect(engine.analysis().oracles.flagged).toEqual([]);
  });
});

describe("who is gone", () => {
  const isAdaGone = (known: Presence, at = day(1), who: Person = ada) => isGone(known, who, at, 180);

  it("is told by commits, under any address, and by what they signed since", () => {
    expect(isAdaGone(presence({ "ada@library.example": "2026-05-01" }))).toBe(true);
    expect(isAdaGone(presence({}))).toBe(true);
    expect(isAdaGone(presence({ "ada@library.example": "2026-07-01" }))).toBe(false);
    expect(isAdaGone(presence({ "ada lund": "2026-07-01" }))).toBe(false);
    expect(isAdaGone(presence({}), "2026-07-01T00:00:00Z")).toBe(false);
  });

  it("is not known where the history does not reach back that far", () => {
    const oldest = Date.parse("2026-10-01") / 1000;
    expect(isAdaGone(presence({}, { isWhole: false, oldest }))).toBe(false);
    expect(isAdaGone(presence({}, { isWhole: true, oldest }))).toBe(true);
    expect(isAdaGone(presence({}, { isWhole: false }))).toBe(true);
  });
});

describe("what is said of a signed function", () => {
  it("stands in the rows of all functions", async () => {
    const { engine, fn } = await library();
    engine.setLedger(new Ledger(linesOf("shelf.py", [explained(fn, ada)])));
    const rows = functionRows(engine.analysis()).map(({ name, signOff }) => [name, signOff]);
    expect(rows[0]).toEqual(["newest", { state: "explained", by: "Ada Lund", at: day(3) }]);
    expect(rows[1]?.[1]).toBeNull();
  });

  it("stands in the brief, harmless whatever it says", async () => {
    const { engine, fn } = await library(shelf.replace("2700", "3600"));
    const text =
      "Keeps `the newest` loan.\n\n# No heading\n[free books](http://evil.example) <img src=x> ![x](y) ``` [a](b) ` \\` [c](d) `\n```\n</details>";
    const first = explained(fn, { ...ada, name: "Ada [x](y)" }, { text });
    const [line] = linesOf("shelf.py", [first]);
    engine.setLedger(
      new Ledger([...linesOf("shelf.py", [first]), ...linesOf("shelf.py", [asked(line as never, bo, "Why `2700`?")])]),
    );
    const { facts } = await engine.extractFacts("shelf.py", shelf);
    const { model } = engine.analysis();
    const summary = model.files.get("shelf.py");
    if (!facts || !summary) throw new Error("not read");
    const input = { facts, model, summary, index: 0, oracle: undefined, ranked: 1, rules: [], link: () => "#" };
    const brief = writeBrief({ ...input, change: "-a ``` b\n+c" });
    expect(brief).toContain("Explanation is stale (Ada \\[x\\](y), 3 Mar 2026).");
    expect(brief).toContain(
      "> Keeps `the newest` loan.\n> \n> # No heading\n> \\[free books\\](http://evil.example) &lt;img src=x>",
    );
    expect(brief).not.toMatch(/(?<!\\)\]\((?:http|y|b|d)/);
    expect(brief).toContain("What has changed since:\n\n````diff\n-a ``` b\n+c\n````");
  });
});

describe("oracles of a workspace", () => {
  const shelves = (count: number) => Array.from({ length: count }, (_, i) => shelf.replace("newest", `newest_${i}`));
  const told = async (settings: Record<string, unknown>, code = shelves(5).join("\n")) => {
    const engine = newEngine({ "oracleFunction.topPercent": 100, ...settings });
    await engine.setFile("shelf.py", code);
    const { findings, oracles } = engine.analysis();
    return { findings: findings.length, flagged: oracles.flagged.length };
  };

  it("are reported in proportion to the code, and all flagged", async () => {
    expect(await told({})).toEqual({ findings: 3, flagged: 5 });
    expect(await told({ "oracleFunction.linesPerFinding": 10 })).toEqual({ findings: 4, flagged: 5 });
    expect(await told({ "oracleFunction.linesPerFinding": 0 })).toEqual({ findings: 5, flagged: 5 });
  });

  it("are reported with the hardest first", async () => {
    const easier = shelf.replace(
      "def ",
      "# Of equals the newest loan counts, since readers bring a book back twice.\ndef ",
    );
    const { findings, flagged } = await told({ "oracleFunction.minimumScore": 20 }, [easier, ...shelves(3)].join("\n"));
    expect({ findings, flagged }).toEqual({ findings: 3, flagged: 4 });
  });
});
