import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { STEP_TIMEOUT } from "./workbench";

/** The kinds of theme that pictures are taken in, by the class of the workbench. */
const THEMES = {
  light: { setting: "Light Modern", className: "vs" },
  "high-contrast": { setting: "Default High Contrast", className: "hc-black" },
  dark: { setting: "Dark Modern", className: "vs-dark" },
};

export type ThemeName = keyof typeof THEMES;
export const themeNames = Object.keys(THEMES) as ThemeName[];

/** Shows an open workspace in a theme: one that its settings name from the start is not taken up. */
export async function showTheme(page: Page, workspace: string, name: ThemeName): Promise<void> {
  const file = join(workspace, ".vscode/settings.json");
  const settings = JSON.parse(await readFile(file, "utf8"));
  const { setting, className } = THEMES[name];
  const shown = page.locator(`.monaco-workbench.${className}`);
  const text = JSON.stringify({ ...settings, "workbench.colorTheme": setting });
  // A window that has just opened may not watch its files yet.
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    await writeFile(file, text);
    const isShown = await shown.waitFor({ timeout: STEP_TIMEOUT / ATTEMPTS }).then(
      () => true,
      () => false,
    );
    if (isShown) return page.waitForTimeout(300);
  }
  await writeFile(file, text);
  await shown.waitFor({ timeout: STEP_TIMEOUT });
}

const ATTEMPTS = 5;
