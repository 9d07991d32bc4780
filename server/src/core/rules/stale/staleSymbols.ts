import { code } from "../../base/markdown";
import type { Turns } from "../../base/turns";
import type { FileSummary } from "../../model/fileSummary";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { ScriptFile } from "../enforce/scriptFiles";
import { isDistinctive } from "../names";
import type { InstructionFile, Rule } from "../rule";
import { writtenSymbol } from "../symbolPattern";
import { examplesOfLibraries, unreadBeside } from "./namesElsewhere";
import type { InstructionTexts, StaleFinding } from "./staleFinding";
import type { WorkspacePaths } from "./stalePaths";
import { closest, lettersApart, replacement } from "./suggestion";

interface NamedSymbol {
  rule: Rule;
  written: string;
  name: string;
  /** What it is said to be part of: `HarbourMaster` of `HarbourMaster.assign`. */
  owner?: string;
}

interface Workspace {
  model: WorkspaceModel;
  paths: WorkspacePaths;
  scripts: readonly ScriptFile[];
  /** The instruction files. */
  files: readonly InstructionFile[];
}

/**
 * Symbols that rules name and that nothing in the workspace has any more. Only distinctive ones in backticks, and only
 * where one declaration of nearly the same name says that they were here, or what they are said to be part of is here.
 * What a library or a file that is not analysed may have is left alone.
 */
export function* staleSymbols(
  rules: readonly Rule[],
  texts: InstructionTexts,
  { model, paths, scripts, files }: Workspace,
): Turns<StaleFinding[]> {
  const mayBeElsewhere = unreadBeside(paths, model);
  const asked = rules.flatMap((rule) => (isAboutOthers(rule) || mayBeElsewhere(rule) ? [] : symbolsOf(rule)));
  const missing = new Set(asked.map(({ name }) => name));
  if (missing.size === 0) return [];
  const wanted: WantedNames = { names: new Set(missing), text: [...missing].join(" "), pattern: anyOf(missing) };
  const strike = (text: string) => {
    for (const name of namesIn(text, wanted)) missing.delete(name);
  };
  for (const file of model.files.values()) {
    yield;
    for (const name of namesInFile(file, wanted)) missing.delete(name);
    if (missing.size === 0) return [];
  }
  for (const { text } of scripts) strike(text);
  for (const { text } of files) for (const example of examplesOfLibraries(text)) strike(example);
  for (const path of paths.all) strike(path);
  if (missing.size === 0) return [];
  const near = yield* nearNames(model.files.values(), [...missing].sort());
  const owners = new Set(asked.flatMap(({ name, owner }) => (missing.has(name) && owner ? owner : [])));
  const types = typesNamed(model.files.values(), owners);
  return asked.flatMap(({ rule, written, name, owner }): StaleFinding[] => {
    if (!missing.has(name)) return [];
    const range = texts.textOf(rule).includes(`\`${written}`) ? texts.rangeOf(rule, written) : undefined;
    if (!range) return [];
    // What is part of something that is not of this workspace is another's: `require.ErrorAs`, a field of a manifest.
    if (owner !== undefined && !types.has(owner)) return [];
    const meant = closest(name, near.get(name) ?? []);
    if (meant === undefined) {
      if (owner === undefined || types.get(owner) !== "whole") return [];
      const message = `${code(owner)} has no ${code(name)}, nor has anything else here.`;
      return [{ kind: "symbol", rule, path: rule.source.path, range, message, steps: [] }];
    }
    const message = `Nothing is called ${code(name)} any more; there is ${code(meant)}.`;
    const mended = written.replace(name, () => meant);
    const fixes = [replacement(rule.source.path, range, mended)];
    return [{ kind: "symbol", rule, path: rule.source.path, range, message, steps: [], fixes }];
  });
}

/** Types by name: `whole` where there is one of that name and all that it has stands in its declaration and its methods. */
function typesNamed(files: Iterable<FileSummary>, names: ReadonlySet<string>): ReadonlyMap<string, "whole" | "partly"> {
  const found = new Map<string, "whole" | "partly">();
  if (names.size === 0) return found;
  for (const { path, types } of files)
    for (const { name, bases, form } of types) {
      // What a library has is declared there in addition to it.
      if (!names.has(name) || path.endsWith(".d.ts")) continue;
      const isWhole = bases.length === 0 && form !== "alias" && !found.has(name);
      found.set(name, isWhole ? "whole" : "partly");
    }
  return found;
}

type NearNames = ReadonlyMap<string, readonly string[]>;

/** For each name that is missing, those that files declare and that it may have become. */
function* nearNames(files: Iterable<FileSummary>, missing: readonly string[]): Turns<NearNames> {
  const near = new Map<string, string[]>();
  for (const file of files) {
    yield;
    for (const [name, found] of nearNamesIn(file, missing)) near.set(name, [...(near.get(name) ?? []), ...found]);
  }
  return near;
}

/** Those of the names that were missing last. */
const nearByFile = new WeakMap<FileSummary, { missing: string; near: NearNames }>();

function nearNamesIn(file: FileSummary, missing: readonly string[]): NearNames {
  const asked = missing.join(" ");
  const known = nearByFile.get(file);
  if (known?.missing === asked) return known.near;
  const near = new Map<string, string[]>();
  // A field has the name in another case in what it is kept in.
  const visible = new Set(file.language === "go" ? declaredIn({ ...file, types: file.types.map(withoutFields) }) : []);
  for (const declared of new Set(declaredIn(file)))
    for (const name of missing)
      if (isNearly(name, declared) && isInStyleOf(name, declared, visible.has(declared)))
        near.set(name, [...(near.get(name) ?? []), declared]);
  nearByFile.set(file, { missing: asked, near: near.size === 0 ? noneNear : near });
  return near;
}

const noneNear: NearNames = new Map();

/** The same words in another style, or one letter apart: two make another word, which libraries have as well. */
function isNearly(name: string, declared: string): boolean {
  return (lettersApart(name, declared) ?? 2) < 2;
}

function withoutFields<T extends FileSummary["types"][number]>(type: T): T {
  return { ...type, fields: [] };
}

/**
 * A column or key has the words of what it is kept in, in a style of its own. Only Go changes a name's first letter
 * when its visibility changes; elsewhere a type and a function are two things.
 */
function isInStyleOf(name: string, declared: string, isOfGo: boolean): boolean {
  if (declared === oppositeOf(name)) return false;
  const [style, other] = [styleOf(name), styleOf(declared)];
  return other === style || (isOfGo && isCased(style) && isCased(other));
}

function isCased(style: string): boolean {
  return style === "pascal" || style === "camel";
}

/** A getter is not what became of a setter. */
function oppositeOf(name: string): string | undefined {
  const [, verb, rest] = /^(get|set)(\p{Lu}.*)$/su.exec(name) ?? [];
  return verb && `${verb === "get" ? "set" : "get"}${rest}`;
}

function styleOf(name: string): string {
  if (name === name.toUpperCase()) return "upper";
  if (name.includes("_")) return "snake";
  return /^\p{Lu}/u.test(name) ? "pascal" : "camel";
}

interface WantedNames {
  names: ReadonlySet<string>;
  /** All of them. */
  text: string;
  /** Tells quickly that a text has none. */
  pattern: RegExp;
}

/** Those of the names looked for last that stand in a file. */
const namesByFile = new WeakMap<FileSummary, { wanted: string; found: ReadonlySet<string> }>();

function namesInFile(file: FileSummary, wanted: WantedNames): ReadonlySet<string> {
  const known = namesByFile.get(file);
  if (known?.wanted === wanted.text) return known.found;
  const found = new Set<string>();
  for (const text of textsOf(file)) if (text !== undefined) for (const name of namesIn(text, wanted)) found.add(name);
  namesByFile.set(file, { wanted: wanted.text, found: found.size === 0 ? noNames : found });
  return found;
}

const noNames: ReadonlySet<string> = new Set();

function namesIn(text: string, { names, pattern }: WantedNames): readonly string[] {
  return pattern.test(text) ? (text.match(identifier) ?? []).filter((name) => names.has(name)) : [];
}

const identifier = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** What is not to be written, and what only shows how to write, does not have to exist. */
function isAboutOthers({ polarity, text }: Rule): boolean {
  if (polarity === "must-not") return !/\b(?:call|calls|touch|modify|change|rename|remove)\b/i.test(text);
  return /\b(?:e\.g\.|for example|such as|like|example|named?|naming|prefix|suffix|nouns?|verbs?|\w+case|instead of|rather than|over|not|never|avoid|new)\b/i.test(
    text,
  );
}

function symbolsOf(rule: Rule): NamedSymbol[] {
  return rule.scope.symbols.flatMap((written) => {
    const symbol = writtenSymbol(written);
    const isOwn = symbol && !symbol.isPrefix && !symbol.isOfAnything;
    const owner = symbol?.head.at(-1);
    const isPart = owner !== undefined && /^[A-Z]/.test(owner) && isDistinctive(owner);
    if (
      !isOwn ||
      symbol.last.length < 6 ||
      !(isPart || isDistinctive(symbol.last)) ||
      /^\$?[A-Z0-9_]+$/.test(symbol.last)
    )
      return [];
    if (isPlaceholder.test(symbol.last) || agentTools.has(symbol.last)) return [];
    return [{ rule, written, name: symbol.last, ...(owner !== undefined && { owner }) }];
  });
}

/** Names that stand for names: `expectedX`, `XStyles`, `fooBar`, `handleXxx`. */
const isPlaceholder = /^X(?=[A-Z][a-z])|[a-z](?:X{1,3}|Xx+|XYZ|Foo|Bar|Baz)$|^(?:foo|bar|baz|xxx)(?![a-z])/;

/** What agents call their own tools. */
const agentTools: ReadonlySet<string> = new Set(
  "AskUserQuestion BashOutput EnterPlanMode ExitPlanMode KillShell ListMcpResources MultiEdit NotebookEdit NotebookRead ReadMcpResource SendMessage SlashCommand TaskCreate TaskGet TaskList TaskOutput TaskStop TaskUpdate TeamCreate TeamDelete TodoRead TodoWrite ToolSearch WebFetch WebSearch".split(
    " ",
  ),
);

function anyOf(names: Iterable<string>): RegExp {
  return new RegExp([...names].map((name) => name.replace(/\$/g, "\\$")).join("|"));
}

function* declaredIn({ types, constants, functions }: FileSummary): Generator<string> {
  for (const { name, fields, methods } of types) {
    yield name;
    for (const field of fields) yield field.name;
    for (const method of methods) yield method.name;
  }
  for (const { name } of constants) yield name;
  for (const { name } of functions) if (name !== "") yield name;
}

/** Every text of a file in which a name may stand. */
function* textsOf(file: FileSummary): Generator<string | undefined> {
  yield* declaredIn(file);
  for (const { fields, bases } of file.types) {
    yield* bases;
    for (const { type, origin } of fields) {
      yield type;
      yield origin;
    }
  }
  for (const { type, value, origin } of file.constants) yield* [type, value, origin];
  for (const fn of file.functions) {
    for (const { name, type, default: given } of fn.parameters) yield* [name, type, given];
    for (const { callee, origin, arguments: given } of fn.calls) {
      yield callee;
      yield origin;
      yield* given;
    }
    for (const list of [fn.results, fn.decorators, fn.reads, fn.writes, fn.returns, fn.failures.throws]) yield* list;
    yield fn.doc;
  }
  for (const { callee, arguments: given } of file.calls) {
    yield callee;
    yield* given;
  }
  for (const { module, member, localName } of file.imports) yield* [module, member, localName];
  for (const { name } of file.flags ?? []) yield name;
  for (const { text } of file.comments) yield text;
}
