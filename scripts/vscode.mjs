// npm run vscode -- [FOLDER] [--no-open]
// Builds Fathom and opens FOLDER (default: examples) in VS Code with it: in the desktop VS Code if there is one, and
// otherwise in one which is served to the browser.
import { spawn, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findOnPath, ROOT, startVsCodeServer } from "./lib/vscodeServer.mjs";

const WRONG_USAGE = 2;

const { folder, open } = readArguments();
build();
const code = await findOnPath("code");
if (code) openDesktop(code);
else await serve();

function readArguments() {
  try {
    const options = { "no-open": { type: "boolean", default: false } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length > 1) throw new Error("one folder at most");
    return { folder: existingFolder(positionals[0]), open: !values["no-open"] };
  } catch (error) {
    console.error(`${error.message}\nUsage: npm run vscode -- [FOLDER] [--no-open]`);
    process.exit(WRONG_USAGE);
  }
}

function existingFolder(argument) {
  // npm runs scripts in the root of the package, wherever it was called.
  const path = argument ? resolve(process.env.INIT_CWD ?? process.cwd(), argument) : join(ROOT, "examples");
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${path} is not a folder.`);
  return path;
}

function build() {
  const { status } = spawnSync("npm", ["run", "build"], {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("The build failed.");
    process.exit(1);
  }
}

function openDesktop(command) {
  const { status } = spawnSync(command, [`--extensionDevelopmentPath=${ROOT}`, folder], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exitCode = status ?? 1;
}

async function serve() {
  console.error("There is no `code` on the path: VS Code is served to the browser.");
  const server = await startVsCodeServer();
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, async () => {
      await server.stop();
      process.exit(0);
    });
  }
  const url = server.url(folder, { extension: ROOT });
  console.log(url);
  console.error("Open this address in a browser. Ctrl-C ends the server.");
  if (open) await openBrowser(url);
}

async function openBrowser(url) {
  const isMac = process.platform === "darwin";
  // Without a display xdg-open would start a browser in the terminal.
  if (!isMac && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const opener = await findOnPath(isMac ? "open" : "xdg-open");
  if (opener)
    spawn(opener, [url], { stdio: "ignore", detached: true })
      .on("error", () => {})
      .unref();
}
