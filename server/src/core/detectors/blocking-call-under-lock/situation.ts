import type { Holding } from "../../model/graph/heldLocks";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { BlockedOperation } from "./blockedOperations";
import type { Contention } from "./contention";

/** How much it matters that something blocks under a lock. */
export interface Consequence {
  level: "warning" | "info" | "none";
  /** Why it is so much, or no more, as a whole sentence; absent where the message says it. */
  because?: string;
}

/** An operation under a lock, with what decides how much it matters. */
export interface Situation extends BlockedOperation {
  model: WorkspaceModel;
  lock: Holding;
  contention: Contention;
  /** What it does in the end, as its effect says: `os.ReadFile`. */
  what: string;
  /** A request or a timer gets here. */
  isHot: boolean;
  /** Or a message that a loop waits for. */
  isBusy: boolean;
  /** Neither does anybody else want the lock. */
  isUnnoticed: boolean;
  serialises: boolean;
}

/** Fewer than these do not hold up a whole service. */
export const manyBystanders = 20;
