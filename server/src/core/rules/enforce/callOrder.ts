import { code } from "../../base/markdown";
import type { FileSummary } from "../../model/fileSummary";
import { functionIds } from "../../model/link/links";
import type { LinkedFunction } from "../../model/workspaceModel";
import type { CallOrder } from "../check";
import type { WorkspaceForm } from "./form";
import type { Use, UsesOfNames } from "./nameUses";
import { type Governed, subjectOf } from "./outcome";
import type { Reaching } from "./reaching";

/** What is called before something else, or never without it. */
export const callOrder: WorkspaceForm<CallOrder> = {
  namesOf: ({ first, then }) => [...first, ...then],
  check(check, { model, governs, uses, reaching }) {
    const [wanted, needed] = check.form === "call-order" ? [check.then, check.first] : [check.first, check.then];
    if (!isKnown(needed, uses)) return [];
    const reaches = reaching(needed);
    const own = new Set([...check.first, ...check.then].flatMap((name) => [...(uses.meaning(name)?.functions ?? [])]));
    const calls = wanted
      .flatMap((name) => uses.of(name))
      .filter(({ file, kind, fn, call }) => kind === "call" && fn >= 0 && call !== undefined && governs(file));
    return firstPerFunction(calls).flatMap((use): Governed[] => {
      const id = functionIds(use.file)[use.fn] as string;
      const linked = model.functions.get(id);
      if (!linked || own.has(id)) return [];
      const isBefore = check.form === "call-order";
      if (isDone(linked, use, needed, uses, reaches, isBefore)) return [{ file: use.file, span: use }];
      const names = needed.map((name) => code(name)).join(" or ");
      const claim = `${subjectOf(use.file, use.fn)} calls ${code(use.written)} ${isBefore ? `and has not called ${names} before` : `without ${names}`}`;
      return [{ file: use.file, span: use, offence: { claim, file: use.file, fn: use.fn, span: use } }];
    });
  },
};

/** A name that the workspace neither uses nor declares is written in another way than the rule says. */
function isKnown(names: readonly string[], uses: UsesOfNames): boolean {
  return names.some((name) => {
    const { functions, owners } = uses.meaning(name) ?? {};
    return uses.of(name).length > 0 || (functions?.size ?? 0) + (owners?.size ?? 0) > 0;
  });
}

function firstPerFunction(uses: readonly Use[]): Use[] {
  const byFunction = new Map<string, Use>();
  for (const use of uses) {
    const key = functionIds(use.file)[use.fn] as string;
    const known = byFunction.get(key);
    if (!known || use.start < known.start) byFunction.set(key, use);
  }
  return [...byFunction.values()];
}

/** Whether what is needed happens here, in what is called, in a caller, or in another method of the same type. */
function isDone(
  linked: LinkedFunction,
  use: Use,
  needed: readonly string[],
  uses: UsesOfNames,
  reaches: Reaching,
  isBefore: boolean,
): boolean {
  const { file, fn } = use;
  const isInTime = (call: number) => !isBefore || call <= (use.call as number);
  const here = needed.flatMap((name) => uses.in(file.path).filter((other) => other.name === name));
  if (here.some((other) => (other.fn === fn ? isInTime(other.call ?? -1) : isWithin(file, other.fn, fn)))) return true;
  if (linked.edges.some(({ call, callee }) => isInTime(call) && reaches.from(callee))) return true;
  if (linked.callers.some((id) => reaches.from(id))) return true;
  const { typeName } = file.functions[fn] ?? {};
  if (typeName === undefined) return false;
  // A method that does both does it for itself.
  const own = new Set(uses.in(file.path).flatMap(({ name, fn: at }) => (name === use.name ? [at] : [])));
  return here.some((other) => file.functions[other.fn]?.typeName === typeName && !own.has(other.fn));
}

/** One of two functions is written in the other. */
function isWithin(file: FileSummary, one: number, other: number): boolean {
  return isAround(file, one, other) || isAround(file, other, one);
}

function isAround({ functions }: FileSummary, outer: number, inner: number): boolean {
  for (let at: number | undefined = inner; at !== undefined && at >= 0; at = functions[at]?.parent)
    if (at === outer) return true;
  return false;
}
