import { parse } from "jsonc-parser";
import { folderOf, normalized } from "../base/paths";
import type { LanguageLinks, Project } from "../model/link/languageLinks";
import { readTypeScriptType } from "./typescriptTypes";
import { memoized } from "./typeText";

/** In the order in which one stands for the others. */
const extensions = [".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
const extension = /(\.d)?\.[cm]?[jt]sx?$/;
/** What a source file may be called that is imported as `.js`. */
const sourceExtensions: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".d.ts", ".js", ".jsx"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs"],
  ".cjs": [".cts", ".cjs"],
};
const conditions = ["source", "development", "import", "module", "node", "require", "default", "types"];
const maxExtends = 16;

type Json = Readonly<Record<string, unknown>>;

interface PackageFile {
  folder: string;
  json: Json;
}

/** What a `tsconfig.json` says about where modules are. */
interface CompilerPaths {
  baseUrl: string | undefined;
  /** Targets are paths from the root. */
  paths: readonly { pattern: string; targets: readonly string[] }[];
  references: readonly string[];
}

/**
 * TypeScript and JavaScript: a module is a file. Its id is the path without extension and without a trailing
 * `/index`. A file in the root folder starts with `./`, so that it is not taken for the package of that name.
 */
export function createTypescriptLinks(project: Project): LanguageLinks {
  const resolver = new ModuleResolver(project);
  return {
    moduleOf: ({ path }) => resolver.moduleOf(path),
    resolveImport({ module, member }, { path }) {
      const file = resolver.resolve(module, folderOf(path));
      if (file !== undefined) return { module: resolver.moduleOf(file), ...(member !== undefined && { member }) };
      const outside = resolver.outside(module, folderOf(path));
      // A package is its default export as much as it is the namespace around it.
      return { module: outside, ...(member !== undefined && member !== "default" && { member }) };
    },
    implicitModules: ["builtin"],
    parseType: memoized(readTypeScriptType),
    constructorName: "constructor",
    implicitReceiver: false,
    unwraps: ["Promise", "PromiseLike", "Awaited"],
    destructures: true,
    defaultExport: "default",
    structural: false,
    sharesModule: false,
  };
}

class ModuleResolver {
  private readonly modules = new Map<string, string>();
  private readonly resolved = new Map<string, Map<string, string | undefined>>();
  private readonly configurations: ReadonlySet<string>;
  private readonly compilerPaths = new Map<string, CompilerPaths | undefined>();
  private readonly pathsByFolder = new Map<string, readonly CompilerPaths[]>();
  private readonly packageFiles = new Map<string, PackageFile | undefined>();
  private packagesByName: Map<string, PackageFile> | undefined;

  constructor(private readonly project: Project) {
    this.configurations = new Set(project.configurations);
  }

  moduleOf(path: string): string {
    let module = this.modules.get(path);
    if (module === undefined) {
      module = this.makeModule(path);
      this.modules.set(path, module);
    }
    return module;
  }

  private makeModule(path: string): string {
    const stem = path.replace(extension, "");
    const preferred = extensions.find((candidate) => this.project.hasFile(stem + candidate));
    // Of `a.ts` and the `a.js` beside it only the first is what an import of `./a` means.
    if (preferred !== undefined && stem + preferred !== path) return rooted(path);
    const folder = stem.endsWith("/index") ? stem.slice(0, -"/index".length) : undefined;
    const isTaken = folder !== undefined && extensions.some((candidate) => this.project.hasFile(folder + candidate));
    return rooted(folder === undefined || isTaken ? stem : folder);
  }

  /** The file of the workspace that an import means. */
  resolve(specifier: string, from: string): string | undefined {
    let inFolder = this.resolved.get(from);
    if (!inFolder) {
      inFolder = new Map();
      this.resolved.set(from, inFolder);
    }
    if (inFolder.has(specifier)) return inFolder.get(specifier);
    const file = this.find(specifier, from);
    inFolder.set(specifier, file);
    return file;
  }

  /** The name of a module outside the workspace. */
  outside(specifier: string, from: string): string {
    // Prisma writes its client beside the code, into a folder that is not kept in the repository.
    if (/(?:^|\/)generated\/prisma(?:\/(?:client|index))?(?:\.[jt]s)?$/.test(specifier)) return "@prisma/client";
    if (/^\.{1,2}(\/|$)/.test(specifier)) return rooted(join(from, specifier) ?? specifier);
    return specifier.replace(/^node:/, "");
  }

  private find(specifier: string, from: string): string | undefined {
    if (specifier === "" || specifier.startsWith("node:")) return undefined;
    if (/^\.{1,2}(\/|$)/.test(specifier)) {
      const path = join(from, specifier);
      return path === undefined ? undefined : this.fileAt(path);
    }
    if (specifier.startsWith("/")) return this.fileAt(specifier.slice(1));
    if (specifier.startsWith("#")) return this.ownImport(specifier, from);
    for (const paths of this.pathsFor(from)) {
      const file = this.mapped(specifier, paths);
      if (file !== undefined) return file;
    }
    return this.inPackage(specifier) ?? this.conventional(specifier, from);
  }

  /** A file by a path that may leave out its extension or its `/index`, or give the extension it is compiled to. */
  private fileAt(path: string): string | undefined {
    const { project } = this;
    const compiled = /\.[cm]?jsx?$/.exec(path)?.[0];
    if (compiled) {
      const stem = path.slice(0, -compiled.length);
      for (const candidate of sourceExtensions[compiled] ?? [])
        if (project.hasFile(stem + candidate)) return stem + candidate;
    } else if (extension.test(path) && project.hasFile(path)) {
      return path;
    }
    for (const candidate of extensions) if (project.hasFile(path + candidate)) return path + candidate;
    const folder = path === "" ? "" : `${path}/`;
    if (!project.hasFolder(path)) return undefined;
    const main = this.packageAt(path)?.json.main;
    const file = typeof main === "string" ? this.sourceOf(path, main) : undefined;
    if (file !== undefined) return file;
    for (const candidate of extensions)
      if (project.hasFile(`${folder}index${candidate}`)) return `${folder}index${candidate}`;
    return undefined;
  }

  // Compiler options

  private pathsFor(folder: string): readonly CompilerPaths[] {
    const known = this.pathsByFolder.get(folder);
    if (known) return known;
    const found: CompilerPaths[] = [];
    for (const name of ["tsconfig.json", "jsconfig.json"]) {
      const own = this.pathsIn(inFolder(folder, name));
      if (!own) continue;
      found.push(own);
      // A file that only refers to others leaves the options to them.
      for (const reference of own.references) {
        const referred = this.pathsIn(reference);
        if (referred && folderOf(reference) === folder) found.push(referred);
      }
    }
    const all = folder === "" ? found : [...found, ...this.pathsFor(folderOf(folder))];
    this.pathsByFolder.set(folder, all);
    return all;
  }

  private pathsIn(path: string, depth = 0): CompilerPaths | undefined {
    if (this.compilerPaths.has(path)) return this.compilerPaths.get(path);
    this.compilerPaths.set(path, undefined);
    const json = this.read(path);
    const paths = json && depth < maxExtends ? this.readPaths(json, folderOf(path), depth) : undefined;
    this.compilerPaths.set(path, paths);
    return paths;
  }

  private readPaths(json: Json, folder: string, depth: number): CompilerPaths {
    let baseUrl: string | undefined;
    let paths: CompilerPaths["paths"] = [];
    for (const base of listOf(json.extends)) {
      const inherited = this.extended(base, folder, depth);
      if (!inherited) continue;
      baseUrl = inherited.baseUrl ?? baseUrl;
      if (inherited.paths.length > 0) paths = inherited.paths;
    }
    const options = objectOf(json.compilerOptions);
    if (typeof options?.baseUrl === "string") baseUrl = join(folder, ownFolder(options.baseUrl)) ?? baseUrl;
    const own = objectOf(options?.paths);
    if (own) {
      const base = baseUrl ?? folder;
      paths = Object.entries(own).map(([pattern, targets]) => ({
        pattern,
        targets: listOf(targets).flatMap((target) => join(base, ownFolder(target)) ?? []),
      }));
    }
    const references = (Array.isArray(json.references) ? json.references : []).flatMap((reference) => {
      const path = objectOf(reference)?.path;
      return typeof path === "string" ? (this.configurationAt(join(folder, path)) ?? []) : [];
    });
    return { baseUrl, paths, references };
  }

  private extended(base: string, folder: string, depth: number): CompilerPaths | undefined {
    if (base.startsWith(".")) {
      const path = this.configurationAt(join(folder, base));
      return path === undefined ? undefined : this.pathsIn(path, depth + 1);
    }
    const { name, rest } = packageName(base);
    const owner = this.packages().get(name);
    const path = owner && this.configurationAt(inFolder(owner.folder, rest || "tsconfig.json"));
    return path === undefined ? undefined : this.pathsIn(path, depth + 1);
  }

  private configurationAt(path: string | undefined): string | undefined {
    if (path === undefined) return undefined;
    return [path, `${path}.json`, inFolder(path, "tsconfig.json")].find((name) => this.configurations.has(name));
  }

  private mapped(specifier: string, { paths, baseUrl }: CompilerPaths): string | undefined {
    let best: { star: string; prefix: number; targets: readonly string[] } | undefined;
    for (const { pattern, targets } of paths) {
      const star = starOf(pattern, specifier);
      if (star === undefined) continue;
      const prefix = pattern.includes("*") ? pattern.indexOf("*") : Number.POSITIVE_INFINITY;
      if (!best || prefix > best.prefix) best = { star, prefix, targets };
    }
    for (const target of best?.targets ?? []) {
      const path = normalized(target.replace("*", best?.star ?? ""));
      const file = path === undefined ? undefined : this.fileAt(path);
      if (file !== undefined) return file;
    }
    const based = baseUrl === undefined ? undefined : join(baseUrl, specifier);
    return based === undefined ? undefined : this.fileAt(based);
  }

  /** `@/x` and `~/x` are set up in bundlers, whose files are programs; they mean the package's sources. */
  private conventional(specifier: string, from: string): string | undefined {
    if (!/^[@~]\//.test(specifier)) return undefined;
    const folder = this.packageAround(from)?.folder ?? "";
    return (
      this.fileAt(inFolder(folder, `src/${specifier.slice(2)}`)) ?? this.fileAt(inFolder(folder, specifier.slice(2)))
    );
  }

  // Packages

  private inPackage(specifier: string): string | undefined {
    const { name, rest } = packageName(specifier);
    const owner = this.packages().get(name);
    if (!owner) return undefined;
    const { folder, json } = owner;
    for (const target of exportedTargets(json.exports, rest === "" ? "." : `./${rest}`)) {
      const file = this.sourceOf(folder, target);
      if (file !== undefined) return file;
    }
    if (rest !== "") return this.sourceOf(folder, rest);
    for (const field of ["source", "module", "main", "types", "typings"]) {
      const target = json[field];
      const file = typeof target === "string" ? this.sourceOf(folder, target) : undefined;
      if (file !== undefined) return file;
    }
    return this.fileAt(inFolder(folder, "index")) ?? this.fileAt(inFolder(folder, "src/index"));
  }

  private ownImport(specifier: string, from: string): string | undefined {
    const owner = this.packageAround(from);
    if (!owner) return undefined;
    for (const target of exportedTargets(owner.json.imports, specifier)) {
      const file = target.startsWith(".") ? this.sourceOf(owner.folder, target) : this.inPackage(target);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** The source of a file that a package names; the file itself is often made by a build and not there. */
  private sourceOf(folder: string, target: string): string | undefined {
    const path = normalized(target);
    if (path === undefined) return undefined;
    const exact = path === "" ? undefined : this.fileAt(inFolder(folder, path));
    if (exact !== undefined) return exact;
    const parts = path.replace(extension, "").split("/");
    for (let i = 0; i < Math.min(parts.length, 4); i++) {
      const rest = parts.slice(i).join("/");
      const file = this.fileAt(inFolder(folder, `src/${rest}`)) ?? this.fileAt(inFolder(folder, rest));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  private packages(): Map<string, PackageFile> {
    if (this.packagesByName) return this.packagesByName;
    const packages = new Map<string, PackageFile>();
    this.packagesByName = packages;
    for (const path of this.project.configurations) {
      if (!/(^|\/)package\.json$/.test(path)) continue;
      const found = this.packageAt(folderOf(path));
      const name = found?.json.name;
      if (found && typeof name === "string" && !packages.has(name)) packages.set(name, found);
    }
    return packages;
  }

  private packageAround(folder: string): PackageFile | undefined {
    return this.packageAt(folder) ?? (folder === "" ? undefined : this.packageAround(folderOf(folder)));
  }

  private packageAt(folder: string): PackageFile | undefined {
    if (this.packageFiles.has(folder)) return this.packageFiles.get(folder);
    const json = this.read(inFolder(folder, "package.json"));
    const found = json && { folder, json };
    this.packageFiles.set(folder, found);
    return found;
  }

  private read(path: string): Json | undefined {
    if (!this.configurations.has(path)) return undefined;
    const text = this.project.configuration(path);
    return text === undefined ? undefined : objectOf(parse(text, [], { allowTrailingComma: true }));
  }
}

/** Paths that `exports` or `imports` of a package file give for a name, most telling condition first. */
function exportedTargets(exported: unknown, name: string): string[] {
  if (exported === undefined || exported === null) return [];
  const entries = objectOf(exported);
  const hasNames = entries && Object.keys(entries).some((key) => /^[.#]/.test(key));
  if (!hasNames) return name === "." ? targetsOf(exported) : [];
  if (Object.hasOwn(entries, name)) return targetsOf(entries[name]);
  const patterns = Object.keys(entries)
    .filter((pattern) => pattern.includes("*") && starOf(pattern, name) !== undefined)
    .sort((a, b) => b.indexOf("*") - a.indexOf("*"));
  return patterns.flatMap((pattern) =>
    targetsOf(entries[pattern]).map((target) => target.replaceAll("*", starOf(pattern, name) ?? "")),
  );
}

function targetsOf(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return [value];
  if (depth > 8) return [];
  if (Array.isArray(value)) return value.flatMap((entry) => targetsOf(entry, depth + 1));
  const byCondition = objectOf(value);
  if (!byCondition) return [];
  const known = conditions.filter((condition) => Object.hasOwn(byCondition, condition));
  const others = Object.keys(byCondition).filter((condition) => !conditions.includes(condition));
  return [...known, ...others].flatMap((condition) => targetsOf(byCondition[condition], depth + 1));
}

/** What the star of a pattern stands for; empty when the pattern has none and is the text itself. */
function starOf(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text ? "" : undefined;
  const prefix = pattern.slice(0, star);
  const suffix = pattern.slice(star + 1);
  const fits = text.length >= prefix.length + suffix.length && text.startsWith(prefix) && text.endsWith(suffix);
  return fits ? text.slice(prefix.length, text.length - suffix.length) : undefined;
}

function packageName(specifier: string): { name: string; rest: string } {
  const parts = specifier.split("/");
  const length = specifier.startsWith("@") ? 2 : 1;
  return { name: parts.slice(0, length).join("/"), rest: parts.slice(length).join("/") };
}

function ownFolder(path: string): string {
  return path.replace(/^\$\{configDir\}/, ".");
}

function listOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.filter((entry): entry is string => typeof entry === "string");
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function inFolder(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}

/** A path from the root, or `undefined` when it leads out of the workspace. */
function join(folder: string, path: string): string | undefined {
  return normalized(path.startsWith("/") ? path : inFolder(folder, path));
}

function rooted(module: string): string {
  return module.includes("/") ? module : `./${module}`;
}
