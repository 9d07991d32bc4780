import { folderOf } from "../../../base/paths";
import type { FieldFacts, TypeFacts } from "../../../model/facts";
import { type FileIndex, fileIndex } from "../../../model/fileIndex";
import type { FileSummary } from "../../../model/fileSummary";
import type { TypeDeclaration } from "../../../model/graph/fieldTypes";
import { isTestSupport } from "../../../model/testSupport";
import { type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import { notedOf } from "../noted";

/** A function that makes objects of a type. */
export interface Maker {
  linked: LinkedFunction;
  inLoop: boolean;
}

/** Where it is in its file. */
interface MakerPlace {
  index: number;
  inLoop: boolean;
}

/** The types with collections of things of a type. */
export function holdersOf(model: WorkspaceModel, declared: TypeDeclaration): TypeFacts[] {
  return meant(model, holders(model.files), declared).map(({ what }) => what);
}

/** The functions that make objects of a type. */
export function makersOf(model: WorkspaceModel, declared: TypeDeclaration): Maker[] {
  return meant(model, makers(model.files), declared).flatMap(({ file, what: { index, inLoop } }) => {
    const linked = linkedFunction(model, file, index);
    return linked ? [{ linked, inLoop }] : [];
  });
}

const maxDepth = 2;

/** The types that extend or embed a type, themselves or through others. */
export function subtypesOf(model: WorkspaceModel, declared: TypeDeclaration, depth = 0): TypeDeclaration[] {
  if (depth > maxDepth) return [];
  const direct = meant(model, subtypes(model.files), declared).map(({ file, what: facts }) => ({ file, facts }));
  return direct.flatMap((type) => [type, ...subtypesOf(model, type, depth + 1)]);
}

/** Where a file names a type, as it writes it, and what it says of it. */
interface Mention<T> {
  file: FileSummary;
  written: string;
  what: T;
}

type Telling<T> = readonly [name: string, mention: Mention<T>];

/** By the last name of the type that is mentioned. */
function telling<T>(file: FileSummary, written: string, what: T): Telling<T> {
  return [written.split(".").at(-1) as string, { file, written, what }];
}

const holders = fileIndex(function* (file): Iterable<Telling<TypeFacts>> {
  for (const facts of file.isTest ? [] : file.types)
    for (const field of facts.fields) for (const written of elementsOf(field)) yield telling(file, written, facts);
});

const subtypes = fileIndex(function* (file): Iterable<Telling<TypeFacts>> {
  for (const facts of file.isTest ? [] : file.types)
    for (const base of basesOf(file, facts)) yield telling(file, base.replace(/^\*|[<[(].*$/g, ""), facts);
});

const makers = fileIndex(function* (file): Iterable<Telling<MakerPlace>> {
  for (const [index, fn] of file.isTest ? [] : file.functions.entries()) {
    for (const type of fn.isTest ? [] : (notedOf(fn)?.makes ?? [])) {
      const written = type.replace(/^\*/, "");
      yield telling(file, written, { index, inLoop: type !== written });
    }
  }
});

/** The mentions of a type outside tests. */
function meant<T>(model: WorkspaceModel, mentions: FileIndex<Mention<T>>, declared: TypeDeclaration): Mention<T>[] {
  return mentions
    .get(declared.facts.name)
    .filter((mention) => isMeant(mention, declared) && !isTestSupport(model, mention.file.path));
}

function basesOf({ language }: FileSummary, { bases, fields }: TypeFacts): readonly string[] {
  return language === "go" ? fields.flatMap((field) => (field.embedded && field.type) || []) : bases;
}

/** What a field that is a collection holds: `*Berth` of `map[string]*Berth`, `Berth` of `Map<String, Berth>`. */
function elementsOf({ type = "" }: FieldFacts): string[] {
  const held =
    /^(?:map\[[^\]]*\]|\[\w*\])+\*?([\w.]+)$/.exec(type) ??
    /(?:Map|List|Set|Queue|Deque|Collection|Array|Record|Cache|[dD]ict|list|set|deque)[<[](?:[^<>[\]]*,\s*)?([\w.]+)[>\]]$/.exec(
      type,
    ) ??
    /^(?:readonly )?([\w.]+)\[\]$/.exec(type);
  return held?.[1] === undefined ? [] : [held[1]];
}

/** Whether a file means a type by a name: it declares it or stands beside it, or has it from there. */
function isMeant(
  { file, written }: Mention<unknown>,
  { facts: { name: last }, file: { path } }: TypeDeclaration,
): boolean {
  const qualifier = written.slice(0, -last.length).replace(/\.$/, "");
  const folder = folderOf(path);
  if (file.language === "go") {
    const imported = qualifier === "" ? undefined : file.imports.find(({ localName }) => localName === qualifier);
    return qualifier === ""
      ? folderOf(file.path) === folder
      : imported !== undefined && folder.endsWith(lastFolder(imported.module));
  }
  if (file.types.some(({ name }) => name === last)) return file.path === path;
  const name = qualifier.split(".")[0] || last;
  const imported = file.imports.find(({ localName }) => localName === name);
  if (!imported) return folderOf(file.path) === folder;
  const from = `${imported.module}.${imported.member ?? ""}`.split(/[./]/).filter((part) => part !== "");
  const own = path.replace(/\.\w+$/, "").split("/");
  return from.some((part) => part === own.at(-1)) || from.at(-1) === last || imported.module.startsWith(".");
}

function lastFolder(module: string): string {
  return (
    module
      .split("/")
      .filter((part) => !/^v\d+$/.test(part))
      .at(-1) ?? module
  );
}
