import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string): unknown[] {
  return extractRules({ path: "CLAUDE.md", text: `# Quay\n\n## Rules\n\n- ${text}\n` }, { globs: [] }).flatMap(
    ({ enforcement }) => enforcement ?? [],
  );
}

describe("what a sentence offers is not forbidden by it", () => {
  it("leaves out the kind of which one is forbidden and another is not", () => {
    expect(
      checksOf("Don't use non-null assertions or `@ts-ignore`; use `@ts-expect-error` with a note when needed."),
    ).toEqual([expect.objectContaining({ constructs: ["non-null-assertion"] })]);
    expect(checksOf("Use `@ts-expect-error` instead of `@ts-ignore`.")).not.toContainEqual(
      expect.objectContaining({ constructs: ["type-suppression"] }),
    );
  });

  it.each([
    "Use `@ts-expect-error` instead of `@ts-ignore`.",
    "No `@ts-ignore`; use `@ts-expect-error` with a reason.",
    "Never use `@ts-ignore`. Use `@ts-expect-error` with a reason.",
  ])("looks for the one alone: %s", (sentence) => {
    expect(checksOf(sentence)).toEqual([expect.objectContaining({ form: "forbidden-text", texts: ["@ts-ignore"] })]);
  });

  it("keeps the kind where what is offered is another", () => {
    expect(checksOf("Don't use `@ts-ignore`; use `unknown` and narrow it.")).toEqual([
      expect.objectContaining({ constructs: ["type-suppression"] }),
    ]);
  });
});
