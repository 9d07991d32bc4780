import { type Cancellation, neverCancelled } from "../base/cancellation";
import type { Random } from "../base/random";
import { type Mutant, pairsOf } from "./mutants/mutants";
import type { Input, NotRunnable, Program } from "./program";
import { RunBudget } from "./runBudget";
import { isSameOutcome, type Outcome, type Sandbox, type Threw } from "./sandbox";

/** What is known of a function after running it and its mutants. */
export interface Exploration {
  program: Program;
  cases: readonly Case[];
  /** Those that some input tells from the function; of equal ones each. */
  mutants: readonly ExploredMutant[];
  /** Functions with two slips, for what else could come out. */
  pairs: readonly ExploredMutant[];
  /** Where no input can be asked about since most calls ask for what is not there. */
  unanswered?: NotRunnable;
}

/** One input that can be asked about. */
export interface Case {
  input: Input;
  /** With the lines that were run. */
  outcome: Outcome;
}

export interface ExploredMutant {
  mutant: Mutant;
  /** By index of the case; what was not run is missing. */
  outcomes: readonly (Outcome | undefined)[];
}

/** Whatever makes more inputs out of those that are known to matter. */
export type Vary = (inputs: readonly Input[]) => readonly Input[];

/** Longer texts are not read but skipped. */
const maxInputLength = 240;
const maxOutcomeLength = 160;
const maxCases = 96;
const rounds = 2;
const pairCount = 32;

/** So many inputs are run before it is looked what that has cost. */
const inputsAtOnce = 40;
/** With fewer, there is nothing to choose from, however long they take. */
const leastCases = 12;
const leastSlips = 14;
/** Before there are fewer cases, there are fewer slips. */
const enoughCases = 32;

/**
 * Runs a function and its mutants with inputs, and goes on from those inputs that tell them apart. What takes long is
 * run with fewer inputs.
 *
 * @param candidates the most readable first
 * @throws CancelledError
 */
export async function explore(
  sandbox: Sandbox,
  program: Program,
  mutants: readonly Mutant[],
  candidates: readonly Input[],
  vary: Vary,
  random: Random,
  cancellation: Cancellation = neverCancelled,
): Promise<Exploration> {
  let cases: Case[] = [];
  let slips = mutants;
  let explored: ExploredMutant[] = [];
  const known: KnownOutcomes = new Map();
  let inputs: readonly Input[] = withoutKnown(candidates, []);
  const seen: Seen = { endings: new Map(), isUnordered: false };
  for (let round = 0; round < rounds; round++) {
    const found = [...cases, ...(await casesOf(sandbox, program, inputs, seen, cancellation))];
    // Of two texts in a set the order comes out the same by chance every other time.
    const sure = seen.isUnordered ? found.filter(({ input }) => !hasSeveralTexts(input)) : found;
    ({ cases, slips } = affordable(chosen(sure), slips, new RunBudget("mutants", program)));
    if (cases.length === 0) break;
    explored = await exploreMutants(sandbox, slips, cases, known, cancellation);
    const telling = cases.filter((_, i) => explored.some(({ outcomes }) => differs(outcomes[i], cases[i])));
    // Where nothing tells them apart yet, anything may be near to what does.
    inputs = withoutKnown(vary((telling.length > 0 ? telling : cases).map(({ input }) => input)), candidates);
    if (inputs.length === 0) break;
  }
  const isTold = ({ outcomes }: ExploredMutant) => outcomes.some((outcome, i) => differs(outcome, cases[i]));
  const told = explored.filter(isTold);
  const pairs = pairsOf(
    program,
    told.map(({ mutant }) => mutant),
    pairCount,
    random,
  );
  // Two slips are of use where one is.
  const telling = cases.map((each, i) => told.some(({ outcomes }) => differs(outcomes[i], each)));
  const forPairs = affordable(
    cases.filter((_, i) => telling[i]),
    pairs,
    new RunBudget("pairs", program),
  );
  return {
    program,
    cases,
    ...(cases.length === 0 && seen.endings.size > 0 && { unanswered: reasonOf(seen.endings, program) }),
    mutants: told,
    pairs:
      forPairs.cases.length === 0
        ? []
        : alignedTo(
            cases,
            forPairs.cases,
            await exploreMutants(sandbox, forPairs.slips, forPairs.cases, new Map(), cancellation),
          ),
  };
}

/** What running has shown besides outcomes. */
interface Seen {
  /** Why calls were stopped, and how often. */
  endings: Map<string, number>;
  /** Whether the order of a set shows in what comes out. */
  isUnordered: boolean;
}

/** Inputs with an outcome a person can read, the same both times. */
async function casesOf(
  sandbox: Sandbox,
  program: Program,
  inputs: readonly Input[],
  seen: Seen,
  cancellation: Cancellation,
): Promise<Case[]> {
  const found = await firstOutcomes(sandbox, program, inputs, cancellation);
  for (const { outcome } of found)
    if (outcome.kind === "stopped" && outcome.by === "outside" && outcome.detail) count(seen.endings, outcome.detail);
  const readable = found.filter(({ outcome }) => isReadable(outcome));
  if (readable.length === 0) return [];
  // In the other order too: what one call leaves behind must not change the next one.
  const reversed = readable.map(({ input }) => input).reverse();
  const again = { programs: [program], inputs: reversed, rehashed: hasSets(program) };
  const [back = []] = await sandbox.run(again, cancellation);
  const same = readable.filter(({ outcome }, i) => {
    const second = back[readable.length - 1 - i];
    return second !== undefined && isSameOutcome(outcome, second);
  });
  if (again.rehashed && same.length < readable.length) seen.isUnordered = true;
  return same;
}

function hasSeveralTexts(input: Input): boolean {
  return (input.join().match(/(["'])(?:\\.|(?!\1).)*\1/g) ?? []).length > 1;
}

/** What comes out of inputs that are not too long to read, as far as the budget goes. */
async function firstOutcomes(
  sandbox: Sandbox,
  program: Program,
  inputs: readonly Input[],
  cancellation: Cancellation,
): Promise<Case[]> {
  const readable = inputs.filter((input) => lengthOf(input) <= maxInputLength);
  const budget = new RunBudget("inputs", program);
  const found: Case[] = [];
  while (found.length < readable.length && !budget.isSpent) {
    const part = readable.slice(found.length, found.length + inputsAtOnce);
    const [outcomes = []] = await sandbox.run({ programs: [program], inputs: part, trace: true }, cancellation);
    if (outcomes.length < part.length) break;
    budget.spend(outcomes);
    found.push(...part.map((input, i) => ({ input, outcome: outcomes[i] as Outcome })));
  }
  return found;
}

/** As many cases as can be run with slips; some of the slips, from all over the function, where that would be few. */
function affordable(
  cases: readonly Case[],
  slips: readonly Mutant[],
  budget: RunBudget,
): { cases: Case[]; slips: readonly Mutant[] } {
  const outcomes = cases.map(({ outcome }) => outcome);
  const share = budget.affordable(outcomes, slips.length) / Math.min(enoughCases, cases.length);
  const count = Math.min(slips.length, Math.max(leastSlips, Math.floor(slips.length * share)));
  const some = slips.filter(
    (_, i) => Math.floor((i * count) / slips.length) !== Math.floor(((i + 1) * count) / slips.length),
  );
  return { cases: cases.slice(0, Math.max(leastCases, budget.affordable(outcomes, some.length))), slips: some };
}

function reasonOf(endings: ReadonlyMap<string, number>, { absent }: Program): NotRunnable {
  const [[detail]] = [...endings].sort((a, b) => b[1] - a[1]) as [[string, number]];
  const known = absent?.find(({ name }) => detail === `asks for \`${name}\``);
  return { reason: known?.reason ?? `it ${detail}` };
}

/** Whether the order of a set may show in what comes out. Another sandbox has to be loaded to find out. */
function hasSets({ language, source }: Program): boolean {
  return language === "python" && /\bset\b|frozenset|\{[^{}:]*[^\s{}:][^{}:]*\}|\.keys\(\) *[-&|^]/.test(source);
}

/** What mutants gave in an earlier round, by input. */
type KnownOutcomes = Map<Mutant, Map<string, Outcome>>;

async function exploreMutants(
  sandbox: Sandbox,
  mutants: readonly Mutant[],
  cases: readonly Case[],
  known: KnownOutcomes,
  cancellation: Cancellation,
): Promise<ExploredMutant[]> {
  const keys = cases.map(({ input }) => keyOf(input));
  const fresh = cases.filter((_, i) => ![...known.values()].some((outcomes) => outcomes.has(keys[i] as string)));
  // What does not load or does not end does so no more with other inputs.
  const open = mutants.filter((mutant) => ![...(known.get(mutant)?.values() ?? [])].some(isHopeless));
  const programs = fresh.length === 0 ? [] : open.map(({ program }) => program);
  const outcomes = await sandbox.run({ programs, inputs: fresh.map(({ input }) => input) }, cancellation);
  for (const [i, mutant] of open.entries()) {
    const ofMutant = known.get(mutant) ?? new Map<string, Outcome>();
    for (const [at, { input }] of fresh.entries()) {
      const outcome = outcomes[i]?.[at];
      if (outcome) ofMutant.set(keyOf(input), outcome);
    }
    known.set(mutant, ofMutant);
  }
  return mutants.flatMap((mutant) => {
    const ran = [...(known.get(mutant)?.values() ?? [])];
    // One that does not even load is no slip that somebody makes.
    const isProgram = !ran.every((outcome) => outcome.kind === "stopped" && outcome.by === "program");
    return isProgram ? [{ mutant, outcomes: keys.map((key) => known.get(mutant)?.get(key)) }] : [];
  });
}

function isHopeless(outcome: Outcome): boolean {
  return outcome.kind === "stopped" && ["program", "steps", "time", "memory"].includes(outcome.by);
}

/** Outcomes of some of the cases, by index of all of them. */
function alignedTo(
  cases: readonly Case[],
  some: readonly Case[],
  explored: readonly ExploredMutant[],
): ExploredMutant[] {
  const places = new Map(some.map((each, i) => [each, i]));
  return explored.map(({ mutant, outcomes }) => ({
    mutant,
    outcomes: cases.map((each) => outcomes[places.get(each) ?? -1]),
  }));
}

function keyOf(input: Input): string {
  return input.join("\n");
}

function differs(outcome: Outcome | undefined, known: Case | undefined): boolean {
  return outcome !== undefined && known !== undefined && !isSameOutcome(outcome, known.outcome);
}

export function lengthOf(input: Input): number {
  return input.reduce((length, argument) => length + argument.length + 2, 0);
}

/** Errors that a wrong kind of argument causes say nothing about the function. */
const misuse = new Set([
  "TypeError",
  "AttributeError",
  "NameError",
  "ReferenceError",
  "RecursionError",
  "InternalError",
]);

function isReadable(outcome: Outcome): boolean {
  if (outcome.kind === "stopped") return false;
  if (outcome.kind === "threw") return isMeant(outcome);
  const changed = outcome.changed?.reduce((length, { text }) => length + text.length, 0) ?? 0;
  return outcome.text.length + changed + (outcome.printed?.length ?? 0) <= maxOutcomeLength;
}

function isMeant({ type, message }: Threw): boolean {
  return message !== undefined || !misuse.has(type);
}

/** A few of each outcome, of each way through the function, and short ones first. */
function chosen(cases: readonly Case[]): Case[] {
  const sorted = [...cases].sort((a, b) => lengthOf(a.input) - lengthOf(b.input));
  const lines = new Map<string, number>();
  const outcomes = new Map<string, number>();
  const ranked = sorted.map((known, i) => {
    const way = [...new Set(known.outcome.lines ?? [])].join(" ");
    const told = outcomeKey(known.outcome);
    const seen = count(lines, way) + 2 * count(outcomes, told) + (known.outcome.kind === "threw" ? 2 : 0);
    return { known, seen, i };
  });
  ranked.sort((a, b) => a.seen - b.seen || a.i - b.i);
  return ranked.slice(0, maxCases).map(({ known }) => known);
}

function count(counts: Map<string, number>, key: string): number {
  const before = counts.get(key) ?? 0;
  counts.set(key, before + 1);
  return before;
}

/** Equal for outcomes that look the same. */
export function outcomeKey(outcome: Outcome): string {
  const { lines: _, ...told } = outcome;
  return JSON.stringify(told, Object.keys(told).sort().concat("index", "text"));
}

function withoutKnown(inputs: readonly Input[], known: readonly Input[]): Input[] {
  const seen = new Set(known.map(keyOf));
  return inputs.filter((input) => {
    const key = keyOf(input);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
