import type { FileSummary } from "../fileSummary";
import { keyHash } from "./signatures";
import type { TypeDeclaration } from "./types";

/** Longer chains of names that stand for names are given up. */
export const maxDepth = 24;
/**
 * Names that stand for one another in many ways have more ways to follow than there is time. In code people write,
 * hardly a question needs a third of these steps, no file half of them.
 */
const maxStepsPerQuestion = 8000;
const maxStepsPerFile = 400_000;
/** A file that takes fewer steps is told what it would be told without their limit. */
export const stepsWithoutLimit = maxStepsPerFile - maxStepsPerQuestion;
/** Enough for nearly every question of a file that has used up its steps. */
const minStepsPerQuestion = 200;

/** An answer with everything it rests on. */
export interface Memo<V> {
  readonly value: V;
  /** Hashes of the keys that were consulted for it. */
  readonly keys: readonly number[];
  /** Other answers it was made of. */
  readonly inputs: readonly Memo<unknown>[];
  /** How much deeper than its question it took to find it, and in how many steps. */
  readonly height: number;
  readonly steps: number;
  /** The only file it is good for, where it depends on who asks. */
  readonly asking: FileSummary | undefined;
  /** Whether it is good for tests or for other files, where it depends on that. */
  readonly forTests: boolean | undefined;
  /** The revision it was last known to hold in. */
  verifiedAt: number;
  /** The last collection of keys that came by. */
  collectedBy: number;
}

/** Where the answers to one kind of question are kept. */
interface AnswerTable<K, V> {
  get(key: K): Memo<V> | undefined;
  set(key: K, memo: Memo<V>): unknown;
}

interface KeptAnswer {
  table: Map<unknown, Memo<unknown>>;
  key: unknown;
  memo: Memo<unknown>;
}

/** So often answers that no longer hold are dropped. */
const revisionsKept = 4;

const noKeys: readonly number[] = [];
const noInputs: readonly Memo<unknown>[] = [];

/**
 * Keeps the answers to questions about what files declare, with the keys they rest on, for whichever file asks next.
 *
 * An answer is used again only where finding it anew would give the same: one that a bound or a circle has cut short is
 * never kept, and the depth and the steps of one that is kept are charged to whoever uses it. So what a file is told
 * does not depend on what was asked before. (Could a question be part of a circle when it is asked in one place and not
 * in another? Then it would be one of that circle wherever it is asked, and have been cut short.)
 */
export class QueryCache {
  /** Keys and inputs of the answers that are being looked for, the outermost one's first. */
  private readonly keys: number[] = [];
  private readonly inputs: Memo<unknown>[] = [];
  /** What is noted of the innermost of them. */
  private deepest = 0;
  private isCut = false;
  private dependsOnAsking = false;
  private dependsOnTest = false;

  private asking: FileSummary | undefined;
  private stepsLeft = 0;
  private stepsLeftInFile = 0;
  private revision = 0;
  private readonly changedAt = new Map<number, number>();
  private collections = 0;
  /** Hashes of what keys start with, by module. */
  private readonly prefixes = new Map<string, { name: number; type: number }>();

  /** The number of answers kept. */
  size = 0;
  /** Those that came after the first revision, which is dropped where it is large. */
  private later: KeptAnswer[] = [];

  /** What the keys stand for is not what it was. */
  invalidate(keys: Iterable<number>): void {
    this.revision++;
    for (const key of keys) this.changedAt.set(key, this.revision);
    if (this.revision % revisionsKept === 0) this.dropOutdated();
  }

  /** An answer that nobody asks for again would keep alive the version of a file that it was made of. */
  private dropOutdated(): void {
    const holding = this.later.filter(({ table, key, memo }) => {
      if (table.get(key) !== memo) return false;
      if (this.holds(memo)) return true;
      table.delete(key);
      return false;
    });
    this.size -= this.later.length - holding.length;
    this.later = holding;
  }

  /** What is consulted from now on, is for this file. */
  startFile(file: FileSummary): void {
    this.asking = file;
    this.keys.length = 0;
    this.inputs.length = 0;
    this.stepsLeftInFile = maxStepsPerFile;
  }

  /** How far the answer to a question is followed depends on its file alone, as everything else about it. */
  startQuestion(): void {
    this.stepsLeft = Math.max(minStepsPerQuestion, Math.min(maxStepsPerQuestion, this.stepsLeftInFile));
  }

  /** Notes that the answer depends on what a key stands for, whether or not it stands for something. */
  consult(key: string): void {
    this.keys.push(keyHash(key));
  }

  /** Notes that the answer depends on what a module declares under a name. */
  consultName(module: string, name: string): void {
    this.keys.push(keyHash(name, this.prefixesOf(module).name));
  }

  /** Notes that the answer depends on what is inside a type. */
  consultType({ module, facts }: TypeDeclaration): void {
    this.keys.push(keyHash(facts.name, this.prefixesOf(module).type));
  }

  private prefixesOf(module: string): { name: number; type: number } {
    let prefixes = this.prefixes.get(module);
    if (!prefixes) {
      prefixes = { name: keyHash(`d:${module}.`), type: keyHash(`t:${module}.`) };
      this.prefixes.set(module, prefixes);
    }
    return prefixes;
  }

  /** Whether this file asks; the answer depends on it. */
  isAsking(file: FileSummary): boolean {
    this.dependsOnAsking = true;
    return file === this.asking;
  }

  /** Whether a test asks; the answer depends on it. */
  isAskedByTest(): boolean {
    this.dependsOnTest = true;
    return this.asking?.isTest ?? false;
  }

  /** Notes that the answer is cut short: it is then not one to keep. */
  cut(): void {
    this.isCut = true;
  }

  /** Takes a step; whether a bound cuts the answer short. */
  isTooDeep(depth: number): boolean {
    this.stepsLeftInFile--;
    if (depth > this.deepest) this.deepest = depth;
    if (depth <= maxDepth && --this.stepsLeft >= 0) return false;
    this.isCut = true;
    return true;
  }

  /** An answer that can be used again at this depth. */
  recall<V>(memo: Memo<V> | undefined, depth: number): memo is Memo<V> {
    if (!memo || (memo.asking && memo.asking !== this.asking)) return false;
    if (memo.forTests !== undefined && memo.forTests !== this.asking?.isTest) return false;
    const deepest = depth + memo.height;
    if (deepest > maxDepth || memo.steps > this.stepsLeft || !this.holds(memo)) return false;
    this.stepsLeft -= memo.steps;
    this.stepsLeftInFile -= memo.steps;
    if (deepest > this.deepest) this.deepest = deepest;
    if (memo.asking) this.dependsOnAsking = true;
    if (memo.forTests !== undefined) this.dependsOnTest = true;
    if (memo.keys.length + memo.inputs.length > 0) this.inputs.push(memo);
    return true;
  }

  /** The answer in a table, or else the one that is found. */
  answer<K, V>(table: AnswerTable<K, V>, key: K, depth: number, find: () => V): V {
    const known = table.get(key);
    return this.recall(known, depth) ? known.value : this.find(table, key, depth, find);
  }

  /** Finds an answer, and keeps it in a table where that is right. */
  find<K, V>(table: AnswerTable<K, V>, key: K, depth: number, find: () => V): V {
    const { deepest, isCut, dependsOnAsking, dependsOnTest, stepsLeft, keys, inputs } = this;
    const firstKey = keys.length;
    const firstInput = inputs.length;
    this.deepest = depth;
    this.isCut = false;
    this.dependsOnAsking = false;
    this.dependsOnTest = false;
    const value = find();
    if (!this.isCut) {
      const memo: Memo<V> = {
        value,
        keys: keys.length > firstKey ? keys.slice(firstKey) : noKeys,
        inputs: inputs.length > firstInput ? inputs.slice(firstInput) : noInputs,
        height: this.deepest - depth,
        steps: stepsLeft - this.stepsLeft,
        asking: this.dependsOnAsking ? this.asking : undefined,
        forTests: this.dependsOnTest ? this.asking?.isTest : undefined,
        verifiedAt: this.revision,
        collectedBy: 0,
      };
      this.size++;
      table.set(key, memo);
      if (this.revision > 1 && table instanceof Map) this.later.push({ table, key, memo });
      keys.length = firstKey;
      inputs.length = firstInput;
      inputs.push(memo);
    }
    if (deepest > this.deepest) this.deepest = deepest;
    this.isCut ||= isCut;
    this.dependsOnAsking ||= dependsOnAsking;
    this.dependsOnTest ||= dependsOnTest;
    return value;
  }

  private holds(memo: Memo<unknown>): boolean {
    if (memo.verifiedAt === this.revision) return true;
    for (const key of memo.keys) if ((this.changedAt.get(key) ?? 0) > memo.verifiedAt) return false;
    for (const input of memo.inputs) if (!this.holds(input)) return false;
    memo.verifiedAt = this.revision;
    return true;
  }

  /**
   * Hashes of all keys consulted for the file, sorted, each once, and in how many steps.
   *
   * @param others consulted besides
   */
  consulted(others: Int32Array): { keys: Int32Array; steps: number } {
    const { keys, inputs } = this;
    for (const key of others) keys.push(key);
    const serial = ++this.collections;
    for (let memo = inputs.pop(); memo; memo = inputs.pop()) {
      if (memo.collectedBy === serial) continue;
      memo.collectedBy = serial;
      for (const key of memo.keys) keys.push(key);
      for (const input of memo.inputs) if (input.collectedBy !== serial) inputs.push(input);
    }
    const sorted = Int32Array.from(keys).sort();
    let count = 0;
    for (const key of sorted) if (count === 0 || sorted[count - 1] !== key) sorted[count++] = key;
    return { keys: sorted.slice(0, count), steps: maxStepsPerFile - this.stepsLeftInFile };
  }
}
