import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, FrameLocator, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from "vitest";
import { ROOT, startVsCodeServer, type VsCodeServer } from "../../scripts/lib/vscodeServer.mjs";
import { solve } from "../support/solveQuiz";
import { builtExtension } from "./built";
import { copyWorkspace, type WorkspaceCopy } from "./copyWorkspace";
import {
  clickLens,
  closeEmptySideBar,
  FIRST_RUN_TIMEOUT,
  goToLine,
  launchBrowser,
  lensWith,
  openFile,
  openWorkbench,
  pick,
  previewBody,
  runCommand,
  STEP_TIMEOUT,
  type Workbench,
} from "./workbench";

const SCREENSHOTS = join(ROOT, "test/vscode/screenshots");
const THEMES = { light: "Light Modern", "high-contrast": "Default High Contrast", dark: "Dark Modern" };
const MAKING_TIMEOUT = 60_000;
const TEST_TIMEOUT = 300_000;
const FEES = "web/berths.js";
const CALLER = "web/harbour.js";
const LABELS = "reports/labels.py";
const LEDGER = `.fathom/ledger/${FEES}.jsonl`;
const SOURCE = `export function berthFees(boats, nights) {
  const fees = {};
  for (const { boat, metres } of boats) {
    if (nights < 1 || metres <= 0) continue;
    let fee = metres > 12 ? metres * 4 : metres * 3;
    if (nights >= 7) fee -= 5;
    fees[boat] = (fees[boat] ?? 0) + fee * nights;
  }
  return fees;
}
`;
const CALLS = `import { berthFees } from "./berths.js";

export const fees = berthFees([{ boat: "Alma", metres: 9 }], 2);
`;
/** What a page, a Markdown preview or a terminal would obey. */
const HOSTILE = `# <img src=x onerror="document.title='taken over'">
def label(kind, count):
    """[click](command:workbench.action.closeWindow)"""
    if kind == "<img src=x onerror=alert(1)>":
        return "[click](command:workbench.action.closeWindow) **bold**"
    if count > 3:
        return "</code></main><script>document.title='taken over'</script>"
    return "# <a href='https://quay.example'>" + kind + "</a> \\u202e" + str(count)
`;

let server: VsCodeServer;
let browser: Browser;
let workspace: WorkspaceCopy;
let workbench: Workbench;
let page: Page;

beforeAll(async () => {
  await mkdir(SCREENSHOTS, { recursive: true });
  server = await startVsCodeServer();
  browser = await launchBrowser();
  workspace = await copyWorkspace({ "workbench.colorTheme": THEMES.dark });
  await becomes("Ada");
  await writeFile(join(workspace.path, FEES), SOURCE);
  await writeFile(join(workspace.path, CALLER), CALLS);
  await writeFile(join(workspace.path, LABELS), HOSTILE);
  workbench = await openWorkbench(browser, server.url(workspace.path, { extension: await builtExtension() }));
  page = workbench.page;
  await closeEmptySideBar(page);
}, FIRST_RUN_TIMEOUT);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await workspace?.remove();
});

beforeEach(() =>
  onTestFailed(async () => {
    await screenshot("failed-quiz");
    process.stderr.write(`The last that was logged:\n${workbench.log(40)}\n`);
  }),
);

test("a quiz by keyboard: covered code, a look, a reload, the result", { timeout: TEST_TIMEOUT }, async () => {
  await openFile(page, FEES);
  await goToLine(page, 5);
  await runCommand(page, "Fathom: Quiz me on this function");
  await heading("Do you know what it does?", MAKING_TIMEOUT);
  await focused("vscode-button");
  await page.keyboard.press("Enter");
  await answerAll();

  await heading("Now explain it");
  await focused("vscode-textarea[data-point=purpose]");
  await page.keyboard.type("Bills every **boat** for its nights.");
  await page.keyboard.press("Tab");
  await focused("vscode-textarea[data-point=edges]");
  await page.keyboard.type("From 7 nights on a boat pays 5 less for each.");

  await tab("berths.js").click();
  await expect.poll(() => shownCode(), { timeout: STEP_TIMEOUT }).toEqual("");
  await runCommand(page, "View: Split Editor Right");
  await expect.poll(() => page.locator(".editor-instance .monaco-editor").count()).toBe(2);
  await expect.poll(() => shownCode(), { timeout: STEP_TIMEOUT }).toEqual("");
  await runCommand(page, "View: Close All Editors in Group");
  await lensWith(page, "Look at the code").waitFor({ timeout: STEP_TIMEOUT });
  await screenshot("quiz-covered");
  await runCommand(page, "Fathom: Explain this function");
  await page
    .locator(".monaco-dialog-box", { hasText: "counts as a look at the code" })
    .waitFor({ timeout: STEP_TIMEOUT });
  await page.keyboard.press("Escape");
  await peek();
  await expect.poll(() => shownCode(".peekview-widget "), { timeout: STEP_TIMEOUT }).toEqual("");
  await screenshot("quiz-peek");
  await page.keyboard.press("Escape");
  await tab("berths.js").click();
  await clickLens(page, "Look at the code", lensWith(page, "Cover the code again"));
  await expect.poll(() => shownCode(), { timeout: STEP_TIMEOUT }).toContain("fees[boat] = (fees[boat] ?? 0)");
  await tab("Quiz:").click();
  await quiz().getByText("You have looked at the code once.").waitFor({ timeout: STEP_TIMEOUT });
  await screenshot("quiz-explain");

  await tab("berths.js").click();
  // As a person does it: the workbench writes down what it shows before it goes.
  const gone = page.waitForEvent("load", { timeout: STEP_TIMEOUT });
  await runCommand(page, "Developer: Reload Window");
  await gone;
  // Both the workbench and the extension host begin anew.
  await page.locator(".monaco-workbench").waitFor({ timeout: MAKING_TIMEOUT });
  await lensWith(page, "Look at the code").waitFor({ timeout: MAKING_TIMEOUT });
  expect(await shownCode()).toBe("");
  await tab("Quiz:").click();
  await heading("Now explain it", MAKING_TIMEOUT);
  await quiz().getByText("You have looked at the code once.").waitFor({ timeout: STEP_TIMEOUT });
  // What knew the answers is gone.
  await runCommand(page, "Fathom: Restart the language server");
  await runCommand(page, "View: Focus Active Editor Group");
  await focused("vscode-textarea");
  await page.keyboard.press("Control+Enter");

  await heading(/^Passed: (\d) of \1 right$/, MAKING_TIMEOUT);
  await quiz().getByText("fees[boat] = (fees[boat] ?? 0) + fee * nights").last().waitFor({ timeout: STEP_TIMEOUT });
  await inAllThemes("quiz-result");
  expect((await ledger())[0]).toMatchObject({
    who: "Ada Example <ada@example.com>",
    symbol: "berthFees",
    score: 100,
    peeks: 1,
    text: "### Why it exists\n\nBills every **boat** for its nights.\n\n### At its edges\n\nFrom 7 nights on a boat pays 5 less for each.",
  });
});

test("other questions, which are not left by accident", { timeout: TEST_TIMEOUT }, async () => {
  await quiz().getByRole("button", { name: "Try other questions" }).click();
  await heading("Do you know what it does?", MAKING_TIMEOUT);
  await page.keyboard.press("Enter");
  await heading(/^Question 1 of/);
  await page.keyboard.press("0");
  await heading(/^Question 2 of/);
  await runCommand(page, "View: Close Editor");
  const dialog = page.locator(".monaco-dialog-box", { hasText: "Leave the quiz on berthFees?" });
  await dialog.waitFor({ timeout: STEP_TIMEOUT });
  await page.keyboard.press("Escape");
  await heading(/^Question 2 of/);
  await quiz().getByRole("button", { name: "Leave the quiz" }).click();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await tab("Quiz:").waitFor({ state: "detached", timeout: STEP_TIMEOUT });
  await expect.poll(() => shownCode(), { timeout: STEP_TIMEOUT }).toContain("fees[boat] = (fees[boat] ?? 0)");
});

test("a Python function whose texts want to be HTML, links and commands", { timeout: TEST_TIMEOUT }, async () => {
  await openFile(page, LABELS);
  await goToLine(page, 6);
  await runCommand(page, "Fathom: Quiz me on this function");
  await heading("Do you know what it does?", MAKING_TIMEOUT);
  await quiz().getByText("label(kind, count)").waitFor({ timeout: STEP_TIMEOUT });
  await page.keyboard.press("Enter");
  for (let number = 1; ; number++) {
    const title = quiz()
      .getByRole("heading", { name: new RegExp(`^(Question ${number} of|Now explain)`) })
      .first();
    await title.waitFor({ timeout: STEP_TIMEOUT });
    await isPlain();
    if (number === 1) await screenshot("quiz-hostile-question");
    if (!(await title.textContent())?.startsWith("Question")) break;
    await page.keyboard.press("0");
  }
  await page.keyboard.press("Control+Enter");
  await heading(/^Not passed: 0 of/);
  await isPlain();
  await quiz().getByText("[click](command:workbench.action.closeWindow) **bold**").first().waitFor();
  await screenshot("quiz-hostile-result");
  await quiz().getByRole("button", { name: "Close", exact: true }).click();
  await tab("Quiz:").waitFor({ state: "detached", timeout: STEP_TIMEOUT });
});

test("what was explained long ago is due, quietly, until it is switched off", { timeout: TEST_TIMEOUT }, async () => {
  const entry = page.getByRole("button", { name: "Fathom: 1 function to explain again before you forget it" });
  expect(await entry.count()).toBe(0);
  const lines = await ledger();
  await writeFile(
    join(workspace.path, LEDGER),
    lines.map((line) => `${JSON.stringify({ ...line, when: "2024-03-03T10:15:00Z" })}\n`).join(""),
  );
  await settings({ "fathom.quiz.repetition": false });
  // Here nobody tells the server of files that others write.
  await runCommand(page, "Fathom: Restart the language server");
  await page.waitForTimeout(3000);
  expect(await entry.count()).toBe(0);
  await settings({ "fathom.quiz.repetition": true });
  await entry.waitFor({ timeout: STEP_TIMEOUT });
  await entry.click();
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "berthFees" });
  await row.filter({ hasText: "likely that you still know it" }).waitFor({ timeout: STEP_TIMEOUT });
  await screenshot("quiz-due");
  await page.keyboard.press("Escape");
});

test("a colleague who reads the explanation, then the code, and accepts", { timeout: TEST_TIMEOUT }, async () => {
  await becomes("Grace");
  await runCommand(page, "Fathom: Review explanations");
  await pick(page, "berthFees");
  await previewBody(page).getByText("Bills every boat for its nights.").waitFor({ timeout: STEP_TIMEOUT });
  const choice = (text: string) => page.locator(".quick-input-list .monaco-list-row.focused", { hasText: text });
  await choice("Now show the code").waitFor({ timeout: STEP_TIMEOUT });
  await page.keyboard.press("Enter");
  await choice("Accept").waitFor({ timeout: STEP_TIMEOUT });
  await expect.poll(() => shownCode(), { timeout: STEP_TIMEOUT }).toContain("fees[boat] = (fees[boat] ?? 0)");
  await screenshot("quiz-review");
  await page.keyboard.press("Enter");
  const kinds = async () => (await ledger()).map(({ kind, who }) => [kind, who]);
  await expect.poll(kinds, { timeout: STEP_TIMEOUT }).toEqual([
    ["explained", "Ada Example <ada@example.com>"],
    ["peer-accepted", "Grace Example <grace@example.com>"],
  ]);
});

async function becomes(name: string): Promise<void> {
  const git = (...args: string[]) => promisify(execFile)("git", ["-C", workspace.path, ...args]);
  await git("config", "user.name", `${name} Example`);
  await git("config", "user.email", `${name.toLowerCase()}@example.com`);
}

/** On top of those the workspace has. */
async function settings(values: Record<string, unknown>): Promise<void> {
  const file = join(workspace.path, ".vscode/settings.json");
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), ...values }));
}

/** Nothing of the repository has become an element, and none of Fathom's has gone. */
async function isPlain(): Promise<void> {
  expect(await quiz().locator("img, a, iframe, object, #quiz script, #quiz em, .question strong").count()).toBe(0);
  expect(await quiz().locator("#quiz").count()).toBe(1);
  expect(await page.title()).not.toContain("taken over");
}

/** Peeks at the quizzed function from a file that calls it; its language server may need a while. */
async function peek(): Promise<void> {
  await openFile(page, CALLER);
  await goToLine(page, 3, 22);
  const widget = page.locator(".peekview-widget .preview .view-line").first();
  for (let tries = 5; ; tries--) {
    await runCommand(page, "Peek Definition");
    try {
      await widget.waitFor({ timeout: STEP_TIMEOUT / 4 });
      return;
    } catch (error) {
      if (tries === 1) throw error;
    }
  }
}

async function ledger(): Promise<{ kind: string; who: string }[]> {
  const lines = (await readFile(join(workspace.path, LEDGER), "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

function quiz(): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
}

function tab(title: string): Locator {
  return page.locator(".tab", { hasText: title }).first();
}

async function heading(name: string | RegExp, timeout = STEP_TIMEOUT): Promise<void> {
  await quiz().getByRole("heading", { name }).first().waitFor({ timeout });
}

async function focused(selector: string): Promise<void> {
  await quiz().locator(`${selector}:focus`).waitFor({ timeout: STEP_TIMEOUT });
}

/** Every question with its right answer: by number, but the second with the arrow keys. */
async function answerAll(): Promise<void> {
  for (let number = 1; ; number++) {
    const title = quiz()
      .getByRole("heading", { name: /^(Question|Now explain)/ })
      .first();
    await title.filter({ hasText: new RegExp(`^(Question ${number} of|Now)`) }).waitFor({ timeout: STEP_TIMEOUT });
    if (!(await title.textContent())?.startsWith("Question")) return;
    await focused("vscode-radio");
    expect(await quiz().locator(".question pre").evaluateAll(cutOff)).toEqual([]);
    const right = solve(await question(), SOURCE);
    if (number !== 2) await page.keyboard.press(String(right + 1));
    else if (right === 0) await page.keyboard.press("Space");
    else for (let i = 0; i < right; i++) await page.keyboard.press("ArrowDown");
    await quiz()
      .locator("vscode-radio[checked]:focus", { hasText: String(right + 1) })
      .waitFor({ timeout: STEP_TIMEOUT });
    if (number === 2) await inAllThemes("quiz-question");
    await page.keyboard.press("Enter");
  }
}

async function question() {
  const parts = quiz().locator(".question");
  const code = parts.locator("> pre");
  return {
    id: "",
    prompt: await parts.locator("h2").evaluate(asMarkdown),
    ...((await code.count()) > 0 && { code: (await code.textContent()) ?? "" }),
    options: await Promise.all((await parts.locator(".option").all()).map((option) => option.evaluate(asMarkdown))),
  };
}

/** Runs in the page: texts that have to be scrolled to be read. */
function cutOff(blocks: { scrollWidth: number; clientWidth: number; textContent: string | null }[]): unknown[] {
  return blocks
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    .map(({ textContent }) => textContent);
}

/** Runs in the page. */
function asMarkdown({
  childNodes,
}: {
  childNodes: Iterable<{ nodeName: string; textContent: string | null }>;
}): string {
  return [...childNodes]
    .map((node) => (node.nodeName === "CODE" ? `\`${node.textContent}\`` : node.textContent))
    .join("");
}

/** What a person can read in the editors. */
async function shownCode(within = ".editor-instance "): Promise<string> {
  const shown = await page.evaluate<string>(`[...document.querySelectorAll("${within}.view-line > span > span")]
    .filter((span) => getComputedStyle(span).opacity !== "0" && getComputedStyle(span).fontSize !== "0px")
    .map((span) => span.textContent)
    .join("")`);
  return shown.replaceAll("\u00a0", " ");
}

/** A picture of the window in each theme, the dark one last. */
async function inAllThemes(name: string): Promise<void> {
  const file = join(workspace.path, ".vscode/settings.json");
  const settings = JSON.parse(await readFile(file, "utf8"));
  for (const [key, theme] of Object.entries(THEMES)) {
    await writeFile(file, JSON.stringify({ ...settings, "workbench.colorTheme": theme }));
    await page
      .locator(`.monaco-workbench.${themeClasses[key as keyof typeof THEMES]}`)
      .waitFor({ timeout: STEP_TIMEOUT });
    await page.waitForTimeout(300);
    await screenshot(`${name}-${key}`);
  }
}

const themeClasses = { light: "vs", "high-contrast": "hc-black", dark: "vs-dark" };

async function screenshot(name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: "disabled" });
}
