import { parseAccessPath, pathUpTo } from "./accessPath";
import type { AccessPath, FileFacts, Step } from "./facts";

/** A member that is read or written, where that may run a function. */
export interface AccessorRun {
  path: AccessPath;
  accesses: "read" | "write";
}

const none: readonly AccessorRun[] = [];

/**
 * The members of a file's types that are functions, though they are read and written like fields: `@property`,
 * `get size()`. Reading one is a call, but what a member of another file is cannot be told before linking, and every
 * read would have to be kept until then; so only names that the file itself declares so are taken for them.
 */
export class Accessors {
  private readonly getters = new Set<string>();
  private readonly setters = new Set<string>();

  constructor({ functions }: FileFacts) {
    for (const { name, typeName, modifiers } of functions) {
      if (typeName === undefined) continue;
      if (modifiers.includes("getter")) this.getters.add(name);
      if (modifiers.includes("setter")) this.setters.add(name);
    }
  }

  /** What a step may run by reading or writing members, in order. */
  runBy(step: Step): readonly AccessorRun[] {
    if (this.getters.size + this.setters.size === 0) return none;
    if (step.kind !== "call" && step.kind !== "read" && step.kind !== "write") return none;
    const path = step.kind === "call" ? step.callee : step.path;
    const { segments } = parseAccessPath(path);
    // What is called on the way has a step of its own, and what is read before that is read there.
    const first = segments.findLastIndex(({ kind }) => kind === "call") + 1;
    return segments.flatMap((segment, i): readonly AccessorRun[] => {
      if (i < first || segment.kind !== "member") return none;
      const isLast = i === segments.length - 1;
      if (isLast && step.kind === "call") return none;
      const accesses = isLast && step.kind === "write" ? "write" : "read";
      const names = accesses === "write" ? this.setters : this.getters;
      return names.has(segment.name) ? [{ path: pathUpTo(path, i + 1), accesses }] : none;
    });
  }
}
