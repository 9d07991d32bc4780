import type { Segment } from "../../model/accessPath";
import type { AccessPath } from "../../model/facts";
import type { PlaceWorld } from "./place";
import type { Scope, Seen } from "./seen";

/** What one body needs of its file: its other functions and constants, and how much may still be read. */
export interface FunctionReader {
  readonly language: { isPython: boolean; world: PlaceWorld; text: string };
  /** Whether one more step may be read. */
  spend(): boolean;
  /** What `.user.id`, `#0` lead to. */
  along(seen: Seen, suffix: AccessPath): Seen;
  step(seen: Seen, segment: Segment, key?: Seen): Seen;
  constant(name: string): Seen | undefined;
  functionNamed(name: string): number | undefined;
  /** Calls a function of the file with values. */
  apply(fn: { index: number; scope: Scope }, args: readonly Seen[], named?: ReadonlyMap<string, Seen>): Seen;
}
