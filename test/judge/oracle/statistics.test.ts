import { describe, expect, it } from "vitest";
import { auc, fileDraws, interval, type Judged, lengthStratum, logistic, logOddsRatio, randomFrom } from "./statistics";

const all = (rows: readonly Judged[]) => new Float64Array(rows.length).fill(1);

function row(score: number, isFixed: boolean, lines = 10, file = "a"): Judged {
  return { file, lines, isFixed, measures: { score } };
}

const score = ({ measures }: Judged) => measures.score as number;

describe("auc", () => {
  it("is the share of pairs in which the fixed one is higher, ties counting half", () => {
    const rows = [row(1, false), row(2, true), row(2, false), row(3, true)];
    expect(auc(rows, score)(all(rows))).toBe(3.5 / 4);
  });

  it("compares within strata only when asked to", () => {
    const rows = [row(1, true, 10), row(0, false, 10), row(9, true, 100), row(10, false, 100)];
    expect(auc(rows, score, lengthStratum)(all(rows))).toBe(0.5);
  });

  it("counts a row as often as its weight says", () => {
    const rows = [row(1, false), row(2, true), row(3, false)];
    expect(auc(rows, score)(Float64Array.from([2, 1, 1]))).toBeCloseTo(2 / 3);
    expect(auc(rows, score)(Float64Array.from([1, 0, 1]))).toBeNaN();
  });
});

describe("logistic regression", () => {
  it("finds the odds ratio of a two by two table", () => {
    const rows = [
      ...Array(30).fill(row(1, true)),
      ...Array(10).fill(row(1, false)),
      ...Array(15).fill(row(0, true)),
      ...Array(45).fill(row(0, false)),
    ];
    const [, slope] = logistic([Float64Array.from(rows, score)], rows, all(rows));
    expect(Math.exp(slope as number)).toBeCloseTo(9, 1);
  });

  it("sees nothing in a value that only repeats length", () => {
    const random = randomFrom(7);
    const rows = Array.from({ length: 4000 }, (_, i) => {
      const lines = 1 + Math.floor(random() * 100);
      return row(Math.log(lines) + random(), random() < lines / 150, lines, `f${i % 300}`);
    });
    const { low, high } = interval(fileDraws(rows, 100, 1).map(logOddsRatio(rows, score)));
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });
});

describe("fileDraws", () => {
  it("draws whole files, the same in every run", () => {
    const rows = [row(1, true, 1, "a"), row(2, true, 1, "a"), row(3, true, 1, "b")];
    const [first] = fileDraws(rows, 1, 3);
    expect(first?.[0]).toBe(first?.[1]);
    expect((first?.[0] ?? 0) + (first?.[2] ?? 0)).toBe(2);
    expect(fileDraws(rows, 5, 3)).toEqual(fileDraws(rows, 5, 3));
  });
});
