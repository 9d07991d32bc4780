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
  await writeFile(file, JSON.stringify({ ...settings, "workbench.colorTheme": setting }));
  await page.locator(`.monaco-workbench.${className}`).waitFor({ timeout: STEP_TIMEOUT });
  await page.waitForTimeout(300);
}
