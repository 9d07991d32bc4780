import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checkOf(...lines: string[]): unknown {
  const text = lines.join("\n");
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).at(-1)?.enforcement ?? undefined;
}

describe("what is forbidden among words that nothing can check", () => {
  it.each([
    [
      "Never book a berth with a bare `harbour.reserveNow()` inside an open tide window",
      { names: ["harbour.reserveNow"], qualifier: "book berth; inside an open tide window" },
    ],
    [
      "Crates must not be weighed with `scale.quickWeigh()`",
      { names: ["scale.quickWeigh"], qualifier: "crates; weighed" },
    ],
    [
      "Never guess a tide using `strings.HasPrefix(report.Text(), ...)`",
      { names: ["strings.HasPrefix"], qualifier: "guess tide; as in `strings.HasPrefix(report.Text(), ...)`" },
    ],
    [
      "Always reach fruit high up with the `Ladder` helper rather than a hand-made `tree.climbUp()`",
      { names: ["tree.climbUp"], instead: ["Ladder"] },
    ],
    [
      "Do not use `dock.openGate()` or any of the older gates to let boats in",
      { names: ["dock.openGate"], qualifier: "to let boats in" },
    ],
    ["Use the `useTide()` hook instead of passing `tideTable` as a prop", undefined],
    ["Use the `useTide()` hook instead of calling `tideTable()` by hand", { names: ["tideTable"] }],
    ["Check the tide at the gate, never swallow `TideException`", undefined],
    ["Feature screens must not inject `TideClient` lightly", undefined],
    ["Do not add new `BerthService` methods", undefined],
    ["A berth becomes a `FreeBerth` instead of a `TakenBerth`", undefined],
    ["Avoid long waits by using `tides.cached()`", undefined],
    ["Never compare boats with `boats.isEqualTo()`", undefined],
    ["Do not pack crates with `*Crate` types", undefined],
    ["Never unload a ship with `crane.lift()` twice", undefined],
    ["Screens may not load `TideChart` in time", undefined],
  ])("%s", (text, check) => {
    const found = checkOf("# Rules", "", `- ${text}`);
    if (check === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(check);
  });

  it("is not read into what only a heading forbids", () => {
    expect(checkOf("## Don'ts", "", "- Calling `tides.cached()` and comparing depths costs more")).toBeUndefined();
  });
});
