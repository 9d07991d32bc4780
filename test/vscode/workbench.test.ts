import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/lib/vscodeServer.mjs";
import { inEachTheme } from "./session";
import {
  chooseFix,
  cursorAt,
  goToLine,
  lensWith,
  openFile,
  pick,
  previewBody,
  runCommand,
  STEP_TIMEOUT,
} from "./workbench";

const LOCKS = "ingest/meter.go";
const ORACLE = { path: "reports/rollup.py", name: "merge_usage_windows" };

inEachTheme("workbench", (session) => {
  test("the walkthrough", async () => {
    const { page } = session;
    await runCommand(page, "Welcome: Open Walkthrough");
    await pick(page, "Fathom");
    const title = await walkthroughTitle();
    await page.locator(".gettingStartedContainer", { hasText: title }).waitFor({ timeout: STEP_TIMEOUT });
    await session.screenshot("walkthrough");
  });

  test("the brief of a function, which leads to its lines", async () => {
    const { page } = session;
    await openFile(page, ORACLE.path);
    await lensWith(page, "Oracle:").waitFor({ timeout: STEP_TIMEOUT });
    await functionName(page).click();
    await runCommand(page, "Fathom: Explain");
    const preview = previewBody(page);
    await preview.getByText(ORACLE.name).first().waitFor({ timeout: STEP_TIMEOUT });
    await session.screenshot("explain");
    expect(await unrenderedLinks(preview), "links which the preview shows as source").toEqual([]);
    await preview.getByRole("link", { name: "line 12", exact: true }).first().click();
    await cursorAt(page, "Ln 12");
  });

  test("a query under a lock: its lens, and in Problems the steps that lead there", async () => {
    const { page } = session;
    await openFile(page, LOCKS);
    await goToLine(page, 33);
    await lensWith(page, "Holds Meter.mu during a database write").waitFor({ timeout: STEP_TIMEOUT });
    await lensWith(page, "Each of m.units: 1 UPDATE on accounts, every 1 min").waitFor({ timeout: STEP_TIMEOUT });
    await showProblems(page, LOCKS);
    const rows = page.locator(".markers-panel .monaco-list-row");
    await rows.filter({ hasText: "holds 'Meter.mu' while it goes to the database" }).waitFor({ timeout: STEP_TIMEOUT });
    const step = rows.filter({ hasText: "goes to the database ('update accounts')" }).last();
    await step.waitFor({ timeout: STEP_TIMEOUT });
    await session.screenshot("lock");
    await step.click();
    await cursorAt(page, "Ln 42");
  });

  test("the fix of a lock that nothing gives back, applied and undone", async () => {
    const { page } = session;
    await openFile(page, LOCKS);
    await goToLine(page, 17);
    await lensWith(page, "Leaves Meter.mu locked").waitFor({ timeout: STEP_TIMEOUT });
    const unlocks = page.locator(".view-line", { hasText: "defer m.mu.Unlock()" });
    const before = await unlocks.count();
    await chooseFix(session, "Defer m.mu.Unlock()", "fix");
    await expect.poll(() => unlocks.count(), { timeout: STEP_TIMEOUT }).toBe(before + 1);
    await lensWith(page, "Leaves Meter.mu locked").waitFor({ state: "detached", timeout: STEP_TIMEOUT });
    await goToLine(page, 17);
    await page.keyboard.press("Control+Z");
    await lensWith(page, "Leaves Meter.mu locked").waitFor({ timeout: STEP_TIMEOUT });
    expect(await unlocks.count()).toBe(before);
  });

  test("an oracle's lens, hover and problem", async () => {
    const { page } = session;
    await openFile(page, ORACLE.path);
    await lensWith(page, "Oracle:").waitFor({ timeout: STEP_TIMEOUT });
    await showProblems(page, ORACLE.path);
    const problem = page.locator(".markers-panel .monaco-list-row", { hasText: ORACLE.name });
    await problem.first().waitFor({ timeout: STEP_TIMEOUT });
    await hoverFunctionName(page);
    await session.screenshot("oracle");
  });
});

async function unrenderedLinks(preview: Locator): Promise<string[]> {
  const text = (await preview.textContent()) ?? "";
  return text.match(/\[[^\]]*\]\([^)]*\)/g) ?? [];
}

/** Opens the Problems of one file. */
async function showProblems(page: Page, path: string): Promise<void> {
  await runCommand(page, "Problems: Focus on Problems View");
  await page.getByRole("textbox", { name: /^Filter/ }).fill(`**/${path}`);
}

async function walkthroughTitle(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  return manifest.contributes.walkthroughs[0].title;
}

function functionName(page: Page): Locator {
  return page.locator(".view-line span", { hasText: new RegExp(`^${ORACLE.name}$`) }).first();
}

async function hoverFunctionName(page: Page): Promise<void> {
  await functionName(page).hover();
  await page
    .locator(".monaco-hover:not(.hidden)", { hasText: /oracle/i })
    .first()
    .waitFor({ timeout: STEP_TIMEOUT });
}
