import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** What is allocated between two collections of young objects. */
const YOUNG_BYTES = 32 * 1024 * 1024;
/** How much of what is alive may come on top as garbage, before the old objects are looked through, in percent. */
const OLD_GROWTH = 30;

let isBounded = false;
let isGrowing = true;

/**
 * Keeps the heap of a process that lives for days small. V8 lets the space for young objects grow to 128 MB and that
 * for old ones to several times what is alive, which buys a scan a little time and is hardly given back. How large the
 * former may become is settled before a program runs, how fast it grows is not: `holdHeap` has to be called now and
 * then.
 */
export function boundHeap(): void {
  isBounded = true;
  setFlagsFromString(`--heap-growing-percent=${OLD_GROWTH}`);
}

export function holdHeap(): void {
  if (!isBounded) return;
  const young = getHeapSpaceStatistics().find((space) => space.space_name === "new_space");
  const mayGrow = (young?.space_size ?? 0) < YOUNG_BYTES;
  if (mayGrow === isGrowing) return;
  isGrowing = mayGrow;
  setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
}
