import { describe, expect, it } from "vitest";
import type { Check } from "../../../server/src/core/rules/check";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string): (Check | undefined)[] {
  const rules = extractRules({ path: "CLAUDE.md", text: `# Harbour\n\n## Rules\n\n- ${text}\n` }, { globs: [] });
  return rules.flatMap(({ enforcement }) => enforcement ?? []);
}

describe("what is said of the folder that an item begins with", () => {
  it.each([
    ["`cranes/` — shared lifts only. Must not import from `quays/`. More goes to `packages/lifts`.", "**/cranes/**"],
    ["`cranes/` — lifts (ropes, hooks). Never imports from `quays/`.", "**/cranes/**"],
    ["`cranes/` — lifts; never imports from `quays/`.", "**/cranes/**"],
    ["`cranes/`: lifts of all kinds, must not import from `quays/`", "**/cranes/**"],
    ["`src/cranes/`: lifts of all kinds. Must not import `quays/`.", "src/cranes/"],
  ])("%s", (text, path) => {
    expect(checksOf(text)).toEqual([{ form: "forbidden-import", names: ["quays/"], scope: { paths: [path] } }]);
  });

  it("is not said of others", () => {
    expect(checksOf("`cranes/` — lifts. Tides must not import `quays/`.")).toEqual([
      expect.objectContaining({ scope: { paths: expect.arrayContaining(["**/tides/**"]) } }),
    ]);
    const [check] = checksOf("Lifts are in `cranes/`. Never import `moment`.");
    expect(check).not.toHaveProperty("scope.paths");
  });
});

describe("what is said of the file that an item begins with", () => {
  const ban = { form: "forbidden-import", names: ["knex"], scope: { paths: ["piers.ts"] } };
  const begin = { form: "required-text", text: 'import "tide-only"', scope: { paths: ["piers.ts"] } };
  it.each([
    ["`piers.ts` — moorings. Piers read `tides.ts`, and never import `knex` — so that they stay apart.", [ban]],
    ['`piers.ts` — moorings (of ships), must start with `import "tide-only"`. Never imports `knex`.', [begin, ban]],
    ["`piers.ts` — moorings. Never reads the ropes — no `knex`, no ropes.", [ban]],
  ])("%s", (text, checks) => {
    expect(checksOf(text)).toMatchObject(checks);
  });

  it("is not said of others", () => {
    const [check] = checksOf("`piers.ts` — moorings. Quays read `tides.ts`, and never import `knex`.");
    expect(check).not.toHaveProperty("scope.paths", ["piers.ts"]);
    expect(checksOf("`piers.md` — moorings, must start with `# Piers`")).toEqual([]);
  });

  it("is said of the folder that a title names", () => {
    const under = (title: string) => {
      const text = `## ${title}\n\n- \`piers.ts\` — moorings, must start with \`import "tide-only"\`.\n`;
      return extractRules({ path: "CLAUDE.md", text }, { globs: [] })[0]?.enforcement;
    };
    expect(under("Structure (quay/src)")).toHaveProperty("scope.paths", ["quay/src/**/piers.ts"]);
    expect(under("Structure of quay/src and others")).toHaveProperty("scope.paths", ["piers.ts"]);
  });
});
