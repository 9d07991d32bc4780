import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, onTestFailed, onTestFinished, test } from "vitest";
import { installExtension, ROOT, startVsCodeServer } from "../../scripts/lib/vscodeServer.mjs";
import { builtFile } from "./built";
import { copyWorkspace } from "./copyWorkspace";
import { FIRST_RUN_TIMEOUT, launchBrowser, lensWith, openFile, openWorkbench } from "./workbench";

const PACKAGE_TIMEOUT = 180_000;
const TEST_TIMEOUT = FIRST_RUN_TIMEOUT + 120_000;
const LENS_TIMEOUT = 30_000;
const PACKAGE = "dist/fathom.vsix";
const SIZE_LIMIT_BYTES = 6 * 1024 * 1024;

let vsix: string;

beforeAll(async () => {
  if (!(await isPackaged())) {
    await promisify(execFile)("npm", ["run", "--silent", "package"], { cwd: ROOT, timeout: PACKAGE_TIMEOUT });
  }
  vsix = await builtFile(PACKAGE, "npm run package");
}, PACKAGE_TIMEOUT);

test("the package is small", async () => {
  expect((await stat(vsix)).size).toBeLessThan(SIZE_LIMIT_BYTES);
});

test("the package works when installed as a user does", { timeout: TEST_TIMEOUT }, async () => {
  const extensionsDir = await mkdtemp(join(tmpdir(), "fathom-extensions-"));
  onTestFinished(() => rm(extensionsDir, { recursive: true, force: true }));
  expect(await installExtension(vsix, extensionsDir)).toMatch(/was successfully installed/);

  const workspace = await copyWorkspace();
  onTestFinished(() => workspace.remove());
  const server = await startVsCodeServer({ extensionsDir });
  onTestFinished(() => server.stop());
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const workbench = await openWorkbench(browser, server.url(workspace.path));
  onTestFailed(() => {
    process.stderr.write(`The last that was logged:\n${workbench.log(40)}\n`);
  });

  await openFile(workbench.page, "reports/rollup.py");
  await lensWith(workbench.page, "Oracle:").waitFor({ timeout: LENS_TIMEOUT });
});

// Packaging anew replaces the files which other tests are using.
async function isPackaged(): Promise<boolean> {
  const packaged = await modifiedAt(PACKAGE);
  const built = await modifiedAt("dist/extension.js");
  return packaged !== undefined && built !== undefined && packaged >= built;
}

async function modifiedAt(path: string): Promise<number | undefined> {
  const file = await stat(join(ROOT, path)).catch(() => undefined);
  return file?.mtimeMs;
}
