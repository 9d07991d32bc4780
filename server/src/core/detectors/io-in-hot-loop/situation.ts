import type { CallConditions, DataLoop } from "../../model/graph/callConditions";
import type { RoundTrip } from "../../model/graph/roundTrips";
import type { LinkedFunction, WorkspaceModel } from "../../model/workspaceModel";
import type { WayIn } from "./waysIn";

/** A round trip for every round of a loop of one function. */
export interface Multiplied {
  call: number;
  loops: readonly DataLoop[];
  conditions: CallConditions;
  trip: RoundTrip;
  /** The loop makes no other round trip. */
  isOnly?: boolean;
}

/** What is multiplied, and how it is reached. */
export interface Situation {
  model: WorkspaceModel;
  /** Of the detector whose notes are read. */
  id: string;
  linked: LinkedFunction;
  worst: Multiplied;
  way: WayIn;
  loops: readonly DataLoop[];
  /** Between two ticks of the clock, where that is known. */
  seconds?: number;
}
