import { code } from "../../base/markdown";
import { memoized } from "../../base/memoized";
import { folderOf } from "../../base/paths";
import { lineAt, rangeOf, type Span } from "../../base/text";
import { commentBlocks } from "../../model/commentBlocks";
import type { FileSummary } from "../../model/fileSummary";
import { type Acquisition, acquisitionsIn, isDecidedAtRunTime } from "../../model/graph/acquisitions";
import { memberName } from "../../model/graph/effectText";
import type { Holding } from "../../model/graph/heldLocks";
import type { LockAnalysis } from "../../model/graph/lockAnalysis";
import {
  acquiringSteps,
  capitalised,
  spanOfAcquisition,
  subjectOf,
  takenStep,
  wayTo,
} from "../../model/graph/lockWitness";
import { isForTests } from "../../model/testSupport";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";
import { type LocksByName, ownersOf } from "./told";
import { sentencesOf } from "./warnings";

/** Two locks of which a comment says that the one is not taken while the other is held. */
export interface ToldOrder {
  taken: string;
  held: string;
  file: FileSummary;
  /** Where the comment stands. */
  place: Span;
  /** The sentence. */
  quote: string;
}

const name = "([\\w$]+(?:(?:\\.|->)[\\w$]+)*)";
const taking = "(?:tak(?:e|en|ing)|acquir(?:e|ed|ing)|lock(?:ed|ing)?|held|hold(?:ing)?|grab(?:bed|bing)?)";
const during = "(?:while|when|with|after|under|if)";

/** What is said of two locks; the first is the one not to be taken while one of those that follow is held. */
const forbidden: readonly RegExp[] = [
  new RegExp(`\\b${name}\\s+(?:must|should|may|can)\\s*(?:not|never)\\s+be\\s+${taking}\\s+${during}\\b(.*)`, "i"),
  new RegExp(
    `\\b(?:never|do not|don't|must not|should not|avoid)\\s+${taking}\\s+(?:the\\s+)?${name}\\s+${during}\\b(.*)`,
    "i",
  ),
  new RegExp(
    `\\b${name}\\s+(?:must|should|needs to|has to|is)\\s+(?:always\\s+)?(?:be\\s+)?${taking}\\s+before\\b(.*)`,
    "i",
  ),
  new RegExp(`\\b(?:always\\s+)?(?:take|acquire|lock)\\s+${name}\\s+before\\b(.*)`, "i"),
];
/** The other way round. */
const demanded = new RegExp(
  `\\b${name}\\s+(?:must|should|needs to|has to|is)\\s+(?:always\\s+)?(?:be\\s+)?${taking}\\s+after\\b(.*)`,
  "i",
);
const order = /\block(?:ing)?[- ]?order(?:ing)?\b[^:]*:(.*)/i;

/** A sentence about two locks or more, by what it says. */
interface SaidOrder {
  kind: "forbidden" | "demanded" | "listed";
  /** Of `listed`, nothing. */
  name: string;
  rest: string;
  quote: string;
  place: Span;
}

const saidIn = memoized((file: FileSummary): readonly SaidOrder[] =>
  commentBlocks(file).flatMap(({ text, start, end }) =>
    !/order|before|after|while|when|with|under|if/i.test(text)
      ? []
      : sentencesOf(text).flatMap((quote) => saidBy(quote).map((said) => ({ ...said, quote, place: { start, end } }))),
  ),
);

function saidBy(sentence: string): Pick<SaidOrder, "kind" | "name" | "rest">[] {
  const listed = order.exec(sentence)?.[1];
  if (listed !== undefined) return [{ kind: "listed", name: "", rest: listed }];
  const said = (kind: SaidOrder["kind"], pattern: RegExp) => {
    const [, name, rest] = pattern.exec(sentence) ?? [];
    return name === undefined || rest === undefined ? [] : [{ kind, name, rest }];
  };
  return [...forbidden.flatMap((pattern) => said("forbidden", pattern)), ...said("demanded", demanded)];
}

/** What the comments of a file say about the order of its locks. */
export function ordersToldIn(file: FileSummary, locksByName: LocksByName): ToldOrder[] {
  const locks = locksByName.get(folderOf(file.path));
  if (!locks || locks.size < 2) return [];
  return saidIn(file).flatMap((said) => {
    const below = fieldAt(file, said.place);
    const pairs = pairsOf(said, (word) => lockNamed(locks, word, below));
    return pairs.map(([taken, held]) => ({ taken, held, file, place: said.place, quote: said.quote }));
  });
}

type LockOf = (word: string) => string | undefined;

function pairsOf({ kind, name, rest }: SaidOrder, lockOf: LockOf): [taken: string, held: string][] {
  const others = locksIn(rest, lockOf);
  if (kind === "listed")
    return others.flatMap((taken, i) => others.slice(i + 1).map((held): [string, string] => [taken, held]));
  const one = lockOf(name);
  const other = others.find((lock) => lock !== one);
  if (!one || !other) return [];
  return [kind === "forbidden" ? [one, other] : [other, one]];
}

function locksIn(text: string, lockOf: LockOf): string[] {
  const found = [...text.matchAll(/[\w$]+(?:(?:\.|->)[\w$]+)*/g)].flatMap(([word]) => lockOf(word) ?? []);
  return [...new Set(found)];
}

interface FieldBelow {
  type?: string;
  name: string;
}

/** The field or variable that a comment is about: on its line, or on the next. */
function fieldAt({ types, constants, lineStarts }: FileSummary, { start, end }: Span): FieldBelow | undefined {
  const isAbout = (declared: Span) => {
    const line = lineAt(lineStarts, declared.start);
    return declared.start < start ? line === lineAt(lineStarts, start) : line - lineAt(lineStarts, end) === 1;
  };
  for (const type of types)
    for (const field of type.fields) if (isAbout(field)) return { type: type.name, name: field.name };
  return constants.find(isAbout);
}

/** The one lock of a folder that a word means: `it` the one below the comment, a name that of the same type first. */
function lockNamed(locks: ReadonlySet<string>, word: string, below: FieldBelow | undefined): string | undefined {
  const [last = "", owner] = word.split(/\.|->/).reverse();
  const isIt = /^(?:it|this|lock|mutex)$/i.test(word);
  const named = isIt ? below?.name : last;
  const known = [...locks].filter((id) => id.split(/[./:]/).at(-1) === named);
  const beside = known.filter((id) => below?.type !== undefined && ownersOf(id).includes(below.type));
  const ofOwner = known.filter((id) => owner !== undefined && ownersOf(id)[0] === owner);
  return [ofOwner, beside, known].find((candidates) => candidates.length === 1)?.[0];
}

/** Places that take a lock while another is held, though a comment says not to. */
export function brokenOrders(
  model: WorkspaceModel,
  { locking }: LockAnalysis,
  told: readonly ToldOrder[],
): DetectorFinding[] {
  const byTaken = new Map<string, ToldOrder[]>();
  for (const one of told) byTaken.set(one.taken, [...(byTaken.get(one.taken) ?? []), one]);
  if (byTaken.size === 0) return [];
  return locking.flatMap((locked) => {
    if (isForTests(model, locked.file, locked.fn)) return [];
    return acquisitionsIn(model, locked).flatMap((acquisition) => {
      const { lock, holds, effect } = acquisition;
      const orders = byTaken.get(lock.lock) ?? [];
      // It waits for itself first, of which another detector tells.
      if (orders.length === 0 || holds.some((held) => held.lock === lock.lock)) return [];
      if (isDecidedAtRunTime(model, locked.linked, effect)) return [];
      for (const one of orders) {
        const held = holds.find((other) => other.lock === one.held);
        if (held) return [findingOf(model, acquisition, held, one)];
      }
      return [];
    });
  });
}

function findingOf(
  model: WorkspaceModel,
  acquisition: Acquisition,
  held: Holding,
  { file, place, quote }: ToldOrder,
): DetectorFinding {
  const { locked, lock } = acquisition;
  const [taken, other] = [code(memberName(lock.lock)), code(memberName(held.lock))];
  const way = wayTo(model, acquisition);
  const through = way ? ` through ${code(way.first)}` : "";
  return {
    path: locked.file.path,
    range: rangeOf(locked.file.lineStarts, spanOfAcquisition(acquisition)),
    symbol: locked.fn.symbol,
    message: `${capitalised(subjectOf(locked))} takes ${taken}${through} while it holds ${other}, though a comment warns: “${quote}”`,
    steps: [
      { path: file.path, range: rangeOf(file.lineStarts, place), message: `warns: ${quote}` },
      ...takenStep(model, locked, held),
      ...acquiringSteps(model, acquisition, `takes ${taken}`),
    ],
    rank: 3,
  };
}
