import { setImmediate } from "node:timers/promises";
import { holdHeap } from "./heapBounds";

const SLICE_MS = 10;

/** How long work may go on before whoever else waits for this thread, an editor above all, gets a turn. */
export class TimeSlice {
  private end = performance.now() + SLICE_MS;

  isOver(): boolean {
    return performance.now() >= this.end;
  }

  async pause(): Promise<void> {
    holdHeap();
    await setImmediate();
    this.end = performance.now() + SLICE_MS;
  }
}
