import { describe, expect, it } from "vitest";
import type { CodeCheck } from "../../server/src/core/rules/check";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import { TextSearch } from "../../server/src/core/rules/enforce/textSearch";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

async function broken(enforcement: CodeCheck, files: Readonly<Record<string, string>>): Promise<string[]> {
  const scope = { globs: [], symbols: [], paths: [], commands: [] };
  const source = { path: "CLAUDE.md", line: 1, endLine: 1 };
  const rule: Rule = { source, text: "A rule", polarity: "must", scope, enforcement, status: "enforced" };
  const outcome = new RuleChecker([rule]).check(await modelOf(files)).get(rule);
  return (outcome?.violations ?? []).map((each) => `${each.path}:${each.range.start.line + 1}`);
}

describe("the mark of async tests", () => {
  const check: CodeCheck = {
    form: "required-companion",
    subject: { kind: "test", async: true },
    companion: "decorator",
    name: "@pytest.mark.tidal",
    scope: { tests: true },
  };

  it("is missing from those that have none", async () => {
    const low = "import pytest\n\nasync def test_low():\n    assert True\n";
    const high = "import pytest\n\n@pytest.mark.tidal\nasync def test_high():\n    assert True\n";
    const still = "def test_still():\n    assert True\n";
    expect(
      await broken(check, { "tests/test_low.py": low, "tests/test_high.py": high, "tests/test_s.py": still }),
    ).toEqual(["tests/test_low.py:3"]);
  });

  it("may stand for a whole module or class", async () => {
    const module = "import pytest\n\npytestmark = pytest.mark.tidal\n\nasync def test_low():\n    assert True\n";
    const called =
      'import pytest\n\npytestmark = [pytest.mark.tidal(at="sea")]\n\nasync def test_low():\n    assert True\n';
    const type =
      "import pytest\n\n@pytest.mark.tidal\nclass TestTide:\n    async def test_low(self):\n        assert True\n";
    expect(
      await broken(check, { "tests/test_a.py": module, "tests/test_b.py": called, "tests/test_c.py": type }),
    ).toEqual([]);
  });
});

describe("globals of browsers", () => {
  it("are told from one's own things of that name", async () => {
    const check: CodeCheck = {
      form: "forbidden-name",
      names: ["window.*", "document.getElementById"],
      scope: { languages: ["typescript", "javascript"] },
    };
    const files = {
      "src/a.ts": "export function low() {\n  return window.location.href;\n}\n",
      "src/b.ts": "export function high() {\n  return document.getElementById('tide');\n}\n",
      "src/c.ts": "export function still(document: { pages: number }) {\n  return document.pages;\n}\n",
    };
    expect(await broken(check, files)).toEqual(["src/a.ts:2", "src/b.ts:2"]);
  });
});

describe("a value that is not to be written", () => {
  it("is one that is refused or named in a message", () => {
    const scope = { globs: [], symbols: [], paths: [], commands: [] };
    const source = { path: "CLAUDE.md", line: 1, endLine: 1 };
    const enforcement = { form: "forbidden-text" as const, texts: ['"lost_at_sea"'] };
    const rule: Rule = { source, text: "A rule", polarity: "must-not", scope, enforcement, status: "enforced" };
    const lines = [
      'ship = "lost_at_sea"',
      "moor('lost_at_sea')",
      'if ship == "lost_at_sea":',
      'if "lost_at_sea" != ship:',
      "if (ship === 'lost_at_sea') return;",
      "raise StormError(\"no ship is 'lost_at_sea' here\")",
    ];
    const found = new TextSearch([rule]).in({ path: "a.py", text: `${lines.join("\n")}\n` });
    expect(found.map(({ range }) => range.start.line)).toEqual([0, 1]);
  });
});
