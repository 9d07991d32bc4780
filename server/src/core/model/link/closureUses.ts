import type { CallSummary, FileSummary, FunctionSummary } from "../fileSummary";

/** The call that a function is handed to where it is written. */
interface ClosureUse {
  call: CallSummary;
  /** The type around the call. */
  typeName: string | undefined;
  argument: number;
  keyword: string | undefined;
}

/** Where the functions of a file are handed over, by index of the function. */
export function closureUses(file: FileSummary): ReadonlyMap<number, ClosureUse> {
  const uses = new Map<number, ClosureUse>();
  const note = (call: CallSummary, typeName: string | undefined) => {
    for (const [argument, path] of call.arguments.entries()) {
      const [, keyword, closure] = /^(?:(\w+)=)?<func#(\d+)>$/.exec(path) ?? [];
      if (closure) uses.set(Number(closure), { call, typeName, argument, keyword });
    }
  };
  for (const call of file.calls) note(call, undefined);
  for (const fn of file.functions) for (const call of fn.calls) note(call, enclosingType(file, fn));
  return uses;
}

/** The type a function belongs to, also from inside the functions in its methods. */
export function enclosingType(file: FileSummary, fn: FunctionSummary): string | undefined {
  for (let current: FunctionSummary | undefined = fn; current; ) {
    if (current.typeName) return current.typeName;
    current = current.parent === undefined ? undefined : file.functions[current.parent];
  }
  return undefined;
}
