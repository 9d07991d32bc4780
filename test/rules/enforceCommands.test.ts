import { describe, expect, it } from "vitest";
import { checkCommands } from "../../server/src/core/rules/enforce/commands";
import { extractRules } from "../../server/src/core/rules/extractRules";
import type { Rule } from "../../server/src/core/rules/rule";

/** The lines of a file that break a rule against commands. */
function broken(commands: string[], path: string, lines: readonly string[], text = "A rule"): number[] {
  const rule: Rule = {
    source: { path: "CLAUDE.md", line: 1, endLine: 1 },
    text,
    polarity: "must-not",
    scope: { globs: [], symbols: [], paths: [], commands: [] },
    enforcement: { form: "forbidden-command", commands },
    status: "enforced",
  };
  const report = checkCommands([rule], [{ path, text: `${lines.join("\n")}\n` }]).get(rule);
  return (report?.violations ?? []).map(({ range }) => range.start.line + 1);
}

describe("commands that are not run", () => {
  it("are those in a text that is looked for or printed", () => {
    const lines = [
      'assert_file_contains "$quay" "crate pack --fast"',
      'grep -q "crate pack" quay.log',
      'if ! expect_log "crate pack"; then',
      'bash -c "crate pack"',
      'step "Pack" && crate pack',
      "crate pack",
    ];
    expect(broken(["crate pack"], "quay.sh", lines)).toEqual([4, 5, 6]);
  });

  it("are those of a text that a script writes", () => {
    const lines = ["cat <<'EOF' > note.md", "crate pack", "- crate pack, later", "EOF", "crate pack"];
    expect(broken(["crate pack"], "quay.sh", lines)).toEqual([5]);
    expect(broken(["crate pack"], "quay.sh", ["bash <<EOF", "crate pack", "EOF"])).toEqual([2]);
    expect(broken(["crate pack"], "quay.sh", ["mooring <<< $tide", "crate pack"])).toEqual([2]);
  });

  it("are the files that a loop goes through", () => {
    const lines = ['for chart in "$ROOT"/charts/draw.sh; do', "  ./charts/draw.sh", "done"];
    expect(broken(["charts/draw.sh"], "quay.sh", lines)).toEqual([2]);
  });
});

describe("a bare program", () => {
  it("is not what another one runs", () => {
    const lines = ["tide=$(uv run python -c 'import tides')", "python tides.py"];
    expect(broken(["python"], "quay.sh", lines, "Never use bare `python`.")).toEqual([2]);
    expect(broken(["pytest"], "quay.sh", ["uv run pytest"], "Never run `pytest`.")).toEqual([1]);
  });
});

describe("a program that a runner has to run", () => {
  it("is fine under it, and told by itself", () => {
    const rule = ruleFrom("- Prefer `uv run ...` for Python commands.\n");
    const report = checkCommands([rule], [{ path: "quay.sh", text: "uv run python tide.py\npython tide.py\n" }]);
    expect(report.get(rule)?.violations.map(({ range }) => range.start.line)).toEqual([1]);
  });

  it("is none in the key of a cache", () => {
    const rule = ruleFrom("- Never run `gradle`\n");
    const text = "    restore-keys: $" + "{{ runner.os }}-gradle\n    run: gradle moor\n";
    const report = checkCommands([rule], [{ path: ".github/workflows/quay.yml", text }]);
    expect(report.get(rule)?.violations.map(({ range }) => range.start.line)).toEqual([1]);
  });
});

function ruleFrom(text: string) {
  const [rule] = extractRules({ path: "CLAUDE.md", text }, { globs: [] });
  if (rule === undefined) throw new Error("no rule");
  return rule;
}
