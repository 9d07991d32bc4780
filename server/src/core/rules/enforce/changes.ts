import { code } from "../../base/markdown";
import { lineAt, type Range, type Span } from "../../base/text";
import type { FileSummary } from "../../model/fileSummary";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { ChangeCheck, ChangeSubject, Check, ForbiddenEdit, MustAccompany } from "../check";
import { compileGlob } from "../glob";
import { pathPatternOf } from "../pathPattern";
import type { Rule } from "../rule";
import { type WrittenSymbol, writtenSymbol } from "../symbolPattern";
import { writtenBy } from "./madeBy";
import { messageOf, type RuleViolation } from "./outcome";
import type { ScriptFile } from "./scriptFiles";

/** A file that a change touches. */
export interface FileChange {
  /** In the new tree; the old path when deleted. */
  path: string;
  /** Renamed from. */
  oldPath?: string;
  kind: "added" | "modified" | "deleted" | "renamed";
  /** Changed lines of the new text, zero-based, the end exclusive; absent: all of it. */
  changed?: readonly { start: number; end: number }[];
}

/** Whether a check is one of changes. */
export function isChangeCheck(check: Check): check is ChangeCheck {
  return check.form === "forbidden-edit" || check.form === "must-accompany";
}

/**
 * What a change does against rules about changes, in the order of the rules. Violations stand at the first changed line.
 *
 * @param model of the new tree; without it a subject that names functions or types is not found
 * @param paths files of the new tree that the model does not know
 * @param scripts what commands do, as far as the workspace says
 */
export function checkChanges(
  rules: readonly Rule[],
  changes: readonly FileChange[],
  model?: WorkspaceModel,
  paths: Iterable<string> = [],
  scripts: readonly ScriptFile[] = [],
): RuleViolation[] {
  const known = { model, paths, scripts };
  return rules.flatMap((rule) => {
    const check = rule.enforcement;
    if (!check || !isChangeCheck(check)) return [];
    const loaded = rule.scope.globs.map(compileGlob);
    const governed = changes.filter(({ path }) => loaded.length === 0 || loaded.some((matches) => matches(path)));
    return check.form === "forbidden-edit"
      ? forbiddenEdits(rule, check, governed, changes, model)
      : missingCompanions(rule, check, governed, changes, known);
  });
}

interface KnownFiles {
  model: WorkspaceModel | undefined;
  paths: Iterable<string>;
  scripts: readonly ScriptFile[];
}

function forbiddenEdits(
  rule: Rule,
  { paths, additionsAllowed, additionsOnly, marked }: ForbiddenEdit,
  governed: readonly FileChange[],
  changes: readonly FileChange[],
  model: WorkspaceModel | undefined,
): RuleViolation[] {
  const patterns = paths.map(pathPatternOf);
  const isForbidden = ({ path, oldPath }: FileChange) =>
    (marked !== undefined && isMarked(model?.files.get(path), marked)) ||
    patterns.some(({ matches }) => matches(path) || (oldPath !== undefined && matches(oldPath)));
  // Whoever changes what something is made from has it made anew.
  if (isMade.test(rule.text) && changes.some((change) => isSource.test(change.path) && !isForbidden(change))) return [];
  return governed
    .filter((change) => isForbidden(change) && !(additionsAllowed && change.kind === "added"))
    .filter(({ kind }) => !additionsOnly || kind === "added" || kind === "renamed")
    .map((change) => violation(rule, change, `${code(change.path)} ${kindWords[change.kind]}`, model));
}

/** What a file says of itself before its first declaration. */
function isMarked(file: FileSummary | undefined, marks: readonly string[]): boolean {
  if (!file) return false;
  return file.leftOut === "generated" || marks.some((mark) => file.head?.toLowerCase().includes(mark.toLowerCase()));
}

const kindWords: Readonly<Record<FileChange["kind"], string>> = {
  added: "is added",
  modified: "is changed",
  deleted: "is deleted",
  renamed: "is renamed",
};

const isMade =
  /\bgenerat|\bauto-?gen|\bcodegen|\bcompiled\b|\bbuild (?:output|artifact)|\block ?files?\b|\bsnapshots?\b/i;
const isSource =
  /\.(?:proto|graphqls?|gql|sql|thrift|avsc|fbs|tmpl|tpl|hbs|mustache|ejs|prisma|capnp|g4|ya?ml|smithy)$|(?:^|\/)(?:package\.json|pyproject\.toml|setup\.py|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|Gemfile|requirements[\w-]*\.txt|openapi[\w.-]*|swagger[\w.-]*|schema[\w.-]*)$/i;

function missingCompanions(
  rule: Rule,
  { when, also }: MustAccompany,
  governed: readonly FileChange[],
  changes: readonly FileChange[],
  known: KnownFiles,
): RuleViolation[] {
  const { model } = known;
  const isAlso = also.map((subject) => demandFilter(subject, known));
  const isWhen = changeFilter(when, model);
  const isNew = additions(when, changes, known);
  // Of files that are changed together each asks for the others.
  const isMerelyAlso = also.map((subject, i) => (isPartOf(subject, when) ? () => false : isAlso[i]));
  const asked = governed.filter(
    (change) =>
      isWhen(change) &&
      isNew(change) &&
      !isMerelyAlso.some((matches) => matches?.(change)) &&
      !isTestFile(change, model),
  );
  const [first] = asked;
  if (!first) return [];
  return also.flatMap((subject, i): RuleViolation[] => {
    if (changes.some((change) => isAlso[i]?.(change))) return [];
    // What a command writes may be nothing that is kept.
    const isKept =
      subject.madeBy === undefined || filesOf(known).some((path) => isAlso[i]?.({ path, kind: "modified" }));
    if (!isKept) return [];
    const what = asked.length > 1 ? `${code(first.path)} and ${asked.length - 1} more are` : `${code(first.path)} is`;
    const missing = subject.of === "tests" ? "no test is" : `${subjectText(subject)} is not`;
    return [violation(rule, first, `${what} changed and ${missing}`, model)];
  });
}

function demandFilter(subject: ChangeSubject, { model, scripts }: KnownFiles): (change: FileChange) => boolean {
  if (subject.madeBy === undefined || subject.paths !== undefined) return changeFilter(subject, model);
  const isWritten = writtenBy(subject.madeBy, scripts, (path) => model?.files.get(path)?.leftOut === "generated");
  return ({ path }) => isWritten(path);
}

function filesOf({ model, paths }: KnownFiles): string[] {
  return [...(model?.files.keys() ?? []), ...paths];
}

function isPartOf({ paths = [], names = [] }: ChangeSubject, whole: ChangeSubject): boolean {
  return (
    paths.length + names.length > 0 &&
    paths.every((path) => whole.paths?.includes(path)) &&
    names.every((name) => whole.names?.includes(name))
  );
}

/** Which changes are additions, where only those count. A file more in a folder adds no folder. */
function additions(
  { added, paths = [] }: ChangeSubject,
  changes: readonly FileChange[],
  known: KnownFiles,
): (change: FileChange) => boolean {
  if (!added) return () => true;
  const addedPaths = new Set(changes.filter(({ kind }) => kind === "added").map(({ path }) => path));
  const ofFolders = paths
    .filter((path) => path.endsWith("/*/**"))
    .map((path) => pathPatternOf(path.slice(0, -3)).matches);
  if (ofFolders.length === 0) return ({ path }) => addedPaths.has(path);
  const folderMeant = (path: string) =>
    foldersAbove(path).find((folder) => ofFolders.some((matches) => matches(folder)));
  const older = filesOf(known).filter((path) => !addedPaths.has(path));
  const old = new Set(older.map(folderMeant));
  return ({ path }) => addedPaths.has(path) && !old.has(folderMeant(path));
}

/** The folders a file lies in, the outermost first. */
function foldersAbove(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

/** A deleted file is in no model; nobody asks for a test of it. */
function partOf({ path, kind }: FileChange, model: WorkspaceModel | undefined): ChangeSubject["of"] {
  const file = model?.files.get(path);
  if (isTestPath.test(path) || file?.isTest) return "tests";
  return file && !file.leftOut && kind !== "deleted" ? "code" : undefined;
}

const isTestPath = /(?:^|\/)(?:tests?|__tests__|spec|e2e|testdata)\//i;

function isTestFile({ path }: FileChange, model: WorkspaceModel | undefined): boolean {
  return model?.files.get(path)?.isTest ?? false;
}

function subjectText({ paths = [], names = [], of, madeBy }: ChangeSubject): string {
  if (madeBy !== undefined && paths.length === 0) return `what ${code(madeBy)} writes`;
  if (of !== undefined) return "the code";
  return [...paths, ...names].map((name) => code(name)).join(" or ") || "what belongs to it";
}

function changeFilter(
  { paths, names, of }: ChangeSubject,
  model: WorkspaceModel | undefined,
): (c: FileChange) => boolean {
  if (of !== undefined) return (change) => partOf(change, model) === of;
  const patterns = paths?.map(pathPatternOf);
  const symbols = names?.flatMap((name) => writtenSymbol(name) ?? []);
  return (change) => {
    const isInPath = patterns?.some(
      ({ matches }) => matches(change.path) || (change.oldPath !== undefined && matches(change.oldPath)),
    );
    if (isInPath === true && (!symbols || symbols.length === 0)) return true;
    if (!symbols || isInPath === false) return false;
    const file = model?.files.get(change.path);
    return file !== undefined && symbols.some((symbol) => changesSymbol(file, change, symbol));
  };
}

/** Whether the text of something that a symbol names has changed. */
function changesSymbol(file: FileSummary, change: FileChange, { head, last, isPrefix }: WrittenSymbol): boolean {
  const isIt = (name: string) => (isPrefix ? name.startsWith(last) : name === last);
  const owner = head.at(-1);
  const functions = file.functions.filter(
    ({ name, typeName, receiver }) =>
      isIt(name) && (owner === undefined || owner === typeName || owner === receiver?.name),
  );
  const named = owner === undefined ? [...file.types, ...file.constants].filter(({ name }) => isIt(name)) : [];
  return [...functions, ...named].some((span) => touches(file, change, span));
}

function touches({ lineStarts }: FileSummary, { changed }: FileChange, { start, end }: Span): boolean {
  if (!changed) return true;
  const [first, last] = [lineAt(lineStarts, start), lineAt(lineStarts, Math.max(start, end - 1))];
  return changed.some((lines) => lines.start <= last && first < lines.end);
}

function violation(rule: Rule, change: FileChange, claim: string, model: WorkspaceModel | undefined): RuleViolation {
  const line = change.kind === "deleted" ? 0 : (change.changed?.[0]?.start ?? 0);
  const position = { line, character: 0 };
  const range: Range = { start: position, end: position };
  const message = messageOf(claim, rule);
  const symbol = symbolAt(model?.files.get(change.path), line);
  return { rule, path: change.path, range, symbol, claim, message, steps: [] };
}

function symbolAt(file: FileSummary | undefined, line: number): string {
  const offset = file?.lineStarts[line];
  if (!file || offset === undefined) return "";
  return file.functions.findLast(({ start, end }) => start <= offset && offset < end)?.symbol ?? "";
}
