import { memoized } from "../../../base/memoized";
import { lineAt, type Span } from "../../../base/text";
import { commentBlocks } from "../../../model/commentBlocks";
import type { CommentFacts } from "../../../model/facts";
import type { FileSummary } from "../../../model/fileSummary";
import type { Holding } from "../../../model/graph/heldLocks";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";
import type { Site } from "../blockedOperations";
import type { LockUse } from "./lockUses";

const maxLinesBetween = 2;

/** Whether a comment says that a lock lets one at a time through on purpose: where it is taken, declared, or above its type. */
export function isSaidToSerialise(
  model: WorkspaceModel,
  { linked, file, fn }: Site,
  { scope, call, forReading }: Holding,
  use: LockUse,
): boolean {
  const taken = scope?.start ?? fn.calls[call]?.start ?? fn.start;
  const isSaidThere = commentBlocks(file).some((block) => saysSerial(block) && isJustAbove(file, block, taken));
  // Readers let each other through: what is said of the lock as a whole is about those who write.
  if (isSaidThere || forReading) return isSaidThere;
  const takers = (linked.links.calls[call]?.functions ?? []).flatMap((id) => {
    const callee = model.functions.get(id);
    return (callee && functionAt(model, callee)?.fn) ?? [];
  });
  return (
    [fn, ...takers].some(({ doc }) => doc !== undefined && serialises.test(doc.replace(/\s+/g, " "))) ||
    isSaidOfLock(file, use)
  );
}

/** "so we lock here", "as we only hold a read lock": who wrote it knew what is done meanwhile. */
const explains =
  /\b(?:so|because|since|as)\b[^.]{0,30}\b(?:lock|hold|holding)\b|\bonly\b[^.]{0,20}\bread[- ]?lock\b|\b(?:hold|keep)\b[^.]{0,40}\block\b[^.]{0,60}\b(?:while|during|until|so that|to (?:avoid|prevent|ensure|make sure))\b|\block\b[^.]{0,80}\b(?:atomic\w*|consisten\w+)\b|\batomic\w*\b[^.]{0,80}\block\b/i;

/** "to avoid a race in some tests" */
const saysForTests = /\b(?:in|for|by|of) (?:\w+ ){0,2}(?:unit[- ])?tests\b/i;

/** Whether the comment just above where a lock is taken gives a reason for what is done under it. */
export function isExplained(taker: Site, lock: Holding): boolean {
  return isSaidAbove(taker, lock, explains);
}

/** Whether the comment just above where a lock is taken says that tests need it. */
export function isSaidToBeForTests(taker: Site, lock: Holding): boolean {
  return isSaidAbove(taker, lock, saysForTests);
}

function isSaidAbove({ file, fn }: Site, { scope, call }: Holding, said: RegExp): boolean {
  const taken = scope?.start ?? fn.calls[call]?.start ?? fn.start;
  return commentBlocks(file).some(
    (block) => block.start > fn.start && said.test(block.text.replace(/\s+/g, " ")) && isJustAbove(file, block, taken),
  );
}

/** Whether it is said where a lock is taken, in general, or where it is declared. */
function isSaidOfLock(file: FileSummary, { lock, owner }: LockUse): boolean {
  // Of an embedded lock only the type is known.
  const names = lock.split(".").slice(-2);
  return [...new Set([file, owner?.file ?? file])].some((one) => isSaidIn(one, names));
}

function isSaidIn(file: FileSummary, names: readonly string[]): boolean {
  const isMeant = (block: CommentFacts) => isAbout(file, block, names) || isBesideField(file, block, names);
  return (
    commentBlocks(file).some((block) => saysSerial(block) && isMeant(block)) ||
    file.comments.some((comment) => saysSerial(comment) && isAboutField(file, comment, names))
  );
}

/**
 * "serialise the calls to", "enforces serial updates", "only one at a time", "one has completed before another can start",
 * "keep it until", "we want to block the reader until", "prevent two tasks from running in parallel"; not "serialise the message".
 */
const serialises =
  /\bseriali[sz](?:e|es|ed|ing)\b(?:\s+\w+){0,4}?\s+(?:access\w*|against|calls?|changes?|installs?|mutations?|operations?|requests?|syncs?|updates?|writes?|writing)\b|\bserial (?:access|changes?|calls?|operations?|updates?|writes?)\b|\bonly one\b[^.]{0,60}\bat (?:a|any|the same)\b[^.]{0,12}\btime\b|\bmust (?:all )?(?:share|hold|be (?:done |made |written )?under) the (?:same )?lock\b|\b(?:must be held|(?:hold|keep) (?:it|the lock|this lock))\b[^.]{0,80}\b(?:order|exclusive|until|while|during)\b|\bone\b[^.]{0,60}\bcompleted?\b[^.]{0,20}\bbefore another\b|\b(?:lock|want) to block\b|\b(?:prevent\w*|avoid\w*|never|must not|(?:do|does)(?: not|n['’]t) want)\b[^.]{0,60}\b(?:run|running|invok\w+|execut\w+|start\w*|process\w*)\b[^.]{0,20}\b(?:in parallel|concurrently|simultaneously|at the same time)\b/i;

const saysSerial = memoized((comment: CommentFacts) => serialises.test(comment.text.replace(/\s+/g, " ")));

function isJustAbove({ lineStarts }: FileSummary, { end }: CommentFacts, offset: number): boolean {
  const lines = lineAt(lineStarts, offset) - lineAt(lineStarts, end);
  return lines >= 0 && lines <= maxLinesBetween;
}

/** Outside of everything a comment is about the type it names, or about those of its locks that it names. */
function isAbout({ types, functions }: FileSummary, comment: CommentFacts, names: readonly string[]): boolean {
  if ([...types, ...functions].some((span) => contains(span, comment))) return false;
  const text = comment.text.toLowerCase();
  return types.some(({ name, fields }) => {
    if (!names.includes(name) || !text.includes(name.toLowerCase())) return false;
    const locks = fields.filter((field) => namedForLock.test(field.name) && isNamedIn(comment, field.name));
    return locks.length === 0 || locks.some((field) => names.includes(field.name) && !isAnyLock.test(field.name));
  });
}

/** Inside a type a comment may name the field that it is about, and stand above others. */
function isBesideField({ types }: FileSummary, comment: CommentFacts, names: readonly string[]): boolean {
  const fields = types.flatMap((type) => (contains(type, comment) ? type.fields : []));
  return fields.some(({ name }) => names.includes(name) && !isAnyLock.test(name) && isNamedIn(comment, name));
}

const namedForLock = /(?:mu|lock|mutex|mtx)$/i;
/** Not `joinMu`: a comment that says `lock` may mean any. */
const isAnyLock = /^_*r?w?(?:mu|lock|mutex|mtx)$/i;

function isNamedIn({ text }: CommentFacts, name: string): boolean {
  return (text.match(/[\w$]+/g) ?? ([] as string[])).includes(name);
}

/** Inside a type a comment is about the field on its line, or else on the next. */
function isAboutField({ types, lineStarts }: FileSummary, comment: CommentFacts, names: readonly string[]): boolean {
  const fields = types.filter((type) => contains(type, comment)).flatMap((type) => type.fields);
  const line = lineAt(lineStarts, comment.end);
  const on = (wanted: number) => fields.filter(({ start }) => lineAt(lineStarts, start) === wanted);
  const meant = on(line).length > 0 ? on(line) : on(line + 1);
  return meant.some(({ name }) => names.includes(name));
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
