import type { SpawnOptionsWithoutStdio } from "node:child_process";
import type { Readable } from "node:stream";

export interface LeashedProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves, never rejects, when the process and what it started are gone. `code` is null if nothing could start. */
  readonly exited: Promise<{ code: number | null; error: Error | undefined }>;
  /** Ends the process, and resolves when it is gone. */
  stop(): Promise<void>;
}

/** `remove` names directories which are deleted after the process has ended. */
export function spawnLeashed(
  command: string,
  args: readonly string[],
  options?: SpawnOptionsWithoutStdio & { remove?: readonly string[] },
): LeashedProcess;
