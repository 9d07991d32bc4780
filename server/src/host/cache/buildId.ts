import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Differs between any two builds of Fathom; nothing where it was not bundled, so that nothing can be cached there. */
export function buildId(directory: string = __dirname): string | undefined {
  try {
    return readFileSync(join(directory, "build-id"), "utf8");
  } catch {
    return undefined;
  }
}
