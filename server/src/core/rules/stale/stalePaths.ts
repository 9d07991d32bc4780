import { code } from "../../base/markdown";
import { folderOf } from "../../base/paths";
import type { Rename } from "../../model/functionHistory";
import { compileGlob } from "../glob";
import type { Rule } from "../rule";
import type { InstructionTexts, StaleFinding } from "./staleFinding";
import { closest, replacement } from "./suggestion";

/** The files and folders of a workspace, ready to be asked for by what prose calls them. */
export class WorkspacePaths {
  readonly all: ReadonlySet<string>;
  private readonly folders = new Set<string>();
  /** Every tail of every path and folder, lower case: prose leaves out where things are. */
  private readonly tails = new Set<string>();
  private readonly byName = new Map<string, string[]>();

  constructor(paths: Iterable<string>) {
    this.all = new Set(paths);
    for (const path of this.all) {
      this.addTails(path);
      const name = path.slice(path.lastIndexOf("/") + 1);
      const same = this.byName.get(name);
      if (same) same.push(path);
      else this.byName.set(name, [path]);
      for (let folder = folderOf(path); folder !== "" && !this.folders.has(folder); folder = folderOf(folder)) {
        this.folders.add(folder);
        this.addTails(folder);
      }
    }
  }

  private addTails(path: string): void {
    const lower = path.toLowerCase();
    for (let at = 0; at >= 0; at = lower.indexOf("/", at) + 1 || -1) {
      this.tails.add(lower.slice(at));
      // `src/ship` is what an import calls `src/ship.ts`.
      const dot = lower.indexOf(".", lower.lastIndexOf("/") + 1);
      if (dot > at) this.tails.add(lower.slice(at, dot));
    }
  }

  has(path: string): boolean {
    return this.tails.has(path.toLowerCase().replace(/\/+$/, ""));
  }

  hasFolder(folder: string): boolean {
    return folder === "" || this.folders.has(folder);
  }

  named(name: string): readonly string[] {
    return this.byName.get(name) ?? [];
  }

  foldersNamed(name: string): string[] {
    return [...this.folders].filter((folder) => folder.endsWith(`/${name}`));
  }

  inFolder(folder: string): string[] {
    return [...this.all].filter((path) => folderOf(path) === folder);
  }
}

type Renames = ReadonlyMap<string, Rename>;

/** Paths that rules name and that are not there. */
export function stalePaths(
  rules: readonly Rule[],
  texts: InstructionTexts,
  paths: WorkspacePaths,
  renames: Renames,
  isLeftOut: (path: string) => boolean,
): StaleFinding[] {
  return rules.flatMap((rule) =>
    isAboutNew(rule)
      ? []
      : rule.scope.paths.flatMap((written) => stalePath(rule, written, texts, { paths, renames, isLeftOut })),
  );
}

/** What is not to be made, or has yet to be made, need not exist. */
function isAboutNew({ polarity, text }: Rule): boolean {
  if (
    /\b(?:creat\w*|add(?:ing)?|new|generat\w*|output\w*|writes?|written|sav\w*|e\.g|for example|such as|like|example|named?|naming|nam\w*|rename\w*|optional\w*|if (?:it |they )?(?:exists?|present)|when present|may|legacy|old|former\w*|removed|deleted|deprecated|gitignored?|ignored|instead of|download\w*|temporary|temp)\b/i.test(
      text,
    )
  )
    return true;
  return polarity === "must-not" && !/\b(?:edit|modify|change|touch|run|rename|delete|remove)\b/i.test(text);
}

function stalePath(
  rule: Rule,
  written: string,
  texts: InstructionTexts,
  { paths, renames, isLeftOut }: { paths: WorkspacePaths; renames: Renames; isLeftOut: (path: string) => boolean },
): StaleFinding[] {
  const path = written
    .replace(/^(?:\.\/)+|^\/(?=\w)/, "")
    .replace(/:\d.*$/, "")
    .replace(/\/+$/, "");
  if (!isCheckable(path, written) || paths.has(path)) return [];
  const beside = `${folderOf(rule.source.path)}/${path}`.replace(/^\//, "");
  if (paths.has(beside) || path.split("/").some(isIgnored)) return [];
  const range = texts.rangeOf(rule, written);
  if (!range) return [];
  const renamed = renames.get(path) ?? renames.get(beside);
  const isThere = renamed !== undefined && paths.all.has(renamed.path);
  // Only what has been renamed, or has a namesake, is sure to have been here.
  const meant = isThere ? renamed.path : (meantPath(path, paths) ?? meantFolder(path, written, paths));
  if (meant === undefined && (isLeftOut(path) || !isGone(path, written, rule, paths))) return [];
  if (meant === undefined)
    return [
      { kind: "path", rule, path: rule.source.path, range, message: `${code(written)} does not exist.`, steps: [] },
    ];
  const now = isThere
    ? `it is ${code(meant)} since ${renamed.commit.date} (${code(renamed.commit.id.slice(0, 8))})`
    : `${code(meant)} does`;
  const message = `${code(written)} does not exist; ${now}.`;
  const fixes = [replacement(rule.source.path, range, meant)];
  return [{ kind: "path", rule, path: rule.source.path, range, message, steps: [], fixes }];
}

/** What people write, in a folder that is there, where nothing else has the name: a file, or a folder named as one. */
function isGone(path: string, written: string, { text }: Rule, paths: WorkspacePaths): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isThere = paths.hasFolder(path.slice(0, path.indexOf("/")));
  if (written.endsWith("/")) return isThere && !PLACES.test(text);
  const isCommon = /^(?:index|main|mod|README|__init__)\./i.test(name);
  return isThere && isWritten.test(name) && (isCommon || paths.named(name).length === 0);
}

/** Where things are to go there may be nothing yet. */
const PLACES = /\b(?:put|place|goes?|lives?|belongs?|organi[sz]e\w*|stores?|keep|co-?locate\w*|move)\b/i;

/** The one folder of that name below the same top: `src/tides/` that is `src/harbour/tides/`. */
function meantFolder(path: string, written: string, paths: WorkspacePaths): string | undefined {
  const [top = "", name, ...more] = path.split("/");
  if (!written.endsWith("/") || name === undefined || more.length > 0 || !paths.hasFolder(top)) return undefined;
  const found = paths.foldersNamed(name).filter((folder) => folder.startsWith(`${top}/`));
  return found.length === 1 && found[0]?.split("/").length === 3 ? `${found[0]}/` : undefined;
}

const isWritten =
  /\w\.(?:mdx?|sql|go|py|[cm]?[jt]sx?|java|kts?|rs|rb|sh|proto|graphql|s?css|html|vue|svelte|toml|ya?ml)$/;

function isCheckable(path: string, written: string): boolean {
  if (/[*{}<>$~?[\]]|^\/(?:\w+\/?$|\/)|^\.\.|:\/\/|^@/.test(written)) return false;
  // One name alone may be a kind of file, or of another project.
  return path.includes("/") && /^[\w@.+()-]+(?:\/[\w@.+()-]+)+$/.test(path);
}

const ignored =
  /^(?:node_modules|dist|build|out|target|bin|obj|coverage|htmlcov|tmp|temp|\.?cache|__pycache__|\.venv|venv|\.next|\.nuxt|\.turbo|vendor|logs?|generated|\.git|\.env.*|.*\.log|.*\.local(?:\..*)?|\.DS_Store|path|(?:foo|bar|baz|qux)(?:[._-].*)?|example|your.*|my.*|xxx?|.*Here\..*)$/i;

function isIgnored(segment: string): boolean {
  return ignored.test(segment);
}

/** A file of the same name elsewhere, or of nearly the same name in the same folder. */
function meantPath(path: string, paths: WorkspacePaths): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const folder = folderOf(path);
  const top = path.slice(0, path.indexOf("/"));
  if (!paths.hasFolder(top) || !/\.\w+$/.test(name)) return undefined;
  const namesakes = paths.named(name);
  if (namesakes.length === 1) return /^(?:index|main|mod|README|__init__)\./i.test(name) ? undefined : namesakes[0];
  if (!paths.hasFolder(folder) || namesakes.length > 0) return undefined;
  const near = closest(
    name,
    paths.inFolder(folder).map((each) => each.slice(each.lastIndexOf("/") + 1)),
  );
  return near === undefined ? undefined : `${folder}/${near}`;
}

/** Globs of front matter that match no file. */
export function staleGlobs(
  rules: readonly Rule[],
  texts: InstructionTexts,
  paths: WorkspacePaths,
  isLeftOut: (path: string) => boolean,
): StaleFinding[] {
  const seen = new Set<string>();
  return rules.flatMap((rule): StaleFinding[] =>
    rule.scope.globs.flatMap((glob): StaleFinding[] => {
      const { path } = rule.source;
      const key = `${path} ${glob}`;
      if (seen.has(key) || glob.startsWith("!")) return [];
      seen.add(key);
      const range = texts.find(path, glob);
      // A folder that a file governs by its place stands nowhere in it.
      if (!range || range.start.line >= rule.source.line - 1) return [];
      if (matchesAny(glob, paths) || isLeftOut(exampleOf(glob))) return [];
      // One of several that stand for what a project may have: `pom.xml` or `build.gradle`.
      if (!isOfLostFolder(glob, paths) && rule.scope.globs.some((other) => matchesAny(other, paths))) return [];
      return [{ kind: "glob", path, range, message: `${code(glob)} matches no file.`, steps: [] }];
    }),
  );
}

/** `server/tides/**` where there is a `server/`, in which nothing is called `tides/`. */
function isOfLostFolder(glob: string, paths: WorkspacePaths): boolean {
  const [, folder = ""] = /^(?:\.?\/)?((?:[\w@-][\w@.-]*\/)*)/.exec(glob) ?? [];
  const bare = folder.slice(0, -1);
  const top = bare.slice(0, Math.max(0, bare.indexOf("/")));
  return top !== "" && paths.hasFolder(top) && !paths.hasFolder(bare);
}

/** A path that a glob may stand for. */
function exampleOf(glob: string): string {
  return glob
    .replace(/^\.?\//, "")
    .replace(/\{([^,{}]*)[^{}]*\}/g, "$1")
    .replace(/\[[^[\]]*\]|\?|\*+/g, "x");
}

function matchesAny(glob: string, { all }: WorkspacePaths): boolean {
  const matches = compileGlob(glob);
  for (const path of all) if (matches(path)) return true;
  return false;
}
