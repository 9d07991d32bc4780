import { format } from "node:util";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { ensureChromium } from "../../scripts/lib/vscodeServer.mjs";

/** For what may install the server and Chromium, in milliseconds. */
export const FIRST_RUN_TIMEOUT = 20 * 60_000;

/** For what a person waits for after a key or a click, in milliseconds. */
export const STEP_TIMEOUT = 20_000;

const LOG_LIMIT = 5_000;
const LOAD_TIMEOUT = 60_000;
const SIDE_BAR_TIMEOUT = 5_000;
const KEY_TIMEOUT = 2_000;
const KEY_ATTEMPTS = 10;
// The server is installed without its native modules and says so at length; nobody is signed in for chat.
const NOISE = /@vscode\/(spdlog|native-watchdog|sqlite3)|\[(ChatModelSelection|AgentHost|AgentHost:remote)\]/;
const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // The workbench asks a marketplace for recommendations; a test must not depend on the answer.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

export interface Workbench {
  readonly page: Page;
  /** Resolves to the code which `run()` in the extension host ended with: 0 if it resolved, 1 if it rejected. */
  readonly exitCode: Promise<number>;
  /** What the workbench and the extension host logged: all of it, or the newest lines. */
  log(newest?: number): string;
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGUMENTS });
}

export async function openWorkbench(browser: Browser, url: string): Promise<Workbench> {
  const lines: string[] = [];
  const append = (line: string) => {
    if (NOISE.test(line)) return;
    lines.push(line);
    if (lines.length > LOG_LIMIT) lines.shift();
  };
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  page.on("pageerror", (error) => append(`page error: ${error.message}`));
  await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) =>
    append(`${type}: ${format(...args)}`),
  );
  let onExit: (code: number) => void = () => {};
  const exitCode = new Promise<number>((resolve) => {
    onExit = resolve;
  });
  await page.exposeFunction("codeAutomationExit", (code: number) => onExit(code));
  await page.goto(url);
  await page.locator(".monaco-workbench").waitFor({ timeout: LOAD_TIMEOUT });
  return { page, exitCode, log: (newest) => lines.slice(newest === undefined ? 0 : -newest).join("\n") };
}

/** Opens a file of the workspace as a person does, by quick open. */
export async function openFile(page: Page, path: string): Promise<void> {
  await openQuickInput(page, "Control+P");
  // Right after the start the search behind quick open may not answer its first question.
  await pick(page, path).catch(async () => {
    await page.keyboard.press("Escape");
    await openQuickInput(page, "Control+P");
    await pick(page, path);
  });
  const name = path.slice(path.lastIndexOf("/") + 1);
  await page.locator(".tab.active", { hasText: name }).waitFor({ timeout: STEP_TIMEOUT });
  await page.locator(".monaco-editor .view-line").first().waitFor({ timeout: STEP_TIMEOUT });
}

/** Runs the first command of the palette which matches. When something else takes the focus, the palette closes again. */
export async function runCommand(page: Page, title: string): Promise<void> {
  for (let tries = 3; ; tries--) {
    await openQuickInput(page, "F1");
    try {
      return await pick(page, `>${title}`, STEP_TIMEOUT / tries);
    } catch (error) {
      if (tries === 1) throw error;
    }
  }
}

/** Opens the quick fixes at the cursor and takes one. A list that opens while something else moves closes again. */
export async function chooseFix(
  { page, screenshot }: { page: Page; screenshot(name: string): Promise<void> },
  title: string,
  picture?: string,
): Promise<void> {
  const fix = page.locator(".action-widget .action", { hasText: title });
  for (let tries = 3; ; tries--) {
    await runCommand(page, "Quick Fix...");
    try {
      await fix.waitFor({ timeout: STEP_TIMEOUT / 3 });
      break;
    } catch (error) {
      if (tries === 1) throw error;
    }
  }
  if (picture !== undefined) await screenshot(picture);
  await fix.click();
}

/** Puts the cursor at a character of a line, both counted from 1. */
export async function goToLine(page: Page, line: number, column = 1): Promise<void> {
  await openQuickInput(page, "Control+G");
  await quickInput(page).fill(`:${line}:${column}`, { timeout: STEP_TIMEOUT });
  await page.keyboard.press("Enter");
  await cursorAt(page, `Ln ${line}, Col ${column}`);
}

/** Waits until the status bar says that the cursor is there: `Ln 3` or `Ln 3, Col 1`. */
export async function cursorAt(page: Page, place: string): Promise<void> {
  await page.locator(".statusbar-item", { hasText: new RegExp(`^${place}\\b`) }).waitFor({ timeout: STEP_TIMEOUT });
}

/** Shows the hover of where the cursor is, until it says all of `texts`: what takes its time is only in the next. */
export async function showHover(page: Page, ...texts: string[]): Promise<Locator> {
  const hover = texts.reduce(
    (found, hasText) => found.filter({ hasText }),
    page.locator(".monaco-resizable-hover:visible, .monaco-hover:not(.hidden):visible"),
  );
  await attempt(`The hover does not say ${texts.join(", ")}`, hover.first(), async () => {
    await page.keyboard.press("Escape");
    await runCommand(page, "Show or Focus Hover");
  });
  return hover.first();
}

/** A lens whose text contains `text`. */
export function lensWith(page: Page, text: string): Locator {
  return page.locator(".codelens-decoration", { hasText: text }).first();
}

/** The body of a webview, such as a rendered Markdown preview. */
export function previewBody(page: Page): Locator {
  return page.frameLocator("iframe.webview.ready").frameLocator("#active-frame").locator("body");
}

/** The side bar for chat opens by itself some time after the rest, or in another version not at all. */
export async function closeEmptySideBar(page: Page): Promise<void> {
  const close = page.locator(".part.auxiliarybar .codicon-auxiliarybar-close:visible").first();
  const appeared = await close.waitFor({ timeout: SIDE_BAR_TIMEOUT }).then(
    () => true,
    () => false,
  );
  // It may go again by itself, and it only matters for pictures.
  if (appeared) await close.click({ timeout: SIDE_BAR_TIMEOUT }).catch(() => undefined);
}

/** By the command and again until the theme is there: a window opens before its themes, and then misses a setting. */
export async function chooseTheme(page: Page, theme: string): Promise<void> {
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: theme }).first();
  await attempt(`There is no theme ${theme}`, row, async () => {
    await page.keyboard.press("Escape");
    await runCommand(page, "Preferences: Color Theme");
    await page.getByPlaceholder("Select Color Theme").fill(theme, { timeout: STEP_TIMEOUT });
  });
  await row.click();
  await row.waitFor({ state: "hidden" });
}

async function openQuickInput(page: Page, key: string): Promise<void> {
  await press(page, [key], quickInput(page));
}

/** Clicks a lens until something shows: while it is drawn anew, a click on it is lost. */
export async function clickLens(page: Page, text: string, wanted: Locator): Promise<void> {
  await attempt(`The lens ${text} led nowhere`, wanted, () => lensWith(page, text).getByText(text).click());
}

/** Takes an entry of the open context menu, and again until something shows: a menu ignores its first moments. */
export async function chooseInMenu(page: Page, entry: string, wanted: Locator): Promise<void> {
  const item = page.locator(".context-view .monaco-menu").getByText(entry);
  await item.waitFor({ timeout: STEP_TIMEOUT });
  await attempt(`${entry} led nowhere`, wanted, () => item.click({ timeout: KEY_TIMEOUT }).catch(() => undefined));
}

/** Presses keys one after the other until something shows: until its key bindings are there the workbench drops keys. */
export async function press(page: Page, keys: readonly string[], wanted: Locator): Promise<void> {
  await attempt(`${keys.join(" ")} had no effect`, wanted, async () => {
    for (const key of keys) await page.keyboard.press(key);
  });
}

async function attempt(failure: string, wanted: Locator, action: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt <= KEY_ATTEMPTS; attempt++) {
    await action();
    const shown = await wanted.waitFor({ timeout: KEY_TIMEOUT }).then(
      () => true,
      () => false,
    );
    if (shown) return;
  }
  throw new Error(`${failure}.`);
}

/** Where a person types into a quick pick or an input box. */
export function quickInput(page: Page): Locator {
  return page.locator(".quick-input-widget:visible input.input");
}

/** Types into the quick input, and takes the first entry with that text. */
export async function pick(page: Page, text: string, timeout = STEP_TIMEOUT): Promise<void> {
  await quickInput(page).fill(text, { timeout });
  const wanted = text.replace(/^>/, "").split("/").at(-1) ?? text;
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: wanted }).first();
  // Not Enter, which may come while the list is between two results and then does nothing.
  await row.click({ timeout });
}
