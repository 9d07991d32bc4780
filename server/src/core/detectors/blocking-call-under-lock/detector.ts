import { rangeOf } from "../../base/text";
import type { WitnessStep } from "../../model/finding";
import { effectText, lockName } from "../../model/graph/effectText";
import { functionsAround } from "../../model/graph/graphFunction";
import { type Holding, isSameLock } from "../../model/graph/heldLocks";
import { lockAnalysis, prepareLockAnalysis } from "../../model/graph/lockAnalysis";
import { chainSteps, type EffectPlace, nameOf, stepAt } from "../../model/graph/witness";
import type { FunctionId } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import {
  type BlockedOperation,
  type BlockingKind,
  blockedOperations,
  blockingKinds,
  type Site,
} from "./blockedOperations";
import { isBufferedSend } from "./bufferedChannels";
import { type Consequence, consequenceOf, type LockPurpose } from "./consequence";
import { type LockUse, lockUses } from "./lockUses";
import { detectorId, type Noted } from "./noted";
import { noted } from "./observe";

const maxOthersTold = 4;
const minorAlwaysShown = 6;
const minorPerTenThousandLines = 0.15;

/** What one function does under one lock, the worst first. */
interface BlockedSection {
  site: Site;
  lock: Holding;
  operations: BlockedOperation[];
}

interface JudgedSection extends BlockedSection {
  purpose: LockPurpose;
  consequence: Consequence;
  rank: number;
}

export const blockingCallUnderLock: Detector<Noted> = {
  id: detectorId,
  title: "Blocking call under a lock",
  defaultSeverity: "warning",
  options: {},
  prepare: prepareLockAnalysis,
  docs: {
    whatItDoes:
      "Finds functions that hold a lock while they do something that can take long: a database or network round trip, a process, a sleep, a wait for other threads or for a channel, and files where they are written or a request or timer is waiting, or a message that a `select` in a loop has received. It does not matter how many calls lie between the lock and the operation, or whether a wrapper takes the lock. Each finding names the lock, where it was taken, the operation and the chain of calls, and how many other functions need the same lock. There is one finding for each function and lock, at the worst operation; the others are steps of it. Giving the lock back before, the lock of an object that nobody else knows yet, a lock held for reading that nobody takes for writing without another one that is held as well, a window in which it is given back and taken again, waiting on a condition of the lock itself (also in a goroutine of its own), sleeps of a few milliseconds in all, a receive where the channel was asked before whether something is in it, a future that was asked before whether it is done, starting work that goes on by itself, a line for a log, taking from a channel with room what the function puts back into it, a sleep for a time that is given as 0, and sending to a channel that is made with room are understood. Reported as info, and once for each lock: a lock that seems to be there to let one such operation through at a time, start-up and shutdown, what is done once by whoever comes first (`if x == nil { x = load() }`, as long as nothing else sets `x`), what the first user of a counted resource opens, what only constructors come to, one lock for each key, locks of an event loop that no request or timer reaches, a lock that nobody takes without doing such a thing (unless it is a function that gets or loads something), the lock of a stream or a file handle, a select without a default, a channel that was handed in to be sent to is kept by a key for whoever handed it in, or is kept in a field that can only be sent to and that a function sets to what it was handed, a channel named for something being ready, a wait for calculations that the function has started itself, a wait for what was told to end just before (unless it wants the lock, too, or is a wait group behind several calls), waiting in what starts something that another function stops under the same lock (`StartFeeds`, `StopFeeds`), functions named for restoring a saved state or for delaying, what an object does after its own goroutines or threads have ended, a lock that only what starts or ends wants beside those that block under it, the files of a store whose type keeps them open and whose lock is taken for files mostly, files where something is reset or configured anew, a single file where few others want the lock, an answer to a client where few others want it, a lock named for sending or writing while that is done, a lock named for what is done under it (`createMu`) or for a file, a function named for the connection or process that it makes or the credential that it gives, a wait for what another caller is asking for already (`singleflight`), the address of a host, a lock held for reading where all who take it for writing do such a thing, too, a lock of which a comment says that it lets one at a time through, a lock that only what starts, ends or gets a new configuration takes for writing, sleeps and waits for other threads behind calls where no request wants the lock, what several functions on the way each do only under a condition of their own, and files that are written, removed or renamed. Of these only the most important are shown. A constant argument that rules out the way to the operation is understood. Where many functions under one lock come to the same operation over several calls, three of them are shown, and one if it is far away.",
    whyIsThisBad:
      "While the database is slow, everybody who needs the lock waits, even those who only want to read a number from memory. One slow query becomes an outage of everything behind the lock, and the more requests come in, the longer the queue. A wait for another thread under a lock is worse if that thread needs the lock: then nothing goes on at all. Nothing of this shows in tests, where the database answers at once.",
    example: `func (h *Harbour) Moor(ship string, berth int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.berths[berth] = ship
	_, err := h.db.Exec("INSERT INTO moorings (ship, berth) VALUES (?, ?)", ship, berth)
	return err
}`,
    exampleLanguage: "go",
    instead: `func (h *Harbour) Moor(ship string, berth int) error {
	h.mu.Lock()
	h.berths[berth] = ship
	h.mu.Unlock()
	_, err := h.db.Exec("INSERT INTO moorings (ship, berth) VALUES (?, ?)", ship, berth)
	return err
}`,
    knownMisses: [
      "An operation of a library that the catalog does not know; `fathom.catalog` adds it.",
      "A lock or a call that is reached through an interface with more than a handful of implementations, reflection, or a function kept in a field.",
      "Code that a caller outside the workspace runs under its own lock.",
      "A function kept in a field or a list of listeners that is called under a lock: what it does is not known.",
      "A file that is only read under a lock, unless a request, a timer or a message from a channel gets there; questions about a file, such as whether it exists or how long it is.",
      "How large a file is: one that takes long to read is told like a small one.",
      "Files that are written by a function named for logging.",
      "Sleeps of nanoseconds and microseconds in Go.",
      "A coroutine that a wrapper starts as a task, unless the wrapper says that it returns a `Task` or `Future`: it is taken to run at once.",
      "A Java `SocketChannel` that is in blocking mode: it is taken to be one of a selector.",
      "What a cache in memory loads by a function that it was given when it was built.",
      "Files in folders named for tests and mocks, or where three of four files are tests.",
      "Whether a channel without room has somebody at its other end. Whether one has room is told by the name of the field and its type, or by the name alone within a folder; in a function that makes some channels with room, all its own are taken to have it.",
      "How long it takes until what was told to end has ended: what it still sends or writes then is not looked at.",
      "Whether an object is known to others is told in Go only, and by one function: what the methods called on it hand on in their turn is not followed.",
      "A branch that a field of the object rules out, though every constructor call gives it the same constant.",
      "More than two calls to a channel, three to a wait, four to a sleep or a file.",
      "In Python, a lock that an `async` function takes is thought to be one of the event loop, even if it is one of threads.",
      "In Java, an inherited lock that is used without `this.`: it is taken to be one of the function.",
      "What is loaded once and thrown away from another folder, or through another variable: it is taken to be loaded once. Other signs that something was loaded than a field that is missing or a flag that is not set, and a flag in a condition with others, are not understood.",
      "Of more than 50 locks that one function holds at once, those taken last; generated code holds so many.",
      "Locks between processes: files, advisory locks of databases.",
    ],
  },

  observe(fn, file) {
    return noted(fn, file);
  },

  check(model) {
    const sections = blockedSections(model);
    const blocked = blockedBy(sections);
    const judged = sections.flatMap((section) => judge(model, section, blocked));
    const serious = judged.filter(({ consequence }) => consequence.level === "warning");
    const findings = alikeTogether(serious.filter((section) => !isToldInside(section, serious))).flatMap((alike) => {
      const isUntold = (section: JudgedSection, i: number) => i >= mostTold(section);
      const untold = alike.filter(isUntold);
      return alike.map((section, i) => ({
        ...toFinding(model, section, i === 0 ? untold : []),
        ...(isUntold(section, i) && { belowCut: true }),
      }));
    });
    const shown = minorSlots(model);
    minorByLock(judged).forEach(([first, ...others], i) => {
      findings.push({ ...toFinding(model, first, others), atMost: "info", belowCut: i >= shown });
    });
    return findings;
  },
};

function blockedSections(model: WorkspaceModel): BlockedSection[] {
  const uses = lockUses(model);
  const sections = new Map<string, BlockedSection>();
  for (const locked of lockAnalysis(model).locking) {
    if (locked.file.isTest) continue;
    for (const operation of blockedOperations(model, locked)) {
      const { site, held, chain } = operation;
      if (isBufferedSend(model, chain.at(-1) as EffectPlace)) continue;
      const lock = mostWanted(held, uses);
      if (!lock) continue;
      const key = `${site.linked.id} ${lock.lock} ${lock.instance ?? ""}`;
      const section = sections.get(key);
      if (section) section.operations.push(operation);
      else sections.set(key, { site, lock, operations: [operation] });
    }
  }
  for (const { operations } of sections.values()) operations.sort((a, b) => weightOf(b) - weightOf(a));
  return [...sections.values()];
}

/** The lock that most functions wait for; of several such the one taken first. */
function mostWanted(held: readonly Holding[], uses: ReadonlyMap<string, LockUse>): Holding | undefined {
  const takers = ({ lock }: Holding) => uses.get(lock)?.takers.size ?? 0;
  return held.reduce<Holding | undefined>(
    (best, lock) => (takers(lock) > (best ? takers(best) : 0) ? lock : best),
    undefined,
  );
}

/** The functions that block under each lock. */
function blockedBy(sections: readonly BlockedSection[]): ReadonlyMap<string, ReadonlySet<FunctionId>> {
  const blocked = new Map<string, Set<FunctionId>>();
  for (const { lock, site } of sections) {
    const known = blocked.get(lock.lock) ?? new Set();
    blocked.set(lock.lock, known.add(site.linked.id));
  }
  return blocked;
}

function judge(
  model: WorkspaceModel,
  section: BlockedSection,
  blocked: ReadonlyMap<string, ReadonlySet<FunctionId>>,
): JudgedSection[] {
  const { lock, site, operations } = section;
  const use = lockUses(model).get(lock.lock);
  if (!use) return [];
  const waiting = [...use.takers].filter((id) => !blocked.get(lock.lock)?.has(id));
  const bystanders = waiting.length;
  const purpose = { use, others: waiting, bystanders };
  const consequences = operations.map((operation) =>
    consequenceOf(model, operation, takenFor(operation, lock), purpose),
  );
  const levels = consequences.map(({ level }) => level);
  const told = mostTelling(operations, levels);
  const worst = operations[told];
  if (!worst) return [];
  const rank = weightOf(worst) + (site.linked.reachedFrom.length > 0 ? 20 : 0) + Math.min(bystanders, 15);
  const others = operations.filter((_, i) => i !== told && levels[i] !== "none");
  return [
    {
      ...section,
      lock: takenFor(worst, lock),
      operations: [worst, ...others],
      purpose,
      consequence: consequences[told] as Consequence,
      rank,
    },
  ];
}

/** A function may take its lock more than once: the time at which it was taken for an operation. */
function takenFor({ held }: BlockedOperation, lock: Holding): Holding {
  return held.find((other) => isSameLock(other, lock)) ?? lock;
}

/**
 * Which of the operations to tell: the worst, unless that matters little and another of its kind, or one in plain view,
 * matters more. Channels are not among those: one that can do without waiting tells of the others, too.
 */
function mostTelling(operations: readonly BlockedOperation[], levels: readonly Consequence["level"][]): number {
  const first = levels.findIndex((level) => level !== "none");
  if (levels[first] === "warning") return first;
  const isInView = ({ kind, chain }: BlockedOperation) =>
    kind !== "channel" && (kind === operations[0]?.kind || chain.length === 1);
  const inView = operations.findIndex((operation, i) => levels[i] === "warning" && isInView(operation));
  return inView >= 0 ? inView : first;
}

/** Whether a function comes to it by one that takes the same lock again, of which it is told. */
function isToldInside({ site, lock, operations: [worst] }: JudgedSection, all: readonly JudgedSection[]): boolean {
  const inside = new Set(worst?.chain.slice(1).map(({ linked }) => linked.id));
  return all.some(
    (other) => other.lock.lock === lock.lock && other.site.linked !== site.linked && inside.has(other.site.linked.id),
  );
}

/** Sections under one lock that come to the same place over several calls, the worst first: one change mends them all. */
function alikeTogether(sections: readonly JudgedSection[]): [JudgedSection, ...JudgedSection[]][] {
  const alike = new Map<string, [JudgedSection, ...JudgedSection[]]>();
  for (const section of [...sections].sort(byRank)) {
    const [worst] = section.operations as [BlockedOperation];
    const { linked, effect } = worst.chain.at(-1) as EffectPlace;
    const key = `${section.lock.lock} ${linked.id} ${effect.call} ${effect.detail}`;
    const known = alike.get(key);
    if (known) known.push(section);
    else alike.set(key, [section]);
  }
  return [...alike.values()];
}

/** How many of those that are alike are told: the further away the place is, the less each has to do with it. */
function mostTold({ operations: [worst] }: JudgedSection): number {
  const calls = (worst as BlockedOperation).chain.length - 1;
  if (calls < 2) return Number.POSITIVE_INFINITY;
  return calls < 5 ? 3 : 1;
}

/** What is true and seldom matters is told once for each lock; the locks with the worst of it come first. */
function minorByLock(judged: readonly JudgedSection[]): [JudgedSection, ...JudgedSection[]][] {
  const byLock = new Map<string, [JudgedSection, ...JudgedSection[]]>();
  for (const section of judged.filter(({ consequence }) => consequence.level === "info").sort(byRank)) {
    const known = byLock.get(section.lock.lock);
    if (known) known.push(section);
    else byLock.set(section.lock.lock, [section]);
  }
  return [...byLock.values()];
}

/** Worst first; the place decides between equals, so that the order of files does not. */
function byRank(a: JudgedSection, b: JudgedSection): number {
  const [one, other] = [a.site.linked, b.site.linked];
  if (a.rank !== b.rank) return b.rank - a.rank;
  return one.path === other.path ? one.index - other.index : one.path < other.path ? -1 : 1;
}

/** How many of the minor findings are shown: a few, and more in a larger workspace. */
function minorSlots(model: WorkspaceModel): number {
  let lines = 0;
  for (const { lineStarts } of model.files.values()) lines += lineStarts.length;
  return Math.max(minorAlwaysShown, Math.ceil((lines * minorPerTenThousandLines) / 10_000));
}

function weightOf({ kind, chain }: BlockedOperation): number {
  return (blockingKinds.length - blockingKinds.indexOf(kind)) * 10 - Math.min(chain.length, 9);
}

function toFinding(
  model: WorkspaceModel,
  { site, lock, operations, purpose, consequence, rank }: JudgedSection,
  alike: readonly JudgedSection[],
): DetectorFinding {
  const { file, fn } = site;
  const [worst] = operations as [BlockedOperation];
  const name = lockName(lock);
  const others = operations.slice(1, 1 + maxOthersTold);
  return {
    path: file.path,
    range: rangeOf(file.lineStarts, worst.span),
    symbol: fn.symbol,
    message: messageOf(site, lock, worst, purpose, consequence),
    steps: [
      ...takenStep(model, worst.taker, lock),
      ...operationSteps(model, worst),
      ...others.flatMap((other) => otherStep(model, other, isTakenWith(other, lock) ? "also" : "at another time")),
      ...alike
        .slice(0, maxOthersTold)
        .flatMap((other) => otherStep(model, other.operations[0] as BlockedOperation, subjectOf(other.site))),
    ],
    rank,
    lens: `holds \`${name}\` during ${nounOf(worst)}`,
  };
}

function messageOf(
  site: Site,
  lock: Holding,
  { chain }: BlockedOperation,
  { use, others }: LockPurpose,
  { because }: Consequence,
): string {
  const last = chain.at(-1) as EffectPlace;
  const through = chain
    .slice(1)
    .map(({ linked }) => `\`${lastNameOf(linked.id)}\``)
    .filter((name, i, names) => name !== names[i - 1]);
  const way =
    through.length === 0
      ? ""
      : ` through ${through.length > 2 ? `${through[0]} … ${through.at(-1)}` : through.join(" and ")}`;
  const held = `\`${lockName(lock)}\`${lock.forReading ? " for reading" : ""}`;
  const claim = `${subjectOf(site)} holds ${held} while it ${effectText(last.effect)}${way}`;
  // Readers only wait behind somebody who wants it for writing.
  const waiting = lock.forReading ? others.filter((id) => use.writers.has(id)) : others;
  const want = lock.forReading ? "want the lock for writing" : "need the lock";
  const consequence =
    waiting.length === 0
      ? ""
      : waiting.length === 1
        ? `: 1 other function that ${want.replace(/^\w+/, "$&s")} waits as long`
        : `: ${waiting.length} other functions that ${want} wait as long`;
  return `${claim}${consequence}.${because ? ` ${because}` : ""}`;
}

/** A function without a name goes by the one it is written in. */
function subjectOf({ linked, file, fn }: Site): string {
  if (fn.name !== "") return `\`${fn.name}\``;
  const named = functionsAround(file, linked.index).find(({ name }) => name !== "");
  return named ? `A function inside \`${named.name}\`` : "A function without a name";
}

function lastNameOf(id: string): string {
  return nameOf(id)
    .replace(/(?:\.<anonymous>)+$/, "")
    .replace(/^.*\./, "");
}

function takenStep(model: WorkspaceModel, { linked, fn }: Site, lock: Holding): WitnessStep[] {
  const start = lock.scope?.start ?? fn.nameSpan.start;
  const span = (lock.call >= 0 ? fn.calls[lock.call] : undefined) ?? { start, end: start };
  return listOf(stepAt(model, linked, span, `takes \`${lockName(lock)}\``));
}

function operationSteps(model: WorkspaceModel, { site, span, chain }: BlockedOperation): WitnessStep[] {
  const [first] = chain as [EffectPlace];
  if (chain.length > 1) return chainSteps(model, chain);
  return listOf(stepAt(model, site.linked, span, effectText(first.effect)));
}

/** Whether an operation happens while a lock is held that was taken once. */
function isTakenWith(operation: BlockedOperation, lock: Holding): boolean {
  const { call, scope } = takenFor(operation, lock);
  return call === lock.call && scope === lock.scope;
}

function otherStep(model: WorkspaceModel, { site, span, chain }: BlockedOperation, who: string): WitnessStep[] {
  const last = chain.at(-1) as EffectPlace;
  return listOf(stepAt(model, site.linked, span, `${who} ${effectText(last.effect)}`));
}

const nouns: Readonly<Record<BlockingKind, string>> = {
  database: "a database call",
  network: "a network call",
  process: "the run of a process",
  sleep: "a sleep",
  wait: "a wait",
  channel: "a wait for a channel",
  file: "file access",
};

function nounOf({ kind, chain }: BlockedOperation): string {
  const verb = chain.at(-1)?.effect.detail.split(" ")[0] ?? "";
  if (kind === "database" && /^(?:write|insert|update|delete|upsert|merge)$/.test(verb)) return "a database write";
  if (kind === "database" && /^(?:read|select)$/.test(verb)) return "a database read";
  return nouns[kind];
}

function listOf<T>(item: T | undefined): T[] {
  return item === undefined ? [] : [item];
}
