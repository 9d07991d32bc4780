import { type Range, rangeOf } from "../base/text";
import type { FileSummary } from "./fileSummary";
import type { WorkspaceModel } from "./workspaceModel";

/** Something a file declares that people name in prose. */
export interface Declaration {
  /** As one would write it elsewhere: `Harbour.Moor`, `maxBerths`. */
  name: string;
  kind: "function" | "type" | "field" | "variable";
  path: string;
  /** Of the name, or where the declaration begins. */
  range: Range;
}

const inFiles = new WeakMap<FileSummary, readonly Declaration[]>();

/** What a file declares, in source order within each kind; anonymous functions and locals are left out. */
export function declarationsIn(file: FileSummary): readonly Declaration[] {
  const known = inFiles.get(file);
  if (known) return known;
  const { path, lineStarts } = file;
  const declared: Declaration[] = [];
  const add = (name: string, kind: Declaration["kind"], span: { start: number; end: number }) =>
    declared.push({ name, kind, path, range: rangeOf(lineStarts, span) });
  for (const { name, symbol, nameSpan, form } of file.functions) {
    if (name !== "" && form !== "closure") add(plainSymbol(symbol), "function", nameSpan);
  }
  for (const type of file.types) {
    add(type.name, "type", type);
    for (const field of type.fields) if (!field.embedded) add(`${type.name}.${field.name}`, "field", field);
  }
  for (const constant of file.constants) add(constant.name, "variable", constant);
  inFiles.set(file, declared);
  return declared;
}

/** `(*Server).Save` as people write it: `Server.Save`. */
export function plainSymbol(symbol: string): string {
  return symbol.replace(/^\(\*?([^)]*)\)/, "$1");
}

/**
 * What a name written in prose may mean: declarations whose name is the same or ends in it, at a dot. In path order;
 * no more than `limit`.
 */
export function declarationsNamed(model: WorkspaceModel, written: string, limit = 50): Declaration[] {
  const wanted = written.replace(/\(.*$/, "").replace(/::|->|#/g, ".");
  const found: Declaration[] = [];
  if (wanted === "") return found;
  const tail = `.${wanted}`;
  for (const file of model.files.values()) {
    for (const declaration of declarationsIn(file)) {
      const { name } = declaration;
      if (name !== wanted && !name.endsWith(tail)) continue;
      found.push(declaration);
      if (found.length === limit) return found;
    }
  }
  return found;
}
