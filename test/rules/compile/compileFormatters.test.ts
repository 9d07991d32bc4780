import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string): unknown[] {
  return extractRules({ path: "CLAUDE.md", text: `# Quay\n\n## Rules\n\n- ${text}\n` }, { globs: [] }).flatMap(
    ({ enforcement }) => enforcement ?? [],
  );
}

describe("formatters", () => {
  it.each(["Use `goimports` to order imports", "Use `goimports` for import ordering"])("%s", (text) => {
    expect(checksOf(text)).toEqual([]);
  });

  it("mean what they do to all code", () => {
    expect(checksOf("Format code with `goimports`")).toEqual([expect.objectContaining({ indent: "tabs" })]);
  });
});
