import type { Detector } from "../detector";
import { docs } from "./docs";
import { grownCollections } from "./grownCollections";
import { detectorId, type GrowthNotes, growthNotes } from "./growthNotes";
import { keptResults } from "./keptResults";
import { wholeTables } from "./wholeTables";

export const unboundedGrowth: Detector<GrowthNotes> = {
  id: detectorId,
  title: "Unbounded growth",
  defaultSeverity: "warning",
  options: {},
  docs,
  observe: growthNotes,
  *check(model) {
    return [...(yield* grownCollections(model)), ...(yield* keptResults(model)), ...(yield* wholeTables(model))];
  },
};
