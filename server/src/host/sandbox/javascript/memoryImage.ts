/** A `WebAssembly.Memory`, for which Node's types have no name. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { Memory: new (size: { initial: number; maximum: number }) => WasmMemory };
};

const WASM_PAGE_BYTES = 65536;
const PAGE_BYTES = 4096;
const EMPTY_PAGE = new Uint8Array(PAGE_BYTES);

/** Memory that grows to `maximum` bytes and no further. */
export function createMemory(initial: number, maximum: number): WasmMemory {
  return new WebAssembly.Memory({ initial: initial / WASM_PAGE_BYTES, maximum: maximum / WASM_PAGE_BYTES });
}

/** What a WebAssembly memory holds at one moment, to be put back as often as wanted. */
export class MemoryImage {
  private readonly bytes: number;
  private readonly runs: { at: number; content: Uint8Array }[] = [];

  constructor(private readonly memory: WasmMemory) {
    const all = Buffer.from(memory.buffer);
    this.bytes = all.length;
    let begin = -1;
    for (let at = 0; at <= all.length; at += PAGE_BYTES) {
      const isUsed = at < all.length && all.compare(EMPTY_PAGE, 0, PAGE_BYTES, at, at + PAGE_BYTES) !== 0;
      if (isUsed && begin < 0) begin = at;
      if (isUsed || begin < 0) continue;
      this.runs.push({ at: begin, content: new Uint8Array(memory.buffer.slice(begin, at)) });
      begin = -1;
    }
  }

  /** A memory that has grown stays so: allocation is not as it was. */
  get hasGrown(): boolean {
    return this.memory.buffer.byteLength !== this.bytes;
  }

  /** Pages that were empty keep what is in them now: an allocator takes nothing in them for granted. */
  restore(): void {
    const all = new Uint8Array(this.memory.buffer);
    for (const { at, content } of this.runs) all.set(content, at);
  }

  /** With empty pages empty again, for another image that is to hold no more than it must. */
  restoreAll(): void {
    new Uint8Array(this.memory.buffer).fill(0);
    this.restore();
  }
}
