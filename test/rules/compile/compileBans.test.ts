import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checkOf(...lines: string[]): unknown {
  const text = lines.join("\n");
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).at(-1)?.enforcement ?? undefined;
}

function rule(text: string): unknown {
  return checkOf("# Rules", "", `- ${text}`);
}

const MANIFESTS = expect.arrayContaining(["package.json", "go.mod", "pyproject.toml"]);

describe("what nobody adds", () => {
  it.each([
    ["Do not create new markdown (.md) files.", { form: "forbidden-edit", paths: ["*.md"], additionsOnly: true }],
    [
      "NEVER proactively create documentation files (*.md) or README files. Only create documentation files if the harbour master asks.",
      { paths: ["*.md"], additionsOnly: true, qualifier: "only create documentation files if the harbour master asks" },
    ],
    [
      "Never create documentation files (*.md) or logbooks unless asked",
      { paths: ["*.md"], additionsOnly: true, qualifier: "unless asked" },
    ],
    ["No new files in `old/`", { paths: ["old/"], additionsOnly: true }],
    ["Never add `.sql` files in `berths/`", { paths: ["berths/**/*.sql"], additionsOnly: true }],
    ["No new dependencies without approval", { paths: MANIFESTS, qualifier: "a dependency is added without approval" }],
    ["Do not add any third-party libraries", { paths: MANIFESTS, qualifier: "a dependency is added" }],
    ["Do not create new boats", undefined],
    // A tool may create them.
    ["Never create migration files manually in `db/tides/`", undefined],
    ["No new tests in `old/`", undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(rule(text)).toBeUndefined();
    else expect(rule(text)).toMatchObject(check);
  });
});

describe("commands", () => {
  it.each([
    ["Do not run `npm install` or `yarn`.", ["npm install", "yarn"]],
    ["Never install packages with `pip`", ["pip"]],
    ["The `quay deploy` command is forbidden", ["quay deploy"]],
  ])("%s", (text, commands) => {
    expect(rule(text)).toMatchObject({ form: "forbidden-command", commands });
  });

  it("takes the replacement from the cell that has it", () => {
    const table = ["| Requirement | Do instead | Since |", "|---|---|---|"];
    expect(checkOf(...table, "| Do not run `npm install` | `pnpm install` | May |")).toMatchObject({
      commands: ["npm install"],
      instead: ["pnpm install"],
    });
  });

  it("leaves words that name more than a program", () => {
    expect(rule("Never run `make`")).toBeUndefined();
  });
});

describe("names that are avoided", () => {
  it.each([
    ["Don't use the `Impl` suffix for implementations", { subject: { kind: "type" }, avoid: ["*Impl"] }],
    ["Interfaces must not start with `I`", { subject: { kind: "interface" }, avoid: ["I*"] }],
    [
      "Don't prefix tests with `test_`",
      { avoid: ["test_*"], scope: { languages: expect.not.arrayContaining(["python"]) } },
    ],
  ])("%s", (text, check) => {
    expect(rule(text)).toMatchObject({ form: "naming", ...check });
  });
});

describe("parts of a program", () => {
  it.each([
    [
      "Keep stores in `harbour/stores/`",
      {
        form: "naming",
        paths: ["harbour/stores/", "**/stores/**"],
        subject: { kind: "file", names: ["*Store", "*_store", "*-store", "*.store"] },
      },
    ],
    [
      "Services must be named `*Service`",
      { form: "naming", suffix: "Service", subject: { kind: "class" }, scope: { paths: ["**/{services,service}/**"] } },
    ],
    [
      "NEVER inject repositories directly into controllers",
      {
        form: "forbidden-import",
        names: ["repositories/", "repository/"],
        scope: { paths: ["**/controllers/**", "**/controller/**"] },
      },
    ],
    [
      "`tides/model/` must not import React, Vue or timers",
      { form: "forbidden-import", names: ["react", "vue"], scope: { paths: ["tides/model/"] } },
    ],
    ["Keep boats in `harbour/boats/`", undefined],
    ["Never import cranes or React", undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(rule(text)).toBeUndefined();
    else expect(rule(text)).toMatchObject(check);
  });
});

describe("constructs under words around them", () => {
  it.each([
    ["Never hardcode secrets in the tide tables", "hardcoded-secret"],
    ["NEVER import modules mid-code - all imports are at the top", "local-import"],
    ["Catch blocks should not be empty", "empty-catch"],
    ["Never use CommonJS or the old loader format — ES modules only", "commonjs"],
  ])("%s", (text, construct) => {
    expect(rule(text)).toMatchObject({ form: "forbidden-construct", constructs: [construct] });
  });

  it("takes no setting for what to use", () => {
    expect(rule('`no-explicit-any: "error"` — never use `any`, use `unknown` and narrow')).toMatchObject({
      constructs: ["any-type"],
      instead: ["unknown"],
    });
  });

  it("does not take what is shown for what is written", () => {
    expect(rule("Never expose API keys in toasts or log lines")).toBeUndefined();
  });

  it("takes a condition as one", () => {
    const text = "Never use deferred imports (imports inside functions) unless the crane needs them";
    expect(rule(text)).toMatchObject({ constructs: ["local-import"], qualifier: "unless the crane needs them" });
  });
});
