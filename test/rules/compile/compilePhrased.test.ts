import { describe, expect, it } from "vitest";
import { type Check, qualifierOf } from "../../../server/src/core/rules/check";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function rulesOf(text: string) {
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] });
}

function ofRule(text: string, title = "Harbour"): Check | undefined {
  return rulesOf(`# ${title}\n\n## Rules\n\n- ${text}`)[0]?.enforcement ?? undefined;
}

describe("rules as other teams phrase them", () => {
  it.each([
    ["The use of `fetchTides()` has no place in handlers", { form: "forbidden-call" }],
    ["`tideStore.dump()` is never acceptable", { form: "forbidden-call", names: ["tideStore.dump"] }],
    ["Don't use the any type.", { form: "forbidden-construct", constructs: ["any-type"] }],
    ["Never use `../` parent traversal", { form: "forbidden-construct", constructs: ["relative-import"] }],
    ["Avoid module-level globals.", { form: "forbidden-construct", constructs: ["global-variable"] }],
    ["Avoid large/nested ternaries.", { form: "forbidden-construct", constructs: ["nested-ternary"] }],
    ["Use the tide log instead of print statements", { form: "forbidden-call", names: ["print"] }],
    ["Don't use console.", { form: "forbidden-call", names: ["console.*"] }],
    ["No manual `sys.argv` parsing.", { form: "forbidden-name", names: ["sys.argv"] }],
    ["Never add `dark:` variants", { form: "forbidden-text", texts: ["dark:"] }],
    ["No `@throws TideError` - nobody catches it", { form: "forbidden-text", texts: ["@throws TideError"] }],
    ["Do not use `:param:` or `:rtype:` (the old way)", { form: "forbidden-text", texts: [":param:", ":rtype:"] }],
    ["Avoid `console.log()` and write better messages.", { form: "forbidden-call", names: ["console.log"] }],
    ["In Harbour, we don't use `tideDump()`", { form: "forbidden-call", names: ["tideDump"] }],
    ["Never call `tideDump()`, for context: docs/tides.md", { form: "forbidden-call", names: ["tideDump"] }],
    ["Use `@quay/ui` berth components, never `@old/ui`", { form: "forbidden-import", names: ["@old/ui"] }],
    ["Instead of `setTide`, `withTide` should be used.", { form: "forbidden-name", names: ["setTide"] }],
    ["No Redux/Context in this project", { form: "forbidden-import", names: ["redux"] }],
    ["Never: Commit `.env` files or secrets", { form: "forbidden-edit", paths: [".env"] }],
    ["Don't commit `run/` or `out/` artifacts.", { form: "forbidden-edit", paths: ["run/", "out/"] }],
    ["No additions to `quay/tides.css`.", { form: "forbidden-edit", paths: ["quay/tides.css"] }],
    ["Do not hand-edit data in `tides/`.", { form: "forbidden-edit", paths: ["tides/"] }],
    ["Do not create or use `quay/utils/` folders", { form: "forbidden-edit", additionsOnly: true }],
    ["Imports are always at module level", { form: "forbidden-construct", constructs: ["local-import"] }],
    ["Import using the `@/quay/` prefix (not relative paths)", { constructs: ["relative-import"] }],
    ["`// TODO` and `tides are high!` are banned.", { constructs: ["todo-comment"] }],
    ["No `any` types allowed", { form: "forbidden-construct", constructs: ["any-type"] }],
    [
      "`axios` is not allowed, use the `http` wrapper from `quay/http.ts`",
      { form: "forbidden-import", names: ["axios"], instead: ["http"] },
    ],
    ["Don't use `vite`. The harbour builds without.", { form: "forbidden-import", names: ["vite"] }],
    ["Use `httpx` for async moorings (not `requests`)", { form: "forbidden-import", names: ["requests"] }],
    ["Use `t.Setenv` rather than `os.Setenv` so it is put back on low tide", { names: ["os.Setenv"] }],
    ["Never use `Thread.sleep()` for test synchronization", { names: ["Thread.sleep"], scope: { tests: true } }],
    ["Never skip type hints on function signatures", { companion: "parameter-types" }],
    ["Use MixedCaps, never underscores in Go names", { form: "naming", avoid: ["*_*"] }],
  ])("%s", (text, check) => {
    const found = ofRule(text);
    expect(found).toMatchObject(check);
    expect(qualifierOf(found ?? null)).toBeUndefined();
  });

  it.each([
    ["`fetchTides()` does not return the tides of today"],
    ["`crane --all` is not an option: it takes a day"],
    ["Text goes around the picture instead of print statements of the old press"],
    ["Use the rope (`tie` or `knot`)"],
  ])("%s: says nothing of the kind", (text) => {
    expect(ofRule(text)).toBeUndefined();
  });

  it.each([
    ["Use `httpx` when the tide is high (not `requests`)", "when the tide is high"],
    ["Use the log instead of print statements for debugging", "for debugging"],
    ["In Lisbon, we don't use `tideDump()`", "in lisbon"],
    ["Explicit types preferred over `var` (use `var` only for long names)", "only for long names"],
    ["Never without approval: edit `tides/`", "without approval"],
    ["Do not run the following commands unless asked: Tides: `git merge`, `git rebase`", "unless asked"],
  ])("%s: only under its condition", (text, condition) => {
    expect(qualifierOf(ofRule(text) ?? null)).toContain(condition.replace(/^only /, ""));
  });

  it("a row says what is forbidden, or a column what is only made", () => {
    const [row, dated] = rulesOf(
      "## Rules\n\n| Action | Rule |\n|---|---|\n| `git rebase` / `git merge` | Forbidden, unless asked |\n| `git tag` | Forbidden on Fridays |",
    );
    expect(row?.enforcement).toMatchObject({ form: "forbidden-command", commands: ["git rebase", "git merge"] });
    expect(qualifierOf(row?.enforcement ?? null)).toBe("unless asked");
    expect(dated?.enforcement).toBeNull();
    const [made] = rulesOf(
      "## Rules\n\n| Source (edit this) | Generated copy (don't edit) |\n|---|---|\n| `a/` | `b/` |",
    );
    expect(made?.enforcement).toEqual({ form: "forbidden-edit", paths: ["b/"], generated: true });
  });

  it.each([
    ["No `any` types without justification", "any-type"],
    ["Never use `// @ts-ignore` without a clear, short comment", "type-suppression"],
    ["No `any` unless a comment explains it", undefined],
    ["No TODOs without issue numbers", "todo-comment"],
  ])("%s: a comment is all it takes", (text, construct) => {
    const check = ofRule(text);
    if (construct) expect(check).toMatchObject({ constructs: [construct], unexplained: true });
    else expect(check).toMatchObject({ unexplained: true });
    expect(qualifierOf(check ?? null)).toBeUndefined();
  });

  it("where the replacement is taken from is no place", () => {
    expect(ofRule("`axios` is not allowed, use the `http` wrapper from `quay/http.ts`")).not.toHaveProperty(
      "scope.paths",
    );
  });

  it("an approval is none", () => {
    expect(ofRule("No `any` without explicit approval from the master")).not.toHaveProperty("unexplained");
  });
});
