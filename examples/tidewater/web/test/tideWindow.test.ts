import { describe, expect, it } from "vitest";
import { isRising, minutesToNext, pickWindow } from "../src/client/tideWindow.js";

describe("pickWindow", () => {
  it("centres on the only high water", () => {
    expect(pickWindow([{ at: 1000, height: 300 }], 150)).toEqual({ from: 851, to: 1149, margin: 120 });
  });

  it("is narrow when there is little water", () => {
    expect(pickWindow([{ at: 1000, height: 190 }], 150)).toEqual({ from: 953, to: 1047, margin: 10 });
  });

  it("finds nothing when no tide is high enough", () => {
    expect(pickWindow([{ at: 1000, height: 170 }], 150)).toBeUndefined();
  });

  it("ignores low water", () => {
    expect(pickWindow([{ at: 1000, height: 300, kind: "low" }], 150)).toBeUndefined();
  });

  it("prefers a later tide only when it is clearly longer", () => {
    const little = { at: 1000, height: 200 };
    expect(pickWindow([little, { at: 1745, height: 212 }], 150)?.to).toBe(1820);
    expect(pickWindow([little, { at: 1745, height: 205 }], 150)?.to).toBe(1060);
  });

  it("honours the days of the week", () => {
    expect(pickWindow([{ at: 1000, height: 300 }], 150, 0b1110111)).toBeUndefined();
  });
});

describe("turns", () => {
  const turns = [
    { at: 100, height: 80, kind: "low" as const },
    { at: 470, height: 420, kind: "high" as const },
  ];

  it("counts down to the next turn", () => {
    expect(minutesToNext(turns, 100)).toBe(370);
    expect(minutesToNext(turns, 470)).toBeUndefined();
  });

  it("knows whether the water rises", () => {
    expect(isRising(turns, 50)).toBe(false);
    expect(isRising(turns, 200)).toBe(true);
  });
});
