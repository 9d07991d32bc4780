import type { FunctionSummary } from "../../model/fileSummary";

/**
 * The names that channels made in a function are given, and whether they have room: `.opened` for a field, which goes also
 * with its type where it is made together with the object: `Gate.opened`.
 */
export interface ChannelsMade {
  buffered: string[];
  unbuffered: string[];
  /** Fields of new objects that are given a channel, or something else, which the function was handed: `Reader.lines`. */
  handedIn?: string[];
  /** Fields in which channels that the function was handed are kept, by a key or alone: `.waiting`. */
  registered?: string[];
}

/** What is noted of a function while its steps are at hand. */
export interface Noted {
  channels?: ChannelsMade;
  /** The types of which it makes objects; with `*` in front where it does so in a loop. */
  makes?: readonly string[];
  /** Locals that it has made and locked, and where each is first known to somebody else. */
  givenAway?: Readonly<Record<string, number>>;
  /** What the method is called on is known to somebody else afterwards. */
  keepsReceiver?: true;
}

export const detectorId = "blocking-call-under-lock";

export function notedOf(fn: FunctionSummary): Noted | undefined {
  return fn.observations[detectorId] as Noted | undefined;
}
