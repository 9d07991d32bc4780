// A child on a leash: it and everything it starts end when this process ends, however this process ends.
//
// Node runs no exit handler when a process is killed, so a small keeper process stands between: it holds one end of a
// pipe, and when the other end closes it ends the whole process group and removes the directories it was given.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const KEEPER = fileURLToPath(import.meta.url);
const GRACE_MILLISECONDS = 3_000;
const HAS_PROCESS_GROUPS = process.platform !== "win32";

export function spawnLeashed(command, args, { remove = [], ...options } = {}) {
  const keeperArguments = [KEEPER, JSON.stringify(remove), command, ...args];
  const keeper = spawn(process.execPath, keeperArguments, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  keeper.stdin.on("error", () => {});
  const exited = new Promise((resolve) => {
    keeper.once("error", (error) => resolve({ code: null, error }));
    keeper.once("exit", (code) => resolve({ code, error: undefined }));
  });
  return {
    stdout: keeper.stdout,
    stderr: keeper.stderr,
    exited,
    async stop() {
      keeper.stdin.end();
      await exited;
    },
  };
}

function keep(directoriesToRemove, command, args) {
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], detached: HAS_PROCESS_GROUPS });
  const end = () => {
    signalGroup(child, "SIGTERM");
    setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MILLISECONDS).unref();
  };
  const leave = (code) => {
    // What the child started may outlive it in the same group.
    signalGroup(child, "SIGKILL");
    for (const directory of directoriesToRemove) removeDirectory(directory);
    process.exit(code);
  };
  child.once("error", (error) => {
    process.stderr.write(`${error.message}\n`);
    leave(127);
  });
  child.once("exit", (code) => leave(code ?? 1));
  process.stdin.resume().once("close", end);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(HAS_PROCESS_GROUPS ? -child.pid : child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function removeDirectory(directory) {
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch (error) {
    process.stderr.write(`Could not remove ${directory}: ${error.message}\n`);
  }
}

if (process.argv[1] === KEEPER) {
  const [directoriesToRemove, command, ...args] = process.argv.slice(2);
  keep(JSON.parse(directoriesToRemove), command, args);
}
