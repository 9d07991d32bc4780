// Installs the dependencies when they are missing or older than the lock file. Uses nothing but Node itself.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export function installDependencies() {
  const lock = statSync(join(root, "package-lock.json"));
  const installed = join(root, "node_modules", ".package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= lock.mtimeMs - 1000) return;
  process.stderr.write("Installing dependencies (npm install) …\n");
  // Not `npm ci`: it refuses a lock file that was made where some platforms' optional packages could not be seen.
  const { status } = spawnSync("npm", ["install", "--no-save", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    process.stderr.write("npm install failed; its messages above say why.\n");
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installDependencies();
