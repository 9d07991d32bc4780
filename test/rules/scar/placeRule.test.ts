import { describe, expect, it } from "vitest";
import { headingsFor, placeRule } from "../../../server/src/core/rules/scar/placeRule";

function placed(text: string, rule: string, heading?: number): string {
  const { position, newText, line } = placeRule(text, rule, heading);
  const lines = text.split("\n");
  const offset = lines.slice(0, position.line).reduce((sum, each) => sum + each.length + 1, 0) + position.character;
  const result = text.slice(0, offset) + newText + text.slice(offset);
  expect(result.split("\n")[line]).toContain(rule.trim());
  return result;
}

describe("placing a rule", () => {
  it("continues the list under the heading, in its form, before what follows", () => {
    const text = "# Harbour\n\n## Never\n\n* Moor twice\n* Sleep under `mu`\n\n## Always\n\n1. Log\n2. Sign\n";
    expect(placed(text, "Trust a tide", 2)).toBe(
      "# Harbour\n\n## Never\n\n* Moor twice\n* Sleep under `mu`\n* Trust a tide\n\n## Always\n\n1. Log\n2. Sign\n",
    );
    expect(placed(text, "Count twice", 7)).toMatch(/2\. Sign\n3\. Count twice\n$/);
  });

  it("starts a list where the section has none, also in an empty one", () => {
    expect(placed("# Harbour\n\nTides and berths.\n", "Log it", 0)).toBe(
      "# Harbour\n\nTides and berths.\n\n- Log it\n",
    );
    expect(placed("# Harbour\n\n## Never\n## Always\n", "Log it", 2)).toBe(
      "# Harbour\n\n## Never\n\n- Log it\n## Always\n",
    );
  });

  it("makes a heading of its own at the end, also of a file without a last line end and of an empty one", () => {
    expect(placed("# Harbour", "Log it")).toBe("# Harbour\n\n## Learned the hard way\n\n- Log it\n");
    expect(placed("", "Log it")).toBe("# Rules\n\n## Learned the hard way\n\n- Log it\n");
    expect(placed("# Harbour\n\n\n", "Log it")).toMatch(/^# Harbour\n\n## Learned the hard way\n\n- Log it\n/);
  });

  it("keeps Windows line ends and writes a rule on one line", () => {
    const { newText } = placeRule("# Harbour\r\n\r\n- Moor\r\n", "Log\n it", 0);
    expect(newText).toBe("- Log it\r\n");
  });

  it("does not take a comment in code or front matter for a heading", () => {
    expect(headingsFor("---\npaths: x\n---\n# Real\n\n```sh\n# not one\n```\n", "Log it")).toEqual([
      { text: "Real", line: 3, shared: [] },
    ]);
  });

  it("offers headings about the same names first, the others in their order", () => {
    const text =
      "# Harbour\n\n## Tides\n\n- Never round `tide.level`\n\n## Berths\n\n- Never call `h.db.*` while holding `h.mu`\n";
    const rule = "NEVER call `h.db.Exec` in `tide.level` while holding `h.mu`: ships waited";
    expect(headingsFor(text, rule).map(({ text, shared }) => [text, shared])).toEqual([
      ["Tides", ["tide", "level"]],
      ["Berths", ["db", "mu"]],
      ["Harbour", []],
    ]);
    const [first] = headingsFor(text, "Sleep never under `h.mu` or with `h.db` at hand");
    expect(first?.text).toBe("Berths");
  });
});
