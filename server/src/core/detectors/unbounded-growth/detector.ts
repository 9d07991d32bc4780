import type { Detector } from "../detector";
import { docs } from "./docs";
import { grownCollections } from "./grownCollections";
import { type GrowthNotes, growthNotes } from "./growthNotes";
import { wholeTables } from "./wholeTables";

const id = "unbounded-growth";

export const unboundedGrowth: Detector<GrowthNotes> = {
  id,
  title: "Unbounded growth",
  defaultSeverity: "warning",
  options: {},
  docs,
  observe: growthNotes,
  check: (model) => [...grownCollections(model, id), ...wholeTables(model)],
};
