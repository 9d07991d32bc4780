/** One function of a past commit. */
export interface Judged {
  /** Functions of one file are no independent cases: intervals draw whole files. */
  file: string;
  lines: number;
  isFixed: boolean;
  measures: Readonly<Record<string, number>>;
}

export type Statistic = (weights: Float64Array) => number;

/** Random numbers that are the same in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Weights of the functions when files are drawn with replacement, `rounds` times. */
export function fileDraws(rows: readonly Judged[], rounds: number, seed: number): Float64Array[] {
  const files = [...new Set(rows.map(({ file }) => file))];
  const place = new Map(files.map((file, i) => [file, i]));
  const random = randomFrom(seed);
  return Array.from({ length: rounds }, () => {
    const drawn = new Float64Array(files.length);
    for (let i = 0; i < files.length; i++) {
      const at = Math.floor(random() * files.length);
      drawn[at] = (drawn[at] as number) + 1;
    }
    return Float64Array.from(rows, ({ file }) => drawn[place.get(file) as number] as number);
  });
}

/**
 * The chance that of two functions, one fixed later and one not, the fixed one has the higher value; ties count half.
 * With `strata` only functions of one stratum are compared.
 */
export function auc(
  rows: readonly Judged[],
  value: (row: Judged) => number,
  strata?: (row: Judged) => number,
): Statistic {
  const groups = new Map<number, number[]>();
  rows.forEach((row, i) => {
    const stratum = strata?.(row) ?? 0;
    const group = groups.get(stratum);
    if (group) group.push(i);
    else groups.set(stratum, [i]);
  });
  const values = rows.map(value);
  const sorted = [...groups.values()].map((group) =>
    group.sort((a, b) => (values[a] as number) - (values[b] as number)),
  );
  return (weights) => {
    let wins = 0;
    let pairs = 0;
    for (const group of sorted) {
      let below = 0;
      let fixedAll = 0;
      for (let i = 0; i < group.length; ) {
        let fixed = 0;
        let other = 0;
        const tie = values[group[i] as number];
        for (; i < group.length && values[group[i] as number] === tie; i++) {
          const index = group[i] as number;
          if ((rows[index] as Judged).isFixed) fixed += weights[index] as number;
          else other += weights[index] as number;
        }
        wins += fixed * (below + other / 2);
        below += other;
        fixedAll += fixed;
      }
      pairs += fixedAll * below;
    }
    return pairs === 0 ? Number.NaN : wins / pairs;
  };
}

/** Functions whose lengths differ by less than a fifth. */
export function lengthStratum({ lines }: Judged): number {
  return Math.round(Math.log(lines) / Math.log(1.2));
}

/** Logarithm of the value's odds ratio, per standard deviation, once log length is known. */
export function logOddsRatio(rows: readonly Judged[], value: (row: Judged) => number): Statistic {
  const x = standardized(rows.map(value));
  const length = standardized(rows.map(({ lines }) => Math.log(lines)));
  return (weights) => logistic([length, x], rows, weights)[2] as number;
}

function standardized(values: readonly number[]): Float64Array {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) || 1;
  return Float64Array.from(values, (v) => (v - mean) / deviation);
}

/** Logistic regression by Newton's method: intercept, then one coefficient a column. A little ridge keeps it finite. */
export function logistic(
  columns: readonly Float64Array[],
  rows: readonly Judged[],
  weights: Float64Array,
): Float64Array {
  const size = columns.length + 1;
  const beta = new Float64Array(size);
  const x = new Float64Array(size);
  for (let round = 0; round < 25; round++) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    for (let i = 0; i < rows.length; i++) {
      const weight = weights[i] as number;
      if (weight === 0) continue;
      x[0] = 1;
      for (let j = 1; j < size; j++) x[j] = (columns[j - 1] as Float64Array)[i] as number;
      let z = 0;
      for (let j = 0; j < size; j++) z += (beta[j] as number) * (x[j] as number);
      const p = 1 / (1 + Math.exp(-z));
      const error = weight * (((rows[i] as Judged).isFixed ? 1 : 0) - p);
      const curve = weight * p * (1 - p);
      for (let j = 0; j < size; j++) {
        gradient[j] = (gradient[j] as number) + error * (x[j] as number);
        const line = hessian[j] as Float64Array;
        for (let k = 0; k <= j; k++) line[k] = (line[k] as number) + curve * (x[j] as number) * (x[k] as number);
      }
    }
    for (let j = 0; j < size; j++) {
      if (j > 0) gradient[j] = (gradient[j] as number) - 1e-3 * (beta[j] as number);
      (hessian[j] as Float64Array)[j] = ((hessian[j] as Float64Array)[j] as number) + 1e-3;
      for (let k = 0; k < j; k++) (hessian[k] as Float64Array)[j] = (hessian[j] as Float64Array)[k] as number;
    }
    const step = solve(hessian, gradient);
    let largest = 0;
    for (let j = 0; j < size; j++) {
      beta[j] = (beta[j] as number) + (step[j] as number);
      largest = Math.max(largest, Math.abs(step[j] as number));
    }
    if (largest < 1e-6) break;
  }
  return beta;
}

function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const a: Float64Array[] = matrix.map((line, i) => Float64Array.from([...line, right[i] as number]));
  for (let i = 0; i < size; i++) {
    let pivot = i;
    for (let j = i + 1; j < size; j++) {
      if (Math.abs((a[j] as Float64Array)[i] as number) > Math.abs((a[pivot] as Float64Array)[i] as number)) pivot = j;
    }
    [a[i], a[pivot]] = [a[pivot] as Float64Array, a[i] as Float64Array];
    const line = a[i] as Float64Array;
    for (let j = 0; j < size; j++) {
      if (j === i) continue;
      const other = a[j] as Float64Array;
      const factor = (other[i] as number) / (line[i] as number);
      for (let k = i; k <= size; k++) other[k] = (other[k] as number) - factor * (line[k] as number);
    }
  }
  return Float64Array.from(a, (line, i) => (line[size] as number) / (line[i] as number));
}

/** The middle 95%. */
export function interval(samples: readonly number[]): { low: number; high: number } {
  const sorted = samples.filter((sample) => !Number.isNaN(sample)).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(0.025), high: at(0.975) };
}
