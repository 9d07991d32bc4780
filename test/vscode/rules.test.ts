import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { inEachTheme } from "./session";
import {
  chooseFix,
  chooseInMenu,
  clickLens,
  cursorAt,
  goToLine,
  lensWith,
  openFile,
  pick,
  press,
  quickInput,
  runCommand,
  STEP_TIMEOUT,
  showHover,
} from "./workbench";

const RULES = "CLAUDE.md";
const FIRST_SCAN_TIMEOUT = 60_000;
const METER = "ingest/meter.go";
const WRITTEN = "Written 2026-03-04 by Grace Example";
const AFTER = "After the fix of 2026-03-02 by Ada Example";
const BROKEN = "enforced: 2 matches, 1 violation";
// Not in the middle of a text that is cut: scrolled there, the row would show nothing.
const ON_ROW = { x: 60, y: 10 };
const PEEK = ".peekview-widget .ref-tree";

inEachTheme("rules", (session) => {
  test("the rule of a call on hover with who wrote it, and the list behind the lens", async () => {
    const { page } = session;
    await openFile(page, "reports/rollup.py");
    await lensWith(page, "2 rules").waitFor({ timeout: FIRST_SCAN_TIMEOUT });
    await goToLine(page, 11, 25);
    await showHover(page, "billing treats them without regard to case", "CLAUDE.md:7", WRITTEN, AFTER);
    await session.screenshot("rule-hover");
    await page.keyboard.press("Escape");
    await clickLens(page, "2 rules", titled(page, "Rules that apply here"));
    await expect.poll(() => listed(page).count(), { timeout: STEP_TIMEOUT }).toBe(2);
    await session.screenshot("rule-list");
    const second = await listed(page).last().textContent();
    expect(second).toContain("Use normalize_account instead of fold_name");
    expect(second).toContain("two accounts were billed for one");
    await page.keyboard.press("ArrowDown");
    await listed(page).and(page.locator(".focused")).filter({ hasText: "fold_name" }).waitFor();
    await page.keyboard.press("Enter");
    await cursorAt(page, "Ln 8, Col 1");
  });

  test("a broken rule: what says so, its fix applied and undone", async () => {
    const { page } = session;
    await openFile(page, "reports/invoices.py");
    await goToLine(page, 8, 20);
    await showHover(page, "against the rule “Use 'normalize_account' instead", "broken here", WRITTEN);
    await session.screenshot("rule-violation");
    await chooseFix(session, "Use 'normalize_account' instead");
    await line(page, 'account = normalize_account(row["account"])').waitFor({ timeout: STEP_TIMEOUT });
    await page.keyboard.press("Control+Z");
    await line(page, 'account = fold_name(row["account"])').waitFor({ timeout: STEP_TIMEOUT });
  });

  test("a rule about what is not there any more, mended and undone", async () => {
    const { page } = session;
    await openFile(page, RULES);
    await page.locator(".squiggly-warning").first().waitFor({ timeout: STEP_TIMEOUT });
    await goToLine(page, 18, 16);
    await chooseFix(session, "Did you mean 'settleSlots'?", "stale-rule");
    await line(page, "Never call `settleSlots` twice").waitFor({ timeout: STEP_TIMEOUT });
    await page.keyboard.press("Control+Z");
    await line(page, "Never call `settleSlot` twice").waitFor({ timeout: STEP_TIMEOUT });
  });

  test("all rules as a tree, each with its state, its check and its code", async () => {
    const { page } = session;
    await openFile(page, METER);
    await runCommand(page, "View: Show Fathom");
    const rule = page.locator(".pane-body .monaco-list-row", { hasText: "NEVER call m.db.*" });
    await rule.click({ position: ON_ROW, timeout: STEP_TIMEOUT });
    await cursorAt(page, "Ln 13, Col 1");
    const file = page.locator(".pane-body .monaco-list-row", { hasText: "6 rules, 2 enforced" });
    await file.waitFor({ timeout: STEP_TIMEOUT });
    expect(await rule.getAttribute("aria-label")).toContain("1 of 2 places break it");
    await page.locator(".activitybar .badge-content", { hasText: /^3$/ }).waitFor({ timeout: STEP_TIMEOUT });
    await runCommand(page, "Fathom: Focus on Rules View");
    const tooltip = page.locator(".monaco-hover:not(.hidden):visible", { hasText: "Checked as:" });
    await press(page, ["Control+K", "Control+I"], tooltip);
    for (const text of ["directly or through others", "2 matches, 1 violation", WRITTEN, AFTER])
      expect(await tooltip.textContent()).toContain(text);
    await session.screenshot("rules-tree");
    await page.keyboard.press("Escape");
    await rule.click({ button: "right", position: ON_ROW });
    const peek = page.locator(PEEK, { hasText: "m.store(account, units)" });
    await chooseInMenu(page, "Show the code this rule governs", peek);
    await session.screenshot("rule-code");
    await page.keyboard.press("Escape");
  });

  test("a scar recorded from a selection with the keyboard alone, and undone", async () => {
    const { page } = session;
    await openFile(page, METER);
    await goToLine(page, 42);
    await page.keyboard.press("Shift+End");
    await runCommand(page, "Fathom: Record a scar");
    await listTitled(page, "which rule is nearest");
    await listed(page).filter({ hasText: "NEVER call `m.db.Exec` while holding `m.mu`." }).waitFor();
    await page.keyboard.press("Enter");
    await listTitled(page, "after a colon, why");
    await page.keyboard.type(": a slow disk stopped the meters");
    await page
      .locator(".quick-input-widget", { hasText: "It governs 2 places, and 1 of them breaks it." })
      .waitFor({ timeout: STEP_TIMEOUT });
    await session.screenshot("scar");
    await page.keyboard.press("Enter");
    await listTitled(page, "under which heading");
    await listed(page).first().filter({ hasText: "Metersalso about db, mu" }).waitFor({ timeout: STEP_TIMEOUT });
    await page.keyboard.press("Enter");
    const written = line(page, "- NEVER call `m.db.Exec` while holding `m.mu`: a slow disk stopped the meters.");
    await written.waitFor({ timeout: STEP_TIMEOUT });
    await cursorAt(page, "Ln 15, Col 1");
    const lenses = page.locator(".codelens-decoration", { hasText: BROKEN });
    await expect.poll(() => lenses.count(), { timeout: STEP_TIMEOUT }).toBe(2);
    await session.screenshot("scar-written");
    await page.keyboard.press("Control+Z");
    await written.waitFor({ state: "detached", timeout: STEP_TIMEOUT });
  });

  // These look the same in every theme.
  const inOneTheme = session.name === "dark" ? test : () => {};
  inOneTheme("nothing written when a step is left with Escape", async () => {
    const { page } = session;
    await openFile(page, RULES);
    const before = await text(page);
    const steps = ["what was mended", "which rule is nearest", "after a colon, why", "under which heading"];
    for (const left of steps) {
      await runCommand(page, "Fathom: Record a scar");
      await listTitled(page, "what was mended");
      for (const step of steps.slice(0, steps.indexOf(left))) await goOn(page, step);
      await listTitled(page, left);
      await page.keyboard.press("Escape");
      await quickInput(page).waitFor({ state: "hidden", timeout: STEP_TIMEOUT });
    }
    expect(await text(page)).toEqual(before);
  });

  inOneTheme("a scar recorded from the commit that mended it", async () => {
    const { page } = session;
    await openFile(page, RULES);
    await runCommand(page, "Fathom: Record a scar");
    for (const step of ["what was mended", "which rule is nearest", "after a colon, why", "under which heading"])
      await goOn(page, step);
    const written = line(page, "- Use `normalize_account` instead of `fold_name`: bill each account once");
    await written.waitFor({ timeout: STEP_TIMEOUT });
    await page.keyboard.press("Control+Z");
    await written.waitFor({ state: "detached", timeout: STEP_TIMEOUT });
  });

  inOneTheme("a rule found by its state, and the code behind its lens", async () => {
    const { page } = session;
    await openFile(page, RULES);
    await runCommand(page, "Fathom: Search the rules");
    await listTitled(page, "Rules of this workspace");
    await quickInput(page).fill("stale");
    await expect.poll(() => listed(page).count(), { timeout: STEP_TIMEOUT }).toBe(1);
    await page.keyboard.press("Enter");
    await cursorAt(page, "Ln 18, Col 1");
    await clickLens(page, BROKEN, page.locator(PEEK, { hasText: "m.store(account, units)" }));
    await page.keyboard.press("Escape");
  });

  inOneTheme("names completed after a backtick, and the way from them to the code", async () => {
    const { page } = session;
    await openFile(page, RULES);
    await goToLine(page, 19);
    await page.keyboard.type("- Never call `norm");
    const offered = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "normalize_account" });
    await offered.waitFor({ timeout: STEP_TIMEOUT });
    await page.keyboard.press("Enter");
    await page.keyboard.type("`");
    await line(page, "- Never call `normalize_account`").waitFor({ timeout: STEP_TIMEOUT });
    await page.keyboard.press("ArrowLeft");
    await runCommand(page, "Go to Definition");
    await page.locator(".tab.active", { hasText: "accounts.py" }).waitFor({ timeout: STEP_TIMEOUT });
    await cursorAt(page, "Ln 1, Col 5");
  });
});

function listed(page: Page): Locator {
  return page.locator(".quick-input-list .monaco-list-row");
}

/** A quick pick or an input box. */
function titled(page: Page, title: string): Locator {
  return page.locator(".quick-input-title:visible", { hasText: title });
}

async function listTitled(page: Page, title: string): Promise<void> {
  await titled(page, title).waitFor({ timeout: STEP_TIMEOUT });
}

/** From a step of recording a scar to the next. */
async function goOn(page: Page, step: string): Promise<void> {
  await listTitled(page, step);
  if (step === "what was mended") await pick(page, "bill each account once");
  else await page.keyboard.press("Enter");
}

function line(page: Page, text: string): Locator {
  return page.locator(".view-line", { hasText: text });
}

async function text(page: Page): Promise<string[]> {
  return page.locator(".view-lines .view-line").allTextContents();
}
