import { folderOf } from "../../base/paths";
import { lineAt, type Span } from "../../base/text";
import { commentBlocks } from "../../model/commentBlocks";
import type { CommentFacts, TypeFacts } from "../../model/facts";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import type { LockAnalysis } from "../../model/graph/lockAnalysis";
import { type Warning, warningsAbove, warningsInside, warningsOfLock } from "./warnings";

/** A warning with the function whose comment it is in, or which stands around it. */
export interface ToldWarning extends Warning {
  index: number;
  /** Where the comment stands. */
  place: Span;
}

const warnings = new WeakMap<FileSummary, readonly ToldWarning[]>();

export function warningsIn(file: FileSummary): readonly ToldWarning[] {
  let known = warnings.get(file);
  if (!known) {
    known = [
      ...file.functions.flatMap((fn, index) => {
        const place = commentAbove(file, fn.start, fn.decorators.length);
        // Python's documentation is inside; what is above speaks to those who work on the code.
        const said = [fn.doc, file.language === "python" ? place?.text : undefined].filter(
          (text) => text !== undefined,
        );
        return said.flatMap((text) =>
          warningsAbove(text, fn.name).map((warning) => ({ ...warning, index, place: place ?? fn.nameSpan })),
        );
      }),
      ...file.types.flatMap((type) => [...ofMethods(file, type), ...ofLocks(file, type)]),
      ...commentBlocks(file).flatMap(({ text, start, end }) =>
        warningsInside(text).map((warning) => ({
          ...warning,
          index: functionAround(file, start),
          place: { start, end },
        })),
      ),
    ];
    warnings.set(file, known);
  }
  return known;
}

function commentAbove(file: FileSummary, start: number, decorators = 0): CommentFacts | undefined {
  const line = lineAt(file.lineStarts, start);
  return commentBlocks(file).findLast(
    ({ end }) => end <= start && line - lineAt(file.lineStarts, end) <= 1 + decorators,
  );
}

/**
 * What is said of a type that is not safe for concurrent use, of each method that changes it and says nothing itself; who
 * is to lock, where that is said as well.
 */
function ofMethods(file: FileSummary, { name, start }: TypeFacts): ToldWarning[] {
  const place = commentAbove(file, start);
  const all = place ? warningsAbove(place.text, name) : [];
  const unsafe = all.find(({ kind }) => kind === "one-thread");
  const said = unsafe && (all.find(({ kind, callee }) => kind === "hold" && callee === undefined) ?? unsafe);
  if (!place || !said) return [];
  const isMeant = (fn: FunctionSummary) =>
    fn.typeName === name &&
    fn.writes.length > 0 &&
    !warningsAbove(fn.doc ?? "", fn.name).some(({ kind }) => kind === "one-thread" || kind === said.kind);
  return file.functions.flatMap((fn, index) => (isMeant(fn) ? [{ ...said, index, place }] : []));
}

/** What is said of the locks that a type has as fields: `// mu guards peers. Do not hold it while calling Dial.` */
function ofLocks(file: FileSummary, type: TypeFacts): ToldWarning[] {
  return type.fields.flatMap(({ name, start }) => {
    const place = /(?:mu|mutex|mtx|lock)$/i.test(name) ? commentAbove(file, start) : undefined;
    return place
      ? warningsOfLock(place.text).map((told) => ({ ...told, lock: name, lockOwner: type.name, index: -1, place }))
      : [];
  });
}

function functionAround(file: FileSummary, offset: number): number {
  return file.functions.findLastIndex(({ start, end }) => start <= offset && offset < end);
}

/** Ids of locks by the folder they are used in. */
export type LocksByName = ReadonlyMap<string, ReadonlySet<string>>;

export function lockNames({ locking }: LockAnalysis): LocksByName {
  const known = new Map<string, Set<string>>();
  for (const { linked } of locking) {
    const folder = folderOf(linked.path);
    let locks = known.get(folder);
    if (!locks) {
      locks = new Set();
      known.set(folder, locks);
    }
    for (const operation of [...linked.links.lockOperations.values(), ...linked.links.scopeLocks])
      if (operation && operation.kind !== "semaphore") locks.add(operation.lock);
  }
  return known;
}

/** The lock a comment means: by the name it gives, or the only one of the type whose method it is about. */
export function lockMeant(
  { lock, lockOwner }: Warning,
  { typeName }: FunctionSummary,
  locks: ReadonlySet<string> | undefined,
): string | undefined {
  const isNamed = (id: string) => id.split(".").at(-1) === lock;
  const known = [...(locks ?? [])];
  // `h.lock` means the lock of `h`, whatever its name is by now.
  const isAny = lock === undefined || (/^(?:lock|mutex|mu)$/.test(lock) && !known.some(isNamed));
  const named = isAny ? known : known.filter(isNamed);
  // `Pool.mu` is that of a type, whichever method the comment is above; `p.mu` says nothing of the type.
  const isOwner = (id: string) => ownersOf(id)[0]?.toLowerCase() === lockOwner?.toLowerCase();
  const ofOther = named.filter((id) => ownersOf(id)[0] === lockOwner || (lockOwner !== typeName && isOwner(id)));
  if (ofOther.length > 0 || (lockOwner !== typeName && isTypeName.test(lockOwner ?? ""))) return ofOther[0];
  const ofType = named.filter((id) => typeName !== undefined && ownersOf(id).includes(typeName));
  const candidates = ofType.length > 0 ? ofType : isAny ? [] : named;
  if (candidates.length < 2) return candidates[0];
  // Of several, `the lock` is the one that is called so.
  const plain = candidates.filter((id) => /\W_?(?:lock|mutex|mu)$/i.test(id));
  return plain.length === 1 ? plain[0] : undefined;
}

/** Whether no other lock of a folder is one of the same type. */
export function isOnlyLockOfType(lock: string, locks: ReadonlySet<string> | undefined): boolean {
  const [owner] = ownersOf(lock);
  return [...(locks ?? [])].every((other) => other === lock || ownersOf(other)[0] !== owner);
}

const isTypeName = /^[A-Z]\w*[a-zA-Z]$/;

/** `Pool` and, where the object is itself the lock, the same for `m.Pool` and `m.Pool.mu`. */
export function ownersOf(lock: string): string[] {
  return lock.split(/[./:]/).slice(-2);
}
