import type { FunctionId } from "../link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";

/** Where a change of a function can be felt. */
export interface ChangeRadius {
  /** Files from which it is reached, nearest first; its own is left out. */
  callers: readonly { path: string; distance: number }[];
  /** Fields it writes that others use, with the files that do; its own is left out. */
  fields: readonly { field: string; paths: readonly string[] }[];
  /** More functions reach it than were followed. */
  isCut: boolean;
}

const maxFollowed = 5000;

/** Follows callers of callers, and looks who else uses the fields that the function writes. */
export function changeRadius(model: WorkspaceModel, fn: LinkedFunction): ChangeRadius {
  return { ...reachingFiles(model, fn), fields: fieldUsers(model, fn) };
}

/** The files from which a function is reached, nearest first; its own is left out. */
export function reachingFiles(model: WorkspaceModel, fn: LinkedFunction): Pick<ChangeRadius, "callers" | "isCut"> {
  const distances = new Map<FunctionId, number>([[fn.id, 0]]);
  const queue: FunctionId[] = [fn.id];
  for (let i = 0; i < queue.length && queue.length < maxFollowed; i++) {
    const id = queue[i] as FunctionId;
    for (const caller of model.functions.get(id)?.callers ?? []) {
      if (distances.has(caller)) continue;
      distances.set(caller, (distances.get(id) as number) + 1);
      queue.push(caller);
    }
  }
  const byPath = new Map<string, number>();
  for (const id of queue) {
    const caller = model.functions.get(id);
    if (caller && caller.path !== fn.path && !byPath.has(caller.path))
      byPath.set(caller.path, distances.get(id) as number);
  }
  const callers = [...byPath].map(([path, distance]) => ({ path, distance }));
  callers.sort((a, b) => a.distance - b.distance || (a.path < b.path ? -1 : 1));
  return { callers, isCut: queue.length >= maxFollowed };
}

function fieldUsers(model: WorkspaceModel, fn: LinkedFunction): ChangeRadius["fields"] {
  const users = new Map(fn.links.writes.filter(Boolean).map((field) => [field, new Set<string>()]));
  if (users.size === 0) return [];
  for (const other of model.functions.values()) {
    if (other.path === fn.path || !functionAt(model, other)) continue;
    for (const field of [...other.links.reads, ...other.links.writes]) users.get(field)?.add(other.path);
  }
  return [...users]
    .filter(([, paths]) => paths.size > 0)
    .map(([field, paths]) => ({ field, paths: [...paths].sort() }));
}
