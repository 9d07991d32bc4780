// A real VS Code for the tests, out of package registries alone: the workbench and extension host of the npm package
// code-server, shown by Chromium. Nothing here needs the desktop build which `@vscode/test-electron` downloads.
import { execFile, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdir, mkdtemp, open, readFile, rm, stat, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { spawnLeashed } from "./leash.mjs";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

// An unpinned install picks an old release under an old Node.
const PACKAGE = "code-server@4.139.1";
const REQUIRED_NODE_MAJOR = 24;
const CACHE = join(ROOT, ".cache");
const INSTALL_DIRECTORY = join(CACHE, "vscode-server");
const MARKER = join(INSTALL_DIRECTORY, "installed");
const CODE_DIRECTORY = join(INSTALL_DIRECTORY, "node_modules/code-server/lib/vscode");
const SERVER_MAIN = join(CODE_DIRECTORY, "out/server-main.js");
const INSTALL_TIMEOUT = 15 * 60_000;
const START_TIMEOUT = 60_000;
const COMMAND_TIMEOUT = 120_000;
const OUTPUT_LIMIT = 20_000;

const CHROMIUM = {
  name: "Chromium",
  environmentVariable: "FATHOM_CHROMIUM",
  candidates: [
    "/usr/bin/chromium",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ],
  debianPackage: "chromium",
};

const NEOVIM = {
  name: "Neovim",
  environmentVariable: "FATHOM_NVIM",
  candidates: ["nvim"],
  debianPackage: "neovim",
};

const TMUX = {
  name: "tmux",
  environmentVariable: "FATHOM_TMUX",
  candidates: ["tmux"],
  debianPackage: "tmux",
};

export async function ensureVsCodeServer() {
  if (await isServerInstalled()) return SERVER_MAIN;
  await withLock("vscode-server", async () => {
    if (!(await isServerInstalled())) await installServer();
  });
  return SERVER_MAIN;
}

export function ensureChromium() {
  return ensureProgram(CHROMIUM);
}

export function ensureNeovim() {
  return ensureProgram(NEOVIM);
}

export function ensureTmux() {
  return ensureProgram(TMUX);
}

export async function ensureProgram(program) {
  const present = await findProgram(program);
  if (present) return present;
  const canInstall = process.getuid?.() === 0 && (await findOnPath("apt-get"));
  if (!canInstall) throw new Error(missingProgramMessage(program));
  await withLock("apt", async () => {
    if (!(await findProgram(program))) await installDebianPackage(program.debianPackage);
  });
  const installed = await findProgram(program);
  if (!installed) throw new Error(missingProgramMessage(program));
  return installed;
}

export async function startVsCodeServer({ extensionsDir, workspaceTrust = false, env = {} } = {}) {
  const serverMain = await ensureVsCodeServer();
  const dataDirectory = await mkdtemp(join(tmpdir(), "fathom-vscode-data-"));
  const server = spawnLeashed(
    await findNode(),
    [
      serverMain,
      ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--accept-server-license-terms"],
      ...["--disable-telemetry", "--disable-experiments", "--server-data-dir", dataDirectory],
      // Without the driver this version ignores the payload, and tests silently never run.
      "--enable-smoke-test-driver",
      ...(workspaceTrust ? [] : ["--disable-workspace-trust"]),
      ...(extensionsDir ? ["--extensions-dir", extensionsDir] : []),
    ],
    { env: { ...process.env, ...env }, remove: [dataDirectory] },
  );
  try {
    const port = await portOf(server);
    return { port, url: (folder, payload) => workbenchUrl(port, folder, payload), stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export async function installExtension(vsix, extensionsDir) {
  const serverMain = await ensureVsCodeServer();
  const dataDirectory = await mkdtemp(join(tmpdir(), "fathom-vscode-data-"));
  try {
    const { stdout, stderr } = await promisify(execFile)(
      await findNode(),
      [
        serverMain,
        ...["--install-extension", vsix, "--extensions-dir", extensionsDir],
        ...["--server-data-dir", dataDirectory, "--accept-server-license-terms"],
      ],
      { timeout: COMMAND_TIMEOUT },
    );
    return stdout + stderr;
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

export async function findOnPath(name) {
  const suffixes = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const directory of (process.env.PATH ?? "").split(delimiter)) {
    for (const suffix of suffixes) {
      const file = join(directory, name + suffix);
      if (directory && (await isExecutable(file))) return file;
    }
  }
  return undefined;
}

export async function findNode() {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const bundled = join(ROOT, "node_modules/node/bin", name);
  if (await isExecutable(bundled)) return bundled;
  if (Number.parseInt(process.versions.node, 10) >= REQUIRED_NODE_MAJOR) return process.execPath;
  throw new Error(
    `The VS Code server needs Node ${REQUIRED_NODE_MAJOR}, this is Node ${process.versions.node}. ` +
      "Run `npm ci` in the repository: it installs one of its own.",
  );
}

async function isServerInstalled() {
  try {
    return (await readFile(MARKER, "utf8")) === PACKAGE;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

async function installServer() {
  progress(`Installing ${PACKAGE} into ${INSTALL_DIRECTORY} (about 600 MB, half a minute) ...`);
  await rm(INSTALL_DIRECTORY, { recursive: true, force: true });
  await mkdir(INSTALL_DIRECTORY, { recursive: true });
  await npmInstall(INSTALL_DIRECTORY, [PACKAGE]);
  await npmInstall(CODE_DIRECTORY, ["--omit=dev"]);
  await npmInstall(join(CODE_DIRECTORY, "extensions"), ["--omit=dev"]);
  await access(SERVER_MAIN);
  await writeFile(MARKER, PACKAGE);
  progress(`Installed ${PACKAGE}.`);
}

// Their install scripts compile native modules which the server can do without.
async function npmInstall(directory, args) {
  const options = ["--prefix", directory, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const npmCli = process.env.npm_execpath;
  const [command, prefix] = npmCli?.endsWith("npm-cli.js") ? [await findNode(), [npmCli]] : ["npm", []];
  await run(command, [...prefix, "install", ...args, ...options], { cwd: directory });
}

async function findProgram({ name, environmentVariable, candidates }) {
  const chosen = process.env[environmentVariable];
  if (chosen) {
    if (await isExecutable(chosen)) return chosen;
    throw new Error(`${environmentVariable} is set to ${chosen}, which is not a program. It should name ${name}.`);
  }
  for (const candidate of candidates) {
    const found = candidate.includes("/") ? (await isExecutable(candidate)) && candidate : await findOnPath(candidate);
    if (found) return found;
  }
  return undefined;
}

function missingProgramMessage({ name, environmentVariable, candidates, debianPackage }) {
  return [
    `${name} is missing: none of ${candidates.join(", ")} was found.`,
    `Install it (Debian, Ubuntu: sudo apt-get install -y --no-install-recommends ${debianPackage}),`,
    `or set ${environmentVariable} to its path.`,
  ].join(" ");
}

async function installDebianPackage(debianPackage) {
  progress(`Installing ${debianPackage} with apt-get ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env });
  await run("apt-get", ["install", "-y", "--no-install-recommends", debianPackage], { env });
}

async function run(command, args, options) {
  const child = spawn(command, args, {
    ...options,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32" && command === "npm",
    timeout: INSTALL_TIMEOUT,
  });
  await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`\`${command} ${args.join(" ")}\` failed (${signal ?? `exit code ${code}`}).`));
    });
  });
}

async function isExecutable(file) {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

// Test files run side by side in processes of their own, and each asks for the same installation.
async function withLock(name, action) {
  await mkdir(CACHE, { recursive: true });
  const file = join(CACHE, `${name}.lock`);
  const deadline = Date.now() + INSTALL_TIMEOUT;
  while (!(await tryLock(file))) {
    if (Date.now() > deadline) throw new Error(`Another process still holds ${file}. If none runs, delete it.`);
    await sleep(500);
  }
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

async function tryLock(file) {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (await isAbandoned(file)) await unlink(file).catch(() => {});
  return false;
}

async function isAbandoned(file) {
  const holder = Number(await readFile(file, "utf8").catch(() => ""));
  // Empty for the moment between creating the file and writing into it.
  if (!holder) return false;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

async function portOf(server) {
  let output = "";
  const announced = new Promise((resolve) => {
    const listen = (chunk) => {
      output = (output + chunk).slice(-OUTPUT_LIMIT);
      const port = /Web UI available at http:\/\/[^:\s]+:(\d+)/.exec(output)?.[1];
      if (port) resolve(Number(port));
    };
    server.stdout.setEncoding("utf8").on("data", listen);
    server.stderr.setEncoding("utf8").on("data", listen);
  });
  const ended = server.exited.then(({ code, error }) => {
    throw new Error(
      `The VS Code server ended before it was ready (${error?.message ?? `exit code ${code}`}).\n${output}`,
    );
  });
  const timer = new AbortController();
  const late = sleep(START_TIMEOUT, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`The VS Code server was not ready after ${START_TIMEOUT / 1000} s.\n${output}`);
  });
  // These two lose the race in the end, and must not count as unhandled.
  ended.catch(() => {});
  late.catch(() => {});
  try {
    return await Promise.race([announced, ended, late]);
  } finally {
    timer.abort();
  }
}

function workbenchUrl(port, folder, { extension, tests } = {}) {
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${encodeURI(file)}`;
  const payload = [
    ...(extension ? [["extensionDevelopmentPath", remote(extension)]] : []),
    ...(tests ? [["extensionTestsPath", remote(tests)]] : []),
    ["enableProposedApi", ""],
    ["skipWelcome", "true"],
  ];
  const query = `folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  return `http://127.0.0.1:${port}/?${query}`;
}

function progress(message) {
  process.stderr.write(`${message}\n`);
}
