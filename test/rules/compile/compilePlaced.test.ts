import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string): unknown[] {
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).flatMap(({ enforcement }) => enforcement ?? []);
}

function textsOf(text: string): string[] {
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).map((rule) => rule.text.trim());
}

describe("where a call is made and what it is given", () => {
  it.each<[string, object]>([
    ["Don't call `harbour.sail` with `anchored=True`", { names: ["harbour.sail"], given: ["anchored=True"] }],
    ["Never pass `anchored=True` to `harbour.sail`", { names: ["harbour.sail"], given: ["anchored=True"] }],
    ["`harbour.sail` must not be called with `anchored: true`", { names: ["harbour.sail"], given: ["anchored=true"] }],
    ["`sail` must never be called from inside `onTide`", { names: ["sail"], inside: { functions: ["onTide"] } }],
    ["Never call `sail` inside a transaction", { names: ["sail"], inside: { place: "transaction" } }],
    ["`@Transactional` methods must not call `sendTug`", { inside: { place: "transaction" } }],
    [
      "`db.$transaction` must not contain `fetch` calls",
      { names: ["fetch"], inside: { functions: ["db.$transaction"] } },
    ],
    ["Do not throw `StormError`", { names: ["StormError"], inside: { place: "throw" } }],
    ["Never raise `Exception`; raise `StormError`", { names: ["Exception"], inside: { place: "throw" } }],
    ["Don't throw `new Error()`; use `StormError`", { names: ["Error"], instead: ["StormError"] }],
    ["`openBerths` is only allowed in tests", { form: "forbidden-name", scope: { tests: false } }],
  ])("%s", (text, check) => {
    const [found] = checksOf(`- ${text}`);
    expect(found).toMatchObject(check);
    expect(found).not.toHaveProperty("qualifier");
  });

  it.each([
    "Don't call `harbour.sail` with `crew`",
    "Never swallow `StormError`",
    "Never throw `strings`",
    "`README.md` must not contain `fetch` calls",
  ])("is not understood where it says something else: %s", (text) => {
    expect(checksOf(`- ${text}`)).toEqual([]);
  });

  it("is no place for what a title only speaks of", () => {
    expect(checksOf("## Transactions\n\n- Never call `openBerths`")).toEqual([
      { form: "forbidden-call", names: ["openBerths"] },
    ]);
  });
});

describe("what is said of all that lie in a place", () => {
  it.each<[string, object]>([
    [
      "Every exported function in `src/api` must have a doc comment",
      { form: "required-companion", companion: "doc-comment", scope: { paths: ["src/api"] } },
    ],
    [
      "Every public method in `com.tides.api` must have Javadoc",
      { companion: "doc-comment", scope: { languages: ["java"], paths: ["com/tides/api/"] } },
    ],
    [
      "All functions in `quay/store/` take a `context.Context` as first argument",
      { companion: "parameter", name: "context.Context", scope: { paths: ["quay/store/"] } },
    ],
    ["All functions in `core/` must be under 40 lines", { form: "size-limit", max: 40, scope: { paths: ["core/"] } }],
    [
      "Files in `src/quay/` must be kebab-case",
      { form: "naming", style: "kebab-case", scope: { paths: ["src/quay/"] } },
    ],
  ])("%s", (text, check) => {
    expect(checksOf(`## Rules\n\n- ${text}`)).toMatchObject([check]);
  });

  it("is not said of those that lie in something else", () => {
    expect(checksOf("## Rules\n\n- Every function in `moor` must have a doc comment")).toEqual([]);
  });
});

describe("what everybody writes", () => {
  it.each<[string, object]>([
    ["`OldTide` is deprecated and must not be used; use `Tide`", { names: ["OldTide"], instead: ["Tide"] }],
    ["No method may have more than 5 parameters", { form: "size-limit", of: "parameters", max: 5 }],
    ["`tide.Now()` is only allowed in `main.go` and tests", { form: "only-from", scope: { tests: false } }],
    ["Never use `tide.Exit` outside `main.go` and tests", { form: "only-from", scope: { tests: false } }],
    ["Don't use Lombok's `@Value`", { form: "forbidden-text", texts: ["lombok.Value"] }],
    ["Never commit `FIXME`s", { form: "forbidden-text", texts: ["FIXME"] }],
    ["`log.note` must be called after `cash.refund`", { form: "call-pair", first: ["cash.refund"] }],
    ["`sail` must be called after `initTides`", { form: "call-order", first: ["initTides"] }],
    ["`sail` may only be called after `moorOff`", { form: "call-order", first: ["moorOff"] }],
    ["Never call `send` while holding `self._lock`", { form: "call-while-holding", locks: ["self._lock"] }],
    ["Never call `send` while holding `s.mu.Lock()`", { form: "call-while-holding", locks: ["s.mu"] }],
  ])("%s", (text, check) => {
    expect(checksOf(`- ${text}`)).toMatchObject([check]);
  });

  it("keeps a change of files apart from its condition", () => {
    const text =
      "- When you modify anything in `quay/models/`, add a migration under `moves/`.\n- If you touch `a/b.ts`, regenerate `c/d.ts`.";
    expect(checksOf(text)).toEqual([
      { form: "must-accompany", when: { paths: ["quay/models/"] }, also: [{ paths: ["moves/"] }] },
      { form: "must-accompany", when: { paths: ["a/b.ts"] }, also: [{ paths: ["c/d.ts"] }] },
    ]);
  });
});

describe("rules without a verb that orders", () => {
  it("are the items under what is deprecated", () => {
    expect(checksOf("## Deprecated\n\n- `OldTide` (use `Tide`)\n- `oldquay.Read` → `quay.Read`")).toMatchObject([
      { names: ["OldTide"], instead: ["Tide"] },
      { names: ["oldquay.Read"], instead: ["quay.Read"] },
    ]);
    expect(checksOf("## Deprecated tools and their fate\n\n- `OldTide` (use `Tide`)")).toEqual([]);
  });

  it("say what all of a kind take and are named", () => {
    expect(textsOf("- Error variables are named `ErrTide`.\n- Methods take at most 5 parameters.")).toHaveLength(2);
    expect(textsOf("- Pilots take safety seriously.\n- Builds take a while.")).toEqual([]);
  });
});
