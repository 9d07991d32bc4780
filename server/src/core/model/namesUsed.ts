import type { FileFacts } from "./facts";
import { walkSteps } from "./walkSteps";

/** What code calls and names, as written. */
export interface NamesUsed {
  calls: string[];
  names: string[];
}

/** What each line of a file calls and names: small enough to be kept where the facts are not. */
export class NameIndex {
  private readonly starts: Int32Array;
  private readonly texts: string[];
  private readonly isCall: Uint8Array;
  private readonly lineStarts: readonly number[];

  constructor(facts: FileFacts) {
    const uses: { start: number; text: string; isCall: boolean }[] = [];
    const add = (start: number, text: string, isCall = false) => uses.push({ start, text, isCall });
    for (const fn of facts.functions) {
      if (fn.name) add(fn.nameSpan.start, fn.name);
      walkSteps(fn.steps, (step) => {
        if (step.kind === "call") add(step.start, step.callee, true);
        else if (step.kind === "read" || step.kind === "write") add(step.start, step.path);
      });
    }
    for (const { start, name } of [...facts.types, ...facts.constants]) add(start, name);
    for (const { start, module } of facts.imports) add(start, module);
    uses.sort((a, b) => a.start - b.start);
    this.lineStarts = facts.lineStarts;
    this.starts = Int32Array.from(uses, ({ start }) => start);
    this.texts = uses.map(({ text }) => text);
    this.isCall = Uint8Array.from(uses, ({ isCall }) => (isCall ? 1 : 0));
  }

  /** On one zero-based line, or in the whole file. */
  usedOn(line?: number): NamesUsed {
    const calls = new Set<string>();
    const names = new Set<string>();
    const start = line === undefined ? 0 : (this.lineStarts[line] ?? Number.POSITIVE_INFINITY);
    const end = line === undefined ? Number.POSITIVE_INFINITY : (this.lineStarts[line + 1] ?? Number.POSITIVE_INFINITY);
    for (let i = this.firstFrom(start); i < this.starts.length && (this.starts[i] as number) < end; i++)
      (this.isCall[i] ? calls : names).add(this.texts[i] as string);
    return { calls: [...calls], names: [...names] };
  }

  private firstFrom(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
