/**
 * The texts of the tokens of one file, each once. Finding a text by where it stands makes no string of it, and comparing
 * two of them is comparing their numbers.
 */
export class TextTable {
  /** By id, detached from the file so that keeping a text does not keep the whole file in memory. */
  readonly texts: string[] = [];
  /** 64 bits for each text, by id * 2. */
  private hashes = new Int32Array(512);
  /** Ids + 1 by hash, with open addressing; a power of two long. */
  private slots = new Int32Array(1024);
  private readonly hash = new TextHash();

  constructor(private readonly source: string) {}

  idOf(start: number, end: number): number {
    const { hash, hashes, slots } = this;
    hash.update(this.source, start, end);
    const { high, low } = hash;
    const mask = slots.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const id = (slots[slot] as number) - 1;
      if (id < 0) return this.add(start, end, slot);
      if (hashes[id * 2] === high && hashes[id * 2 + 1] === low && this.isText(id, start, end)) return id;
    }
  }

  textOf(start: number, end: number): string {
    return this.texts[this.idOf(start, end)] as string;
  }

  highOf(id: number): number {
    return this.hashes[id * 2] as number;
  }

  lowOf(id: number): number {
    return this.hashes[id * 2 + 1] as number;
  }

  private isText(id: number, start: number, end: number): boolean {
    const text = this.texts[id] as string;
    if (text.length !== end - start) return false;
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== this.source.charCodeAt(start + i)) return false;
    return true;
  }

  private add(start: number, end: number, slot: number): number {
    const id = this.texts.length;
    this.texts.push(detached(this.source.slice(start, end)));
    if (this.hashes.length === id * 2) {
      const hashes = new Int32Array(id * 4);
      hashes.set(this.hashes);
      this.hashes = hashes;
    }
    this.hashes[id * 2] = this.hash.high;
    this.hashes[id * 2 + 1] = this.hash.low;
    this.slots[slot] = id + 1;
    if (id * 2 > this.slots.length) this.rehash();
    return id;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.texts.length; id++) {
      let slot = this.lowOf(id) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.slots = slots;
  }
}

/** A hash of a text in 64 bits, the same everywhere and always: two multiplications a character, mixed at the end. */
export class TextHash {
  high = 0;
  low = 0;

  update(text: string, start = 0, end = text.length): this {
    let high = 0xdeadbeef | 0;
    let low = 0x41c6ce57;
    for (let i = start; i < end; i++) {
      const code = text.charCodeAt(i);
      high = Math.imul(high ^ code, 0x9e3779b1);
      high = (high << 13) | (high >>> 19);
      low = Math.imul(low ^ code, 0x5f356495);
      low = (low << 17) | (low >>> 15);
    }
    high ^= end - start;
    high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
    low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
    this.high = high;
    this.low = low;
    return this;
  }
}

/** The engine copies shorter parts of a text at once. */
export const shortestSlice = 13;

/** A copy of a text that may be a slice of a larger one. */
export function detached(text: string): string {
  // Of a longer text a slice keeps all of what it is a slice of: here of nothing but itself and a blank.
  return text.length < shortestSlice ? text : ` ${text}`.slice(1);
}
