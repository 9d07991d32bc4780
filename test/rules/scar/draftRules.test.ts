import { describe, expect, it } from "vitest";
import { draftRules } from "../../../server/src/core/rules/scar/draftRules";

describe("drafts of a rule", () => {
  it("names the call and the lock that was held", () => {
    const calls = [{ callee: "h.db.Exec", lock: "h.mu" }];
    expect(draftRules({ sentence: "fix(api): heartbeats wait for the database (#41)", calls, functions: [] })[0]).toBe(
      "NEVER call `h.db.Exec` while holding `h.mu`: heartbeats wait for the database.",
    );
  });

  it("says what to use instead of what a fix took out", () => {
    const drafts = draftRules({
      sentence: "fix: map written while it is encoded",
      calls: [],
      removed: ["json.Marshal"],
      added: ["encodeCopy"],
      functions: ["Handler.Trade"],
    });
    expect(drafts[0]).toBe("Use `encodeCopy` instead of `json.Marshal`: map written while it is encoded.");
  });

  it("always gives something to start from", () => {
    expect(draftRules({ calls: [], functions: [] })).toEqual(["NEVER "]);
    expect(draftRules({ sentence: 'Revert "add caching"', calls: [], functions: [] })).toHaveLength(1);
  });
});
