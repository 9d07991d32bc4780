import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, onTestFailed } from "vitest";
import { ROOT, startVsCodeServer, type VsCodeServer } from "../../scripts/lib/vscodeServer.mjs";
import { builtExtension } from "./built";
import { copyWorkspace, type WorkspaceCopy } from "./copyWorkspace";
import {
  chooseTheme,
  closeEmptySideBar,
  FIRST_RUN_TIMEOUT,
  launchBrowser,
  openWorkbench,
  runCommand,
  type Workbench,
} from "./workbench";

const TEST_TIMEOUT = 150_000;
const SCREENSHOTS = join(ROOT, "test/vscode/screenshots");

const THEMES = [
  { name: "dark", theme: "Dark Modern" },
  { name: "light", theme: "Light Modern" },
  { name: "high-contrast", theme: "Dark High Contrast" },
];

/** A workbench with the extension and the fixture workspace; there while a test runs. */
export interface Session {
  readonly page: Page;
  /** Of the theme: `dark`, `light` or `high-contrast`. */
  readonly name: string;
  /** Keeps a picture of the window, named after the theme too. */
  screenshot(name: string): Promise<void>;
}

/** Describes what a person sees, once for each theme. */
export function inEachTheme(suite: string, define: (session: Session) => void): void {
  let server: VsCodeServer;
  let browser: Browser;

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    await removeOldFailures(suite);
    server = await startVsCodeServer();
    browser = await launchBrowser();
  }, FIRST_RUN_TIMEOUT);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  describe.each(THEMES)("in the theme $theme, a person sees", { timeout: TEST_TIMEOUT }, ({ name, theme }) => {
    let workspace: WorkspaceCopy;
    let workbench: Workbench;
    const session: Session = {
      get page() {
        return workbench.page;
      },
      name,
      screenshot: async (picture) => {
        // Whatever is fading in is shown as it is going to be.
        await workbench.page.screenshot({ path: join(SCREENSHOTS, `${picture}-${name}.png`), animations: "disabled" });
      },
    };

    beforeAll(async () => {
      workspace = await copyWorkspace();
      const extension = await builtExtension();
      workbench = await openWorkbench(browser, server.url(workspace.path, { extension }));
      await closeEmptySideBar(workbench.page);
      await chooseTheme(workbench.page, theme);
    }, TEST_TIMEOUT);

    afterAll(async () => {
      await workbench?.page.close();
      await workspace?.remove();
    });

    beforeEach(async () => {
      onTestFailed(async ({ task }) => {
        await session.screenshot(`failed-${suite}-${task.name.replaceAll(/\W+/g, "-")}`);
        process.stderr.write(`The last that was logged:\n${workbench.log(40)}\n`);
      });
      await runCommand(workbench.page, "View: Close All Editors");
    });

    define(session);
  });
}

async function removeOldFailures(suite: string): Promise<void> {
  const names = await readdir(SCREENSHOTS);
  const old = names.filter((name) => name.startsWith(`failed-${suite}-`));
  for (const name of old) await rm(join(SCREENSHOTS, name));
}
