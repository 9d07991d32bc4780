import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ROOT, startVsCodeServer } from "../../scripts/lib/vscodeServer.mjs";
import { buildHost } from "./buildHost";
import { builtExtension } from "./built";
import { copyWorkspace } from "./copyWorkspace";
import { type HostOutcome, type HostReport, REPORT_VARIABLE } from "./host/report";
import { FIRST_RUN_TIMEOUT, launchBrowser, openWorkbench } from "./workbench";

const SUITE_TIMEOUT = 4 * 60_000;
const TIMEOUT = SUITE_TIMEOUT + FIRST_RUN_TIMEOUT;
const LOG_FILE = join(ROOT, "test/vscode/screenshots/host.log");

test("the extension keeps its contracts with VS Code", { timeout: TIMEOUT }, async () => {
  const outcomes = await runHostSuite();
  process.stdout.write(`${outcomes.map(describeOutcome).join("\n")}\n`);
  const failed = outcomes.filter(({ state }) => state !== "passed");
  if (failed.length > 0) expect.fail(`${failed.length} failed:\n${failed.map(describeOutcome).join("\n")}`);
  expect(outcomes.length).toBeGreaterThan(0);
});

async function runHostSuite(): Promise<readonly HostOutcome[]> {
  const extension = await builtExtension();
  const tests = await buildHost();
  const reportDirectory = await mkdtemp(join(tmpdir(), "fathom-report-"));
  onTestFinished(() => rm(reportDirectory, { recursive: true, force: true }));
  const report = join(reportDirectory, "report.json");
  const workspace = await copyWorkspace();
  onTestFinished(() => workspace.remove());
  const server = await startVsCodeServer({ env: { [REPORT_VARIABLE]: report } });
  onTestFinished(() => server.stop());
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());

  const workbench = await openWorkbench(browser, server.url(workspace.path, { extension, tests }));
  try {
    await within(SUITE_TIMEOUT, workbench.exitCode);
    return (JSON.parse(await readFile(report, "utf8")) as HostReport).outcomes;
  } catch (error) {
    throw new Error(`The suite did not report (${error}). The last it logged:\n${workbench.log(30)}`);
  } finally {
    await mkdir(dirname(LOG_FILE), { recursive: true });
    await writeFile(LOG_FILE, workbench.log());
    process.stdout.write(`The log is ${relative(ROOT, LOG_FILE)}.\n`);
  }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${milliseconds / 1000} s`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function describeOutcome({ title, state, milliseconds, failure }: HostOutcome): string {
  return `${state}: ${title} (${milliseconds} ms)${failure ? `\n${failure}` : ""}`;
}
