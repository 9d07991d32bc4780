import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(...lines: string[]): unknown[] {
  const text = lines.join("\n");
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).flatMap(({ enforcement }) => enforcement ?? []);
}

function ofRule(text: string): unknown {
  return checksOf("# Guide", "", "## Rules", "", `- ${text}`)[0];
}

describe("notes between the words of a rule", () => {
  it.each([
    ["Never commit charts of `pier.lock` (it is large) unless absolutely necessary", undefined],
    [
      "Use `tides` package: `tides.Low`, `tides.High`, etc. instead of hand-made loops or `ebb.Sort`",
      { form: "forbidden-name", names: ["ebb.Sort"], instead: ["tides.Low", "tides.High"] },
    ],
    ["Adding berths (e.g. `Quay`) → also update `src/port/berths.ts`", { also: [{ paths: ["src/port/berths.ts"] }] }],
    [
      "Always pass `--signed` (`-g`) to `crate ship` and `crate pack --all`.",
      { form: "forbidden-command", commands: ["crate ship", "crate pack --all"], without: ["--signed"] },
    ],
    ["Banned classes (enforced by the linter `port/type`): `text-xl` — use `text-lg`", { texts: ["text-xl"] }],
    ["Keep the charts (unless sealed) out, never `moor`", undefined],
    [
      "Every schema change must update both the project (`db/state/`) and a script under `db/scripts/`.",
      { when: { paths: ["db/state/", "db/scripts/"] } },
    ],
  ])("%s", (text, check) => {
    if (check === undefined) expect(ofRule(text)).toBeUndefined();
    else expect(ofRule(text)).toMatchObject(check);
  });
});

describe("contrasts", () => {
  it.each([
    ["Prefer bounded waits in `tests/harbour/` over raw `drift()` calls.", { names: ["drift"] }],
    [
      "Prefer domain pilots (e.g. `DeepPilot`) over generic `AnyPilot`",
      { names: ["AnyPilot"], instead: ["DeepPilot"] },
    ],
    ["Use `tide.Pack` over `[]byte(hull.Sprint(...))`", { form: "forbidden-text", instead: ["tide.Pack"] }],
    ["Use `hold.Builder` with `hull.Print(&b, ...)` not `b.Write(hull.Sprint(...))`", { form: "forbidden-text" }],
    [
      "Harbour pages MUST import from `@quay/core`, NOT from `src/paint/`.",
      { form: "forbidden-import", names: ["src/paint/"] },
    ],
    [
      "Icons: `@quay/system/icons` (line icons), NOT `crate-icons`",
      { form: "forbidden-import", names: ["crate-icons"] },
    ],
    ["You MUST import from `@tide.dev/sdk` (NEVER `@tide.dev/sdk/v3`)", { names: ["@tide.dev/sdk/v3"] }],
    ["Times are milliseconds. `int(now.tide() * 1000)`, not `int(now.tide())`.", undefined],
    ["Use the crane over the weekend; `moor` is fine", undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(ofRule(text)).toBeUndefined();
    else expect(ofRule(text)).toMatchObject(check);
  });
});

describe("lists of several kinds", () => {
  it.each([
    [
      "NEVER use: `page.waitForTide()`, `page.waitForState('calm')`, or arbitrary waits.",
      { form: "forbidden-call", names: ["page.waitForTide"] },
    ],
    ["Never use `@tide.dev/sdk/v3` or deprecated `port.defineShip`.", { form: "forbidden-import" }],
    ["Never set the `Draught Value/s` or `draughtValues` fields.", undefined],
    ["NEVER use raw hex values (`#ddd`, `#94a3b8`) for colors", undefined],
    ["Never call `audit('now')`", undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(ofRule(text)).toBeUndefined();
    else expect(ofRule(text)).toMatchObject(check);
  });
});

describe("what stands in files", () => {
  it.each([
    ["Never introduce a new `catch (Storm)`.", { form: "forbidden-text", texts: ["catch (Storm"] }],
    ["Avoid `import ... assert` (use `with`).", { form: "forbidden-text", texts: ["import … assert"] }],
    [
      "The client is mocked at the `fetch` boundary; never hit `api.tides.com` from unit tests.",
      { texts: ["api.tides.com"] },
    ],
    ["Do not hand-build `animate-ping` dots.", { texts: ["animate-ping"] }],
    ["Do not sign passes with `type !== 'pilot'` in the office", undefined],
    ['Do not add `Sealed-By: …`, "Packed with …", or any seal line to commits.', undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(ofRule(text)).toBeUndefined();
    else expect(ofRule(text)).toMatchObject(check);
  });
});

describe("what each test or file has", () => {
  const parallel = { form: "required-companion", subject: { kind: "test" }, companion: "call", name: "t.Parallel" };
  it.each([
    ["The first statement in every `TestXxx` must be `t.Parallel()`.", parallel],
    ["Top-level tests: the first statement in every test should be `t.Parallel()`.", parallel],
    [
      "Every `.go` file must have a corresponding `_test.go`",
      { form: "required-companion", subject: { kind: "file" }, companion: "test", scope: { paths: ["**/*.go"] } },
    ],
    ["All exported names need doc comments.", { companion: "doc-comment", subject: { exported: true } }],
    ["Every `.go` file must have a `README.md`", undefined],
    ["The first line of every letter should be `t.Parallel()`.", undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(ofRule(text)).toBeUndefined();
    else expect(ofRule(text)).toMatchObject(check);
  });

  it("speaks of the tested files under a title about tests", () => {
    expect(checksOf("## Testing", "", "- Every `.go` file must have a `_test.go`")).toMatchObject([
      { companion: "test", scope: { paths: ["**/*.go"] } },
    ]);
    expect(JSON.stringify(checksOf("## Testing", "", "- Every `.go` file must have a `_test.go`"))).not.toContain(
      "tests",
    );
  });
});

describe("what is done to files and branches", () => {
  it.each([
    ["Never commit directly to `main`", { form: "forbidden-command", commands: ["git push origin main"] }],
    [
      "Avoid committing `quay-lock.yaml` unless absolutely necessary.",
      { form: "forbidden-edit", paths: ["quay-lock.yaml"] },
    ],
    [
      "Do not create, modify, or suggest `.eslintrc` or `eslint.config.*` files",
      { paths: [".eslintrc", "eslint.config.*"] },
    ],
    ["Never edit the `examples/` copies directly.", { paths: ["examples/"], generated: true }],
    ["Generated Code (Never edit directly): Files in `target/` directories", { paths: ["target/"] }],
    ["Edit guidance for ships in AGENTS.md, not in `CLAUDE.md`.", { form: "forbidden-edit", paths: ["CLAUDE.md"] }],
    [
      "Only use `tide test ...` when flags are needed",
      { commands: ["tide test"], qualifier: "other than when flags are needed" },
    ],
    ["Prefer `quay nx ...` over `npx nx ...`.", { form: "forbidden-command", commands: ["npx nx"] }],
    ["Put the checks of passes in `gate.tsx`, never in `layout.tsx`", undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(ofRule(text)).toBeUndefined();
    else expect(ofRule(text)).toMatchObject(check);
  });
});

describe("what is changed together, in words", () => {
  it.each([
    ["When you add a new kind of ship, capture a fresh sample in `ships/samples.md`.", "ships/samples.md"],
    ["When updating these charts, mirror changes in `port/cards.ts`", "port/cards.ts"],
    ["Keep `.env.template` in sync with required harbour variables.", ".env.template"],
    ["Keep the catalogue of ships in sync with `docs/ships.json`", "docs/ships.json"],
  ])("%s", (text, path) => {
    expect(ofRule(text)).toMatchObject({
      form: "must-accompany",
      also: [{ paths: [path] }],
      qualifier: expect.any(String),
    });
  });

  it.each([
    "When updating this file, mirror it in `port/cards.ts`",
    "Keep it in sync with `docs/ships.json`",
    "Ships must stay in sync with `ships/*.proto`.",
  ])("demands nothing of: %s", (text) => {
    expect(ofRule(text)).toBeUndefined();
  });
});

describe("clauses that stand by themselves", () => {
  it.each([
    ["Read the tide first and avoid `crane.dropAll()`", { form: "forbidden-call", names: ["crane.dropAll"] }],
    ["Prefer `TIDE_URL`; `TIDE_HOST` is deprecated and is kept for old ships", { names: ["TIDE_HOST"] }],
    [
      "Be exact about failures — catch `Storm.Lost`, `KeyError`, etc., not bare `Exception`, so others surface.",
      { constructs: ["broad-catch"] },
    ],
    ["Never use `%v` for error wrapping — always `%w`", { constructs: ["unwrapped-error"] }],
    [
      "Do NOT use anything from `web/old/` — it is being phased out.",
      { form: "forbidden-import", names: ["web/old/"] },
    ],
    ["Those packages are left out of the fleet and do not require `pnpm`", undefined],
    ["A ship keeps its course — seal it with `crate pack`, or start anew with `crate pack --fresh`.", undefined],
  ])("%s", (text, check) => {
    if (check === undefined) expect(ofRule(text)).toBeUndefined();
    else expect(ofRule(text)).toMatchObject(check);
  });
});
