import type { TypeFacts } from "../../model/facts";
import type { FileSummary } from "../../model/fileSummary";

/**
 * Whether a language or library wants a class there, so that a rule against classes cannot mean it: errors, what
 * extends or implements what is from outside the project, what is decorated. A component needs none, but for error boundaries.
 */
export function hasToBeClass(type: TypeFacts, file: FileSummary): boolean {
  const seen = new Set<string>();
  const pending = [type];
  for (let each = pending.pop(); each; each = pending.pop()) {
    if (seen.has(each.name)) continue;
    seen.add(each.name);
    if (each.decorated || isErrorBoundary(each, file) || implementsLibrary(each, file)) return true;
    for (const base of superclassesOf(each, file)) {
      if (componentBase.test(base)) continue;
      const declared = file.types.find(({ name }) => name === base);
      if (errorName.test(base) || (!declared && isForeign(base, file))) return true;
      if (declared) pending.push(declared);
    }
  }
  return false;
}

/** `class TideDialect implements Dialect`, where a library calls what it is given. */
function implementsLibrary({ bases, extended }: TypeFacts, file: FileSummary): boolean {
  if (file.language === "python" || file.language === "java") return false;
  return bases.some((base) => {
    const name = base.replace(/[<[(].*$/s, "").trim();
    const isImported = file.imports.some(({ localName }) => localName === name.split(".")[0]);
    return base !== extended && isImported && isForeign(name, file);
  });
}

/** A class of React. */
export function isComponent({ form, bases }: TypeFacts): boolean {
  return form === "class" && bases.some((base) => componentBase.test(base));
}

/** React catches what components throw only in classes. */
export function isErrorBoundary(type: TypeFacts, { functions }: FileSummary): boolean {
  if (!isComponent(type)) return false;
  const catches = ({ name }: { name: string }) => name === "componentDidCatch" || name === "getDerivedStateFromError";
  return type.fields.some(catches) || functions.some((fn) => fn.typeName === type.name && catches(fn));
}

const componentBase = /^(?:\w+\.)?(?:Pure)?Component\b/;
const errorName = /(?:Error|Exception|Warning)$/;

/** Without type arguments. */
function superclassesOf({ bases, extended }: TypeFacts, { language }: FileSummary): string[] {
  const written = language === "python" ? bases : extended === undefined ? [] : [extended];
  return written.map((base) => base.replace(/[<[(].*$/s, "").trim()).filter((base) => base !== "object");
}

/** What is neither imported nor declared is the language's own. */
function isForeign(base: string, { imports, path }: FileSummary): boolean {
  const imported = imports.find(({ localName }) => localName === base.split(".")[0]);
  if (!imported) return true;
  const { module } = imported;
  // `.`, `@/`, `~/` and `#` are folders of the project, and so is what has the name of a folder around.
  return !/^(?:[.~#]|@\/)/.test(module) && !path.split("/").includes(module.split(/[./]/)[0] ?? "");
}
