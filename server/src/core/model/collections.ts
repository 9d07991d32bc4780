import type { AccessPath } from "./facts";

const changing =
  /\.(?:add|addAll|addFirst|addLast|append|appendleft|clear|delete|discard|extend|insert|merge|offer|poll|pop|popitem|popleft|push|put|putAll|putIfAbsent|computeIfAbsent|remove|removeAll|removeFirst|removeIf|removeLast|retainAll|reverse|set|setdefault|shift|sort|splice|unshift|update)$/;

/** Whether a method of this name changes a collection it is called on. */
export function changesCollection(callee: AccessPath): boolean {
  return changing.test(callee);
}

/**
 * A path with what is looked up in collections as elements of them, and without what only shows one in another way:
 * `<Desk>.notes.get()` is `<Desk>.notes[]`, and `<Desk>.notes.keySet()` is `<Desk>.notes`.
 */
export function withElements(path: AccessPath): AccessPath {
  return path
    .replace(/(?<=[\w$\]])\.(?:get|getOrDefault|computeIfAbsent|setdefault)\(\)/g, "[]")
    .replace(/(?<=\.[\w$]+(?:\[\w*\])*)\.(?:items|keys|values|keySet|entrySet)\(\)$/, "");
}

/** The element that a call looks up, or the collection it shows, as a path; empty for other calls. */
export function lookedUp(callee: AccessPath): AccessPath {
  const path = withElements(`${callee}()`);
  return path.includes("(") ? "" : path;
}
