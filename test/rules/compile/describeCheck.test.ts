import { describe, expect, it } from "vitest";
import { describeCheck } from "../../../server/src/core/rules/compile/describeCheck";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function described(text: string): string | undefined {
  const check = extractRules({ path: "CLAUDE.md", text: `- ${text}` }, { globs: [] })[0]?.enforcement;
  return check ? describeCheck(check) : undefined;
}

describe("what was understood, in plain words", () => {
  it.each([
    [
      "In Go code, never call `json.Marshal` outside tests; use `encodeCopy`",
      "No call of `json.Marshal` in Go, outside tests; use `encodeCopy` instead.",
    ],
    ["Handlers must not call `store.Rebuild`", "No call of `store.Rebuild` inside a handler."],
    [
      "Avoid `any` and `@ts-ignore`",
      "No `any` type, no comment that silences a linter or the type checker in TypeScript and JavaScript.",
    ],
    [
      "NEVER call `s.db.*` while holding `s.mu`",
      "No call of `s.db.*`, directly or through others, while `s.mu` is held.",
    ],
    ["Never import `tidelib/raw` outside `harbour/tides/`", "`tidelib/raw` is used only in `harbour/tides/`."],
    ["`chargeCard` may only be called from `BillingService`", "`chargeCard` is used only in `BillingService`."],
    [
      "Always call `ward.Lock()` before `ward.Discharge()`",
      "`ward.Lock` is called before `ward.Discharge` in the same function.",
    ],
    ["Always pair `openGate` with `closeGate`", "Whoever calls `openGate` also calls `closeGate`."],
    ["Every exported function must have a doc comment", "Every exported function has a comment that documents it."],
    ["Use kebab-case for file names", "Every file is written in kebab-case."],
    ["Keep functions under 50 lines", "No function is longer than 50 lines."],
    ["`dryRun` must stay `true`", "`dryRun` is `true`."],
    ["Never edit files in `db/generated/` by hand", "Nobody changes `db/generated/` by hand."],
    ["NEVER edit existing migrations in `db/migrations/`", "Nobody changes `db/migrations/`; new files are fine."],
    [
      "When you change `api/routes.ts`, also update `docs/api.md`",
      "A change to `api/routes.ts` comes with a change to `docs/api.md`.",
    ],
    ["Never call `moor()` in *late* tides", "No call of `moor`; only where: in late tides (not checked)."],
    ["Never run `npm audit fix --force`", "No script or workflow runs `npm audit fix --force`."],
  ])("%s", (text, sentence) => {
    expect(described(text)).toBe(sentence);
  });
});
