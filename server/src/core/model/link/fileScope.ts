import type { FileSummary } from "../fileSummary";
import type { Declarations } from "./declarations";
import type { LanguageLinks } from "./languageLinks";

/** What a file's imports say, by local name. */
export interface FileScope {
  /** Modules whose own package name was looked up. */
  packages: string[];
  imports: Map<string, { module: string; member?: string }[]>;
  wildcards: { module: string; member?: string }[];
  /** First names of modules imported by a dotted name. */
  dotted?: Set<string>;
}

export function readScope(file: FileSummary, links: LanguageLinks, declarations: Declarations): FileScope {
  const scope: FileScope = { imports: new Map(), wildcards: [], packages: [] };
  const packageNames = new Map<string, { module: string; member?: string }>();
  for (const imported of file.imports) {
    const resolved = links.resolveImport(imported, file);
    if (imported.localName === "*" || imported.localName === "." || imported.member === "*") {
      scope.wildcards.push(resolved);
      continue;
    }
    addTo(scope.imports, imported.localName, resolved);
    if (imported.localName === imported.module && imported.localName.includes("."))
      addDotted(scope, imported.localName, file, links);
    const [declaring] = links.sharesModule ? declarations.filesOf(resolved.module) : [];
    if (links.sharesModule) scope.packages.push(resolved.module);
    const packageName = resolved.member === undefined ? declaring?.packageName : undefined;
    if (packageName) packageNames.set(packageName, resolved);
  }
  // A package whose import gives it another name leaves its own name to others.
  for (const [name, resolved] of packageNames) if (!scope.imports.has(name)) addTo(scope.imports, name, resolved);
  return scope;
}

/** `import a.b.c` makes `a` and `a.b` known, too. */
function addDotted(scope: FileScope, name: string, file: FileSummary, links: LanguageLinks): void {
  scope.dotted ??= new Set();
  scope.dotted.add(name.slice(0, name.indexOf(".")));
  for (let dot = name.indexOf("."); dot > 0; dot = name.indexOf(".", dot + 1)) {
    const module = name.slice(0, dot);
    if (!scope.imports.has(module)) addTo(scope.imports, module, links.resolveImport({ module }, file));
  }
}

function addTo<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
