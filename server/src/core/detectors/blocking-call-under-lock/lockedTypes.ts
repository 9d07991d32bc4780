import { folderOf } from "../../base/paths";
import type { TypeFacts } from "../../model/facts";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { LockUse } from "./lockUses";

/** A type with the file that declares it. */
export interface DeclaredType {
  type: TypeFacts;
  path: string;
}

const typesOf = new WeakMap<WorkspaceModel, ReadonlyMap<string, DeclaredType>>();

/** The type that declares a lock. */
export function typeWithLock(model: WorkspaceModel, lock: string, { takers }: LockUse): DeclaredType | undefined {
  const parts = lock.split(".");
  for (const id of takers) {
    const path = model.functions.get(id)?.path;
    if (path === undefined) continue;
    for (const name of [parts.at(-2), parts.at(-1)]) {
      const declared = typesByFolder(model).get(`${folderOf(path)}#${name}`);
      if (declared) return declared;
    }
  }
  return undefined;
}

function typesByFolder(model: WorkspaceModel): ReadonlyMap<string, DeclaredType> {
  let known = typesOf.get(model);
  if (!known) {
    const found = new Map<string, DeclaredType>();
    for (const { path, types } of model.files.values())
      for (const type of types) found.set(`${folderOf(path)}#${type.name}`, { type, path });
    typesOf.set(model, found);
    known = found;
  }
  return known;
}
