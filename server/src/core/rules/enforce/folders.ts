import { memoized } from "../../base/memoized";
import { folderOf, normalized } from "../../base/paths";
import type { FileSummary } from "../../model/fileSummary";
import { firstFileOf, type WorkspaceModel } from "../../model/workspaceModel";
import type { ForbiddenUse } from "../check";
import type { Rule } from "../rule";
import { folderNamed, moduleSegments, resolvedModule } from "./fileNames";
import type { Use } from "./nameUses";

/**
 * Whether an import leads into a folder that a rule names and that its file is not in itself. Of several folders of that
 * name the one beside the rule is meant, or the one at the root, or those beside a folder that the file is in.
 */
export function leadsInto(
  model: WorkspaceModel,
  rule: Rule,
  { across, scope }: Pick<ForbiddenUse, "across" | "scope">,
): (use: Use) => boolean {
  const { paths, byLast } = pathsOf(model.files);
  const importers = foldersIn(scope?.paths ?? []);
  const meant = (name: string, folder: string, path: string): readonly string[] => {
    const homes = [normalized(`${folderOf(rule.source.path)}/${name}`), name];
    const home = homes.find((each) => each !== undefined && paths.has(`${each}/`));
    if (home !== undefined) return [home];
    const all = (byLast.get(folder) ?? []).filter((each) => paths.has(`${each}/`));
    const near = all.filter((each) => path.startsWith(each.slice(0, -folder.length)));
    return near.length > 0 ? near : all;
  };
  return (use) => {
    const folder = folderNamed(use.name);
    if (use.kind !== "import") return true;
    // Of a package what lies below its entry.
    if (folder === undefined) return across === undefined || importedBy(use).startsWith(`${use.name}/`);
    const led = ledTo(model, use.file, importedBy(use));
    if (led === undefined) return across === undefined && startsWith(use, folder);
    const at = `/${led}/`.indexOf(`/${folder}/`);
    if (at < 0) return false;
    const base = led.slice(0, at + folder.length);
    const { path } = use.file;
    if (across !== undefined) return leadsAcross(across, base, led, path, paths);
    if (!isBeside(importers, folder, path, pathsOf(model.files))) return false;
    return !path.startsWith(`${base}/`) && meant(use.name.replace(/\/\**$/, ""), folder, path).includes(base);
  };
}

/** The folders that a place may be, where it is any folder of a name. */
function foldersIn(patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) => /^\*\*\/\{?([\w,.-]+)\}?\/\*\*$/.exec(pattern)?.[1]?.split(",") ?? []);
}

/**
 * Whether a file lies in one of these folders where it stands beside the one named: `src/components/` beside
 * `src/features/`, and not `src/features/tide/components/`. Where no two of them stand so, any is meant.
 */
function isBeside(importers: readonly string[], folder: string, path: string, { paths, byLast }: Paths): boolean {
  const parents = importers.flatMap((importer) =>
    (byLast.get(importer) ?? []).flatMap((each) => {
      const parent = each.slice(0, -importer.length);
      return paths.has(`${each}/`) && paths.has(`${parent}${folder}/`) ? [`${each}/`] : [];
    }),
  );
  const isInOne = importers.some((importer) => `/${path}`.includes(`/${importer}/`));
  return parents.length === 0 || !isInOne || parents.some((each) => path.startsWith(each));
}

/** From one part of a folder into another; what all parts share is none. */
function leadsAcross(
  across: NonNullable<ForbiddenUse["across"]>,
  base: string,
  led: string,
  from: string,
  paths: ReadonlySet<string>,
): boolean {
  if (!from.startsWith(`${base}/`)) return false;
  const own = from.slice(base.length + 1).split("/");
  const [other = "", ...within] = led.slice(base.length + 1).split("/");
  if (own.length < 2 || own[0] === other || !paths.has(`${base}/${other}/`)) return false;
  if (SHARED.test(other) || SHARED.test(own[0] as string)) return false;
  const hasEntry = ENTRIES.some((entry) => paths.has(`${base}/${other}/${entry}`));
  return across === "all" || (hasEntry && within.length > 0 && !ENTRIES.includes(within.join("/")));
}

const SHARED = /^_?(?:shared|common|core|utils?|lib|libs|types|ui|base|index|__\w+__)$/;
const ENTRIES = ["index", "__init__", "public", "public-api"];

function importedBy({ file, start }: Pick<Use, "file" | "start">): string {
  return file.imports.find((each) => each.start === start)?.module ?? "";
}

/** What no file of the workspace is, as it is written: `legacy/tides` of another package. */
function startsWith(use: Use, folder: string): boolean {
  return moduleSegments(importedBy(use))[0] === folder;
}

/** Where an import leads: the path of a folder, or of a file without its extension; `undefined` outside the workspace. */
export function ledTo(model: WorkspaceModel, file: FileSummary, module: string): string | undefined {
  if (file.language === "go") {
    const target = firstFileOf(model, module);
    return target && folderOf(target.path);
  }
  if (module.startsWith(".")) return resolvedModule(file, module).replace(/\.[cm]?[jt]sx?$/, "");
  const isScript = file.language === "typescript" || file.language === "javascript";
  const isAlias = isScript && /^[@~#$]/.test(module);
  const segments = moduleSegments(module.replace(/^[@~#$](?=\w)/, "")).filter((each) => !/^[@~#]$/.test(each));
  if (segments.length === 0 || (segments.length === 1 && !isAlias)) return undefined;
  const { byLast } = pathsOf(model.files);
  // A package or class may end in what it holds.
  for (const end of isScript ? [segments.length] : [segments.length, segments.length - 1]) {
    const tail = segments.slice(0, end).join("/");
    const found = (byLast.get(segments[end - 1] as string) ?? []).filter(
      (path) => path === tail || path.endsWith(`/${tail}`),
    );
    if (found.length > 0 && end > 0) return nearest(found, file.path);
  }
  return undefined;
}

function nearest(paths: readonly string[], to: string): string {
  const shared = (path: string) => {
    let length = 0;
    while (length < path.length && path[length] === to[length]) length++;
    return length;
  };
  return paths.reduce((best, path) => (shared(path) > shared(best) ? path : best));
}

interface Paths {
  /** Folders of the workspace, also with a slash, and its files without their extension. */
  paths: ReadonlySet<string>;
  /** The same without those with a slash, by their last name. */
  byLast: ReadonlyMap<string, readonly string[]>;
}

const pathsOf = memoized((files: WorkspaceModel["files"]): Paths => {
  const paths = new Set<string>();
  for (const path of files.keys()) {
    paths.add(path.replace(/\.\w+$/, ""));
    for (let folder = folderOf(path); folder !== "" && !paths.has(`${folder}/`); folder = folderOf(folder)) {
      paths.add(folder);
      paths.add(`${folder}/`);
    }
  }
  const byLast = new Map<string, string[]>();
  for (const path of paths) {
    if (path.endsWith("/")) continue;
    const last = path.slice(path.lastIndexOf("/") + 1);
    const same = byLast.get(last);
    if (same) same.push(path);
    else byLast.set(last, [path]);
  }
  return { paths, byLast };
});
