import { groupBy } from "../../base/groupBy";
import { memoized } from "../../base/memoized";
import { type Flow, flowsInside } from "../../model/fileSummary";
import { isConstruction } from "../../model/graph/construction";
import { type FieldAccess, isHeld } from "../../model/graph/fieldAccesses";
import type { Sharing } from "../../model/graph/fieldTypes";
import type { GuardedField } from "../../model/graph/guards";
import { lockAnalysis } from "../../model/graph/lockAnalysis";
import { type FunctionId, functionIds } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";

/** A field or variable with what its declaration says. */
export interface GuardedPlace {
  guarded: GuardedField;
  sharing: Sharing;
  isVariable: boolean;
}

/** A use of a field without its lock, as one function makes it. */
export interface Unguarded extends GuardedPlace {
  access: FieldAccess;
}

/** How many functions use a field, the one that is told among them. */
export function usersOf({ guarded: { guarded, unguarded }, access }: Unguarded): number {
  return new Set([...guarded, ...unguarded, access.linked.id]).size;
}

/** The same field where those count, too, who come through it to what it leads to, without its lock: `s.token.text`. */
export function withReadersThrough(model: WorkspaceModel, field: GuardedField): GuardedField {
  const through = readersThrough(model, field);
  if (through.length === 0) return field;
  const guarded = new Set([...field.guarded].filter((id) => !through.includes(id)));
  return { ...field, guarded, unguarded: new Set([...field.unguarded, ...through]) };
}

function readersThrough(model: WorkspaceModel, { field, lock }: GuardedField): FunctionId[] {
  const [owner, name] = field.split(".").slice(-2) as [string, string];
  const module = field.slice(0, -owner.length - name.length - 2);
  const isThrough = (path: string) => path.startsWith(`<${owner}>.${name}.`) || path.startsWith(`<*${owner}>.${name}.`);
  const locks = lockAnalysis(model);
  return (filesOf(model).get(module) ?? []).flatMap((file) =>
    functionIds(file).filter((id, i) => {
      const { reads = [], flow = [] } = file.functions[i] ?? {};
      const linked = model.functions.get(id);
      if (!linked || !reads.some(isThrough) || isConstruction(model, linked)) return false;
      const regions = locks.regionsOf(id);
      const isFree = (step: Flow) => !regions?.at(step).mayHold.some((held) => held.lock === lock);
      if (locks.onEntry(id).some((held) => held.lock === lock)) return false;
      return regions === undefined || [...readSteps(flow, (index) => isThrough(reads[index] ?? ""))].some(isFree);
    }),
  );
}

const filesOf = memoized((model: WorkspaceModel) =>
  groupBy(
    [...model.files.values()].filter(({ isTest }) => !isTest),
    ({ path }) => model.modules.get(path) ?? "",
  ),
);

function* readSteps(flow: readonly Flow[], isMeant: (index: number) => boolean): Generator<Flow> {
  for (const step of flow) {
    if (typeof step === "number") continue;
    if (step.kind === "read" && isMeant(step.index)) yield step;
    for (const inside of flowsInside(step)) yield* readSteps(inside, isMeant);
  }
}

const mostLinesOfGetter = 6;

/** Whether the type has a method that does nothing but read the field under its lock: it says how to read it. */
export function hasLockedGetter({ field, lock, isOwnLock, accesses }: GuardedField): boolean {
  const name = field.slice(field.lastIndexOf(".") + 1).toLowerCase();
  const owner = field.split(".").at(-2);
  return (
    isOwnLock &&
    accesses.some(
      ({ kind, fn, holds }) =>
        kind === "read" &&
        fn.typeName === owner &&
        fn.metrics.lines <= mostLinesOfGetter &&
        fn.name.toLowerCase().replace(/^(?:get|is|has)_?/, "") === name &&
        isHeld(lock, holds, "read"),
    )
  );
}
