import type { Datum } from "./literal";
import { numbersFor } from "./samples";
import type { NumberShape } from "./shape";

/** Numbers that a person would choose. */
export function ordinaryNumbers(shape: NumberShape, name: string): number[] {
  const divisor = shape.divisors.findLast((n) => n >= 2 && Number.isInteger(n));
  const telling = shape.near.filter((n) => Math.abs(n) > 1 || !Number.isInteger(n));
  const near = telling.flatMap((n) => [n, n + 1, n - 1]);
  if (divisor !== undefined) {
    const around = divisor > 10 ? [divisor - 1, divisor, 2 * divisor] : [divisor + 1, divisor, 2 * divisor + 1];
    return [...around, ...near];
  }
  const plain = numbersFor(name);
  return near.length > 0 ? [...near, plain[0] as number] : [...plain];
}

/** Numbers at which something may change. */
export function edgeNumbers(shape: NumberShape): Datum[] {
  const around = shape.near.flatMap((n) => [n, n - 1, n + 1]);
  const multiples = shape.divisors.flatMap((d) => [d, d - 1, d + 1, 2 * d, 2 * d - 1]);
  const usual = [0, 1, -1, 2, 10, -7, ...(shape.kind === "number" ? [0.5, 2.5] : []), 100, 1_000_000];
  return [...around, ...multiples, ...usual].map((n) => numberOf(n, shape));
}

export function numberOf(value: number, { kind }: NumberShape): Datum {
  const whole = kind === "integer" ? Math.trunc(value) : value;
  return { kind: "number", value: Object.is(whole, -0) ? 0 : whole };
}

/** Numbers on both sides of a boundary. */
export function numberPairs({ near, divisors }: NumberShape, plain: readonly number[]): [number, number][] {
  const multiples = divisors.flatMap((d): [number, number][] => [
    [d - 1, d],
    [d, d + 1],
    [d, 2 * d],
  ]);
  const around = near.flatMap((n): [number, number][] => [
    [n, n + 1],
    [n - 1, n],
  ]);
  const [first = 3, second = 1] = plain;
  return [...multiples, ...around, [first, second], [second, second], [second, first]];
}
