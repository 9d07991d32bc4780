import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(...lines: string[]): unknown[] {
  const text = lines.join("\n");
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).flatMap(({ enforcement }) => enforcement ?? []);
}

function ofRule(text: string): unknown {
  return checksOf("# Guide", "", "## Rules", "", `- ${text}`)[0];
}

describe("files nobody edits, named before the order", () => {
  it.each([
    ["`tides-lock.yaml` — rewritten by `crate sync`, don't hand-edit", ["tides-lock.yaml"]],
    ["Charts: the format is fixed. `.chart` files are generated, never hand-edited", ["**/*.chart"]],
    [
      "The pages under `docs/cli/` are auto-generated from the help text. Do not edit these files manually.",
      ["docs/cli/"],
    ],
    [
      "`make` compiles all `.tide` files and writes the code to `fleet/gen/`. Do not edit these generated files",
      ["fleet/gen/"],
    ],
    ["`lib/quay/` — old helpers (deprecated, never modify)", ["lib/quay/"]],
    [
      "The `{mast,sail}.go` files under `fleet/src/` are produced by `make` — never hand-edit them",
      ["fleet/src/**/{mast,sail}.go"],
    ],
    ["Translated `Tides_<lang>.json` files are maintained elsewhere; never hand-edit them", ["Tides_*.json"]],
  ])("%s", (text, paths) => {
    expect(ofRule(text)).toMatchObject({ form: "forbidden-edit", paths });
  });

  it.each([
    // What it is made from stands after "from".
    ["The charts are generated from `tides.csv`. Do not edit them."],
    ["All `berths.json` files under that tree are generated too. Do not hand-edit them."],
    ["Edit `docs/tides.src.md`. Do not edit it in haste."],
    ["`src/tide.ts` describes the tide, do not change it without reading `docs/tide.md`"],
    ["The `moor/<name>/chart` files under `fleet/src/` are produced by a script — never hand-edit them"],
    ["When `docs/tides.md` is stale, do not edit it"],
    ["The command compiles all `.tide` files. Do not edit these generated files"],
  ])("nothing for %s", (text) => {
    const check = ofRule(text) as { form?: string } | undefined;
    expect(check?.form).not.toBe("forbidden-edit");
  });
});

describe("files under a title that forbids to edit them", () => {
  it("takes what items name, also below a lead-in that only says which", () => {
    expect(
      checksOf(
        "## Do Not Edit",
        "",
        "**Generated files:**",
        "- `*.tide.go`",
        "- `fleet/gen/`",
        "- `*/stubs/stubs.go` — regenerate with `make stubs`, never edit manually",
        "",
        "**Submodules:**",
        "- `harbour-ui` and `buoys` are submodules. Changes go to their own repositories.",
      ),
    ).toMatchObject([
      { form: "forbidden-edit", paths: ["*.tide.go"] },
      { form: "forbidden-edit", paths: ["fleet/gen/"] },
      { form: "forbidden-edit", paths: ["*/stubs/stubs.go"] },
      { form: "forbidden-edit", paths: ["harbour-ui/", "buoys/"] },
    ]);
  });

  it("takes a paragraph that lists them, and not one about something else", () => {
    expect(
      checksOf(
        "### Generated files — never hand-edit",
        "",
        "CI regenerates and compares: `fleet/client/`, `*.tide.go`, `charts.json`.",
        "",
        "`examples/` are validated by a test and feed the generated `docs/fields.md`.",
      ),
    ).toMatchObject([
      { form: "forbidden-edit", paths: ["fleet/client/", "*.tide.go", "charts.json"], generated: true },
    ]);
  });

  it("takes no file that may be edited after all", () => {
    expect(checksOf("## Do not edit", "", "- `charts.json`, except its header")).toEqual([]);
  });
});

it("takes a row of which a cell forbids it", () => {
  const table = ["| File | Covers | Kept |", "|---|---|---|"];
  expect(
    checksOf(
      "## Documentation rules",
      "",
      ...table,
      "| `tides.md` | the tides | no — **generated**, do not hand-edit |",
    ),
  ).toMatchObject([{ form: "forbidden-edit", paths: ["tides.md"], generated: true }]);
  expect(
    checksOf("## Documentation rules", "", ...table, "| `lib/` | `tides.ts` (generated — DO NOT EDIT) | no |"),
  ).toEqual([]);
  expect(checksOf("## Documentation rules", "", ...table, "| `moor.md` | mooring | yes, edit by hand |")).toEqual([]);
});

describe("more ways to name them", () => {
  it.each([
    ["Never edit `.chart` files manually", { paths: ["**/*.chart"] }],
    [
      "Never modify `.pier.yaml`, `LICENSE`, or `berths.props` without approval",
      { paths: [".pier.yaml", "LICENSE", "berths.props"] },
    ],
    ["Do not modify, rename, or restyle any file under `src/quay/`", { paths: ["src/quay/"] }],
    ["Keep generated charts under `web/charts/` out of manual edits and reformatting", { paths: ["web/charts/"] }],
  ])("%s", (text, check) => {
    expect(ofRule(text)).toMatchObject({ form: "forbidden-edit", ...check });
  });

  it("takes no order about what files hold", () => {
    expect(ofRule("Do not change the order of moorings in files under `src/quay/`")).toBeUndefined();
  });
});
