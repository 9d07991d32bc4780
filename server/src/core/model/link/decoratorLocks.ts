import type { AccessPath } from "../facts";
import {
  type CallSummary,
  callsOf,
  type FileSummary,
  type Flow,
  type FunctionSummary,
  flowsInside,
} from "../fileSummary";

/** What a decorator holds while it runs the function it is given: a path from that function's object, or of its own file. */
export type HeldByDecorator =
  | { of: "object"; within: string }
  /** The field that the first argument of the decorator names. */
  | { of: "object"; named: true }
  | { of: "file"; path: AccessPath };

/**
 * What a decorator takes around what it decorates, by the functions inside it: by a block (`with self.lock:`,
 * `with getattr(self, name):`), or by what it hands the call to (`this[name].runExclusive(() => original.apply(this))`).
 */
export function heldByDecorator(file: FileSummary, index: number): HeldByDecorator | undefined {
  const decorator = file.functions[index];
  if (!decorator || decorator.parent !== undefined || decorator.parameters.length === 0) return undefined;
  for (let i = index + 1; i < file.functions.length; i++) {
    const inner = file.functions[i] as FunctionSummary;
    if (inner.start >= decorator.end) break;
    const found = heldInBlock(inner, i) ?? heldDuringCall(file, inner);
    if (found) return found;
  }
  return undefined;
}

/** The block around the call of what a function around was given. */
function heldInBlock({ calls, flow }: FunctionSummary, index: number): HeldByDecorator | undefined {
  const wrapped = calls.findIndex(
    ({ origin = "" }) => /^<func#\d+@0>$/.test(origin) && !origin.startsWith(`<func#${index}@`),
  );
  if (wrapped < 0) return undefined;
  const own = `<func#${index}@0>`;
  for (const resource of blocksAround(flow, wrapped)) {
    if (resource.startsWith(`${own}.`)) return { of: "object", within: resource.slice(own.length) };
    if (/^[\w.]+$/.test(resource)) return { of: "file", path: resource };
    const asked = resource === "getattr()" && calls.find(({ callee }) => callee === "getattr")?.arguments;
    if (!asked || asked[0] !== own) continue;
    const [, name = ""] = asked;
    return name.startsWith('"')
      ? { of: "object", within: `.${JSON.parse(name) as string}` }
      : { of: "object", named: true };
  }
  return undefined;
}

function blocksAround(flow: readonly Flow[], call: number): AccessPath[] {
  for (const node of flow) {
    if (typeof node === "number") continue;
    const inside = flowsInside(node).find((inner) => callsOf(inner).includes(call));
    if (inside) return [...(node.kind === "scope" ? [node.resource] : []), ...blocksAround(inside, call)];
  }
  return [];
}

/** The lock of `this` that is given a function which goes on with the original. */
function heldDuringCall({ functions }: FileSummary, { calls }: FunctionSummary): HeldByDecorator | undefined {
  for (const { callee, arguments: given } of calls) {
    const [, within, isNamed] = /^this(?:((?:\.\w+)+)|(\[\]))\.\w+$/.exec(callee) ?? [];
    const inner = functions[Number(/^<func#(\d+)>$/.exec(given.at(-1) ?? "")?.[1] ?? -1)];
    if (!inner?.calls.some(goesOn)) continue;
    if (isNamed) return { of: "object", named: true };
    if (within !== undefined) return { of: "object", within };
  }
  return undefined;
}

function goesOn({ callee, arguments: given }: CallSummary): boolean {
  return /\.(?:apply|call)$/.test(callee) && given[0] === "this";
}
