/** Somebody, as git names them. */
export interface Person {
  name: string;
  email: string;
}

/**
 * `explained`: in their own words and without looking. `explained-with-looks`: the code was opened meanwhile.
 * `peer-accepted`: a colleague has accepted the explanation. `waived`: the team does without one. `stale`: what it
 * does has changed since.
 */
export type SignOffState = "explained" | "explained-with-looks" | "peer-accepted" | "waived" | "stale";

/** What the ledger says of a function. One it says nothing of is unexplained. */
export interface SignOff {
  state: SignOffState;
  /** Who explained it; of a waiver, who gave it. */
  by: Person;
  /** When, in ISO 8601 and UTC. */
  at: string;
  /** The explanation, or the reason of the waiver: Markdown of the repository, not to be trusted. */
  text?: string;
  /** The colleague who has accepted it. */
  acceptedBy?: Person;
  /** What a colleague wants to know beyond it. */
  asked?: { by: Person; text: string };
  /** Everybody who has explained it, and when they did last. */
  explainers: readonly { who: Person; at: string }[];
  /** The line of the ledger that counts; 1-based. */
  source: { path: string; line: number };
  /** What the function was called, and its shape, when that was written. */
  symbol: string;
  shapeHash: string;
}

/** As a message names somebody: one line, no longer than a line. Not escaped. */
export function personName({ name }: Person): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}

/** Whether two names mean one person: nobody vouches for themselves by changing their address. */
export function isSamePerson(a: Person, b: Person): boolean {
  return folded(a.email) === folded(b.email) || folded(a.name) === folded(b.name);
}

function folded(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}
