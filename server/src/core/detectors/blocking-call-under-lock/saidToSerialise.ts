import { lineAt, type Span } from "../../base/text";
import { commentBlocks } from "../../model/commentBlocks";
import type { CommentFacts } from "../../model/facts";
import type { FileSummary } from "../../model/fileSummary";
import type { Holding } from "../../model/graph/heldLocks";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import type { Site } from "./blockedOperations";

const maxLinesBetween = 2;

/** Whether a comment says that a lock lets one at a time through on purpose: where it is taken, declared, or above its type. */
export function isSaidToSerialise(
  model: WorkspaceModel,
  { linked, file, fn }: Site,
  { lock, scope, call }: Holding,
): boolean {
  const taken = scope?.start ?? fn.calls[call]?.start ?? fn.start;
  const takers = (linked.links.calls[call]?.functions ?? []).flatMap((id) => {
    const callee = model.functions.get(id);
    return (callee && functionAt(model, callee)?.fn) ?? [];
  });
  // Of an embedded lock only the type is known.
  const names = lock.split(".").slice(-2);
  return (
    [fn, ...takers].some(({ doc }) => doc !== undefined && serialises.test(doc.replace(/\s+/g, " "))) ||
    commentBlocks(file).some(
      (block) => says(block) && (isJustAbove(file, block, taken) || isAbout(file, block, names)),
    ) ||
    file.comments.some((comment) => says(comment) && isAboutField(file, comment, names))
  );
}

/** "serialise the calls to", "enforces serial updates", "only one at a time"; not "serialise the message". */
const serialises =
  /\bseriali[sz](?:e|es|ed|ing)\b(?:\s+\w+){0,4}?\s+(?:access\w*|against|calls?|changes?|installs?|mutations?|operations?|requests?|syncs?|updates?|writes?|writing)\b|\bserial (?:access|changes?|calls?|operations?|updates?|writes?)\b|\bonly one\b[^.]{0,60}\bat (?:a|any|the same)\b[^.]{0,12}\btime\b|\bmust (?:all )?(?:share|hold|be (?:done |made |written )?under) the (?:same )?lock\b|\b(?:must be held|hold (?:it|the lock|this lock))\b[^.]{0,80}\b(?:order|exclusive|until|while|during)\b/i;

const known = new WeakMap<CommentFacts, boolean>();

function says(comment: CommentFacts): boolean {
  let answer = known.get(comment);
  if (answer === undefined) {
    answer = serialises.test(comment.text.replace(/\s+/g, " "));
    known.set(comment, answer);
  }
  return answer;
}

function isJustAbove({ lineStarts }: FileSummary, { end }: CommentFacts, offset: number): boolean {
  const lines = lineAt(lineStarts, offset) - lineAt(lineStarts, end);
  return lines >= 0 && lines <= maxLinesBetween;
}

/** Outside of everything a comment is about the type it names. */
function isAbout({ types, functions }: FileSummary, comment: CommentFacts, names: readonly string[]): boolean {
  if ([...types, ...functions].some((span) => contains(span, comment))) return false;
  const text = comment.text.toLowerCase();
  return types.some(({ name }) => names.includes(name) && text.includes(name.toLowerCase()));
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
