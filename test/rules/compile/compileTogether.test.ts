import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(...lines: string[]): unknown[] {
  const text = lines.join("\n");
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).flatMap(({ enforcement }) => enforcement ?? []);
}

function ofRule(text: string): unknown {
  return checksOf("# Guide", "", "## Rules", "", `- ${text}`)[0];
}

const ofFile = (path: string, qualifier: string) => ({
  form: "must-accompany",
  when: { of: "code" },
  also: [{ paths: [path] }],
  qualifier,
});

describe("steps under what is changed", () => {
  it.each([
    [
      "## Adding quays to the fleet",
      "Add its draught to `DRAUGHTS` in `fleet/quays.py`",
      "fleet/quays.py",
      "adding quays to the fleet",
    ],
    ["## Adding a new quay", "Add to root `fleet.json` references", "fleet.json", "adding a new quay"],
    [
      "## Adding a new quay",
      "Register the route in `api/urls.py` via `QuayRouter`",
      "api/urls.py",
      "adding a new quay",
    ],
    ["## Adding a new quay", "Build it and add the page to `docs/quays.json`", "docs/quays.json", "adding a new quay"],
    ["## Updating Tides", "Commit the new charts in `fleet/charts/`", "fleet/charts/", "updating tides"],
  ])("%s, %s", (title, step, path, qualifier) => {
    expect(checksOf(title, "", `1. ${step}`)).toMatchObject([ofFile(path, qualifier)]);
  });

  it.each([
    ["## Adding a quay", "Create `src/quays/pier.ts`"],
    ["## Adding a quay", "Look at `docs/quays.md`"],
    ["## Adding a quay", "Optionally add it to `docs/quays.md`"],
    ["## Adding a quay", "Add the folder to `docs/`"],
    ["## About quays", "Add it to `docs/quays.md`"],
  ])("demands nothing of %s, %s", (title, step) => {
    expect(checksOf(title, "", `1. ${step}`)).toEqual([]);
  });
});

describe("rows whose cause is told in words", () => {
  const table = ["| Change | Update | Verify |", "|---|---|---|"];
  it("asks for the files they name", () => {
    expect(checksOf("## Rules", "", ...table, "| Public route | `server/acl.go` | by hand |")).toMatchObject([
      ofFile("server/acl.go", "public route"),
    ]);
  });

  it.each([
    "| Tides | code under `server/` | tests |",
    "| Tides | `tides.md` or `quays.md` | by hand |",
    "| Tides | None, `tides.md` is generated | - |",
  ])("nothing for %s", (row) => {
    expect(checksOf("## Rules", "", ...table, row)).toEqual([]);
  });
});

describe("changesets", () => {
  const when = { paths: ["fleet/*/src/**"] };
  const also = [{ paths: [".changeset/"] }];
  it.each([
    ["If changes affect `fleet/*/src/**`, a changeset is required", { when, also }],
    [
      "Any change to `templates/quay` must include a changeset specifying a patch bump",
      { when: { paths: ["templates/quay"] }, also },
    ],
    [
      "If your changes affect published packages, you must create a changeset file in `.changeset/`",
      { also, qualifier: "your changes affect published packages" },
    ],
  ])("%s", (text, check) => {
    expect(ofRule(text)).toMatchObject({ form: "must-accompany", ...check });
  });
});

describe("changes that come with others", () => {
  it.each([
    [
      "Schema changes require SQLite and MySQL migrations plus `LATEST.sql` updates",
      ofFile("LATEST.sql", "schema changes"),
    ],
    [
      "User-facing changes get an entry under the `## Next` section of `CHANGELOG.md`",
      ofFile("CHANGELOG.md", "user-facing changes"),
    ],
    [
      "When changing documented behaviour, update any relevant text in the `docs/` directory",
      ofFile("docs/", "changing documented behaviour"),
    ],
    [
      "If code in the fleet has been changed, tests need to be adapted accordingly",
      { also: [{ of: "tests" }], qualifier: "code in the fleet has been changed" },
    ],
    ["Always update tests when you change behavior", { also: [{ of: "tests" }] }],
  ])("%s", (text, check) => {
    expect(ofRule(text)).toMatchObject({ form: "must-accompany", ...check });
  });

  it("takes no approval for a change", () => {
    expect(ofRule("Changes affecting the quay require approval, as with `api/` changes.")).toBeUndefined();
  });
});
