import { describe, expect, it } from "vitest";
import type { Check } from "../../../server/src/core/rules/check";
import { describeCheck } from "../../../server/src/core/rules/compile/describeCheck";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checkOf(text: string): Check | undefined {
  const [rule] = extractRules({ path: "CLAUDE.md", text: `# Harbour\n\n## Rules\n\n- ${text}\n` }, { globs: [] });
  return rule?.enforcement ?? undefined;
}

describe("folders that do not import each other", () => {
  it.each<[string, string[], string[]]>([
    ["Cranes must not import quays", ["quays/", "quay/"], ["**/cranes/**", "**/crane/**"]],
    ["`cranes/` must not import quays or piers directly", ["quays/", "quay/", "piers/", "pier/"], ["**/cranes/**"]],
    ["Crane, tide, and berth must not import `internal/quay` or use signals", ["internal/quay"], ["**/tide/**"]],
    ["cranes/tides must never import `quay.api`", ["quay.api"], ["**/cranes/**", "**/tides/**"]],
    ["`tide-charts` never imports from `crane-log`", ["crane-log", "crane-log/"], ["**/tide-charts/**"]],
    ["The crane layer must not depend on the tide layer", ["tide/"], ["**/crane/**"]],
    ["`cranes/` and `quays/` cannot import each other", ["cranes/", "quays/"], ["**/cranes/**", "**/quays/**"]],
    ["The order is checked: cranes must not import tides", ["tides/", "tide/"], ["**/cranes/**"]],
    ["Services must not import routes", ["routes/", "route/"], ["**/{services,service}/**"]],
  ])("%s", (text, names, paths) => {
    const check = checkOf(text);
    expect(check).toMatchObject({ form: "forbidden-import", names });
    expect(check).toMatchObject({ scope: { paths: expect.arrayContaining(paths) } });
    expect(check).not.toHaveProperty("qualifier");
  });

  it.each([
    "The crane system must not import from the tide system",
    "High-level modules must not depend on low-level modules",
    "The crane must never import or receive these values",
    "Domain code must never import from outer layers",
    "Harbour masters must not import wild boats",
    "Lower packages must not import cranes",
  ])("%s: no folders", (text) => {
    expect(checkOf(text)).toBeUndefined();
  });
});

describe("parts of a folder", () => {
  it.each<[string, "all" | "inner"]>([
    ["Never import from another feature", "all"],
    ["Features must not import from other features", "all"],
    ["No cross-feature imports", "all"],
    ["Cross-feature imports are forbidden", "all"],
    ["No imports between features", "all"],
    ["Plugins must not import each other", "all"],
    ["A feature may import itself and `shared/`, never another feature", "all"],
    ["Never import from another feature's internal folders", "inner"],
    ["Avoid importing deeply into another feature's internals", "inner"],
  ])("%s", (text, across) => {
    const check = checkOf(text);
    expect(check).toMatchObject({ form: "forbidden-import", across });
    expect(check).not.toHaveProperty("qualifier");
  });

  it("may be of several that nothing shows", () => {
    expect(checkOf("Core packages must not depend on `net/http`")).toMatchObject({ qualifier: "core packages" });
  });

  it("may be of what can be anything", () => {
    expect(checkOf("Never import another module's internals")).toMatchObject({
      names: ["modules/"],
      across: "inner",
      qualifier: "“module” means what lies in `modules/`",
    });
  });

  it.each(["No feature imports", "Never import a feature", "Features must not import from other slices"])(
    "%s: no parts of one folder",
    (text) => {
      expect(checkOf(text) ?? {}).not.toHaveProperty("across");
    },
  );

  it("are told of in one sentence", () => {
    const check = (across: "all" | "inner"): Check => ({ form: "forbidden-import", names: ["quays/"], across });
    expect(describeCheck(check("all"))).toBe("No import of one part of `quays/` by another.");
    expect(describeCheck(check("inner"))).toBe("No import of what lies within one part of `quays/` by another.");
  });
});

describe("what lies below a package", () => {
  it.each([
    "Import from `@tide/quay`, never from subpaths",
    "Never import from internal paths of `@tide/quay`",
    "No deep imports into `@tide/quay`",
  ])("%s", (text) => {
    expect(checkOf(text)).toEqual({ form: "forbidden-import", names: ["@tide/quay"], across: "inner" });
  });

  it("is told of in one sentence", () => {
    const check: Check = { form: "forbidden-import", names: ["@tide/quay"], across: "inner" };
    expect(describeCheck(check)).toBe("No import of what lies below `@tide/quay`.");
  });
});
