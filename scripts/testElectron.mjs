// npm run test:electron
// The suite of test/vscode/host in the desktop VS Code, which this downloads. `npm test` runs the same suite in a VS
// Code made of npm packages.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { buildHost } from "../test/vscode/buildHost.ts";
import { builtExtension } from "../test/vscode/built.ts";
import { copyWorkspace } from "../test/vscode/copyWorkspace.ts";
import { REPORT_VARIABLE } from "../test/vscode/host/report.ts";
import { ROOT } from "./lib/vscodeServer.mjs";

const VERSION = process.env.FATHOM_VSCODE_VERSION ?? "stable";
const DOWNLOAD_TIMEOUT = 30_000;

const extension = await builtExtension();
const vscodeExecutablePath = await download();
process.exitCode = (await runSuite()) ? 0 : 1;

async function download() {
  try {
    return await downloadAndUnzipVSCode({
      version: VERSION,
      cachePath: join(ROOT, ".cache/vscode-desktop"),
      timeout: DOWNLOAD_TIMEOUT,
    });
  } catch (error) {
    console.error(
      `VS Code (${VERSION}) could not be downloaded: ${error.message}\n` +
        "Run this on a machine which reaches the download site of VS Code, " +
        "or run the same suite with `npx vitest run test/vscode/host.test.ts`, which needs only the npm registry.",
    );
    process.exit(1);
  }
}

async function runSuite() {
  const workspace = await copyWorkspace();
  const directory = await mkdtemp(join(tmpdir(), "fathom-electron-"));
  const report = join(directory, "report.json");
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: extension,
      extensionTestsPath: await buildHost(),
      extensionTestsEnv: { [REPORT_VARIABLE]: report },
      launchArgs: [workspace.path, "--disable-workspace-trust", "--disable-extensions", `--user-data-dir=${directory}`],
    });
  } catch (error) {
    console.error(error.message);
  } finally {
    await workspace.remove();
  }
  const outcomes = await readOutcomes(report);
  await rm(directory, { recursive: true, force: true });
  for (const { state, title, failure } of outcomes) console.log(`${state}: ${title}${failure ? `\n${failure}` : ""}`);
  return outcomes.length > 0 && outcomes.every(({ state }) => state === "passed");
}

async function readOutcomes(report) {
  try {
    return JSON.parse(await readFile(report, "utf8")).outcomes;
  } catch (error) {
    console.error(`The suite left no report: ${error.message}`);
    return [];
  }
}
