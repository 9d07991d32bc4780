import { describe, expect, it } from "vitest";
import { allAtOnce } from "../../server/src/core/base/turns";
import { answerTo, waitingExplanations } from "../../server/src/core/ledger/acceptance";
import type { LedgerEntry } from "../../server/src/core/ledger/entry";
import type { LedgerLine } from "../../server/src/core/ledger/ledgerFile";
import { ledgerProblems } from "../../server/src/core/ledger/problems";
import { Ledger } from "../../server/src/core/ledger/signOffs";
import type { LanguageId } from "../../server/src/core/model/facts";
import type { Person, SignOff } from "../../server/src/core/model/signOff";
import { newEngine, setFiles } from "../support/analysed";
import { fc } from "../support/fastCheck";
import { accepted, ada, asked, bo, cy, day, explained, linesOf, waived } from "./lines";

const shapes = ["a", "b", "c"].map((letter) => letter.repeat(32));
const lend = { symbol: "lend", shapeHash: shapes[0] as string };

function signOffs(lines: readonly LedgerLine[], files: Record<string, (readonly [string, string])[]>) {
  const signed = Object.entries(files).map(([path, functions]) => ({
    path,
    functions: functions.map(([symbol, shapeHash]) => ({ symbol, shapeHash })),
  }));
  return allAtOnce(new Ledger(lines).signOffs(signed));
}

function states(lines: readonly LedgerLine[], files: Record<string, (readonly [string, string])[]>) {
  return Object.fromEntries([...signOffs(lines, files)].map(([id, { state, by }]) => [id, `${state} ${by.name}`]));
}

const [a, b, c] = shapes as [string, string, string];

describe("the sign-off of a function", () => {
  const lines = linesOf("loans.py", [explained(lend, ada)]);

  it("holds for the function as it was explained, and for nothing else", () => {
    expect(states(lines, { "loans.py": [["lend", a], ["take", b]] })).toEqual({ "loans.py#lend": "explained Ada Lund" }); // biome-ignore format: one line
    expect(states([], { "loans.py": [["lend", a]] })).toEqual({});
  });

  it("moves with the function to another file, and stays when the file is renamed", () => {
    expect(states(lines, { "desk/lending.py": [["lend", a]] })).toEqual({
      "desk/lending.py#lend": "explained Ada Lund",
    });
  });

  it("stays when the function is renamed, where nothing else does the same", () => {
    expect(states(lines, { "loans.py": [["hand_out", a]] })).toEqual({ "loans.py#hand_out": "explained Ada Lund" });
    expect(states(lines, { "loans.py": [["hand_out", a]], "copies.py": [["give", a]] })).toEqual({});
  });

  it("is stale once the function does something else, wherever its file is now", () => {
    expect(states(lines, { "loans.py": [["lend", b]] })).toEqual({ "loans.py#lend": "stale Ada Lund" });
    expect(states(lines, { "desk.py": [["lend", b]] })).toEqual({ "desk.py#lend": "stale Ada Lund" });
    expect(states(lines, { "desk.py": [["lend", b]], "bar.py": [["lend", c]] })).toEqual({});
  });

  it("holds again when the change is taken back", () => {
    const both = [...lines, ...linesOf("loans.py", [explained({ ...lend, shapeHash: b }, bo, { when: day(9) })])];
    expect(states(both, { "loans.py": [["lend", a]] })).toEqual({ "loans.py#lend": "explained Ada Lund" });
    expect(states(both, { "loans.py": [["lend", b]] })).toEqual({ "loans.py#lend": "explained Bo Ek" });
    expect(states(both, { "loans.py": [["lend", c]] })).toEqual({ "loans.py#lend": "stale Bo Ek" });
  });

  it("is not that of an overload nobody has explained", () => {
    const found = states(lines, { "loans.py": [["lend", b], ["lend", a]] }); // biome-ignore format: one line
    expect(found).toEqual({ "loans.py#lend~2": "explained Ada Lund" });
  });

  it("is worth most when a colleague has accepted it, then when nobody had to look, then when it is waived", () => {
    const [looked] = linesOf("loans.py", [explained(lend, ada, { peeks: 2 })]) as [LedgerLine];
    const acceptance = linesOf("loans.py", [accepted(looked, bo)]);
    const files = { "loans.py": [["lend", a] as const] };
    expect(states([looked], files)).toEqual({ "loans.py#lend": "explained-with-looks Ada Lund" });
    expect(states([looked, ...linesOf("loans.py", [explained(lend, cy, { when: day(1) })])], files)).toEqual({
      "loans.py#lend": "explained Cy Dahl",
    });
    expect(signOffs([looked, ...acceptance], files).get("loans.py#lend")).toMatchObject({
      state: "peer-accepted",
      by: ada,
      acceptedBy: bo,
    });
    expect(states(linesOf("loans.py", [waived(lend, bo)]), files)).toEqual({ "loans.py#lend": "waived Bo Ek" });
    expect(states(linesOf("loans.py", [waived(lend, bo)]), { "loans.py": [["lend", b]] })).toEqual({});
  });

  it("gains nothing by a person's own acceptance, under whatever address", () => {
    const [own] = linesOf("loans.py", [explained(lend, ada)]) as [LedgerLine];
    const files = { "loans.py": [["lend", a] as const] };
    for (const same of [ada, { ...ada, email: "ada@home.example" }, { name: "A. L.", email: "ADA@library.example" }])
      expect(states([own, ...linesOf("loans.py", [accepted(own, same)])], files)).toEqual({
        "loans.py#lend": "explained Ada Lund",
      });
  });
});

describe("colleagues", () => {
  const [own] = linesOf("loans.py", [explained(lend, ada)]) as [LedgerLine];
  const files = { "loans.py": [["lend", a] as const] };
  const waiting = (lines: readonly LedgerLine[], me: Person | undefined, now = files) =>
    waitingExplanations(new Ledger(lines), signOffs(lines, now), me).map(
      ({ function: id, line, isMine, asked: questions }) =>
        [id, line.entry.who.name, isMine, ...questions.map(({ text }) => text)].join(" "),
    );

  it("see which explanations wait, and which of them are their own", () => {
    expect(waiting([own], bo)).toEqual(["loans.py#lend Ada Lund false"]);
    expect(waiting([own], ada)).toEqual(["loans.py#lend Ada Lund true"]);
    expect(waiting([own], undefined)).toEqual(["loans.py#lend Ada Lund false"]);
  });

  it("need not judge what is accepted, read by a model, stale or replaced by a newer one", () => {
    expect(waiting([own, ...linesOf("loans.py", [accepted(own, bo)])], cy)).toEqual([]);
    expect(waiting(linesOf("loans.py", [explained(lend, ada, { graded: "model" })]), bo)).toEqual([]);
    expect(waiting([own], bo, { "loans.py": [["lend", b]] as never })).toEqual([]);
    const again = linesOf("loans.py", [explained(lend, ada, { when: day(20), text: "Better said." })]);
    expect(waiting([own, ...again, ...linesOf("loans.py", [asked(own, bo, "And ties?")])], bo)).toEqual([
      "loans.py#lend Ada Lund false",
    ]);
  });

  it("ask for more, which is told until there is a new explanation", () => {
    const lines = [own, ...linesOf("loans.py", [asked(own, bo, "What of two loans on one day?")])];
    expect(waiting(lines, bo)).toEqual(["loans.py#lend Ada Lund false What of two loans on one day?"]);
    expect(signOffs(lines, files).get("loans.py#lend")).toMatchObject({
      state: "explained",
      asked: { by: bo, text: "What of two loans on one day?" },
    });
  });

  it("answer in their own name, and not to themselves", () => {
    expect(answerTo(own, bo, day(8))).toEqual({ entry: accepted(own, bo, day(8)) });
    expect(answerTo(own, bo, day(8), "Why?")).toEqual({ entry: asked(own, bo, "Why?", day(8)) });
    expect(answerTo(own, ada, day(8))).toEqual({ refused: expect.stringContaining("a colleague must") });
    expect(answerTo(own, bo, day(8), " ")).toEqual({ refused: "Say what you want to know." });
  });
});

describe("lines of a change", () => {
  const [mine, theirs] = linesOf("loans.py", [explained(lend, ada), waived(lend, bo)]) as [LedgerLine, LedgerLine];
  const told = (lines: LedgerLine[], by: (Person | "uncommitted" | "unknown")[], me?: Person) =>
    ledgerProblems(
      new Ledger(lines),
      new Map(
        lines.map(({ hash }, i) => {
          const author = by[i] ?? "unknown";
          return [hash, typeof author === "string" ? { kind: author } : { kind: "committed", by: author, commit: "c".repeat(40) }]; // biome-ignore format: one line
        }),
      ),
      me,
    ).map(({ line, message }) => `${line} ${message}`);

  it("must be committed by the person they name", () => {
    expect(told([mine, theirs], [ada, { ...bo, email: "BO@library.example" }])).toEqual([]);
    expect(told([mine, theirs], [bo, "unknown"])).toEqual([
      "1 This line speaks for Ada Lund (ada@library.example), but Bo Ek (bo@library.example) committed it, in ccccccc.",
    ]);
    const hidden = { name: "Ada Lund", email: "12+ada@users.noreply.github.com" };
    expect(told([mine], [hidden])).toEqual([]);
    expect(told([mine], [{ ...hidden, name: "ci" }])).toHaveLength(1);
  });

  it("are their author's while they are not committed", () => {
    expect(told([mine], ["uncommitted"], ada)).toEqual([]);
    expect(told([mine], ["uncommitted"], undefined)).toEqual([]);
    expect(told([mine], ["uncommitted"], bo)).toEqual([
      "1 This line speaks for Ada Lund (ada@library.example), but is not committed, and git calls you Bo Ek (bo@library.example).",
    ]);
  });

  it("do not judge what is not there, nor one's own", () => {
    const [own, lost] = linesOf("loans.py", [accepted(mine, ada), accepted({ ...mine, hash: "f".repeat(32) }, bo)]);
    expect(told([mine, own as LedgerLine, lost as LedgerLine], [ada, ada, bo])).toEqual([
      expect.stringContaining("not in the ledger"),
      expect.stringContaining("judges their own explanation"),
    ]);
  });
});

describe("merged ledgers", () => {
  const people = fc.constantFrom(ada, bo, cy);
  const about = fc.record({ symbol: fc.constantFrom("lend", "take"), shapeHash: fc.constantFrom(...shapes) });
  const first = fc.oneof(
    fc
      .tuple(about, people, fc.nat(20), fc.nat(1))
      .map(([f, who, at, peeks]) => explained(f, who, { when: day(1 + at), peeks })),
    fc.tuple(about, people, fc.nat(20)).map(([f, who, at]) => waived(f, who, day(1 + at))),
  );
  const ledgers = fc
    .record({
      entries: fc.array(fc.tuple(fc.constantFrom("loans.py", "desk.py"), first), { minLength: 1, maxLength: 8 }),
      answers: fc.array(fc.tuple(fc.nat(7), people, fc.boolean(), fc.nat(5)), { maxLength: 4 }),
    })
    .map(({ entries, answers }) => {
      const lines = entries.map(([source, entry]) => [source, entry] as [string, LedgerEntry]);
      for (const [at, who, accepts, when] of answers) {
        const [source, entry] = entries[at % entries.length] as [string, LedgerEntry];
        const [line] = linesOf(source, [entry]) as [LedgerLine];
        lines.push([source, accepts ? accepted(line, who, day(22 + when)) : asked(line, who, "Why?", day(22 + when))]);
      }
      return lines;
    });
  const workspaces = fc.record({
    "loans.py": fc.array(fc.tuple(fc.constantFrom("lend", "take", "give"), fc.constantFrom(...shapes)), {
      maxLength: 3,
    }),
    "desk.py": fc.array(fc.tuple(fc.constantFrom("lend", "take"), fc.constantFrom(...shapes)), { maxLength: 2 }),
  });

  it("say the same in whatever order and however often their lines come", () => {
    const withoutLines = (found: ReadonlyMap<string, SignOff>) =>
      [...found].map(([id, { source, ...rest }]) => [id, source.path, rest]);
    const mixed = ledgers.chain((lines) =>
      fc.tuple(
        fc.constant(lines),
        fc.array(fc.nat(lines.length - 1), { maxLength: 10 }).chain((again) => {
          const all = [...lines, ...again.map((i) => lines[i] as [string, LedgerEntry])];
          return fc.shuffledSubarray(all, { minLength: all.length });
        }),
      ),
    );
    const read = (lines: readonly [string, LedgerEntry][]) =>
      ["loans.py", "desk.py"].flatMap((path) =>
        linesOf(
          path,
          lines.flatMap(([source, entry]) => (source === path ? [entry] : [])),
        ),
      );
    fc.assert(
      fc.property(mixed, workspaces, fc.boolean(), ([lines, merged], files, reversed) => {
        const other = reversed ? read(merged).reverse() : read(merged);
        expect(withoutLines(signOffs(other, files))).toEqual(withoutLines(signOffs(read(lines), files)));
      }),
      { numRuns: 200 },
    );
  });
});

describe("code", () => {
  const sources: Record<
    Exclude<LanguageId, "javascript">,
    { path: string; moved: string; text: string; tidied: string; changed: string; branched: string }
  > = {
    python: {
      path: "loans.py",
      moved: "desk/lending.py",
      text: "def due(loan, days):\n    limit = loan.start + 21\n    return limit < days\n",
      tidied:
        "# How long a book may stay.\n\n\ndef due(book, days):\n    # three weeks\n    end = (book.start + 21)\n\n    return end < days\n",
      changed: "def due(loan, days):\n    limit = loan.start + 28\n    return limit < days\n",
      branched:
        "def due(loan, days):\n    limit = loan.start + 21\n    if loan.vip:\n        return False\n    return limit < days\n",
    },
    typescript: {
      path: "loans.ts",
      moved: "desk/lending.ts",
      text: "export function due(loan: Loan, days: number) {\n  const limit = loan.start + 21;\n  return limit < days;\n}\n",
      tidied:
        "/** Three weeks. */\nexport function due(book: Loan, days: number) { const end = book.start + 21;\n\n  return (end < days); }\n",
      changed:
        "export function due(loan: Loan, days: number) {\n  const limit = loan.start + 28;\n  return limit < days;\n}\n",
      branched:
        "export function due(loan: Loan, days: number) {\n  const limit = loan.start + 21;\n  return limit <= days;\n}\n",
    },
    go: {
      path: "loans.go",
      moved: "lending.go",
      text: "package desk\n\nfunc due(loan Loan, days int) bool {\n\tlimit := loan.start + 21\n\treturn limit < days\n}\n",
      tidied:
        "package desk\n\n// Three weeks.\nfunc due(book Loan, days int) bool {\n\tend := book.start + 21 // weeks\n\treturn end < days\n}\n",
      changed:
        "package desk\n\nfunc due(loan Loan, days int) bool {\n\tlimit := loan.start + 28\n\treturn limit < days\n}\n",
      branched:
        "package desk\n\nfunc due(loan Loan, days int) bool {\n\tlimit := loan.start + 21\n\tif loan.vip {\n\t\treturn false\n\t}\n\treturn limit < days\n}\n",
    },
    java: {
      path: "Loans.java",
      moved: "desk/Lending.java",
      text: "class Loans { boolean due(Loan loan, int days) { int limit = loan.start + 21; return limit < days; } }\n",
      tidied:
        "class Loans {\n  /** Three weeks. */\n  boolean due(Loan book, int days) {\n    int end = book.start + 21;\n    return end < days;\n  }\n}\n",
      changed:
        "class Loans { boolean due(Loan loan, int days) { int limit = loan.start + 28; return limit < days; } }\n",
      branched:
        "class Loans { boolean due(Loan loan, int days) { int limit = loan.start + 21; return log(limit < days); } }\n",
    },
  };

  it.each(Object.entries(sources))("in %s keeps its sign-off as long as it does the same", async (_, source) => {
    const engine = newEngine();
    const stateAfter = async (path: string, text: string) => {
      for (const known of [...engine.paths]) engine.removeFile(known);
      await setFiles(engine, { [path]: text });
      return [...engine.analysis().model.signOffs.values()].map(({ state }) => state);
    };
    await setFiles(engine, { [source.path]: source.text });
    const [fn] = engine.analysis().model.files.get(source.path)?.functions ?? [];
    engine.setLedger(new Ledger(linesOf(source.path, [explained(fn as NonNullable<typeof fn>, ada)])));
    expect(await stateAfter(source.path, source.text)).toEqual(["explained"]);
    expect(await stateAfter(source.path, source.tidied)).toEqual(["explained"]);
    expect(await stateAfter(source.path, source.text.replaceAll("due", "isOver"))).toEqual(["explained"]);
    expect(await stateAfter(source.moved, source.tidied)).toEqual(["explained"]);
    expect(await stateAfter(source.path, source.changed)).toEqual(["stale"]);
    expect(await stateAfter(source.path, source.branched)).toEqual(["stale"]);
  });
});
