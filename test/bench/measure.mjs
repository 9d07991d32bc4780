// Runs programs and tells what they used.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const reportUsage = fileURLToPath(new URL("reportUsage.cjs", import.meta.url));

/**
 * @typedef {object} Usage
 * @property {number} wall seconds
 * @property {number | undefined} cpu seconds of user and system time, all threads; not known everywhere
 * @property {number | undefined} memory peak resident set, in MB
 * @property {string} output digest of what it printed
 */

/** @returns {Promise<Usage>} of a program of Node, its own start included */
export async function runNode(script, args, { folder, env = {} }) {
  const usageFile = join(folder, "usage.json");
  const usage = await run(process.execPath, ["--require", reportUsage, script, ...args], {
    folder,
    env: { ...env, FATHOM_BENCH_USAGE: usageFile },
  });
  const { cpu, maxRSS } = JSON.parse(readFileSync(usageFile, "utf8"));
  rmSync(usageFile);
  return { ...usage, cpu, memory: maxRSS / 1024 };
}

/** @returns {Promise<Usage>} of any program; CPU and memory are sampled where there is a `/proc` */
export async function run(command, args, { folder, env = {}, allowed = [0] }) {
  const outputFile = join(folder, "output.txt");
  const output = openSync(outputFile, "w");
  const start = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", output, "pipe"], env: { ...process.env, ...env } });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  let sampled = {};
  const sampling = setInterval(() => {
    sampled = { ...sampled, ...sample(child.pid) };
  }, 10);
  const [code, wall] = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (status) => resolve([status, (performance.now() - start) / 1000]));
  }).finally(() => {
    clearInterval(sampling);
    closeSync(output);
  });
  if (!allowed.includes(code)) throw new Error(`${command} ${args.join(" ")} ended with ${code}: ${errors}`);
  return { wall, ...sampled, output: createHash("sha256").update(readFileSync(outputFile)).digest("hex") };
}

function sample(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    // User and system time in clock ticks, a hundredth of a second on every Linux.
    const cpu = (Number(fields[11]) + Number(fields[12])) / 100;
    const memory = fromStatus(pid, "VmHWM");
    // A process at its very end has given its memory back.
    return { cpu, ...(memory && { memory }) };
  } catch {
    return undefined;
  }
}

/** Seconds of user and system time of a running process, where there is a `/proc`. */
export function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    // In clock ticks, a hundredth of a second on every Linux.
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

/** How much of a core one thread gets just now, from 0 to 1. */
export function coreShare() {
  const start = performance.now();
  const before = process.cpuUsage();
  while (performance.now() - start < 500);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - start);
}

/** Resident set of a running process in MB, `undefined` where nobody tells. */
export function residentMemory(pid) {
  try {
    return fromStatus(pid, "VmRSS");
  } catch {
    const kilobytes = Number(spawnSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }).stdout);
    return kilobytes ? kilobytes / 1024 : undefined;
  }
}

/** The most a running process ever held, in MB, `undefined` where nobody tells. */
export function peakMemory(pid) {
  try {
    return fromStatus(pid, "VmHWM");
  } catch {
    return undefined;
  }
}

function fromStatus(pid, key) {
  const found = new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return found ? Number(found[1]) / 1024 : undefined;
}

/**
 * Leaves this process, and those it starts, no more than so many cores.
 * @returns {number} how many there are then
 */
export function limitCores(count) {
  if (availableParallelism() > count && process.platform === "linux")
    spawnSync("taskset", ["-a", "-p", "-c", `0-${count - 1}`, String(process.pid)]);
  return availableParallelism();
}

/** @param {readonly number[]} values @param {number} share from 0 to 1 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

export function median(values) {
  return percentile(values, 0.5);
}
