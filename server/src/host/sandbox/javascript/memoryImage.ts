/** A `WebAssembly.Memory`, for which Node's types have no name. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { Memory: new (size: { initial: number; maximum: number }) => WasmMemory };
};

const WASM_PAGE_BYTES = 65536;
const PAGE_BYTES = 4096;

/** Memory that grows to `maximum` bytes and no further. */
export function createMemory(initial: number, maximum: number): WasmMemory {
  return new WebAssembly.Memory({ initial: initial / WASM_PAGE_BYTES, maximum: maximum / WASM_PAGE_BYTES });
}

/** What a WebAssembly memory holds at one moment, to be put back as often as wanted. */
export class MemoryImage {
  private readonly bytes: number;
  private readonly runs: { at: number; content: Uint8Array }[] = [];

  constructor(private readonly memory: WasmMemory) {
    const words = new BigUint64Array(memory.buffer);
    const all = new Uint8Array(memory.buffer);
    this.bytes = all.length;
    const perPage = PAGE_BYTES / 8;
    let begin = -1;
    for (let page = 0; page <= words.length / perPage; page++) {
      const isUsed = words.subarray(page * perPage, (page + 1) * perPage).some((word) => word !== 0n);
      if (isUsed && begin < 0) begin = page * PAGE_BYTES;
      if (isUsed || begin < 0) continue;
      this.runs.push({ at: begin, content: all.slice(begin, page * PAGE_BYTES) });
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
}
