import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { SyntaxHost } from "../core/syntax/syntaxParser";

/** Reads the wasm files that lie beside the bundle. */
export function createSyntaxHost(directory: string = __dirname): SyntaxHost {
  return {
    readWasm: (name) => readFile(join(directory, `${name}.wasm`)),
    now: () => performance.now(),
  };
}
