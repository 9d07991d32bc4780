import { access } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/vscodeServer.mjs";

/** The absolute path of a file which `npm run build` or `npm run package` makes. */
export async function builtFile(path: string, command: string): Promise<string> {
  const file = join(ROOT, path);
  try {
    await access(file);
  } catch {
    throw new Error(`${path} is missing. Run \`${command}\` first.`);
  }
  return file;
}

/** The directory from which VS Code loads the built extension. */
export async function builtExtension(): Promise<string> {
  if (process.env.FX) return process.env.FX;
  await builtFile("dist/extension.js", "npm run build");
  return ROOT;
}
