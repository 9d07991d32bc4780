import { memoized } from "../base/memoized";
import type { CatalogData, CatalogEntry, CatalogLanguage } from "./catalog";
import { builtinCatalogs } from "./catalogs";

/** Where the built-in catalog says that the database of a module runs; absent where that is up to its drivers. */
export function engineOf(language: CatalogLanguage, module: string): CatalogEntry["engine"] {
  return enginesOf(builtinCatalogs[language]).get(module);
}

const enginesOf = memoized((data: CatalogData): ReadonlyMap<string, CatalogEntry["engine"]> => {
  const engines = new Map<string, CatalogEntry["engine"]>();
  for (const [modules, symbols] of Object.entries(data)) {
    const engine = Object.values(symbols).find((entry) => entry.engine)?.engine;
    if (engine) for (const module of modules.split("|")) engines.set(module, engine);
  }
  return engines;
});
