import { describe, expect, it } from "vitest";
import { cleanMarks, iconFor, labelFor } from "../public/widget.js";

describe("cleanMarks", () => {
  it("places a mark on an even column", () => {
    expect(cleanMarks([{ minute: 361, height: 5.2 }], 480)).toEqual([{ minute: 361, height: 5.2, x: 120 }]);
  });

  it("keeps one mark of a kind per group", () => {
    const marks = [
      { minute: 360, height: 5.2 },
      { minute: 363, height: 5.4 },
    ];
    expect(cleanMarks(marks, 480).map((mark) => mark.height)).toEqual([5.4]);
  });

  it("drops a crowded mark unless it is odd-ranked", () => {
    const near = (rank) => [
      { minute: 360, height: 5.2, kind: "h" },
      { minute: 378, height: 1.1, kind: "l", rank },
    ];
    expect(cleanMarks(near(0), 480)).toHaveLength(1);
    expect(cleanMarks(near(1), 480)).toHaveLength(2);
  });
});

describe("labels", () => {
  it("formats a mark", () => {
    expect(labelFor({ minute: 65, height: 4.96 })).toBe("01:05 5.0 m");
  });

  it("has an icon for any weather", () => {
    expect(iconFor("gale")).toBe("⚑");
    expect(iconFor("frogs")).toBe("·");
  });
});
