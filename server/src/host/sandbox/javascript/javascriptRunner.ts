import { readFile } from "node:fs/promises";
import { join } from "node:path";
import variant from "@jitl/quickjs-wasmfile-release-sync";
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from "quickjs-emscripten-core";
import { transform } from "sucrase";
import type { AbsentName, Input, Program } from "../../../core/quiz/program";
import type { Outcome, Stopped } from "../../../core/quiz/sandbox";
import { pinTimeZone } from "../pinTimeZone";
import type { PreparedProgram, Runner } from "../serveWork";
import type { Job } from "../work";
import { createMemory, MemoryImage, type WasmMemory } from "./memoryImage";

/** What QuickJS is built to begin with. */
const INITIAL_MEMORY_BYTES = 16 << 20;
/** The limit that QuickJS offers counts blocks, not bytes, where it is built with Emscripten. */
const MEMORY_BYTES = 64 << 20;
const STACK_BYTES = 1 << 20;
/** QuickJS asks each 10,000 jumps and calls. */
const MAX_INTERRUPTS = 25;
const MAX_JOBS = 10_000;
/** A program with so many calls is loaded once for all of them: an image of the memory costs less than loading again. */
const CALLS_WORTH_AN_IMAGE = 20;
/** Of a call that runs more lines, the first ones are told. */
const MAX_LINES = 3000;

/** Opens QuickJS from the files in `directory`. */
export async function openJavascriptRunner(directory: string): Promise<Runner> {
  pinTimeZone();
  const [wasm, guest] = await Promise.all([
    readFile(join(directory, "quickjs.wasm")),
    readFile(join(directory, "guest.js"), "utf8"),
  ]);
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer;
  const build = () => Machine.build(wasmBinary, guest);
  return new JavascriptRunner(await build(), build);
}

class JavascriptRunner implements Runner {
  constructor(
    private machine: Machine,
    private readonly rebuild: () => Promise<Machine>,
  ) {}

  /** Before a job. A machine that broke, or whose memory has grown, is not used again. */
  async renew(): Promise<void> {
    if (this.machine.isWorn) this.machine = await this.rebuild();
  }

  async prepare({ program, inputs, trace }: Job): Promise<PreparedProgram> {
    const source = plainSource(program, trace);
    if (typeof source !== "string") return { call: () => Promise.resolve(source) };
    const load = (machine: Machine, these: readonly Input[]) =>
      machine.load(boxText(source, program.entry, these), program.absent, these === inputs);
    let loaded: Machine | undefined;
    let isKept = inputs.length >= CALLS_WORTH_AN_IMAGE;
    return {
      call: async (input) => {
        await this.renew();
        const { machine } = this;
        // One input that cannot even be read must not keep the others from being run.
        if (isKept && loaded !== machine) isKept = load(machine, inputs) === undefined && machine.keep();
        if (isKept) loaded = machine;
        return isKept ? machine.callKept(inputs.indexOf(input)) : (load(machine, [input]) ?? machine.call(0));
      },
    };
  }
}

/** The program as JavaScript, line by line the same. */
function plainSource(program: Program, trace: boolean): string | Stopped {
  const { language } = program;
  const source = trace ? (program.traced ?? program.source) : program.source;
  if (language !== "typescript") return source;
  try {
    return transform(source, { transforms: ["typescript"], disableESTransforms: true }).code;
  } catch (error) {
    return { kind: "stopped", by: "program", detail: (error as Error).message };
  }
}

/** Begins on the first line, so that lines keep their numbers. Strict, as modules are. */
function boxText(source: string, entry: string, inputs: readonly Input[]): string {
  const args = inputs.map((input) => `() => [${input.map((text) => `(${text})`).join(", ")}]`);
  return `(() => { "use strict"; const __lines = [], __line = (line) => { if (__lines.length < ${MAX_LINES}) __lines[__lines.length] = line; }; ${source}
if (typeof (${entry}) !== "function") throw new TypeError(${JSON.stringify(`${entry} is not a function`)});
return { call: (...args) => (${entry})(...args), inputs: [${args.join(", ")}], lines: __lines }; })()`;
}

type GuestFunctions = Record<"lack" | "start" | "finish", QuickJSHandle>;

/** QuickJS with one realm for programs and one for telling what they did. Every call begins with the same memory. */
class Machine {
  private readonly image: MemoryImage;
  private loaded: MemoryImage | undefined;
  private box: QuickJSHandle | undefined;
  private interrupts = 0;
  private isBroken = false;

  static async build(wasmBinary: ArrayBuffer, guestText: string): Promise<Machine> {
    const memory = createMemory(INITIAL_MEMORY_BYTES, MEMORY_BYTES);
    const quickjs = await newQuickJSWASMModuleFromVariant(
      newVariant(variant, { wasmBinary, wasmMemory: memory as never }),
    );
    const runtime = quickjs.newRuntime({ maxStackSizeBytes: STACK_BYTES });
    const program = runtime.newContext();
    const guest = runtime.newContext();
    const face = guest.unwrapResult(guest.evalCode(guestText, "guest.js"));
    const furnish = guest.getProp(face, "furnish");
    guest.unwrapResult(guest.callFunction(furnish, guest.undefined, program.global));
    const [lack, start, finish] = ["lack", "start", "finish"].map((name) => guest.getProp(face, name));
    const functions = { lack, start, finish } as GuestFunctions;
    return new Machine(runtime, program, guest, functions, memory);
  }

  private constructor(
    private readonly runtime: QuickJSRuntime,
    private readonly program: QuickJSContext,
    private readonly guest: QuickJSContext,
    private readonly functions: GuestFunctions,
    private readonly memory: WasmMemory,
  ) {
    runtime.setInterruptHandler(() => ++this.interrupts > MAX_INTERRUPTS);
    this.image = new MemoryImage(memory);
  }

  get isWorn(): boolean {
    return this.isBroken || this.image.hasGrown;
  }

  /** Handles are not disposed of: the memory they point into is written over before the next program is loaded. */
  load(text: string, absent: readonly AbsentName[] = [], isToBeKept = false): Outcome | undefined {
    return this.guarded(() => {
      if (isToBeKept) this.image.restoreAll();
      else this.image.restore();
      this.interrupts = 0;
      if (absent.length > 0) {
        const names = this.guest.newString(absent.map(({ name }) => name).join(" "));
        this.guest.unwrapResult(this.guest.callFunction(this.functions.lack, this.guest.undefined, names));
      }
      const box = this.program.evalCode(text, "program.js");
      if (box.error) return this.stopped(box.error);
      this.box = box.value;
      return undefined;
    });
  }

  /** Has each `callKept` begin with what is loaded now; whether that can be. */
  keep(): boolean {
    if (this.isWorn) return false;
    this.loaded = new MemoryImage(this.memory);
    return true;
  }

  callKept(index: number): Outcome {
    this.loaded?.restore();
    return this.call(index);
  }

  /** The program that is loaded, with one of its inputs. */
  call(index: number): Outcome {
    const outcome = this.guarded(() => {
      this.interrupts = 0;
      const input = this.guest.newNumber(index);
      const started = this.guest.callFunction(
        this.functions.start,
        this.guest.undefined,
        this.box as QuickJSHandle,
        input,
      );
      if (started.error) return this.stopped(started.error);
      const jobs = this.runtime.executePendingJobs(MAX_JOBS);
      if (jobs.error) return this.stopped(jobs.error);
      if (this.runtime.hasPendingJob()) return { kind: "stopped", by: "steps" };
      const told = this.guest.callFunction(this.functions.finish, this.guest.undefined);
      return told.error ? this.stopped(told.error) : JSON.parse(this.guest.getString(told.value));
    });
    return outcome as Outcome;
  }

  private guarded(run: () => Outcome | undefined): Outcome | undefined {
    try {
      return run();
    } catch (error) {
      // The stack of the thread itself is at its end, or QuickJS has met a state it does not expect.
      this.isBroken = true;
      return { kind: "stopped", by: error instanceof RangeError ? "depth" : "memory" };
    }
  }

  private stopped(error: QuickJSHandle): Stopped {
    if (this.interrupts > MAX_INTERRUPTS) return { kind: "stopped", by: "steps" };
    const name = this.textOf(error, "name");
    const message = this.textOf(error, "message");
    if (message === "out of memory") return { kind: "stopped", by: "memory" };
    if (message === "stack overflow") return { kind: "stopped", by: "depth" };
    return { kind: "stopped", by: "program", detail: name ? `${name}: ${message}` : "it throws when it is loaded" };
  }

  private textOf(error: QuickJSHandle, property: string): string {
    return this.guest.getString(this.guest.getProp(error, property));
  }
}
