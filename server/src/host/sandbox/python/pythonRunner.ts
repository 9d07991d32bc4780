import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadPyodide } from "pyodide";
import type { Outcome } from "../../../core/quiz/sandbox";
import { pinTimeZone } from "../pinTimeZone";
import type { Runner } from "../serveWork";
import { guardWebAssembly, sealThread, watchClock } from "./seal";

/** A part of Pyodide's lock file: no package is ever loaded, but the versions are compared. */
const LOCK = { info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten", version: "", python: "" } };
/** `Py_TPFLAGS_IMMUTABLETYPE`, and where the flags of a class lie on wasm32. */
const IMMUTABLE = 1 << 8;
const FLAGS_OFFSET = 84;

interface Internals {
  _module: { HEAPU32: Uint32Array };
}

/**
 * Opens Pyodide from the files in `directory`, and closes everything around it.
 *
 * @param hashSeed the order of a set of strings hangs on it
 */
export async function openPythonRunner(directory: string, hashSeed: number): Promise<Runner> {
  pinTimeZone();
  guardWebAssembly();
  const [text, pyodide] = await Promise.all([
    readFile(join(directory, "sandbox.py"), "utf8"),
    loadPyodide({
      indexURL: directory,
      jsglobals: {},
      // biome-ignore lint/suspicious/noExplicitAny: the type wants all that a real lock file has.
      lockFileContents: { ...LOCK, packages: {} } as any,
      env: { PYTHONHASHSEED: String(hashSeed), HOME: "/home", TZ: "UTC" },
      stdin: () => null,
      stdout: () => {},
      stderr: () => {},
    }),
  ]);
  pyodide.runPython(text);
  const [run, classes, seal] = ["run", "library_classes", "seal"].map((name) => pyodide.globals.get(name));
  makeImmutable((pyodide as unknown as Internals)._module.HEAPU32, JSON.parse(classes()));
  seal();
  const clock = watchClock();
  sealThread();
  return {
    prepare: async ({ program: { source, entry, absent = [] }, trace }) => ({
      call: async (input) => {
        clock.wasRead = false;
        const outcome: Outcome = JSON.parse(
          run(JSON.stringify([source, entry, input, trace, absent.map(({ name }) => name)])),
        );
        if (!clock.wasRead) return outcome;
        return { kind: "stopped", by: "outside", detail: "asks for the clock or for chance" };
      },
    }),
  };
}

/** Classes written in C cannot be written on; now those written in Python cannot either. */
function makeImmutable(memory: Uint32Array, classes: readonly [address: number, flags: number][]): void {
  for (const [address, flags] of classes) {
    const at = (address + FLAGS_OFFSET) / 4;
    if (memory[at] !== flags) throw new Error("Classes of this Python are laid out differently");
    memory[at] = flags | IMMUTABLE;
  }
}
