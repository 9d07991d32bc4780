import type { AccessPath } from "./facts";

const changing =
  /\.(?:add|addAll|addFirst|addLast|append|appendleft|clear|delete|discard|extend|insert|merge|offer|poll|pop|popitem|popleft|push|put|putAll|putIfAbsent|computeIfAbsent|remove|removeAll|removeFirst|removeIf|removeLast|retainAll|reverse|set|setdefault|shift|sort|splice|unshift|update)$/;

/** Whether a method of this name changes a collection it is called on. */
export function changesCollection(callee: AccessPath): boolean {
  return changing.test(callee);
}
