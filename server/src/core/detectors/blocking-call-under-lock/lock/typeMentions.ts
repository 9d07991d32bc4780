import { memoized } from "../../../base/memoized";
import { folderOf } from "../../../base/paths";
import type { FieldFacts, TypeFacts } from "../../../model/facts";
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

/** The types with collections of things of a type. */
export function holdersOf(model: WorkspaceModel, declared: TypeDeclaration): TypeFacts[] {
  return meant(mentionsIn(model).holders, declared);
}

/** The functions that make objects of a type. */
export function makersOf(model: WorkspaceModel, declared: TypeDeclaration): Maker[] {
  return meant(mentionsIn(model).makers, declared);
}

const maxDepth = 2;

/** The types that extend or embed a type, themselves or through others. */
export function subtypesOf(model: WorkspaceModel, declared: TypeDeclaration, depth = 0): TypeDeclaration[] {
  if (depth > maxDepth) return [];
  const direct = meant(mentionsIn(model).subtypes, declared);
  return direct.flatMap((type) => [type, ...subtypesOf(model, type, depth + 1)]);
}

/** Where a file names a type, as it writes it, and what it says of it. */
interface Mention<T> {
  file: FileSummary;
  written: string;
  what: T;
}

/** By the last name of the type that is mentioned. */
type Mentions<T> = Map<string, Mention<T>[]>;

interface AllMentions {
  holders: Mentions<TypeFacts>;
  makers: Mentions<Maker>;
  subtypes: Mentions<TypeDeclaration>;
}

/** Every mention outside tests. */
const mentionsIn = memoized((model: WorkspaceModel): AllMentions => {
  const found: AllMentions = { holders: new Map(), makers: new Map(), subtypes: new Map() };
  for (const file of model.files.values()) {
    if (file.isTest || isTestSupport(model, file.path)) continue;
    for (const facts of file.types) {
      for (const field of facts.fields)
        for (const written of elementsOf(field)) add(found.holders, { file, written, what: facts });
      for (const base of basesOf(file, facts)) {
        const written = base.replace(/^\*|[<[(].*$/g, "");
        add(found.subtypes, { file, written, what: { file, facts } });
      }
    }
    file.functions.forEach((fn, index) => {
      const made = fn.isTest ? [] : (notedOf(fn)?.makes ?? []);
      const linked = made.length > 0 ? linkedFunction(model, file, index) : undefined;
      if (!linked) return;
      for (const type of made) {
        const written = type.replace(/^\*/, "");
        add(found.makers, { file, written, what: { linked, inLoop: type !== written } });
      }
    });
  }
  return found;
});

function add<T>(mentions: Mentions<T>, mention: Mention<T>): void {
  const name = mention.written.split(".").at(-1) as string;
  const before = mentions.get(name);
  if (before) before.push(mention);
  else mentions.set(name, [mention]);
}

function meant<T>(mentions: Mentions<T>, declared: TypeDeclaration): T[] {
  const named = mentions.get(declared.facts.name) ?? [];
  return named.flatMap((mention) => (isMeant(mention, declared) ? [mention.what] : []));
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
