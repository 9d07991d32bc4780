import { describe, expect, it } from "vitest";
import type { ForbiddenText } from "../../server/src/core/rules/check";
import { isSearchable, TextSearch } from "../../server/src/core/rules/enforce/textSearch";
import type { Rule } from "../../server/src/core/rules/rule";

function ruleOf(check: Omit<ForbiddenText, "form">, globs: string[] = []): Rule {
  return {
    source: { path: "CLAUDE.md", line: 3, endLine: 3 },
    text: "Not this.",
    polarity: "must-not",
    scope: { globs, symbols: [], paths: [], commands: [] },
    enforcement: { form: "forbidden-text", ...check },
    status: "enforced",
  };
}

function found(check: Omit<ForbiddenText, "form">, path: string, text: string, globs?: string[]): string[] {
  return new TextSearch([ruleOf(check, globs)])
    .in({ path, text })
    .map(({ claim, range }) => `${range.start.line}:${range.start.character} ${claim}`);
}

describe("texts in files", () => {
  it("are found as words, with any blanks between signs and any quotes", () => {
    const check = { texts: ["TIDAL = ON", "wait('slack')", "moor"], instead: ["nothing"] };
    const text = 'create index x with (TIDAL=ON);\nselect unmoored;\nwait("slack")\nUNTIDAL = ON\n';
    expect(found(check, "db/a.sql", text)).toEqual([
      "0:21 `db/a.sql` holds `TIDAL=ON` instead of `nothing`",
      '2:0 `db/a.sql` holds `wait("slack")` instead of `nothing`',
    ]);
  });

  it("may have a gap, on one line", () => {
    const check = { texts: ["fun … ->"] };
    expect(found(check, "a.fs", "map (fun berth -> berth)\nlet fun\n->")).toHaveLength(1);
  });

  it("are not looked for in comments, unless they are comments", () => {
    expect(found({ texts: ["sprintf"] }, "a.fs", "// sprintf was here\nsprintf 1")).toHaveLength(1);
    expect(found({ texts: ["// TODO"] }, "a.rs", "  // TODO moor")).toHaveLength(1);
    expect(found({ texts: ["@ts-ignore"] }, "a.ts", "// @ts-ignore\n// @ts-expect-error moored")).toHaveLength(1);
  });

  it("are those of code, unless documents are named", () => {
    expect(found({ texts: [], characters: "emoji" }, "a.go", 'print("🚢 © →")')).toEqual(["0:7 `a.go` holds `🚢`"]);
    expect(found({ texts: ["SeaChart"] }, "docs/a.md", "SeaChart")).toEqual([]);
    expect(found({ texts: ["SeaChart"], scope: { paths: ["**/*.md"] } }, "docs/a.md", "SeaChart")).toHaveLength(1);
    expect(found({ texts: ["SeaChart"] }, "docs/a.md", "SeaChart", ["docs/**"])).toHaveLength(1);
  });

  it("that are words or signs are not those of code in a document", () => {
    const text = "SeaChart\n\n```\nSeaChart — low\n```\n\n— high\n";
    const scope = { paths: ["**/*.md"] };
    expect(found({ texts: ["SeaChart"], scope }, "docs/a.md", text)).toEqual(["0:0 `docs/a.md` holds `SeaChart`"]);
    expect(found({ texts: ["—"], scope }, "docs/a.md", text)).toEqual(["6:0 `docs/a.md` holds `—`"]);
    expect(found({ texts: ["npm install"], scope }, "docs/a.md", "```\nnpm install\n```\n")).toEqual([]);
    expect(found({ texts: ["moor("], scope }, "docs/a.md", "```\nmoor(1)\n```\n")).toHaveLength(1);
  });

  it("are those of the languages and tests a rule names", () => {
    const check = { texts: ["null =="], scope: { languages: ["java" as const], tests: false } };
    expect(found(check, "src/A.java", "null == tide")).toHaveLength(1);
    expect(found(check, "src/ATest.java", "null == tide")).toEqual([]);
    expect(found(check, "src/a.go", "null == tide")).toEqual([]);
  });

  it("are not looked for in instructions, nor in what others wrote", () => {
    expect(
      [
        "CLAUDE.md",
        "vendor/a.go",
        "testdata/a.sql",
        "CHANGELOG.md",
        "a.png",
        ".golangci.yml",
        "web/eslint.config.js",
      ].filter(isSearchable),
    ).toEqual([]);
    expect(new TextSearch([ruleOf({ texts: ["tide"] })]).governs("src/a.rs")).toBe(true);
    expect(new TextSearch([]).governs("src/a.rs")).toBe(false);
  });

  it("takes time in proportion to the text", () => {
    const search = new TextSearch([ruleOf({ texts: ["a … a … b"] })]);
    const text = "a ".repeat(150_000);
    const start = performance.now();
    search.in({ path: "a.rs", text });
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
