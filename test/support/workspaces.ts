import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import { readSettingsFile } from "../../server/src/host/settingsFile";
import { createSyntaxHost } from "../../server/src/host/syntaxHost";
import { Workspace } from "../../server/src/host/workspace";

/** The repository. */
export const root = dirname(dirname(__dirname));

export const syntaxHost = createSyntaxHost(join(root, "dist"));

/** A folder of its own with the given files; gone when the test is over. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "fathom-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Opens a folder with the settings it holds, and scans it. */
export async function scannedWorkspace(folder: string, only?: ReadonlySet<string>): Promise<Workspace> {
  const { settings } = await readSettingsFile(folder);
  const workspace = await Workspace.open(folder, settings, { only, syntaxHost });
  await workspace.scan({ cancellation: neverCancelled });
  return workspace;
}
