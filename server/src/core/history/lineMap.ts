/**
 * Changed places of one file between two versions, flat: `oldStart, oldCount, newStart, newCount` for each, in order.
 * Lines are 1-based; a place without lines on one side stands before the line its start names.
 */
export type Hunks = readonly number[];

/** Half-open range of 1-based lines. */
export interface LineRange {
  start: number;
  end: number;
}

/** Hunks of one file, ready to answer where lines of the new version stood in the old one. */
export class LineMap {
  /** Lines the new version has more than the old one before each hunk. */
  private readonly shifts: number[] = [];
  private readonly count: number;

  constructor(private readonly hunks: Hunks) {
    this.count = hunks.length / 4;
    let shift = 0;
    for (let i = 0; i < this.count; i++) {
      this.shifts.push(shift);
      shift += this.newCount(i) - this.oldCount(i);
    }
    this.shifts.push(shift);
  }

  /** Whether the change added, removed or replaced lines of the range. Lines removed at its edges are not its own. */
  touches({ start, end }: LineRange): boolean {
    const first = this.firstAfter(start);
    return first < this.count && this.newStart(first) < end;
  }

  /**
   * The range in the old version, `undefined` when it begins with this change. What replaces lines across an edge of
   * the range counts on the old side with as many lines as it has inside: a range never swallows its neighbours.
   */
  rangeBefore({ start, end }: LineRange): LineRange | undefined {
    const first = this.firstAfter(start);
    if (first >= this.count || this.newStart(first) >= end) {
      const shift = this.shifts[first] as number;
      return { start: start - shift, end: end - shift };
    }
    let last = first;
    while (last + 1 < this.count && this.newStart(last + 1) < end) last++;
    if (first === last && this.newStart(first) <= start && this.newEnd(first) >= end) {
      return this.replacedBefore(first, { start, end });
    }
    const before = { start: this.startBefore(first, start), end: this.endBefore(last, end) };
    return before.start < before.end ? before : undefined;
  }

  /** Splits ranges into those that stood in the old version, in its lines, and those that are new, in the new lines. */
  split(ranges: readonly LineRange[]): { kept: LineRange[]; added: LineRange[] } {
    const kept: LineRange[] = [];
    const added: LineRange[] = [];
    for (const { start, end } of ranges) {
      let position = start;
      let index = this.firstAfter(start);
      for (; index < this.count && this.newStart(index) < end; index++) {
        const from = Math.max(position, this.newStart(index));
        const to = Math.min(end, this.newEnd(index));
        this.keep(kept, position, from, index);
        if (from < to) added.push({ start: from, end: to });
        position = Math.max(position, to);
      }
      this.keep(kept, position, end, index);
    }
    return { kept, added };
  }

  private keep(kept: LineRange[], start: number, end: number, index: number): void {
    if (start >= end) return;
    const shift = this.shifts[index] as number;
    kept.push({ start: start - shift, end: end - shift });
  }

  /** All of the range is new. Next to what it replaced in a change of its own size it is an edit, else a beginning. */
  private replacedBefore(index: number, { start, end }: LineRange): LineRange | undefined {
    const length = end - start;
    if (this.oldCount(index) === 0 || this.newCount(index) > 2 * length || this.oldCount(index) > 2 * length + 2) {
      return undefined;
    }
    const oldEnd = this.oldStart(index) + this.oldCount(index);
    const before = {
      start: Math.min(oldEnd, this.oldStart(index) + start - this.newStart(index)),
      end: Math.max(this.oldStart(index), oldEnd - (this.newEnd(index) - end)),
    };
    return before.start < before.end ? before : undefined;
  }

  private startBefore(first: number, start: number): number {
    if (start < this.newStart(first)) return start - (this.shifts[first] as number);
    const inside = this.newEnd(first) - start;
    if (start === this.newStart(first)) return this.oldStart(first);
    return this.oldStart(first) + Math.max(0, this.oldCount(first) - inside);
  }

  private endBefore(last: number, end: number): number {
    if (end > this.newEnd(last)) return end - (this.shifts[last + 1] as number);
    const inside = end - this.newStart(last);
    const taken = end === this.newEnd(last) ? this.oldCount(last) : Math.min(inside, this.oldCount(last));
    return this.oldStart(last) + taken;
  }

  /** The first hunk that ends after the line. */
  private firstAfter(line: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.newEnd(middle) > line) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private oldStart(index: number): number {
    return this.hunks[4 * index] as number;
  }
  private oldCount(index: number): number {
    return this.hunks[4 * index + 1] as number;
  }
  private newStart(index: number): number {
    return this.hunks[4 * index + 2] as number;
  }
  private newCount(index: number): number {
    return this.hunks[4 * index + 3] as number;
  }
  private newEnd(index: number): number {
    return this.newStart(index) + this.newCount(index);
  }
}

export function lineCount(ranges: readonly LineRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** How many lines two sets of ranges share; each set is free of overlaps. */
export function sharedLines(a: readonly LineRange[], b: readonly LineRange[]): number {
  let shared = 0;
  for (const x of a) {
    for (const y of b) shared += Math.max(0, Math.min(x.end, y.end) - Math.max(x.start, y.start));
  }
  return shared;
}

/** The ranges in order, those that meet put together. */
export function unionOf(ranges: readonly LineRange[]): LineRange[] {
  const union: LineRange[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = union.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else union.push({ start, end });
  }
  return union;
}
