import { groupBy } from "../../base/groupBy";
import { folderOf } from "../../base/paths";
import { rangeOf } from "../../base/text";
import type { Turns } from "../../base/turns";
import type { WitnessStep } from "../../model/finding";
import { effectText, lockName } from "../../model/graph/effectText";
import { isEmbeddedDatabase } from "../../model/graph/embeddedDatabases";
import { functionsAround } from "../../model/graph/graphFunction";
import { guardedFieldsInTurns } from "../../model/graph/guards";
import { type Holding, isSameLock } from "../../model/graph/heldLocks";
import { lockAnalysisInTurns } from "../../model/graph/lockAnalysis";
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
import { consequenceOf, startsProcess } from "./consequence";
import { type BlockedBy, type Contention, contentionAt, lockContention } from "./contention";
import { docs } from "./docs";
import { type LockUses, lockUses } from "./lock/lockUses";
import { detectorId, type Noted } from "./noted";
import { noted } from "./observe";
import { isBufferedSend, isSentToOnce } from "./operation/bufferedChannels";
import { consumerNeedingLock } from "./operation/consumers";
import type { Consequence } from "./situation";

const maxOthersTold = 4;
const minorAlwaysShown = 10;
const minorPerTenThousandLines = 0.15;

/** What one function does under one lock, the worst first. */
interface BlockedSection {
  site: Site;
  lock: Holding;
  operations: BlockedOperation[];
}

interface JudgedSection extends BlockedSection {
  contention: Contention;
  consequence: Consequence;
  rank: number;
}

export const blockingCallUnderLock: Detector<Noted> = {
  id: detectorId,
  title: "Blocking call under a lock",
  defaultSeverity: "warning",
  options: {},
  docs,

  observe(fn, file) {
    return noted(fn, file);
  },

  *check(model) {
    const uses = yield* lockUses(model);
    const sections = yield* blockedSections(model, uses);
    const contention = yield* contentionByLock(model, sections, uses);
    // Judging asks what locks guard.
    yield* guardedFieldsInTurns(model);
    const judged: JudgedSection[] = [];
    for (const section of sections) {
      yield;
      judged.push(...judge(model, section, contention.get(section.lock.lock)));
    }
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

function* blockedSections(model: WorkspaceModel, uses: LockUses): Turns<BlockedSection[]> {
  const { locking } = yield* lockAnalysisInTurns(model);
  const sections = new Map<string, BlockedSection>();
  for (const locked of locking) {
    yield;
    if (locked.file.isTest) continue;
    for (const operation of blockedOperations(model, locked)) {
      const { site, held, chain } = operation;
      const lock = mostWanted(held, uses);
      if (!lock || hasRoom(model, chain.at(-1) as EffectPlace, lock)) continue;
      const key = `${site.linked.id} ${lock.lock} ${lock.instance ?? ""}`;
      const section = sections.get(key);
      if (section) section.operations.push(operation);
      else sections.set(key, { site, lock, operations: [operation] });
    }
  }
  for (const { operations } of sections.values())
    operations.sort((a, b) => weightOf(model, b) - weightOf(model, a) || placesBeside(b) - placesBeside(a));
  return [...sections.values()];
}

/** Whether something is sent to a channel with room, from which somebody takes it without the lock, or that nobody else fills. */
function hasRoom(model: WorkspaceModel, place: EffectPlace, lock: Holding): boolean {
  return isBufferedSend(model, place) && (!consumerNeedingLock(model, place, lock) || isSentToOnce(model, place));
}

/**
 * How much of a way stands in the folder of the function that holds the lock. Where an interface leads to several of the
 * same kind, what it is meant to be there mostly stands beside it.
 */
function placesBeside({ site, chain }: BlockedOperation): number {
  const own = folderOf(site.linked.path);
  return chain.filter(({ linked }) => folderOf(linked.path) === own).length;
}

/** The lock that most functions wait for; of several such the one taken first. */
function mostWanted(held: readonly Holding[], uses: LockUses): Holding | undefined {
  const takers = ({ lock }: Holding) => uses.get(lock)?.takers.size ?? 0;
  return held.reduce<Holding | undefined>(
    (best, lock) => (takers(lock) > (best ? takers(best) : 0) ? lock : best),
    undefined,
  );
}

function* contentionByLock(
  model: WorkspaceModel,
  sections: readonly BlockedSection[],
  uses: LockUses,
): Turns<ReadonlyMap<string, Contention>> {
  const contention = new Map<string, Contention>();
  for (const [lock, under] of groupBy(sections, (section) => section.lock.lock)) {
    yield;
    const use = uses.get(lock);
    if (use) contention.set(lock, lockContention(model, use, blockedBy(under)));
  }
  return contention;
}

/** What the functions do that block under one lock. */
function blockedBy(sections: readonly BlockedSection[]): BlockedBy {
  const blocked = new Map<FunctionId, readonly BlockedOperation[]>();
  for (const { site, operations } of sections) {
    // What others have registered is most often short: who calls it wants the lock as others do.
    const slow = operations.filter(({ kind }) => kind !== "callback");
    if (slow.length > 0) blocked.set(site.linked.id, [...(blocked.get(site.linked.id) ?? []), ...slow]);
  }
  return blocked;
}

function judge(model: WorkspaceModel, section: BlockedSection, ofLock: Contention | undefined): JudgedSection[] {
  const { lock, site, operations } = section;
  if (!ofLock) return [];
  const contention = contentionAt(model, site, ofLock);
  const consequences = operations.map((operation) =>
    consequenceOf(model, operation, takenFor(operation, lock), contention),
  );
  const levels = consequences.map(({ level }) => level);
  const told = mostTelling(operations, levels);
  const worst = operations[told];
  if (!worst) return [];
  const rank =
    weightOf(model, worst) + (site.linked.reachedFrom.length > 0 ? 20 : 0) + Math.min(contention.others.length, 15);
  const others = operations.filter((_, i) => i !== told && levels[i] !== "none");
  return [
    {
      ...section,
      lock: takenFor(worst, lock),
      operations: [worst, ...others],
      contention,
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
  const alike = groupBy([...sections].sort(byRank), ({ lock, operations: [worst] }) => {
    const { linked, effect } = (worst as BlockedOperation).chain.at(-1) as EffectPlace;
    return `${lock.lock} ${linked.id} ${effect.call} ${effect.detail}`;
  });
  return [...alike.values()] as [JudgedSection, ...JudgedSection[]][];
}

/** How many of those that are alike are told: where the place is further away than one call, one change mends them all. */
function mostTold({ operations: [worst] }: JudgedSection): number {
  const calls = (worst as BlockedOperation).chain.length - 1;
  return calls < 2 ? Number.POSITIVE_INFINITY : 1;
}

/**
 * What is true and seldom matters is told once for each lock and what is waited for; the worst of each lock comes first,
 * and the locks with the worst of it before others.
 */
function minorByLock(judged: readonly JudgedSection[]): [JudgedSection, ...JudgedSection[]][] {
  const minor = judged.filter(({ consequence }) => consequence.level === "info").sort(byRank);
  const ofLocks = [...groupBy(minor, ({ lock }) => lock.lock).values()].map((ofLock) => [
    ...groupBy(ofLock, ({ operations: [worst] }) => worst?.kind).values(),
  ]);
  const most = Math.max(0, ...ofLocks.map((kinds) => kinds.length));
  return Array.from({ length: most }, (_, i) => ofLocks.flatMap((kinds) => kinds.slice(i, i + 1))).flat() as [
    JudgedSection,
    ...JudgedSection[],
  ][];
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

function weightOf(model: WorkspaceModel, { kind: ownKind, chain }: BlockedOperation): number {
  const last = chain.at(-1) as EffectPlace;
  // What runs in the process, and what is only started, takes no longer than a file.
  const kind = isEmbeddedDatabase(model, last) || startsProcess(last) ? "file" : ownKind;
  return (blockingKinds.length - blockingKinds.indexOf(kind)) * 10 - Math.min(chain.length, 9);
}

function toFinding(
  model: WorkspaceModel,
  { site, lock, operations, contention, consequence, rank }: JudgedSection,
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
    message: messageOf(site, lock, worst, contention, consequence),
    steps: [
      ...takenStep(model, worst.taker, lock),
      ...operationSteps(model, worst),
      ...others.flatMap((other) => otherStep(model, other, isTakenWith(other, lock) ? "also" : "at another time")),
      ...alike
        .slice(0, maxOthersTold)
        .flatMap((other) => otherStep(model, other.operations[0] as BlockedOperation, subjectOf(other.site))),
    ],
    rank,
    mild: consequence.level === "info" ? consequence.because : undefined,
    lens: `holds \`${name}\` during ${nounOf(worst)}`,
  };
}

function messageOf(
  site: Site,
  lock: Holding,
  { chain }: BlockedOperation,
  { use, others, brief }: Contention,
  { level, because }: Consequence,
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
  const isNamed = (id: string) => waiting.includes(id) && lastNameOf(id) !== "<anonymous>";
  const named = because === undefined ? brief.find(isNamed) : undefined;
  const such = named === undefined ? "" : `, such as \`${lastNameOf(named)}\`,`;
  const consequence =
    waiting.length === 0
      ? ""
      : waiting.length === 1
        ? `: 1 other function that ${want.replace(/^\w+/, "$&s")}${such.replace("such as ", "")} waits as long`
        : `: ${waiting.length} other functions that ${want}${such} wait as long`;
  return `${claim}${consequence}.${level === "warning" && because ? ` ${because}` : ""}`;
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
  callback: "a call of what others have registered",
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
