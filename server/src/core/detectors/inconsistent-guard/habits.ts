import type { WorkspaceModel } from "../../model/workspaceModel";
import { isIterated } from "./measured";
import { isSaidToBeGuarded } from "./saidGuards";
import { hasLockedGetter, type Unguarded, usersOf } from "./uses";

/** Of a few who take the lock, more than one who does not says something; and so do many of them. */
const habit = { fewest: 4, share: 0.8, most: 3 };

export function isWeakHabit(use: Unguarded): boolean {
  const { guarded, unguarded } = use.guarded;
  if (unguarded.size > 1 && guarded.size < habit.fewest) return true;
  // What a request asks an object for, it asks whenever it pleases.
  const { linked, fn, path } = use.access;
  const isOwn = fn.typeName !== undefined && new RegExp(`^<\\*?${fn.typeName}>\\.`).test(path);
  const without = usersOf(use) - guarded.size;
  if (isOwn && without <= habit.most && linked.reachedFrom.some(({ kind }) => kind === "handler")) return false;
  return without > 1 && guarded.size / usersOf(use) < habit.share;
}

/**
 * In Java and Python a look or another value without a lock that few functions take is mostly meant: not where a
 * collection is changed or gone through, a comment names the lock, or another one is held instead. In Go it may end the
 * process, and in a script what is awaited comes between.
 */
export function isHardlyGuarded(model: WorkspaceModel, use: Unguarded): boolean {
  const { guarded, sharing, access } = use;
  const isChange =
    sharing === "collection" && access.kind === "write" && (access.depth > 0 || access.byMethod === true);
  return (
    /^(?:java|python)$/.test(access.file.language) &&
    guarded.guarded.size < habit.fewest &&
    (access.kind === "write" || sharing === "collection") &&
    !isChange &&
    !isIterated(access) &&
    !hasLockedGetter(guarded) &&
    access.holds.length === 0 &&
    !isSaidToBeGuarded(model, guarded)
  );
}

/** Whether a lock of the same type is held that is not the one of the field. */
export function isUnderWrongLock({ guarded, access }: Unguarded): boolean {
  const ownerOf = (key: string) => key.slice(0, key.lastIndexOf("."));
  return access.holds.some(({ lock }) => lock !== guarded.lock && ownerOf(lock) === ownerOf(guarded.lock));
}
