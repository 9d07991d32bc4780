import { escapeRegExp } from "../../base/escapeRegExp";
import { folderOf, normalized } from "../../base/paths";
import type { Span } from "../../base/text";
import { parseAccessPath, rootOf } from "../../model/accessPath";
import type { AccessPath, ImportFacts } from "../../model/facts";
import type { CallSummary, FileSummary, FunctionSummary } from "../../model/fileSummary";

/** Something that a file declares under a name of interest. */
export type Declared =
  | { kind: "function"; name: string; typeName: string | undefined; index: number }
  | { kind: "type"; name: string; bases: readonly string[] }
  | { kind: "field"; name: string; typeName: string }
  | { kind: "variable"; name: string }
  /** What the methods of a type call the object they run on. */
  | { kind: "receiver"; name: string; typeName: string };

/** A place where a file names something of interest. */
export interface NamePlace extends Span {
  kind: "call" | "import" | "reference";
  /** As written, each segment; of an import the module, from the root of the workspace where that is known. */
  written: readonly string[];
  /** With the names that imports bring in spelled out: `d` is `json.dumps`. The same as `written` where none does. */
  spelled: readonly string[];
  /** In `FileSummary.functions`; -1 outside every function. */
  fn: number;
  /** In `FunctionSummary.calls`, or `FileSummary.calls` outside every function. */
  call?: number;
  /** Closed, for calls and references. */
  path?: AccessPath;
  /** In `FunctionSummary.reads`. */
  read?: number;
  /** Of an import: the module as written. */
  text?: string;
}

/** The names that somebody asks for, ready to be looked for in many files. What is found in a file is kept with it. */
export class NamesOfInterest {
  private readonly names: ReadonlySet<string>;
  private readonly pattern: RegExp | undefined;
  private readonly declarations = new WeakMap<FileSummary, readonly Declared[]>();
  private readonly uses = new WeakMap<FileSummary, readonly NamePlace[]>();

  /** @param names whole segments; `prefixes` are starts of segments */
  constructor(names: Iterable<string>, prefixes: Iterable<string> = []) {
    this.names = new Set(names);
    const whole = [...this.names].filter((name) => name !== "").map((name) => `${escapeRegExp(name)}(?![\\w$])`);
    const all = [...whole, ...[...new Set(prefixes)].map(escapeRegExp)];
    this.pattern = all.length === 0 ? undefined : new RegExp(`(?<![\\w$])(?:${all.join("|")})`);
  }

  /** What a file declares under one of the names. */
  declared(file: FileSummary): readonly Declared[] {
    let found = this.declarations.get(file);
    if (!found) {
      found = this.pattern ? [...this.declaredIn(file)] : [];
      this.declarations.set(file, found.length === 0 ? nothing : found);
    }
    return found;
  }

  /** Where a file names one of them. */
  places(file: FileSummary): readonly NamePlace[] {
    let found = this.uses.get(file);
    if (!found) {
      found = this.pattern ? this.placesIn(file) : [];
      this.uses.set(file, found.length === 0 ? nothing : found);
    }
    return found;
  }

  private isNamed(text: string | undefined): boolean {
    return text !== undefined && (this.pattern as RegExp).test(text);
  }

  private *declaredIn({ functions, types, constants }: FileSummary): Generator<Declared> {
    const { names } = this;
    const receivers = new Set<string>();
    for (const [index, { name, typeName, receiver, parent }] of functions.entries()) {
      if (parent === undefined && (this.isNamed(name) || (typeName !== undefined && names.has(typeName))))
        yield { kind: "function", name, typeName, index };
      if (!receiver || typeName === undefined || !names.has(receiver.name)) continue;
      const key = `${receiver.name} ${typeName}`;
      if (!receivers.has(key)) yield { kind: "receiver", name: receiver.name, typeName };
      receivers.add(key);
    }
    for (const { name, bases, fields } of types) {
      if (this.isNamed(name)) yield { kind: "type", name, bases };
      for (const field of fields) if (names.has(field.name)) yield { kind: "field", name: field.name, typeName: name };
    }
    for (const { name } of constants) if (names.has(name)) yield { kind: "variable", name };
  }

  private placesIn(file: FileSummary): NamePlace[] {
    const places: NamePlace[] = [];
    const imports = new Map(file.imports.map((imported) => [imported.localName, imported]));
    for (const imported of file.imports) {
      const { start, end, module, member } = imported;
      const resolved = resolvedModule(file, module);
      if (!this.isNamed(resolved) && !this.isNamed(member)) continue;
      const written = moduleSegments(resolved);
      const spelled = member === undefined || member === "default" || member === "*" ? written : [...written, member];
      places.push({ kind: "import", start, end, written, spelled, fn: -1, text: module });
    }
    file.functions.forEach((fn, index) => {
      this.addCalls(fn.calls, index, imports, places);
      fn.reads.forEach((path, read) => {
        if (!this.isNamed(path)) return;
        const start = fn.readStarts[read] as number;
        const written = namesIn(path);
        const spelled = spell(written, imports);
        const end = start + lengthOf(path, fn);
        places.push({ kind: "reference", start, end, written, spelled, fn: index, path, read });
      });
      this.addTypes([...fn.parameters.map(({ type }) => type), ...fn.results, ...fn.decorators], fn.nameSpan, index, {
        imports,
        places,
      });
    });
    this.addCalls(file.calls, -1, imports, places);
    for (const { bases, fields, start, end } of file.types) {
      this.addTypes(bases, { start, end }, -1, { imports, places });
      for (const field of fields) this.addTypes([field.type], field, -1, { imports, places });
    }
    for (const variable of file.constants) this.addTypes([variable.type], variable, -1, { imports, places });
    return places;
  }

  private addCalls(
    calls: readonly CallSummary[],
    fn: number,
    imports: ReadonlyMap<string, ImportFacts>,
    places: NamePlace[],
  ): void {
    calls.forEach(({ start, end, callee, origin, accesses }, call) => {
      // What is read has a place of its own.
      if (accesses) return;
      const root = rootName(callee);
      const imported = imports.get(root);
      const isNamed =
        this.isNamed(callee) ||
        this.isNamed(origin) ||
        (imported !== undefined && (this.isNamed(imported.module) || this.isNamed(imported.member)));
      if (!isNamed) return;
      const written = namesIn(callee);
      const spelled = spell(written, imports);
      places.push({ kind: "call", start, end, written, spelled, fn, call, path: origin ?? callee });
    });
  }

  private addTypes(
    texts: readonly (string | undefined)[],
    { start, end }: Span,
    fn: number,
    { imports, places }: { imports: ReadonlyMap<string, ImportFacts>; places: NamePlace[] },
  ): void {
    for (const text of texts) {
      if (text === undefined || !this.isNamed(text)) continue;
      // Arguments of a decorator are values, not what it is.
      for (const [name] of text
        .replace(/\(.*$/s, "")
        .matchAll(/[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*/gu)) {
        if (!this.isNamed(name)) continue;
        const written = name.split(".");
        places.push({ kind: "reference", start, end, written, spelled: spell(written, imports), fn });
      }
    }
  }
}

const nothing: readonly never[] = [];

function rootName(path: AccessPath): string {
  return /^[\w$]*/.exec(path)?.[0] ?? "";
}

/** The names on a path, what is called and taken apart on the way left out: `rows().next` is `rows`, `next`. */
export function namesIn(path: AccessPath): string[] {
  const { root, segments } = parseAccessPath(path);
  const first = root.startsWith("<") ? typeNameOf(root) : root;
  const names = first === "" ? [] : first.split(".");
  for (const segment of segments) if (segment.kind === "member") names.push(segment.name);
  return names;
}

/** How long a read most likely is in the text: a receiver stands there under its own name. */
function lengthOf(path: AccessPath, { receiver }: FunctionSummary): number {
  const root = rootOf(path);
  return path.length - (root.startsWith("<") ? root.length - (receiver?.name ?? "this").length : 0);
}

function typeNameOf(root: string): string {
  return /^<[*&\s]*([\p{L}_$][\p{L}\p{N}_$.]*)/u.exec(root)?.[1] ?? "";
}

function spell(written: readonly string[], imports: ReadonlyMap<string, ImportFacts>): readonly string[] {
  const [root = "", ...rest] = written;
  const imported = imports.get(root);
  return imported ? [...spelledImport(imported), ...rest] : written;
}

/** `encoding/json` is `encoding`, `json`; a member comes last. */
function spelledImport({ module, member }: ImportFacts): string[] {
  const path = moduleSegments(module);
  return member === undefined || member === "default" || member === "*" ? path : [...path, member];
}

/** A relative module from the root of the workspace, with slashes. */
export function resolvedModule({ path, language }: FileSummary, module: string): string {
  const dots = /^\.+/.exec(module)?.[0].length ?? 0;
  if (dots === 0) return module;
  if (language !== "python") return normalized(`${folderOf(path)}/${module}`) ?? module;
  const folder = folderOf(path).split("/");
  return [...folder.slice(0, folder.length - dots + 1), ...module.slice(dots).split(".")].join("/");
}

/** The names of a module, whether it is written with slashes or dots; `v2` at the end is a version. */
export function moduleSegments(module: string): string[] {
  const isPath = module.includes("/") || module.startsWith("@");
  const parts = isPath ? module.replace(/\.[cm]?[jt]sx?$/, "").split("/") : module.split(".");
  const names = parts.filter((part) => part !== "" && part !== "." && part !== "..");
  return names.length > 1 && /^v\d+$/.test(names.at(-1) as string) ? names.slice(0, -1) : names;
}

/** The folder that a rule names by itself: `pages/`, `../internal/`; `undefined` for other names. */
export function folderNamed(name: string): string | undefined {
  return /^(?:\.{1,2}\/)*([\w.@-]*\w)\/\**$/.exec(name)?.[1];
}
