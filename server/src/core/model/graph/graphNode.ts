import type { FunctionSummary } from "../fileSummary";
import type { FunctionId, FunctionLinks } from "../link/links";
import type { Topic } from "../link/topics";
import type { Reach } from "../workspaceModel";
import { type Edge, type FunctionEffects, noEffects } from "./functionEffects";
import { noCalls } from "./graphFunction";

/** A function in the graph, kept from change to change. */
export interface GraphNode {
  id: FunctionId;
  path: string;
  index: number;
  summary: FunctionSummary;
  links: FunctionLinks;
  edges: readonly Edge[];
  callers: Set<FunctionId>;
  spawned: ReadonlySet<number>;
  around: readonly FunctionSummary[];
  raises: boolean;
  effects: FunctionEffects;
  /** Ways in from outside that start here. */
  entry: readonly Reach["kind"][];
  /** One starts here when nothing else leads here. */
  mayBeEntry: boolean;
  /** The functions written in it that it gives back. */
  gives: readonly FunctionId[];
  /** Its calls in loops that wait for a clock. */
  timed: ReadonlySet<number> | undefined;
  /** The topics that its calls publish under. */
  published: ReadonlyMap<number, readonly Topic[]>;
  reachedFrom: readonly Reach[];
  /** The functions of its component in order, when there are several. */
  cycle: string;
  /** Number of its component: greater than that of every other component it leads to within a call. */
  component: number;
}

/** So many are looked at in one turn: a turn through nested generators costs more than a function does. */
export const functionsInTurn = 64;

export const noTopics: ReadonlyMap<number, readonly Topic[]> = new Map();
export const noReach: readonly Reach[] = [];
export const noEdges: readonly Edge[] = [];
export const noIds: readonly FunctionId[] = [];

export function emptyNode(
  id: FunctionId,
  path: string,
  index: number,
  summary: FunctionSummary,
  links: FunctionLinks,
): GraphNode {
  const nothing = {
    edges: [],
    callers: new Set<FunctionId>(),
    effects: noEffects,
    entry: [],
    mayBeEntry: false,
    gives: noIds,
    timed: undefined,
    published: noTopics,
    reachedFrom: noReach,
  };
  return {
    id,
    path,
    index,
    summary,
    links,
    spawned: noCalls,
    around: [],
    raises: false,
    cycle: "",
    component: -1,
    ...nothing,
  };
}

/** The functions one of which a call runs, where they are too many to say which. */
export function alternativesIn(links: FunctionLinks | undefined): readonly FunctionId[] {
  return links?.calls.flatMap(({ alternatives }) => alternatives ?? noIds) ?? noIds;
}

export function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
