import { type Cancellation, neverCancelled } from "../base/cancellation";
import type { Random } from "../base/random";
import { type Mutant, pairsOf } from "./mutants/mutants";
import type { Input, NotRunnable, Program } from "./program";
import { isSameOutcome, type Outcome, type Sandbox, type Threw } from "./sandbox";

/** What is known of a function after running it and its mutants. */
export interface Exploration {
  program: Program;
  cases: readonly Case[];
  /** Those that some input tells from the function; of equal ones each. */
  mutants: readonly ExploredMutant[];
  /** Functions with two slips, for what else could come out. */
  pairs: readonly ExploredMutant[];
  /** Mutants that no test of the team shows, where all that its tests call the function with is known. */
  unnoticed?: readonly ExploredMutant[];
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
  /** By index of the case. */
  outcomes: readonly Outcome[];
}

/** Whatever makes more inputs out of those that are known to matter. */
export type Vary = (inputs: readonly Input[]) => readonly Input[];

/** Longer texts are not read but skipped. */
const maxInputLength = 240;
const maxOutcomeLength = 160;
const maxCases = 96;
const rounds = 2;
const pairCount = 32;

/**
 * Runs a function and its mutants with inputs, and goes on from those inputs that tell them apart.
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
  let explored: ExploredMutant[] = [];
  let inputs = candidates;
  const endings = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    const found = await casesOf(sandbox, program, inputs, endings, cancellation);
    cases = chosen([...cases, ...found]);
    if (cases.length === 0) break;
    explored = await exploreMutants(sandbox, mutants, cases, cancellation);
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
  return {
    program,
    cases,
    ...(cases.length === 0 && endings.size > 0 && { unanswered: reasonOf(endings, program) }),
    mutants: told,
    pairs: cases.length === 0 ? [] : await exploreMutants(sandbox, pairs, cases, cancellation),
  };
}

/** Inputs with an outcome a person can read, the same both times. */
async function casesOf(
  sandbox: Sandbox,
  program: Program,
  inputs: readonly Input[],
  endings: Map<string, number>,
  cancellation: Cancellation,
): Promise<Case[]> {
  const readable = inputs.filter((input) => lengthOf(input) <= maxInputLength);
  // In the other order too: what one call leaves behind must not change the next one.
  const [there] = await sandbox.run({ programs: [program], inputs: readable, trace: true }, cancellation);
  const again = { programs: [program], inputs: [...readable].reverse(), rehashed: hasSets(program) };
  const [back] = await sandbox.run(again, cancellation);
  if (!there || !back) return [];
  for (const outcome of there)
    if (outcome.kind === "stopped" && outcome.by === "outside" && outcome.detail) count(endings, outcome.detail);
  return readable.flatMap((input, i) => {
    const [outcome, second] = [there[i], back[readable.length - 1 - i]];
    return outcome && second && isReadable(outcome) && isSameOutcome(outcome, second) ? [{ input, outcome }] : [];
  });
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

async function exploreMutants(
  sandbox: Sandbox,
  mutants: readonly Mutant[],
  cases: readonly Case[],
  cancellation: Cancellation,
): Promise<ExploredMutant[]> {
  const programs = mutants.map(({ program }) => program);
  const outcomes = await sandbox.run({ programs, inputs: cases.map(({ input }) => input) }, cancellation);
  return mutants.flatMap((mutant, i) => {
    const ran = outcomes[i];
    // One that does not even load is no slip that somebody makes.
    const isProgram = ran && !ran.every((outcome) => outcome.kind === "stopped" && outcome.by === "program");
    return isProgram ? [{ mutant, outcomes: ran }] : [];
  });
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
  const seen = new Set(known.map((input) => input.join("\n")));
  return inputs.filter((input) => {
    const key = input.join("\n");
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
