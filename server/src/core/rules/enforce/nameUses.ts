import { groupBy } from "../../base/groupBy";
import type { Span } from "../../base/text";
import type { Turns } from "../../base/turns";
import { parseAccessPath, pathUpTo } from "../../model/accessPath";
import type { FileSummary } from "../../model/fileSummary";
import { fieldDeclaration } from "../../model/graph/fieldTypes";
import type { CallTarget, FunctionId } from "../../model/link/links";
import { type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { isDistinctive } from "../names";
import { endsWith, type WrittenSymbol, writtenSymbol } from "../symbolPattern";
import { folderNamed, moduleSegments, type NamePlace, NamesOfInterest } from "./fileNames";
import { type Meaning, Meanings } from "./meanings";

/** A place where code uses what a rule names. */
export interface Use extends Span {
  /** The name, as the rule writes it. */
  name: string;
  kind: NamePlace["kind"];
  /** As the code writes it. */
  written: string;
  file: FileSummary;
  /** In `FileSummary.functions`; -1 outside every function. */
  fn: number;
  /** In `FunctionSummary.calls`. */
  call?: number;
  /** Functions of the workspace that it reaches under that name. */
  targets: readonly FunctionId[];
}

/** Uses of the names of one workspace at one moment. */
export interface UsesOfNames {
  /** In no order. */
  of(name: string): readonly Use[];
  in(path: string): readonly Use[];
  meaning(name: string): Meaning | undefined;
}

interface FileUses {
  stamp: unknown;
  meanings: string;
  uses: readonly Use[];
}

/**
 * Finds where code uses given names, by what they mean where that is known and as they are written elsewhere. What one
 * file says is kept as long as nothing about it has changed, so that asking again after an edit costs little.
 */
export class NameUses {
  private readonly symbols: readonly WrittenSymbol[];
  private readonly interest: NamesOfInterest;
  /** Symbols by a name that a place which uses them must have. */
  private readonly byName = new Map<string, WrittenSymbol[]>();
  private readonly prefixed: readonly WrittenSymbol[];
  private readonly known = new WeakMap<FileSummary, FileUses>();
  private latest: { model: WorkspaceModel; uses: UsesOfNames } | undefined;

  constructor(names: Iterable<string>) {
    this.symbols = [...new Set(names)].flatMap((name) => writtenSymbol(name) ?? moduleSymbol(name) ?? []);
    const whole = this.symbols.flatMap(({ head, last, isPrefix }) => (isPrefix ? head : [...head, last]));
    const isBarePrefix = ({ head, isPrefix }: WrittenSymbol) => isPrefix && head.length === 0;
    this.prefixed = this.symbols.filter(isBarePrefix);
    this.interest = new NamesOfInterest(
      whole,
      this.prefixed.map(({ last }) => last),
    );
    for (const symbol of this.symbols) {
      if (isBarePrefix(symbol)) continue;
      const key = symbol.isPrefix ? (symbol.head.at(-1) as string) : symbol.last;
      const same = this.byName.get(key);
      if (same) same.push(symbol);
      else this.byName.set(key, [symbol]);
    }
  }

  in(model: WorkspaceModel): UsesOfNames {
    if (this.latest?.model === model) return this.latest.uses;
    const uses = this.find(model);
    this.latest = { model, uses };
    return uses;
  }

  /** The same, every file looked at. */
  *inTurns(model: WorkspaceModel): Turns<UsesOfNames> {
    const uses = this.in(model);
    for (const path of model.files.keys()) {
      yield;
      uses.in(path);
    }
    return uses;
  }

  private find(model: WorkspaceModel): UsesOfNames {
    const found = new Meanings(model, this.interest);
    const meanings = new Map(this.symbols.map((symbol) => [symbol.written, found.of(symbol)]));
    const meant = new FunctionsMeant(meanings);
    const key = keyOf(meanings);
    const inFile = (file: FileSummary) => {
      const stamp = model.functions.stampOf(file.path);
      let known = this.known.get(file);
      if (!known || known.stamp !== stamp || known.meanings !== key) {
        known = { stamp, meanings: key, uses: this.usesIn(model, file, meanings, meant) };
        this.known.set(file, known);
      }
      return known.uses;
    };
    let byName: Map<string, Use[]> | undefined;
    return {
      of: (name) => {
        byName ??= groupBy(
          [...model.files.values()].flatMap((file) => inFile(file)),
          (use) => use.name,
        );
        return byName.get(name) ?? noUses;
      },
      in: (path) => {
        const file = model.files.get(path);
        return file ? inFile(file) : noUses;
      },
      meaning: (name) => meanings.get(name),
    };
  }

  private usesIn(
    model: WorkspaceModel,
    file: FileSummary,
    meanings: ReadonlyMap<string, Meaning>,
    meant: FunctionsMeant,
  ): readonly Use[] {
    const uses = meant.isEmpty ? [] : usesOfFunctions(model, file, meant);
    const seen = new Set(uses.map(placeKey));
    for (const place of this.interest.places(file)) {
      const linked = place.fn < 0 ? undefined : linkedFunction(model, file, place.fn);
      for (const symbol of this.candidates(place)) {
        const meaning = meanings.get(symbol.written) as Meaning;
        if (!isUseOf(symbol, meaning, place, { model, file, linked })) continue;
        const use: Use = {
          name: symbol.written,
          kind: place.kind,
          written: place.kind === "import" ? importText(place) : place.written.join("."),
          file,
          fn: place.fn,
          ...(place.call !== undefined && { call: place.call }),
          targets: [],
          start: place.start,
          end: place.end,
        };
        const at = placeKey(use);
        if (!seen.has(at)) uses.push(use);
        seen.add(at);
      }
    }
    return uses.length === 0 ? noUses : uses;
  }

  /** Symbols of which a name stands at a place. */
  private candidates({ written, spelled, path }: NamePlace): Set<WrittenSymbol> {
    const found = new Set<WrittenSymbol>();
    const names = new Set([...written, ...spelled, ...(path === undefined ? [] : memberNames(path))]);
    for (const name of names) {
      for (const symbol of this.byName.get(name) ?? []) found.add(symbol);
      for (const symbol of this.prefixed) if (name.startsWith(symbol.last)) found.add(symbol);
    }
    return found;
  }
}

const noUses: readonly Use[] = [];

/** `github.com/pkg/errors`, `@/lib/legacy`: what can only be the name of a module. */
function moduleSymbol(text: string): WrittenSymbol | undefined {
  const bare = text.replace(/\/\**$/, "");
  if (!/^[\w@.~/-]+$/.test(bare)) return undefined;
  const segments = moduleSegments(bare);
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  return { written: text, head: segments.slice(0, -1), last, isPrefix: false, isOfAnything: false };
}

/** A member goes by its own name. */
function importText({ text = "", written, spelled }: NamePlace): string {
  return (spelled.length > written.length && spelled.at(-1)) || text;
}

function placeKey({ name, start, kind }: Use): string {
  return `${kind} ${start} ${name}`;
}

function keyOf(meanings: ReadonlyMap<string, Meaning>): string {
  return JSON.stringify(
    [...meanings.values()].map(({ functions, owners, values, types, isAmbiguous }) => [
      isAmbiguous,
      [...functions],
      [...owners],
      [...values],
      [...types],
    ]),
  );
}

/** The functions of the workspace that names mean. */
class FunctionsMeant {
  private readonly names = new Map<FunctionId, string[]>();

  constructor(meanings: ReadonlyMap<string, Meaning>) {
    for (const [name, { functions }] of meanings)
      for (const id of functions) this.names.set(id, [...(this.names.get(id) ?? []), name]);
  }

  get isEmpty(): boolean {
    return this.names.size === 0;
  }

  of(id: FunctionId): readonly string[] {
    return this.names.get(id) ?? [];
  }
}

/** Calls of functions that are meant, and places that hand them over. */
function usesOfFunctions(model: WorkspaceModel, file: FileSummary, meant: FunctionsMeant): Use[] {
  const uses: Use[] = [];
  file.functions.forEach((fn, index) => {
    for (const { call, callee } of linkedFunction(model, file, index)?.edges ?? []) {
      const names = meant.of(callee);
      const site = names.length === 0 ? undefined : fn.calls[call];
      if (!site) continue;
      const { start, end, callee: written } = site;
      for (const name of names)
        uses.push({ name, kind: "call", written, file, fn: index, call, targets: [callee], start, end });
    }
  });
  return uses;
}

/** Where a place is. */
interface Surroundings {
  model: WorkspaceModel;
  file: FileSummary;
  linked: LinkedFunction | undefined;
}

/** Whether a place uses a symbol, beyond calls of functions that it means, which the call graph knows. */
function isUseOf(symbol: WrittenSymbol, meaning: Meaning, place: NamePlace, around: Surroundings): boolean {
  if (place.kind === "import")
    return imports(symbol, place) || (around.file.language === "go" && isGoPackage(symbol, place));
  const target = place.call === undefined ? undefined : around.linked?.links.calls[place.call];
  if (reaches(symbol, meaning, place, around)) return true;
  if (symbol.isOfAnything) return place.written.length > 1 && place.written.at(-1) === symbol.last;
  if (symbol.head.length > 0) return isWritten(symbol, meaning, place, target);
  return place.kind === "call" ? callsName(symbol, meaning, place, target) : namesIt(symbol, meaning, place);
}

/**
 * Whether an import brings in a module or a member: `lodash` also as `lodash/fp`, `src/legacy` from wherever it is
 * imported. A single name is the whole name of a module or its first part, never just the end of a path.
 */
function imports({ written, head, last, isPrefix }: WrittenSymbol, { written: module, spelled }: NamePlace): boolean {
  const names = [...head, ...(isPrefix && last === "" ? [] : [last])];
  const isStart = names.every((name, i) => module[i] === name);
  if (isStart && !isPrefix) return true;
  // Where it leads is for whoever asks to see.
  if (names.length === 1 && folderNamed(written) !== undefined) return module.includes(last);
  if (names.length === 1)
    return spelled.length > module.length && spelled.at(-1) === last && /^[A-Z]|[a-z][A-Z]|_/.test(last);
  if (endsWith(spelled, names) || endsWith(module, names)) return true;
  return written.includes("/") && module.some((_, i) => names.every((name, j) => module[i + j] === name));
}

/**
 * Code calls a package of Go by the last part of its path, and so do rules; what the standard library has of that name
 * is meant first.
 */
function isGoPackage({ head, last, isPrefix }: WrittenSymbol, { written: module }: NamePlace): boolean {
  if (head.length > 0 || isPrefix || module.length < 2 || standardPackages.has(last)) return false;
  return module.at(-1) === last && module[0]?.includes(".") === true;
}

/** Those of the standard library whose path is one word, and last words of others that packages elsewhere share. */
const standardPackages: ReadonlySet<string> = new Set(
  "archive bufio builtin bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt hash html http image io iter json log maps math mime net os path plugin rand reflect regexp runtime slices slog sort sql strconv strings structs sync syscall template testing time unicode unique unsafe url weak xml".split(
    " ",
  ),
);

/** Whether it goes through a field or variable that is meant: `srv.db.Exec` for `s.db.*`. */
function reaches(
  { head, last, isPrefix }: WrittenSymbol,
  { owners, values }: Meaning,
  place: NamePlace,
  around: Surroundings,
): boolean {
  const { linked } = around;
  if (!linked || place.path === undefined) return false;
  if (place.read !== undefined && values.has(linked.links.reads[place.read] ?? "")) return true;
  if (head.length === 0 || owners.size === 0) return false;
  const { segments } = parseAccessPath(place.path);
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    if (segment?.kind !== "member" || !(isPrefix ? segment.name.startsWith(last) : segment.name === last)) continue;
    if (isOwner(pathUpTo(place.path, i), owners, linked, around)) return true;
  }
  return false;
}

/** Whether a closed path ends in one of the fields or variables of these keys. */
function isOwner(path: string, owners: ReadonlySet<string>, linked: LinkedFunction, around: Surroundings): boolean {
  const { model, file } = around;
  const read = file.functions[linked.index]?.reads.indexOf(path) ?? -1;
  const key = (read < 0 ? "" : linked.links.reads[read]) || fieldOf(path, model, file);
  if (key === undefined || key === "") return false;
  if (owners.has(key)) return true;
  // A type of another module is known by its name alone.
  return key.startsWith(".") && [...owners].some((owner) => owner.endsWith(key));
}

/** The field at the end of `<Dock>.server.db`, as `.Server.db`, by the declared types of the fields on the way. */
function fieldOf(path: string, model: WorkspaceModel, file: FileSummary): string | undefined {
  const { root, segments } = parseAccessPath(path);
  let type = /^<[*&\s]*([\p{L}_$][\p{L}\p{N}_$.]*)>$/u.exec(root)?.[1]?.split(".").at(-1);
  let module = model.modules.get(file.path);
  for (const [i, segment] of segments.entries()) {
    if (segment.kind !== "member" || type === undefined) return undefined;
    if (i === segments.length - 1) return `.${type}.${segment.name}`;
    const field = fieldDeclaration(model, `${module}.${type}.${segment.name}`);
    type = /^[*&\s]*([\p{L}_$][\p{L}\p{N}_$.]*)$/u
      .exec(field?.facts.type ?? "")?.[1]
      ?.split(".")
      .at(-1);
    module = field && model.modules.get(field.file.path);
  }
  return undefined;
}

/** Whether code writes it so: `json.Marshal` under any name of the package, `console.log`, `a.b` in `x.a.b`. */
function isWritten(
  symbol: WrittenSymbol,
  { owners, functions }: Meaning,
  place: NamePlace,
  target: CallTarget | undefined,
): boolean {
  // What is known to be something of the workspace is found by what it is.
  if (functions.size > 0 && target && target.functions.length > 0) return false;
  if (owners.size > 0 && target?.functions.length) return false;
  const matches = (names: readonly string[]) => (symbol.isPrefix ? isMember(names, symbol) : hasName(names, symbol));
  if (target?.external) {
    const { module, symbol: name } = target.external;
    if (matches([...moduleSegments(module), ...name.split(".")])) return true;
  }
  return matches(place.written) || matches(place.spelled);

  /** Calls name it last; what reads it may go on. */
  function hasName(names: readonly string[], { head, last }: WrittenSymbol): boolean {
    const whole = [...head, last];
    if (place.kind === "call") return endsWith(names, whole);
    return names.some((_, i) => i + 1 >= whole.length && endsWith(names.slice(0, i + 1), whole));
  }
}

function isMember(names: readonly string[], { head, last }: WrittenSymbol): boolean {
  for (let end = head.length; end < names.length; end++)
    if (endsWith(names.slice(0, end), head) && names[end]?.startsWith(last)) return true;
  return false;
}

function callsName(
  { last, isPrefix }: WrittenSymbol,
  { functions, isAmbiguous }: Meaning,
  { written, spelled, path }: NamePlace,
  target: CallTarget | undefined,
): boolean {
  if (target && target.functions.length > 0) return false;
  const isIt = (name: string | undefined) => (isPrefix ? Boolean(name?.startsWith(last)) : name === last);
  if (isAmbiguous && functions.size === 0) return written.length === 1 && isIt(written[0]);
  // A local that has been given another function.
  if (written.length === 1 && path !== undefined && path !== written[0] && !isIt(memberNames(path).at(-1)))
    return false;
  if (written.length === 1 && (isIt(written[0]) || isIt(spelled.at(-1)))) return true;
  if (target?.external?.symbol === last) return true;
  // A method of what is not known: nothing else is called that.
  return isDistinctive(last) && isIt(written.at(-1)) && (functions.size === 0 || !target?.external);
}

function namesIt(
  { last, isPrefix }: WrittenSymbol,
  { values, functions, types }: Meaning,
  { written, spelled, read, path }: NamePlace,
): boolean {
  // A field or variable is known by its key.
  if (read !== undefined && values.size > 0) return false;
  // What an object holds under the name of a function or type is another thing.
  const isFree = functions.size + types.size > 0 && ![...functions].some(isMethod);
  if (isFree && path?.startsWith("<")) return false;
  const isIt = (name: string | undefined) => (isPrefix ? Boolean(name?.startsWith(last)) : name === last);
  if (read === undefined) return isIt(written.at(-1)) || isIt(spelled.at(-1));
  // The type of what is read is not written there.
  const [root, ...members] = written;
  return (!path?.startsWith("<") && isIt(root)) || (isDistinctive(last) && members.some(isIt));
}

function isMethod(id: FunctionId): boolean {
  return id.slice(id.indexOf("#") + 1).includes(".");
}

function memberNames(path: string): string[] {
  return parseAccessPath(path).segments.flatMap((segment) => (segment.kind === "member" ? [segment.name] : []));
}
