import type { LanguageId } from "./facts";

/** Whether a language is TypeScript or JavaScript, which share their libraries and how they run. */
export function isScript(language: LanguageId): boolean {
  return language === "typescript" || language === "javascript";
}
