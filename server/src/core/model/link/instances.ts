import { rootOf } from "../accessPath";
import type { AccessPath } from "../facts";
import type { FunctionSummary } from "../fileSummary";
import type { InstancePath, LockRef } from "./links";

/** Beyond this a path leads through too much that may have changed in between. */
const maxSegments = 4;

/**
 * The object a path leads to, as the outermost function names it.
 *
 * @param functions those around the place, innermost first
 * @param isUnbound nothing around the place binds the root of the path: it is of the file or the workspace
 */
export function instanceOf(
  path: AccessPath,
  functions: readonly Pick<FunctionSummary, "receiver" | "parameters" | "typeName" | "parent">[],
  isUnbound: boolean,
): { instance?: InstancePath } {
  const root = rootOf(path);
  const rest = path.slice(root.length);
  if (!/^(?:\.[\w$]+)*$/.test(rest) || rest.split(".").length > maxSegments) return {};
  const start = rootInstance(root, functions, isUnbound);
  return start === undefined ? {} : { instance: start + rest };
}

function rootInstance(
  root: string,
  functions: readonly Pick<FunctionSummary, "receiver" | "parameters" | "typeName" | "parent">[],
  isUnbound: boolean,
): string | undefined {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(root)) return undefined;
  for (const { receiver, parameters, parent } of functions) {
    const position = parameters.findIndex(({ name }) => name === root);
    if (position >= 0) return parent === undefined ? `#${position}` : `=${root}`;
    if (receiver?.name === root) return "this";
  }
  if (root === "this" || root === "self") return "this";
  return isUnbound ? root : `=${root}`;
}

/** A lock of a callee as its caller sees it, who names what it calls `receiver`. */
export function seenByCaller<T extends LockRef>(lock: T, receiver: InstancePath | undefined): T {
  const { instance, ...unknown } = lock;
  if (instance === undefined || isOfFile(instance)) return lock;
  if (receiver === undefined || !isWithin(instance, "this")) return unknown as T;
  const seen = receiver + instance.slice("this".length);
  return seen.split(".").length > maxSegments ? (unknown as T) : { ...lock, instance: seen };
}

/** A lock of a caller, who names what it calls `receiver`, as its callee sees it. */
export function seenByCallee<T extends LockRef>(lock: T, receiver: InstancePath | undefined): T {
  const { instance, ...unknown } = lock;
  if (instance === undefined || isOfFile(instance)) return lock;
  if (receiver === undefined || !isWithin(instance, receiver)) return unknown as T;
  return { ...lock, instance: `this${instance.slice(receiver.length)}` };
}

/** Of a variable outside functions, which everybody calls the same. */
function isOfFile(instance: InstancePath): boolean {
  return !isWithin(instance, "this") && !/^[#=]/.test(instance);
}

/** Whether an instance is the object at a place or reached from it. */
export function isWithin(instance: InstancePath, place: InstancePath): boolean {
  return instance === place || instance.startsWith(`${place}.`);
}
