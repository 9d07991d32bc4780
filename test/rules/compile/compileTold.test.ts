import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string): unknown[] {
  return extractRules({ path: "CLAUDE.md", text: `# Quay\n\n## Rules\n\n- ${text}\n` }, { globs: [] }).flatMap(
    ({ enforcement }) => enforcement ?? [],
  );
}

describe("what is told of", () => {
  it("as the way something is done is no ban", () => {
    expect(
      checksOf(
        "Single entrypoint: `quay/run.ts` does everything — prepare (ropes, tides), execute the crane via `crane/` functions (imported directly, not subprocess), then cleanup (write the log).",
      ),
    ).toEqual([]);
    expect(checksOf("Never import `subprocess`.")).not.toEqual([]);
  });

  it("as what there is to be little of is not forbidden", () => {
    expect(checksOf("Never mock in browser tests; minimize mocking in unit tests")).toEqual([]);
    expect(checksOf("Never use mocks in tests")).not.toEqual([]);
  });

  it("as help is no rule", () => {
    const under = (title: string, advice = "Use `highTide` instead of `lowTide`") =>
      extractRules({ path: "CLAUDE.md", text: `# Quay\n\n## ${title}\n\n- ${advice}\n` }, { globs: [] }).flatMap(
        ({ enforcement }) => enforcement ?? [],
      );
    expect(under("Troubleshooting")).toEqual([]);
    expect(under("Tides")).not.toEqual([]);
    expect(under("Troubleshooting", "Never call `lowTide()`")).not.toEqual([]);
  });
});
