import { lastPart } from "../accessPath";
import type { CallSummary, FileSummary, FunctionSummary } from "../fileSummary";
import { type FileAnswers, ownerOf } from "./fileAnswers";
import type { CallTarget } from "./links";
import { loopsAround } from "./loopPace";
import type { Place } from "./place";

/** Finds the calls of what fields and variables of a file keep. */
export class KeptCalls {
  constructor(
    private readonly file: FileSummary,
    private readonly answers: FileAnswers,
    private readonly tellsByTypes: boolean,
  ) {}

  /** The calls that lead nowhere but to a function that a field or a variable keeps, or each of several. */
  calls(
    { calls, flow }: Pick<FunctionSummary, "calls" | "flow">,
    targets: readonly CallTarget[],
    place: Place,
  ): ReadonlyMap<number, string> | undefined {
    let found: Map<number, string> | undefined;
    const loops = this.tellsByTypes ? loopsAround(flow) : undefined;
    targets.forEach((target, i) => {
      const { callee = "", origin = callee, accesses } = calls[i] ?? {};
      // What is only read is not called.
      if (accesses) return;
      const isListener = isOfListener(target, origin) && this.answers.fieldKey(origin, place) === "";
      const isFunctional = isFunctionalMethod(target) || this.answers.isAbstract(target) || isListener;
      if (!isFunctional && (target.functions.length > 0 || target.external || target.alternatives)) return;
      // Where a variable has a type, that is all its path tells of it.
      const isTyped = isFunctional && /^<(?!func#)[^.]*>\.\w+$/.test(origin);
      const held = isTyped ? loops?.get(i) : isFunctional ? ownerOf(origin) : origin;
      const path = held === undefined ? undefined : goneOver(held, this.file);
      const field = path === undefined ? "" : this.answers.fieldKey(path, place);
      if (field === "") return;
      found ??= new Map();
      found.set(i, field);
    });
    return found;
  }

  /** The calls of what is looked up by a key in a field or a variable: `this.table[name](args)`, `run = TABLE.get(name)`. */
  callsByKey(
    calls: readonly CallSummary[],
    targets: readonly CallTarget[],
    place: Place,
  ): ReadonlyMap<number, string> | undefined {
    let found: Map<number, string> | undefined;
    targets.forEach((target, i) => {
      const { callee = "", origin = callee, accesses } = calls[i] ?? {};
      if (accesses) return;
      const isMethod = isFunctionalMethod(target) || this.answers.isOfInterface(target);
      if (!isMethod && (target.functions.length > 0 || target.entry)) return;
      const written = lookedUp.exec(origin)?.[1];
      const table = written ?? (isMethod ? this.tableAskedFor(origin, calls.slice(0, i)) : undefined);
      const field = table === undefined ? "" : this.answers.fieldKey(table, place);
      if (field === "") return;
      found ??= new Map();
      found.set(i, field);
    });
    return found;
  }

  /** Where a variable has a type, that is all its path tells of it: the table that was asked before for one of that type. */
  private tableAskedFor(origin: string, before: readonly CallSummary[]): string | undefined {
    const type = /^<([\w.]+)(?:<.*>)?>\.\w+$/.exec(origin)?.[1];
    if (type === undefined) return undefined;
    for (const { callee, origin: path = callee } of before) {
      const table = /^(.+)\.get(?:OrDefault)?$/.exec(path)?.[1];
      const name = table && lastPart(table);
      const field = this.file.types.flatMap(({ fields }) => fields).find((one) => one.name === name);
      if (field?.type && new RegExp(`\\bMap<.*,\\s*${type}\\b`).test(field.type)) return table;
    }
    return undefined;
  }
}

/** One of many by its key, or a part of it; in Go beside whether there is one. */
const lookedUp = /^(.*[\w$>])(?:\[\]|\.get(?:OrDefault)?\(\))(?:#0)?(?:\.\w+)?$/;

const functionalInterface = /^java\.(?:util\.function\.|lang\.Runnable\.run|util\.concurrent\.Callable\.call)/;

function isFunctionalMethod({ external }: CallTarget): boolean {
  return external !== undefined && functionalInterface.test(`${external.module}.${external.symbol}`);
}

/** A method of each of those that listen, of which no implementation is known: `for l in self._listeners: l.changed()`. */
function isOfListener({ functions, alternatives, entry }: CallTarget, origin: string): boolean {
  return functions.length === 0 && !alternatives && !entry && methodOfListener.test(origin);
}

const methodOfListener = /(?:listener|observer|subscriber|handler|callback|hook|watcher)s?(?:\[\w*\])+\.\w+$/i;

/** Of what a function is handed for each element of a collection, that collection: `listeners.forEach((l) => l(n))`. */
function goneOver(path: string, { functions }: FileSummary): string {
  const index = /^<func#(\d+)@0>$/.exec(path)?.[1];
  const { calls = [] } = functions[functions[Number(index)]?.parent ?? -1] ?? {};
  const loop = calls.find(
    ({ callee, arguments: [given] }) => given === `<func#${index}>` && callee.endsWith(".forEach"),
  );
  return loop ? ownerOf(loop.origin ?? loop.callee).replace(/\.values\(\)$/, "") : path;
}
