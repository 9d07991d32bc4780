import { spawnSync } from "node:child_process";

/**
 * Runs a program to its end.
 *
 * @returns {{ ok: boolean, stdout: string, stderr: string }} not `ok` where the program is missing, too
 */
export function runCommand(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 1 << 29,
    ...options,
  });
  return { ok: !error && status === 0, stdout: stdout ?? "", stderr: stderr ?? String(error) };
}
