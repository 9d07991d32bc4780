import { folderOf, normalized } from "../base/paths";
import type { LanguageLinks, Project } from "../model/link/languageLinks";
import { parsePythonType } from "./pythonTypes";
import { memoized } from "./typeText";

const suffixes = [".py", "/__init__.py", ".pyi", "/__init__.pyi", ".pyw"];
const buildFile = /(^|\/)(pyproject\.toml|setup\.cfg|setup\.py)$/;
/** Folders below which packages lie by convention. */
const conventionalRoots = ["src", "lib", "python"];

/** What an import leads to: a file, a folder of modules without a file of its own, or something outside. */
type Found = { kind: "file"; path: string } | { kind: "folder"; path: string };

/**
 * Python: a module is a file or the folder of an `__init__`, named by its dotted path from where imports start, with
 * that place in front unless it is the root of the workspace: `app.store`, `services/a:app.store`.
 */
export function createPythonLinks(project: Project): LanguageLinks {
  const search = new ModuleSearch(project);
  return {
    moduleOf: ({ path }) => search.moduleOf(path),
    resolveImport: (imported, from) => search.resolve(imported, from.path),
    implicitModules: ["builtin"],
    parseType: memoized(parsePythonType),
    constructorName: "__init__",
    implicitReceiver: false,
    unwraps: ["Awaitable", "Coroutine", "Future", "Task", "Mapped"],
    destructures: true,
    typeMember: "__class__",
    anyMember: "__getattr__",
    selfMethods: ["__enter__", "__aenter__"],
    structural: false,
    protocols: true,
    sharesModule: false,
  };
}

class ModuleSearch {
  private readonly modules = new Map<string, string>();
  private readonly roots = new Map<string, string>();
  private readonly searched = new Map<string, readonly string[]>();
  private readonly found = new Map<string, Map<string, Found | undefined>>();
  /** Where packages of a build file lie, by the folder of the build file. */
  private readonly built: ReadonlyMap<string, readonly string[]>;

  constructor(private readonly project: Project) {
    this.built = readBuildFiles(project);
  }

  moduleOf(path: string): string {
    let module = this.modules.get(path);
    if (module === undefined) {
      module = this.nameOf(path);
      this.modules.set(path, module);
    }
    return module;
  }

  resolve(imported: { module: string; member?: string }, from: string): { module: string; member?: string } {
    const { module, member } = imported;
    const target = this.find(module, from);
    if (target?.kind === "folder") {
      // Nothing but modules can be in a folder without `__init__`.
      const inside = member && member !== "*" ? this.fileAt(join(target.path, member)) : undefined;
      if (inside) return { module: this.moduleOf(inside) };
      return { module: this.nameOf(`${target.path}/__init__.py`), ...(member && { member }) };
    }
    if (target) return { module: this.moduleOf(target.path), ...(member && { member }) };
    // A folder that may be anything is a package when it has the module that is asked for.
    const inside = member && member !== "*" ? this.find(`${module}.${member}`, from) : undefined;
    if (inside?.kind === "file") return { module: this.moduleOf(inside.path) };
    return module.startsWith(".")
      ? { module: `${folderOf(from)}:${module}`, ...(member && { member }) }
      : { module, ...(member && { member }) };
  }

  private find(module: string, from: string): Found | undefined {
    const folder = folderOf(from);
    let known = this.found.get(folder);
    if (!known) {
      known = new Map();
      this.found.set(folder, known);
    }
    if (!known.has(module)) known.set(module, this.search(module, folder));
    return known.get(module);
  }

  private search(module: string, folder: string): Found | undefined {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    const parts = module.slice(dots).split(".").filter(Boolean);
    if (dots > 0) {
      let base = folder;
      for (let i = 1; i < dots; i++) {
        if (base === "") return undefined;
        base = folderOf(base);
      }
      return this.at(join(base, ...parts));
    }
    const [top, ...rest] = parts;
    if (top === undefined) return undefined;
    const root = this.rootOf(folder);
    const roots = this.searchedFrom(root);
    // A package or module of this name settles it, whether or not what is asked for is in it.
    for (const candidate of roots) {
      if (this.fileAt(join(candidate, top))) return this.at(join(candidate, top, ...rest));
    }
    for (const candidate of roots) {
      const path = join(candidate, ...parts);
      // A folder alone may be anything: it is a package when it has what is asked for.
      const found = this.at(path);
      if (found?.kind === "file" || (found && this.isSourceRoot(candidate))) return found;
    }
    // Other projects of the workspace, when only one of them can be meant.
    const elsewhere = [...this.built.values()].flat().filter((candidate) => !roots.includes(candidate));
    const owners = [...new Set(elsewhere)].filter((candidate) => this.fileAt(join(candidate, top)));
    return owners.length === 1 ? this.at(join(owners[0] as string, top, ...rest)) : undefined;
  }

  /** Folders in which imports of files below a root are looked for, in this order. */
  private searchedFrom(root: string): readonly string[] {
    let roots = this.searched.get(root);
    if (roots) return roots;
    const found = new Set([root]);
    for (let folder: string | undefined = root; folder !== undefined; folder = parentOf(folder)) {
      // Inside a package nothing is found by its last name alone.
      if (!this.isPackage(folder)) found.add(folder);
      for (const built of this.built.get(folder) ?? []) found.add(built);
      for (const name of conventionalRoots) {
        const candidate = join(folder, name);
        if (this.project.hasFolder(candidate) && !this.isPackage(candidate)) found.add(candidate);
      }
    }
    roots = [...found];
    this.searched.set(root, roots);
    return roots;
  }

  private isSourceRoot(folder: string): boolean {
    return folder !== "" || this.built.has("");
  }

  private at(path: string): Found | undefined {
    const file = this.fileAt(path);
    if (file) return { kind: "file", path: file };
    return this.project.hasFolder(path) ? { kind: "folder", path } : undefined;
  }

  private fileAt(path: string): string | undefined {
    // A package comes before a module of the same name.
    if (this.project.hasFile(`${path}/__init__.py`)) return `${path}/__init__.py`;
    for (const suffix of suffixes) if (this.project.hasFile(path + suffix)) return path + suffix;
    return undefined;
  }

  private isPackage(folder: string): boolean {
    return (
      folder !== "" && (this.project.hasFile(`${folder}/__init__.py`) || this.project.hasFile(`${folder}/__init__.pyi`))
    );
  }

  /** The folder from which imports of the files in this folder start. */
  private rootOf(folder: string): string {
    let root = this.roots.get(folder);
    if (root !== undefined) return root;
    root = folder;
    while (this.isPackage(root)) root = folderOf(root);
    this.roots.set(folder, root);
    return root;
  }

  private nameOf(path: string): string {
    const root = this.rootOf(folderOf(path));
    const below = root === "" ? path : path.slice(root.length + 1);
    const dotted = below
      .replace(/\.(pyi?|pyw)$/i, "")
      .replace(/(^|\/)__init__$/, "")
      .split("/")
      .join(".");
    // A stub beside the file it describes must not declare everything twice.
    const isStub = path.endsWith(".pyi") && this.project.hasFile(path.slice(0, -1));
    return (root === "" ? dotted : `${root}:${dotted}`) + (isStub ? ":stub" : "");
  }
}

/** Folders in which build files say that packages lie, nearest to the build file first. */
function readBuildFiles(project: Project): Map<string, readonly string[]> {
  const built = new Map<string, string[]>();
  for (const path of project.configurations) {
    if (!buildFile.test(path)) continue;
    const folder = folderOf(path);
    const text = project.configuration(path) ?? "";
    const named = path.endsWith(".py") ? fromSetup(text) : fromTables(text);
    const roots = [...named, ...conventionalRoots.slice(0, 1), ""]
      .map((relative) => normalized(join(folder, relative)))
      .filter((root): root is string => root !== undefined);
    const known = built.get(folder) ?? [];
    built.set(folder, [
      ...known,
      ...roots.filter((root) => !known.includes(root) && (root === "" || project.hasFolder(root))),
    ]);
  }
  return built;
}

/** `package_dir={"": "src"}`, `find_packages(where="src")`, `find_packages("src")`. */
function fromSetup(text: string): string[] {
  return matches(text, /(?:["']["']\s*:|where\s*=|find_(?:namespace_)?packages\()\s*["']([\w./-]+)["']/g);
}

/** What setuptools, Poetry, PDM, pytest, mypy and Pyright call the same thing. */
function fromTables(text: string): string[] {
  const single = matches(text, /^[ \t]*(?:""|package_dir|mypy_path|python_root)[ \t]*=\s*=?[ \t]*["']?=?([\w./-]+)/gm);
  const inTables = matches(text, /\bfrom\s*=\s*["']([\w./-]+)["']/g);
  const lists = matches(text, /^[ \t]*(?:where|extraPaths|pythonpath|package-dir|sources)\s*=\s*([[{"'][^\]}\n]*)/gm);
  const setupConfig = matches(text, /^[ \t]*where[ \t]*=[ \t]*([\w./-]+)[ \t]*$/gm);
  const listed = lists.flatMap((list) => matches(list, /["']([\w./-]+)["']/g));
  return [...single, ...inTables, ...listed, ...setupConfig];
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] as string);
}

function parentOf(folder: string): string | undefined {
  return folder === "" ? undefined : folderOf(folder);
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== "").join("/");
}
