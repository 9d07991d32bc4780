import type { CatalogLanguage } from "../catalog/catalog";
import type { LanguageLinks, Project } from "../model/link/languageLinks";
import { createGoLinks } from "./goLinks";
import { createJavaLinks } from "./javaLinks";
import { createPythonLinks } from "./pythonLinks";
import { createTypescriptLinks } from "./typescriptLinks";

/** How each language finds what a name means. */
export const languageLinks: Readonly<Record<CatalogLanguage, (project: Project) => LanguageLinks>> = {
  go: createGoLinks,
  java: createJavaLinks,
  python: createPythonLinks,
  typescript: createTypescriptLinks,
};

/** Build files that say where modules are. */
const buildFiles = [
  "go.mod",
  "go.work",
  "package.json",
  "pnpm-workspace.yaml",
  "pyproject.toml",
  "setup.cfg",
  "setup.py",
] as const;

/** The same, for an editor that watches files. */
export const buildFileGlob = `**/{${buildFiles.join(",")},tsconfig*.json,jsconfig*.json}`;

export function isBuildFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (buildFiles as readonly string[]).includes(name) || /^[jt]sconfig.*\.json$/.test(name);
}
