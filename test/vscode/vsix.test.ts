import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFailed, onTestFinished, test } from "vitest";
import { installExtension, ROOT, startVsCodeServer } from "../../scripts/lib/vscodeServer.mjs";
import { copyWorkspace } from "./copyWorkspace";
import { FIRST_RUN_TIMEOUT, launchBrowser, lensWith, openFile, openWorkbench } from "./workbench";

const PACKAGE_TIMEOUT = 180_000;
const TEST_TIMEOUT = FIRST_RUN_TIMEOUT + 120_000;
const LENS_TIMEOUT = 30_000;
const NOT_PACKAGED = new Set([".cache", ".git", "dist", "examples", "node_modules", "test"]);
/** Pyodide is most of it. */
const SIZE_LIMIT_BYTES = 16 * 1024 * 1024;

let checkout: string;
let vsix: string;

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "fathom-package-"));
  await copySources(checkout);
  await promisify(execFile)("npm", ["run", "--silent", "package"], { cwd: checkout, timeout: PACKAGE_TIMEOUT });
  vsix = join(checkout, "dist/fathom.vsix");
}, PACKAGE_TIMEOUT);

afterAll(() => rm(checkout, { recursive: true, force: true }));

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

// Packaging replaces the contents of dist, which other tests are using.
async function copySources(target: string): Promise<void> {
  for (const entry of await readdir(ROOT)) {
    if (NOT_PACKAGED.has(entry)) continue;
    await cp(join(ROOT, entry), join(target, entry), { recursive: true });
  }
  await symlink(join(ROOT, "node_modules"), join(target, "node_modules"), "junction");
}
