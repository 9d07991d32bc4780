import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../scripts/lib/vscodeServer.mjs";

// The default flags a few functions out of a hundred, and a fixture has not that many.
const ORACLE_SETTINGS = { "fathom.oracleFunction.topPercent": 100 };

// What would move about in pictures, or cover what they show.
const QUIET_SETTINGS = {
  "chat.disableAIFeatures": true,
  // Below, where it does not cover the lens.
  "editor.hover.above": false,
  "editor.minimap.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

export interface WorkspaceCopy {
  readonly path: string;
  remove(): Promise<void>;
}

/** The fixture workspace as a repository of its own with one commit, free to be written to. */
export async function copyWorkspace(settings: Readonly<Record<string, unknown>> = {}): Promise<WorkspaceCopy> {
  const parent = await mkdtemp(join(tmpdir(), "fathom-workspace-"));
  const path = join(parent, "usage-reports");
  await cp(join(ROOT, "test/vscode/workspace"), path, { recursive: true });
  await mkdir(join(path, ".vscode"));
  await writeFile(
    join(path, ".vscode/settings.json"),
    JSON.stringify({ ...ORACLE_SETTINGS, ...QUIET_SETTINGS, ...settings }),
  );
  await commitAll(path);
  return { path, remove: () => rm(parent, { recursive: true, force: true, maxRetries: 3 }) };
}

async function commitAll(path: string): Promise<void> {
  const git = (...args: string[]) => promisify(execFile)("git", ["-C", path, ...args]);
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Ada Example");
  await git("config", "user.email", "ada@example.com");
  await git("config", "commit.gpgsign", "false");
  await git("add", ".");
  await git("commit", "--quiet", "--no-verify", "--message=fix: bill each account once, whatever its case");
}
