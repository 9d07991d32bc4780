/** What a thread's WebAssembly may take of memory. */
const MEMORY_BYTES = 256 << 20;
const PAGE_BYTES = 65536;
const NO_SUCH_CALL = 52;
/** Emscripten's ways out in Node: a shell, sockets, more code, native calls. */
const CLOSED_IMPORTS =
  /^(_emscripten_system|__syscall_(accept4|bind|connect|getpeername|getsockname|getsockopt|listen|recvfrom|recvmsg|sendmsg|sendto|socket)|_maybe_\w+_async|_try_shutdown|_dlopen_js|_emscripten_dlopen_js|_setitimer_js)$/;
const FATAL_IMPORTS = /^(ffi_call_js|ffi_closure_alloc_js|ffi_prep_closure_loc_js|raw_call_js)$/;

type Imports = Record<string, Record<string, unknown>>;

// Node's types have no WebAssembly.
interface WebAssemblyGlobal {
  instantiate(code: unknown, imports: Imports): Promise<unknown>;
  Memory: { prototype: { grow(pages: number): number; readonly buffer: ArrayBuffer } };
}

const globals = globalThis as unknown as Record<string, unknown> & { WebAssembly: WebAssemblyGlobal };

/** From now on modules get neither the machine nor more memory than fits. To be called before anything is loaded. */
export function guardWebAssembly(): void {
  const { WebAssembly } = globals;
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = (code, imports) => {
    for (const functions of Object.values(imports ?? {})) closeImports(functions);
    return instantiate.call(WebAssembly, code, imports);
  };
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * PAGE_BYTES > MEMORY_BYTES) throw new RangeError("Out of memory");
    return grow.call(this, pages);
  };
}

function closeImports(functions: Record<string, unknown>): void {
  for (const name of Object.keys(functions)) {
    if (CLOSED_IMPORTS.test(name)) functions[name] = () => -NO_SUCH_CALL;
    else if (name === "random_get") functions[name] = withNotice(functions[name] as (...args: unknown[]) => unknown);
    else if (FATAL_IMPORTS.test(name))
      functions[name] = () => {
        throw new Error(`${name} is closed`);
      };
  }
}

/** Tells whether the clock or chance was asked for, whatever became of the answer. */
export function watchClock(): { wasRead: boolean } {
  const watch = { wasRead: false };
  const read = () => {
    watch.wasRead = true;
    return 0;
  };
  Date.now = read;
  Object.defineProperty(globals.performance, "now", { value: read });
  onRandom = () => {
    watch.wasRead = true;
  };
  return watch;
}

let onRandom = () => {};

function withNotice(give: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    onRandom();
    return give(...args);
  };
}

/**
 * Whoever gets hold of an object of this thread finds no way from it to Node: nothing turns text into code, and what
 * Node gives to everyone is gone. What this thread itself still needs it holds already.
 */
export function sealThread(): void {
  for (const kind of [() => {}, async () => {}, function* () {}, async function* () {}])
    Reflect.deleteProperty(Object.getPrototypeOf(kind), "constructor");
  // An error's frames would show the functions that are running.
  Object.freeze(Error);
  for (const name of Object.getOwnPropertyNames(globalThis))
    if (!KEPT.has(name)) Reflect.deleteProperty(globalThis, name);
}

/** What Pyodide's own code looks up while it runs a call. */
const KEPT = new Set(
  "globalThis Object Array Number String Boolean Symbol BigInt Math Date Map Set WeakMap WeakSet WeakRef FinalizationRegistry Promise Proxy Reflect JSON Error TypeError RangeError SyntaxError ReferenceError EvalError URIError ArrayBuffer SharedArrayBuffer Atomics DataView Uint8Array Int8Array Uint8ClampedArray Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array BigInt64Array BigUint64Array TextDecoder TextEncoder undefined NaN Infinity isNaN isFinite parseInt parseFloat WebAssembly".split(
    " ",
  ),
);
