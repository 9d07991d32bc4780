import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checkOf(text: string): unknown {
  const lines = ["# Guide", "", "## Rules", "", ...text.split("\n")].join("\n");
  return extractRules({ path: "CLAUDE.md", text: lines }, { globs: [] })[0]?.enforcement ?? undefined;
}

function understands(cases: readonly (readonly [string, object | undefined])[]): void {
  it.each(cases)("%s", (text, check) => {
    if (check === undefined) expect(checkOf(text)).toBeUndefined();
    else expect(checkOf(text)).toMatchObject(check);
  });
}

describe("packages beside packages", () => {
  const crates = { form: "forbidden-import", names: ["crate-icons"] };
  understands([
    ["- Use `@quay/icons`, NOT `crate-icons`", crates],
    ["- `Sign` from `@quay/signs`, NOT `crate-icons`", crates],
    ["- Use `quayIcons`, not `crate`", { form: "forbidden-name" }],
    ["- Never import lodash libraries.", { form: "forbidden-import", names: ["lodash"] }],
    ['- Use the context, never `import { moor } from "crates"`', { form: "forbidden-text" }],
    ["- Logging: Use `github.com/go-kit/log` (not `example.com/old/log`)", { names: ["example.com/old/log"] }],
  ]);
});

describe("types and names", () => {
  const optional = { form: "forbidden-import", names: ["typing.Optional"], scope: { languages: ["python"] } };
  understands([
    ["- Use `Tide | None` instead of `Optional`", optional],
    ["- Use `Tide` instead of `Optional`", { form: "forbidden-name" }],
    ["- Do not add `slow_tide` markers.", { form: "forbidden-name", names: ["slow_tide"] }],
    ["- Use bindings for berths (not findBerthByName)", { names: ["findBerthByName"] }],
    ["- No org_id at all: the berth is shared", undefined],
    ["- `MoorTask` is a deprecated alias.", { form: "forbidden-name", names: ["MoorTask"] }],
    ["- Use `moorings` instead of manual loops or `tides.Slice`", { form: "forbidden-name", names: ["tides.Slice"] }],
    ["- Do not use `require` or `__dirname`.", { form: "forbidden-construct", constructs: ["commonjs"] }],
  ]);
});

describe("files that are made", () => {
  const made = { form: "forbidden-edit", paths: ["quay/tides/*.yaml"] };
  understands([
    ["**Generated files (never hand-edit):**\n- `quay/tides/*.yaml` — made by `bundle.sh`", made],
    [
      "- If you touch `quay/api/`, regenerate it from the source instead of hand-editing files.",
      { paths: ["quay/api/"] },
    ],
    ["- If you touch `quay/api/`, regenerate it from the source.", undefined],
    ["- Never stage or commit `quay/local/`", { form: "forbidden-edit", paths: ["quay/local/"] }],
  ]);
});

describe("what is only mentioned", () => {
  understands([
    ["- Avoid rounding issues with `berthDepth`", undefined],
    ["- Use the harbour's server instead of mocking `berthOf`", undefined],
    ["- No global `berthOf`: use the `berthOf` of the quay", undefined],
    ["- Classes, never inline `@Berth() body: { tide: number }`", { form: "forbidden-text" }],
    ["- Use `test-moor`, not `compile`", undefined],
    ["- In PR descriptions and commit messages: no emojis", undefined],
    ["- No emojis in code", { form: "forbidden-text", characters: "emoji" }],
    ["- Prefer `@Berth` rather than `harbour.properties`", undefined],
  ]);
});
