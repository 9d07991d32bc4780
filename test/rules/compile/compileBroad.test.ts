import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checkOf(...lines: string[]): unknown {
  return extractRules({ path: "CLAUDE.md", text: lines.join("\n") }, { globs: [] }).at(-1)?.enforcement ?? undefined;
}

const WEB = { languages: ["typescript", "javascript"] };

describe("bans whose verb is a noun", () => {
  it.each([
    [
      "Use of `moorBoat` in tests is forbidden",
      { form: "forbidden-name", names: ["moorBoat"], scope: { tests: true } },
    ],
    ["Direct calls to `tides.query()` are banned", { form: "forbidden-call", names: ["tides.query"] }],
    ["No direct calls to `tides.query()`", { form: "forbidden-call", names: ["tides.query"] }],
    ["Imports from `src/legacy/` are not allowed", { form: "forbidden-import", names: ["src/legacy/"] }],
    ["Do not introduce new usages of `OldPier`", { form: "forbidden-name", names: ["OldPier"] }],
    ["Manual edits to `charts/tides.json` are forbidden", { form: "forbidden-edit", paths: ["charts/tides.json"] }],
    ["Running `pier build --all` is not allowed", { form: "forbidden-command", commands: ["pier build --all"] }],
  ])("%s", (text, check) => {
    expect(checkOf(`- ${text}`)).toMatchObject(check);
  });
});

describe("packages everybody knows, as plain words", () => {
  it.each([
    ["Do not use lodash.", { form: "forbidden-import", names: ["lodash"], scope: WEB }],
    ["Use date-fns instead of moment.", { names: ["moment"], instead: ["date-fns"], scope: WEB }],
    ["Lodash is banned in this repo.", { form: "forbidden-import", names: ["lodash"] }],
    ["Change the workflow instead of editing generated YAML.", undefined],
    ["Never wait a moment before mooring", undefined],
    ["No Django migrations without a review", undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(checkOf(`- ${text}`)).toBeUndefined();
    else expect(checkOf(`- ${text}`)).toMatchObject(check);
  });
});

describe("what is changed alongside", () => {
  it.each([
    [
      "When adding a berth with a `depth` field, list it in `docs/berths.md` so that pilots find it",
      { when: { of: "code" }, also: [{ paths: ["docs/berths.md"] }], qualifier: "adding a berth with a `depth` field" },
    ],
    [
      "New tide pages are not found by themselves: add an entry in `docs/menu.ts`",
      { when: { paths: ["**/*.{md,mdx,rst}"] }, also: [{ paths: ["docs/menu.ts"] }] },
    ],
    ["Berth changes in `pier.toml` must be mirrored in `client/pier.toml`", { when: { paths: ["pier.toml"] } }],
    ["Write drafts in `drafts/` (create it if needed; add to `.gitignore`)", undefined],
    ["The harbour job fires on changes under `piers/`, so the bump must include `pier.toml`", undefined],
    ["When adding a berth, update `../other/berths.md`", undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(checkOf(`- ${text}`)).toBeUndefined();
    else expect(checkOf(`- ${text}`)).toMatchObject({ form: "must-accompany", ...check });
  });
});

describe("other ways to say the same", () => {
  it.each([
    ["- ❌ Do NOT manually modify `charts/`", { form: "forbidden-edit", paths: ["charts/"] }],
    ["- **NO force landings**: `pier land --force`", { form: "forbidden-command", commands: ["pier land --force"] }],
    ["- Never use `sailFast`, `sailFar()`, or guesswork", { names: ["sailFast", "sailFar"] }],
    ["- Avoid broad `nolint`", { form: "forbidden-construct", qualifier: "broad" }],
    [
      "- Register boats through `moorings.ts` (new style), never via the deprecated `Pier.tie(boat)` API",
      { form: "forbidden-call", names: ["Pier.tie"] },
    ],
    ["- Build the plan from `BoatPlan` — never a whole `fleet.Boat`", undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(checkOf(text)).toBeUndefined();
    else expect(checkOf(text)).toMatchObject(check);
  });

  it("reads rows by what their titles say", () => {
    const row = (titles: string, cells: string) => checkOf(titles, "|---|---|", cells);
    expect(row("| Pattern | Instead |", "| `moment` | `dayjs` |")).toMatchObject({ names: ["moment"] });
    expect(row("| Don't | Do |", "| Edit generated files | Run the generator |")).toMatchObject({
      form: "forbidden-edit",
    });
    expect(row("| Element | Convention |", "| Files/Directories | `kebab-case` |")).toMatchObject({
      form: "naming",
      style: "kebab-case",
    });
  });

  it("takes what is said to be generated for protected only under a heading that forbids", () => {
    const item = "- `charts/` — generated from the soundings";
    expect(checkOf("## Do not edit", "", item)).toMatchObject({ form: "forbidden-edit", paths: ["charts/"] });
    expect(checkOf("## Layout", "", item)).toBeUndefined();
  });
});
