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

/** A build file that says where modules are. */
export function isBuildFile(path: string): boolean {
  return /(^|\/)(go\.mod|go\.work|[jt]sconfig[^/]*\.json|package\.json|pyproject\.toml|setup\.(cfg|py)|pnpm-workspace\.yaml)$/.test(
    path,
  );
}
