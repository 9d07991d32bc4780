import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string, globs: string[] = []): unknown[] {
  return extractRules({ path: "CLAUDE.md", text }, { globs }).flatMap(({ enforcement }) => enforcement ?? []);
}

describe("words that read like a check they do not demand", () => {
  it.each([
    ["a list about commit messages", "## Commit messages\n\n- Max 100 characters per line"],
    ["an example of a helper", "- Avoid creating custom tide hooks (i.e `useTide`) unless absolutely necessary"],
    ["a pair that shows a pattern", "- No get prefix in methods (`berthsOf()`, not `getBerths()`)"],
    ["a name that shows a pattern", "- No numbers in variable names (`smallBoat`, not `boat1`)"],
    ["a step of a plan", "- Never mix batches. Batch 1: sails and ropes (no dependencies)"],
    ["a file that nobody runs", "- Use `async/await`, not `mooring` — no zone.js"],
    ["an element that is preferred", "- Use `<button>` not `<div>`"],
    ["the shell's own signs", "- Never use heredoc (`<<'EOF'`)"],
    ["a condition cut off", "- Don't create `Tides.DateFormat`, `Tides.NumberFormat`, or"],
    ["a condition cut off in the middle", "- Never use `{tide && <Chart />}` when `tide` could be an empty string or"],
    ["classes of style sheets", "- Extract components, not classes — create components instead of custom CSS classes"],
    ["one form of import", "- Don't use `import React from 'react';` in new files"],
    ["a bare command", "- Tests: jest, run through the `test:base` wrapper (never bare `jest`)."],
    ["a variable of a style sheet", "- Use `--color-text-primary` not `--color-white`"],
    ["one function", "- Function must be named `HarbourPage`"],
    ["one word", "- Types must be named `moored`"],
    ["files of one folder", "- Charts: always group them under `charts/`. Filenames must be kebab-case."],
  ])("%s", (_, text) => {
    expect(checksOf(text)).toEqual([]);
  });

  it("still reads their like that are meant", () => {
    expect(checksOf("## Style\n\n- Max 100 characters per line")).toHaveLength(1);
    expect(checksOf("- Never call `berthsOf()`")).toMatchObject([{ form: "forbidden-call" }]);
    expect(checksOf("- Filenames are kebab-case.")).toMatchObject([{ form: "naming" }]);
    expect(checksOf("- Avoid classes in this project")).toMatchObject([{ form: "forbidden-construct" }]);
    expect(checksOf("- Never import `lodash`")).toMatchObject([{ form: "forbidden-import" }]);
  });
});

describe("what restricts and what does not", () => {
  it("takes no label that says the same for a condition", () => {
    for (const text of [
      "- No Debug Code: No commented-out code blocks",
      "- Explicit types: Avoid `any`",
      "- Never commit secrets to git",
      "- Do not use enums in this project",
    ]) {
      const checks = checksOf(text);
      expect(checks).toHaveLength(1);
      expect(checks[0]).not.toHaveProperty("qualifier");
    }
  });

  it("takes what is done otherwise, and which file is meant, for one", () => {
    expect(checksOf("- Deploy via rsync + SSH, never `git push`.")).toMatchObject([
      { form: "forbidden-command", qualifier: "deploy via rsync + ssh" },
    ]);
    expect(checksOf("- Never overwrite the production `.env` file.")).toMatchObject([
      { form: "forbidden-edit", qualifier: "the production `.env`" },
    ]);
  });
});
