import type { CatalogData, CatalogLanguage } from "./catalog";
import go from "./go.json";
import java from "./java.json";
import python from "./python.json";
import typescript from "./typescript.json";

/** What Fathom knows of the APIs that real services use. Users add to it in the setting `fathom.catalog`. */
export const builtinCatalogs = { go, java, python, typescript } as unknown as Readonly<
  Record<CatalogLanguage, CatalogData>
>;
