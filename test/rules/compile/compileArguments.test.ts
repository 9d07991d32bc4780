import { describe, expect, it } from "vitest";
import type { Check } from "../../../server/src/core/rules/check";
import { checkCommands } from "../../../server/src/core/rules/enforce/commands";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function ofRule(text: string): Check | undefined {
  const file = { path: "CLAUDE.md", text: `# Guide\n\n## Rules\n\n- ${text}` };
  return extractRules(file, { globs: [] })[0]?.enforcement ?? undefined;
}

describe("arguments without which a command is not run", () => {
  it.each([
    ["Always pass `--frozen` when running tools with `uv run`", ["uv run"], ["--frozen"]],
    ["Never run `pnpm install` without `--frozen-lockfile`", ["pnpm install"], ["--frozen-lockfile"]],
    ["Always run `go test` with `-race`", ["go test"], ["-race"]],
    ["Sign off every commit with `git commit -s` to satisfy the harbour office", ["git commit"], ["-s"]],
    [
      "Use `git push origin HEAD`, not just `git push`, so that it goes where you are",
      ["git push"],
      ["origin", "HEAD"],
    ],
  ])("%s", (text, commands, without) => {
    expect(ofRule(text)).toEqual({ form: "forbidden-command", commands, without });
  });

  it.each([
    "Never run `crate sync` without asking",
    "Always use `--verbose` when in doubt",
    "Pass `--dry` to see what `crate sync` would do",
  ])("%s", (text) => {
    expect(ofRule(text) ?? {}).not.toHaveProperty("without");
  });

  it("are looked for in scripts, in each of the ways they are written", () => {
    const text = "Sign off every commit with `git commit -s`";
    const [rule] = extractRules({ path: "CLAUDE.md", text: `## Rules\n\n- ${text}` }, { globs: [] });
    const scripts = ["git commit -m tides", "git commit -sm tides", "git commit --signoff", "git push"];
    const files = scripts.map((line, i) => ({ path: `scripts/${i}.sh`, text: `${line}\n` }));
    const report = rule && checkCommands([rule], files).get(rule);
    expect(report?.violations.map(({ path }) => path)).toEqual(["scripts/0.sh"]);
  });
});
