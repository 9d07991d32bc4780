import { type Card, createEmptyCard, type FSRS, fsrs, type Grade, Rating } from "ts-fsrs";

/** One time somebody explained a function. */
export interface PastExplanation {
  /** ISO 8601. */
  when: string;
  /** Of the questions, in percent. */
  score: number;
  /** How often the code was opened meanwhile. */
  peeks: number;
}

/** When an explanation is about to be forgotten. */
export interface Repetition {
  /** Milliseconds since 1970. */
  due: number;
  /** Chance that it is still known, from 0 to 1. */
  known: number;
}

// Without chance, the same ledger gives the same dates for everybody. Code changes: after a year it is asked anew anyway.
const scheduler: FSRS = fsrs({ enable_fuzz: false, enable_short_term: false, maximum_interval: 365 });

/**
 * When to ask again, by FSRS, from all the times it was explained. The ledger is all there is to remember.
 *
 * @param past by one person of one function; in any order
 * @param now milliseconds since 1970
 * @returns `undefined` when it was never explained
 */
export function repetitionOf(past: readonly PastExplanation[], now: number): Repetition | undefined {
  const times = past
    .map(({ when, score, peeks }) => ({ at: Date.parse(when), rating: ratingOf(score, peeks) }))
    .filter(({ at }) => Number.isFinite(at) && at <= now)
    .sort((a, b) => a.at - b.at);
  let card: Card | undefined;
  for (const { at, rating } of times) {
    card = scheduler.next(card ?? createEmptyCard(new Date(at)), new Date(at), rating).card;
  }
  if (!card) return undefined;
  return { due: card.due.getTime(), known: scheduler.get_retrievability(card, new Date(now), false) };
}

function ratingOf(score: number, peeks: number): Grade {
  if (peeks > 0) return Rating.Hard;
  return score >= 100 ? Rating.Easy : Rating.Good;
}
