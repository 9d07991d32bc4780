import type { SettingDefinitions, SettingValues } from "../../base/settings";
import { rangeOf } from "../../base/text";
import { allAtOnce, type Turns } from "../../base/turns";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { isGone } from "../../model/presence";
import { personName, type SignOff } from "../../model/signOff";
import { signOffOf, type WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import { collectEvidence, type Evidence, type EvidenceKind, isExplainedInside } from "./evidence";
import { historyKinds } from "./historyEvidence";
import { explainsWhy, type Observation, type OracleScore, OracleScores } from "./score";

/** A story needs more than one sign; a single kind of evidence is a style, not a riddle. */
const minimumKinds = 3;

/** Signs of the code around the riddle; without one of the others there is nothing to explain. */
const supportingKinds = new Set<EvidenceKind>(["complexity", "nesting", "no-why", "vague-names", "fan-in"]);

/** Everyday signs: two of these alone are ordinary code, however long it is. */
const everydayKinds = new Set<EvidenceKind>([
  "recursion",
  "unexplained-literal",
  "silent-default",
  "shared-mutable-state",
  "concurrency",
]);

const options = {
  topPercent: {
    type: "number",
    default: 3,
    minimum: 0,
    maximum: 100,
    description: "How many of the workspace's functions may be flagged at most, in percent.",
  },
  minimumScore: {
    type: "number",
    default: 40,
    minimum: 0,
    maximum: 100,
    description: "A function below this score is never flagged, however few functions the workspace has.",
  },
  linesPerFinding: {
    type: "integer",
    default: 15_000,
    minimum: 0,
    maximum: 1_000_000,
    description:
      "Of the flagged functions the hardest are reported as findings, one for each so many lines of code that is not a test, and never fewer than three; the lens above a function and the lists of functions show all that are flagged. 0 reports every flagged function.",
  },
  absentAfterDays: {
    type: "integer",
    default: 180,
    minimum: 1,
    maximum: 36_500,
    description:
      "A function somebody has explained is flagged again when nobody who did has committed within so many days before the newest commit.",
  },
} as const satisfies SettingDefinitions;

export type OracleOptions = SettingValues<typeof options>;

export interface RankedFunction extends OracleScore {
  flagged: boolean;
}

/** Why a function is flagged though the ledger has something to say of it. */
type Unsettled = "stale" | "looked" | "gone";

/** The functions of a workspace that can be oracles, and which of them are flagged. */
export class OracleRanking {
  private constructor(
    private readonly scores: OracleScores,
    /** Hardest to explain first. */
    readonly flagged: readonly RankedFunction[],
    /** True to themselves but beyond the slice that is shown, or part of one that is. */
    readonly unflagged: readonly RankedFunction[],
  ) {}

  static *of(model: WorkspaceModel, options: OracleOptions): Turns<OracleRanking> {
    const scores = yield* OracleScores.of(model, observed);
    const slots = Math.ceil((scores.size * options.topPercent) / 100);
    const flaggedFunctions = new Set<FunctionSummary>();
    const flagged: RankedFunction[] = [];
    const unflagged: RankedFunction[] = [];
    for (const score of scores.top(options.minimumScore)) {
      yield;
      if (!hasStory(score.evidence)) continue;
      const fn = score.file.functions[score.index] as FunctionSummary;
      const isTold = score.rank <= slots && !isPartOfFlagged(score, fn, flaggedFunctions);
      if (!isTold || isSettled(model, score, options)) {
        unflagged.push({ ...score, flagged: false });
        continue;
      }
      flaggedFunctions.add(fn);
      flagged.push({ ...score, flagged: true });
    }
    return new OracleRanking(scores, flagged, unflagged);
  }

  /** How many functions can be oracles. */
  get size(): number {
    return this.scores.size;
  }

  of(path: string, index: number): RankedFunction | undefined {
    const isThis = (ranked: RankedFunction) => ranked.index === index && ranked.file.path === path;
    const flagged = this.flagged.find(isThis);
    if (flagged) return flagged;
    const score = this.scores.of(path, index);
    return score && { ...score, flagged: false };
  }

  /** Every function that can be an oracle, hardest to explain first. */
  all(): RankedFunction[] {
    const flagged = new Set(this.flagged.map(({ rank }) => rank));
    return Array.from(this.scores.top(0), (score) => ({ ...score, flagged: flagged.has(score.rank) }));
  }
}

const rankings = new WeakMap<WorkspaceModel, { options: string; ranking: OracleRanking }>();

/** The ranking of a model, made once. */
export function rankOracles(model: WorkspaceModel, options: OracleOptions): OracleRanking {
  return allAtOnce(rankOraclesInTurns(model, options));
}

/** `rankOracles`, yielding where others may have a turn. */
export function* rankOraclesInTurns(model: WorkspaceModel, options: OracleOptions): Turns<OracleRanking> {
  const key = JSON.stringify(options);
  let known = rankings.get(model);
  if (known?.options !== key) {
    known = { options: key, ranking: yield* OracleRanking.of(model, options) };
    rankings.set(model, known);
  }
  return known.ranking;
}

/** A callback without a name is explained together with the function it stands in. */
function isPartOfFlagged({ file }: OracleScore, fn: FunctionSummary, flagged: ReadonlySet<FunctionSummary>): boolean {
  return functionsAround(file, fn).some((index) => flagged.has(file.functions[index] as FunctionSummary));
}

/** Functions that are explained together with a callback without a name, innermost first. */
function functionsAround(file: FileSummary, fn: FunctionSummary): number[] {
  const around: number[] = [];
  for (let current = fn; current.name === "" && current.parent !== undefined; ) {
    around.push(current.parent);
    current = file.functions[current.parent] as FunctionSummary;
  }
  return around;
}

/** Whether somebody who is still there can explain it, or the team has said that nobody needs to. */
function isSettled(model: WorkspaceModel, { file, index }: OracleScore, options: OracleOptions): boolean {
  const around = functionsAround(file, file.functions[index] as FunctionSummary);
  return [index, ...around].some((i) => {
    const signOff = signOffOf(model, file, i);
    return signOff !== undefined && unsettledBy(model, signOff, options) === undefined;
  });
}

function unsettledBy(model: WorkspaceModel, signOff: SignOff, options: OracleOptions): Unsettled | undefined {
  const { state, explainers } = signOff;
  if (state === "waived") return undefined;
  if (state === "stale") return "stale";
  if (state === "explained-with-looks") return "looked";
  const presence = model.history?.presence;
  const isAway = presence && explainers.every(({ who, at }) => isGone(presence, who, at, options.absentAfterDays));
  return isAway ? "gone" : undefined;
}

function observed(fn: FunctionSummary): Observation | undefined {
  return fn.observations[oracleFunction.id] as Observation | undefined;
}

function hasStory(evidence: Evidence[]): boolean {
  const kinds = new Set(evidence.flatMap(({ kind }) => (historyKinds.has(kind) ? [] : [kind])));
  const telling = [...kinds].filter((kind) => !supportingKinds.has(kind));
  const isEveryday = telling.every((kind) => everydayKinds.has(kind));
  return kinds.size >= minimumKinds && telling.length >= (isEveryday ? 3 : 2);
}

export const oracleFunction: Detector<Observation, typeof options> = {
  id: "oracle-function",
  title: "Oracle function",
  defaultSeverity: "info",
  options,
  docs: {
    whatItDoes:
      "Ranks every function of the workspace by how hard it is to explain, and flags the top slice: by default 3%, and never a function below an absolute score, so a small clean project has none. The lens above a function shows that it is flagged; as findings only the hardest are reported, by default one for each 15,000 lines of code that is not a test, and never fewer than three. Each finding lists its evidence, line by line: numbers no name explains, values put into buckets, keys made of several things, results that hang on an order, comparisons that break ties, missing values that silently become something, state shared with the outside, exits out of nested loops, regular expressions, bit manipulation, dynamic dispatch, concurrency, and the absence of a comment that says why. Where the version history is known it adds how often the function was changed and fixed, whether it came whole in one large commit, and whether an agent wrote it: that moves a function up or down among the others, and never makes an oracle of one whose code shows nothing. A function that somebody has explained without looking, or that the team has waived, is not flagged; it comes back when its meaning changes, or when everybody who explained it has stopped committing.",
    whyIsThisBad:
      "An oracle gives right answers and has passing tests, yet nobody on the team can say why it is right for every input. It is where the next change breaks something, because the one who makes it cannot know what the code relies on. Complexity alone does not find such functions: a long flat table is easy to explain, ten dense lines may not be.",
    example: `def latest_per_slot(readings):
    kept = {}
    for r in sorted(readings, key=lambda r: (r.get("at", 0), r.get("id", ""))):
        key = (r.get("sensor"), r.get("at", 0) // 900)
        if key not in kept or r.get("quality", 0) >= kept[key].get("quality", 0):
            kept[key] = r
    return [kept[k] for k in sorted(kept)]`,
    exampleLanguage: "python",
    instead: `SLOT = timedelta(minutes=15)  # tides are published in quarter hours

def latest_per_slot(readings: Iterable[Reading]) -> list[Reading]:
    """Keep one reading per sensor and slot: the best quality, and of equals the newest,
    because a sensor that resends corrects itself."""
    best: dict[SlotKey, Reading] = {}
    for reading in sorted(readings, key=arrival_order):
        slot = SlotKey(reading.sensor, slot_of(reading.at, SLOT))
        if is_at_least_as_good(reading, best.get(slot)):
            best[slot] = reading
    return in_slot_order(best)`,
    knownMisses: [
      "A function that is simple by itself and only puzzling together with others.",
      "Riddles in data, configuration or query text.",
      "A comment that is long and wrong counts as an explanation.",
    ],
  },

  observe(fn, file) {
    if (file.isTest || fn.damaged) return undefined;
    const explained = explainsWhy(fn) ? "above" : isExplainedInside(fn, file) ? "inside" : "none";
    return { evidence: collectEvidence(fn, file), explained };
  },

  *check(model, options) {
    const { flagged, unflagged } = rankOracles(model, options);
    const slots = findingSlots(model, options);
    return [...flagged, ...unflagged].map((ranked, i) => ({
      ...toFinding(ranked, model, options),
      belowCut: !ranked.flagged || i >= slots,
    }));
  },
};

/** However small a workspace is, so many are reported. */
const fewestFindings = 3;

/** A list that grows with the number of functions is read by nobody: it grows with the code, and slower. */
function findingSlots(model: WorkspaceModel, { linesPerFinding }: OracleOptions): number {
  if (linesPerFinding === 0) return Number.POSITIVE_INFINITY;
  let lines = 0;
  for (const { isTest, leftOut, lineStarts } of model.files.values())
    if (!isTest && !leftOut) lines += lineStarts.length;
  return Math.max(fewestFindings, Math.ceil(lines / linesPerFinding));
}

function toFinding(
  { file, index, score, evidence }: RankedFunction,
  model: WorkspaceModel,
  options: OracleOptions,
): DetectorFinding {
  const fn = file.functions[index] as FunctionSummary;
  const name = fn.name ? `\`${fn.name}\`` : "This function";
  const strongest = distinctKinds(evidence).slice(0, 3);
  const signOff = signOffOf(model, file, index);
  const unsettled = signOff && unsettledBy(model, signOff, options);
  const past = signOff && unsettled ? ` ${pastText(signOff, unsettled)}` : "";
  return {
    path: file.path,
    range: rangeOf(file.lineStarts, fn.nameSpan),
    symbol: fn.symbol,
    message: `${name} is hard to explain: ${strongest.map(({ detail }) => detail).join("; ")}.${past}`,
    steps: witness(evidence)
      .sort((a, b) => a.line - b.line)
      .map(({ line, detail }) => ({ path: file.path, range: lineRange(file.lineStarts, line), message: detail })),
    rank: score,
  };
}

function pastText({ by, at }: SignOff, unsettled: Unsettled): string {
  const who = `${personName(by)} explained it on ${at.slice(0, 10)}`;
  if (unsettled === "stale") return `${who}, and what it does has changed since.`;
  if (unsettled === "looked") return `${who}, and had to look at the code.`;
  return `${who}, and nobody who did has committed for a long time.`;
}

/** A story a person reads to its end: of each kind the strongest two. */
function witness(evidence: Evidence[]): Evidence[] {
  const told = new Map<string, number>();
  return evidence.filter(({ kind }) => {
    const times = (told.get(kind) ?? 0) + 1;
    told.set(kind, times);
    return times <= 2;
  });
}

/** The strongest piece of each kind, so that a message tells different things. */
function distinctKinds(evidence: Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ kind }) => !seen.has(kind) && seen.add(kind));
}

function lineRange(lineStarts: number[], line: number) {
  return rangeOf(lineStarts, { start: lineStarts[line - 1] ?? 0, end: lineStarts[line - 1] ?? 0 });
}
