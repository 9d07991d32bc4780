import type { Person } from "./signOff";

/** Who made commits when, as far as a history was read. Times are in seconds since 1970. */
export interface Presence {
  newest: number;
  oldest: number;
  /** Whether it begins with the first commit. */
  isWhole: boolean;
  /** Last commit of a person, by address and by name, in lower case. */
  lastSeen: ReadonlyMap<string, number>;
}

/**
 * Whether somebody has made no commit within the last `days` of a history. Nobody has where it does not reach back
 * that far.
 *
 * @param at when they were seen otherwise, in ISO 8601
 */
export function isGone(
  { newest, oldest, isWhole, lastSeen }: Presence,
  who: Person,
  at: string,
  days: number,
): boolean {
  // Of the newest commit, not of today: same code, same result.
  const since = newest - days * 86_400;
  if (!isWhole && oldest > since) return false;
  const seen = [lastSeen.get(who.email.toLowerCase()), lastSeen.get(who.name.toLowerCase()), Date.parse(at) / 1000];
  return seen.every((time) => time === undefined || time < since);
}
