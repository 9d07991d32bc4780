import { type FieldAccess, isHeld } from "../../model/graph/fieldAccesses";
import type { Sharing } from "../../model/graph/fieldTypes";
import type { GuardedField } from "../../model/graph/guards";

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
