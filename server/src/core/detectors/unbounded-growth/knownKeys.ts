import type { Step, Value } from "../../model/facts";
import { valuesWithin } from "../../model/walkSteps";

/** Finds a part of the program by its name, or fails: `factories.getResource(name)`. */
const loads = /(?:^|\.)(?:getResource(?:AsStream)?|forName|loadClass|newInstance|import_module)$/;

/**
 * Names of which a step shows that the program knows all that they can be, with where it has them from: they are
 * looked up in a constant, are its elements, a part of the program is loaded by them, or something is configured under
 * each: `const network = this.config[name]`.
 */
export function knownBy(step: Step): [name: string, from: string][] {
  if (step.kind === "branch") return lookedUpIn(step.condition);
  if (step.kind === "assign") {
    const { path = "", keys: [key] = [] } = step.value.kind === "path" ? step.value : {};
    return key?.kind === "path" && configured.test(path) ? [[key.path, path]] : [];
  }
  if (step.kind === "loop") {
    const list = step.over?.kind === "path" && isWrittenConstant(step.over.path) ? step.over.path : undefined;
    return list === undefined ? [] : step.variables.map(({ name }) => [name, list]);
  }
  if (step.kind !== "call" || !loads.test(step.callee)) return [];
  return step.arguments.flatMap((given) => (given.kind === "path" ? [[given.path, step.callee]] : []));
}

const configured = /(?:^|\.)_?(?:config|configs|configuration|settings)\[\]$/;

/** The paths that a condition looks up in what is written in the program, and in what: `kind not in KINDS`, `!KINDS.has(kind)`. */
function lookedUpIn(condition: Value | undefined): [key: string, list: string][] {
  if (condition === undefined) return [];
  return [...valuesWithin(condition)].flatMap((value): [string, string][] => {
    if (value.kind === "operation" && /^(?:not )?in$/.test(value.operator)) {
      const [key, list] = value.operands;
      return key?.kind === "path" && list?.kind === "path" && isWrittenConstant(list.path)
        ? [[key.path, list.path]]
        : [];
    }
    const asked = value.kind === "call" && /^(.+)\.(?:has|contains|containsKey|includes)$/.exec(value.callee)?.[1];
    const [key] = value.kind === "call" ? value.arguments : [];
    return asked && isWrittenConstant(asked) && key?.kind === "path" ? [[key.path, asked]] : [];
  });
}

function isWrittenConstant(path: string): boolean {
  return /(?:^|\.)_?[A-Z][A-Z0-9_]+$/.test(path);
}
