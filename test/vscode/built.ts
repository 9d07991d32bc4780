import { access } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/vscodeServer.mjs";

/** The directory from which VS Code loads the extension, once that is built. */
export async function builtExtension(): Promise<string> {
  await access(join(ROOT, "dist/extension.js")).catch(() => {
    throw new Error("dist/extension.js is missing. Run `npm run build` first.");
  });
  return ROOT;
}
