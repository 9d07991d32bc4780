import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string): unknown[] {
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).flatMap(({ enforcement }) => enforcement ?? []);
}

function ofRule(text: string): unknown {
  return checksOf(`# Guide\n\n## Rules\n\n- ${text}`)[0];
}

const madeBy = (command: string) => [{ madeBy: command }];
const tidied = { when: { paths: ["**/go.mod"] }, also: [{ paths: ["**/go.sum"], madeBy: "go mod tidy" }] };

describe("commands to run when something changes", () => {
  it.each([
    ["After changing `fleet/tide.yaml`, run `crate gen:tides`.", { paths: ["fleet/tide.yaml"] }, "crate gen:tides"],
    ["Run `make generate` after modifying any `*_tide.ts` file.", { paths: ["*_tide.ts"] }, "make generate"],
    [
      "`fleet/a.proto` changes require regenerating code with `make tides`.",
      { paths: ["fleet/a.proto"] },
      "make tides",
    ],
    [
      "After editing anything under `charts/`, or any `.tide` file, run `crate codegen`.",
      { paths: ["charts/", "**/*.tide"] },
      "crate codegen",
    ],
    ["CRD changes require running `make update-charts`", { paths: ["**/*_types.go"] }, "make update-charts"],
    ["Changes to API types must be followed by `make manifests`.", { paths: ["**/*_types.go"] }, "make manifests"],
    ["If CRD types changed: `make manifests`", { paths: ["**/*_types.go"] }, "make manifests"],
    ["After changing protobuf definitions, run `tidegen sync`.", { paths: ["**/*.proto"] }, "tidegen sync"],
  ])("%s", (text, when, command) => {
    expect(ofRule(text)).toEqual({ form: "must-accompany", when, also: madeBy(command) });
  });

  it.each([
    ["Run `crate generate` if you changed berths, ropes, or Go code", "you changed berths, ropes, or go code"],
    ["After modifying API types, run `pnpm gen:api`", "modifying api types"],
    ["If the harbour contract changed, regenerate (`crate gen:api`) and commit.", "the harbour contract changed"],
  ])("%s: where a reader sees the change", (text, qualifier) => {
    expect(ofRule(text)).toMatchObject({ form: "must-accompany", when: { of: "code" }, qualifier });
  });

  it.each([
    ["When introducing new modules run `make tidy` so that `go.mod` and `go.sum` stay tidy.", tidied],
    ["When you add a dependency, run `go mod tidy`.", tidied],
    [
      "If you modify `chart.src`, run `make charts` to regenerate `docs/chart.md`.",
      { also: [{ paths: ["docs/chart.md"] }] },
    ],
    [
      "When changing what `quay/` hands out, add a changeset with `pnpm changeset`.",
      { also: [{ paths: [".changeset/"] }] },
    ],
  ])("%s: what it writes is known", (text, check) => {
    expect(ofRule(text)).toMatchObject({ form: "must-accompany", ...check });
  });

  it.each([
    "After making code changes, run `crate fmt`",
    "After changing `fleet/tide.yaml`, run `make test`",
    "After changing the Prisma schema, run `npx prisma generate`",
    "Use `npm install` to install dependencies if you changed `package.json`",
    "After pulling changes, run `npm install`",
    "After changing `fleet/tide.yaml`, run `make generate` if needed",
    "After changing berths, use these commands to verify: `make generate`",
  ])("nothing for %s", (text) => {
    expect(ofRule(text)).toBeUndefined();
  });

  it("are found without a comma, and without a title that orders them", () => {
    expect(checksOf("## Berths\n\nWhen adding berths run `crate gen`.\n")).toMatchObject([
      { also: madeBy("crate gen") },
    ]);
    expect(checksOf("## Berths\n\nThose who want to run `crate gen` see berths.\n")).toEqual([]);
  });
});

describe("what is changed with something in plain words", () => {
  it.each([
    ["When adding a new driver, update `docs/ships.md`.", { paths: ["**/{drivers,driver}/**"], added: true }],
    ["Adding a new command: Register it in `quay/root.go`", { paths: ["**/{commands,command,cmd}/**"], added: true }],
  ])("%s", (text, when) => {
    expect(ofRule(text)).toMatchObject({ form: "must-accompany", when });
    expect(ofRule(text)).not.toHaveProperty("qualifier");
  });

  it.each([
    ["When adding a new feature, update `docs/ships.md`.", { when: { of: "code" } }],
    ["When changing a driver, update `docs/ships.md`.", { when: { of: "code" } }],
    ["Update `docs/ships.md` when adding drivers, ropes, or hooks.", { qualifier: "adding drivers, ropes, or hooks" }],
    ["When a tide is renamed, or a ship moves to `quay/`, also update `docs/ships.md`", { when: { of: "code" } }],
    ["If a tool needs ropes, it must be added to the `ROPES` list in `quay/ropes.ts`", { when: { added: true } }],
    [
      "If a new ship is added, or a ship is renamed, the harbour tests MUST be updated too.",
      { also: [{ of: "tests" }] },
    ],
    [
      "Visible changes, including new berths and fixes, require a `HISTORY.md` entry.",
      { also: [{ paths: ["HISTORY.md"] }] },
    ],
    [
      "Adding an exported berth means adding its test in the mirrored `fleet/tests/` path.",
      { also: [{ paths: ["fleet/tests/"] }] },
    ],
    ["Keep the berths in `quay/a.yml` aligned with the ropes in `quay/b.yml`", { when: { paths: ["quay/b.yml"] } }],
    [
      "The fakes are in `quay/fake.py`, which needs to be kept up to date with the API of ships.",
      { when: { of: "code" } },
    ],
  ])("%s: a reader has to see it", (text, check) => {
    expect(ofRule(text)).toMatchObject({ form: "must-accompany", qualifier: expect.any(String), ...check });
  });

  it.each([
    ["Every code change must be accompanied by an entry in `HISTORY.md`.", { of: "code" }],
    ["Every change must be recorded in the `HISTORY.md`", { paths: ["**/*"] }],
    ["Always update the charts under `docs/a.yaml` if there are any tide changes in `quay/`.", { paths: ["quay/"] }],
  ])("%s", (text, when) => {
    expect(ofRule(text)).toMatchObject({ form: "must-accompany", when });
  });

  it("is not said by a word alone", () => {
    expect(ofRule("Must also be updated in `HISTORY.md` when changing.")).toBeUndefined();
  });

  it("is a whole file", () => {
    const check = { form: "must-accompany", when: { paths: ["quay/b.yml"] }, also: [{ paths: ["quay/a.yml"] }] };
    expect(ofRule("Whenever `quay/b.yml` is modified, update `quay/a.yml`.")).toEqual(check);
    expect(ofRule("Keep the berths of `quay/a.yml` aligned with `quay/b.yml`")).toEqual(check);
    expect(ofRule("Keep `quay/a.yml` aligned with the harbour master")).not.toEqual(check);
  });
});
