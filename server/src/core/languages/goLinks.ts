import { folderOf } from "../base/paths";
import type { LanguageLinks, Project } from "../model/link/languageLinks";
import type { TypeExpression } from "../model/link/typeExpression";
import { memoized, TypeReader, unknownType } from "./typeText";

/** A `go.mod` of the workspace. */
interface GoModule {
  /** Folder of the file, with a slash at its end; empty for the root. */
  folder: string;
  /** What import paths of its packages start with; empty for the standard library. */
  path: string;
  /** Local folders that stand for other modules, by the module's path. */
  replacements: ReadonlyMap<string, string>;
}

/**
 * Go: a module is a package, named by its import path. `go.mod` files say where import paths start; without one the
 * layout of a GOPATH does.
 */
export function createGoLinks(project: Project): LanguageLinks {
  const modules = readModules(project);
  const used = new Map<string, number>();
  for (const { path } of modules) used.set(path, (used.get(path) ?? 0) + 1);
  const packages = new Map<string, string>();

  const around = new Map<string, GoModule | undefined>();
  const moduleAround = (folder: string): GoModule | undefined => {
    if (!around.has(folder))
      around.set(
        folder,
        modules.find((module) => folder.startsWith(module.folder)),
      );
    return around.get(folder);
  };

  /** Two modules of one name, as examples often have, are told apart by where they are. */
  const packageOf = (folder: string): string => {
    let name = packages.get(folder);
    if (name === undefined) {
      name = importPathOf(folder, moduleAround(folder), (module) => (used.get(module.path) ?? 0) > 1);
      packages.set(folder, name);
    }
    return name;
  };

  const resolve = (path: string, folder: string): string => {
    if (path.startsWith("./") || path.startsWith("../")) return packageOf(joined(folder, path));
    const own = moduleAround(folder);
    if (!own) return path;
    for (const [replaced, target] of own.replacements)
      if (isBelow(path, replaced)) return packageOf(joined(own.folder, `${target}${path.slice(replaced.length)}`));
    const isShared = own.path !== "" && (used.get(own.path) ?? 0) > 1;
    return isShared && isBelow(path, own.path) ? packageOf(joined(own.folder, path.slice(own.path.length))) : path;
  };

  return {
    moduleOf({ path, packageName }) {
      const name = packageOf(prefixOf(path));
      // Neither can be imported, and both may share a folder with a package of another name.
      if (packageName === "main") return `${name}#main`;
      return packageName?.endsWith("_test") && path.endsWith("_test.go") ? `${name}_test` : name;
    },
    resolveImport: ({ module }, from) => ({ module: resolve(module, prefixOf(from.path)) }),
    implicitModules: ["builtin"],
    parseType: memoized((text) => new GoTypeReader(text, tokens).read()),
    constructorName: undefined,
    implicitReceiver: false,
    unwraps: [],
    destructures: false,
    structural: true,
    sharesModule: true,
  };
}

/** The innermost first. */
function readModules(project: Project): GoModule[] {
  return project.configurations
    .filter((path) => path === "go.mod" || path.endsWith("/go.mod"))
    .flatMap((path) => readModule(prefixOf(path), project.configuration(path) ?? "") ?? [])
    .sort((a, b) => b.folder.length - a.folder.length || (a.folder < b.folder ? -1 : 1));
}

function readModule(folder: string, text: string): GoModule | undefined {
  const replacements = new Map<string, string>();
  let path: string | undefined;
  let block = "";
  for (const line of text.split(/\r\n|\r|\n/)) {
    const words = line.replace(/\/\/.*$/, "").match(/"[^"]*"|`[^`]*`|[^\s()]+|[()]/g);
    if (!words) continue;
    const parts = words.map((word) => word.replace(/^["`]|["`]$/g, ""));
    if (parts[0] === ")") {
      block = "";
      continue;
    }
    if (parts[1] === "(") {
      block = parts[0] as string;
      continue;
    }
    const [verb, ...rest] = block ? [block, ...parts] : parts;
    if (verb === "module") path ??= rest[0];
    const arrow = rest.indexOf("=>");
    const target = rest[arrow + 1];
    if (verb === "replace" && arrow > 0 && target && /^\.\.?(\/|$)/.test(target))
      replacements.set(rest[0] as string, target);
  }
  if (path === undefined) return undefined;
  return { folder, path: path === "std" ? "" : path, replacements };
}

function importPathOf(folder: string, module: GoModule | undefined, isShared: (module: GoModule) => boolean): string {
  const vendored = /^(?:.*\/)?vendor\/(.+)\/$/.exec(folder)?.[1];
  if (vendored) return vendored;
  if (module) {
    const below = folder.slice(module.folder.length).replace(/\/$/, "");
    const path = module.path === "" || below === "" ? `${module.path}${below}` : `${module.path}/${below}`;
    return isShared(module) ? `${path}@${module.folder}` : path;
  }
  // A folder is no import path: nothing but a GOPATH says how others would name it.
  return /^(?:.*\/)?src\/(.+)\/$/.exec(folder)?.[1] ?? `./${folder}`;
}

function isBelow(path: string, module: string): boolean {
  return path.startsWith(module) && (path.length === module.length || path[module.length] === "/");
}

/** What the paths of everything in the folder of this one start with; empty for the root. */
function prefixOf(path: string): string {
  const folder = folderOf(path);
  return folder && `${folder}/`;
}

/** A folder by its way from another one. */
function joined(folder: string, way: string): string {
  const parts = folder.split("/").filter(Boolean);
  for (const part of way.split("/")) {
    if (part === "..") {
      // Outside the workspace there is nothing to find.
      if (parts.length === 0 || parts.at(-1) === "..") parts.push("..");
      else parts.pop();
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.length > 0 ? `${parts.join("/")}/` : "";
}

/** A name before a space is the name of a parameter, unless it is a keyword. */
const tokens = /[\p{L}_][\p{L}\p{N}_]*\s+(?=[^\s,)])|[\p{L}_][\p{L}\p{N}_./:-]*|\.\.\.|<-|\S/gu;
const typeKeywords = new Set(["chan", "func", "map", "struct", "interface"]);

/** Reads a type as Go writes it. Names may have a package's whole import path in front, as in the catalog. */
class GoTypeReader extends TypeReader {
  read(): TypeExpression {
    const type = this.union();
    return this.isAtEnd ? type : unknownType;
  }

  private union(): TypeExpression {
    const first = this.type();
    if (!this.takes("|")) return first;
    const members = [first];
    do members.push(this.type());
    while (this.takes("|"));
    return { kind: "union", members };
  }

  private type(): TypeExpression {
    return this.nested(() => this.prefixed());
  }

  private prefixed(): TypeExpression {
    if (this.takes("...")) return { kind: "list", element: this.type() };
    if (this.takes("*") || this.takes("~") || this.takes("<-")) return this.type();
    if (this.takes("(")) {
      const inner = this.union();
      return this.takes(")") ? inner : this.giveUp();
    }
    if (this.peek() === "[") {
      this.skipBalanced("[", "]");
      return { kind: "list", element: this.type() };
    }
    return this.named();
  }

  private named(): TypeExpression {
    const name = this.peek().trimEnd();
    if (!/^[\p{L}_]/u.test(name)) return this.giveUp();
    this.position++;
    switch (name) {
      case "map": {
        if (!this.takes("[")) return this.giveUp();
        const key = this.type();
        return this.takes("]") ? { kind: "map", key, value: this.type() } : this.giveUp();
      }
      case "chan":
        this.takes("<-");
        return { kind: "channel", element: this.type() };
      case "func":
        return this.signature();
      case "struct":
      case "interface": {
        if (this.peek() !== "{") return this.giveUp();
        const isEmpty = this.peek(1) === "}";
        this.skipBalanced("{", "}");
        return name === "interface" && isEmpty ? { kind: "name", name: "any", arguments: [] } : unknownType;
      }
      default:
        return { kind: "name", name, arguments: this.typeArguments() };
    }
  }

  private typeArguments(): TypeExpression[] {
    const types: TypeExpression[] = [];
    if (!this.takes("[")) return types;
    do types.push(this.union());
    while (this.takes(","));
    if (!this.takes("]")) this.giveUp();
    return types;
  }

  private signature(): TypeExpression {
    if (!this.takes("(")) return this.giveUp();
    const parameters = this.parameters();
    if (this.takes("(")) return { kind: "function", parameters, results: this.parameters() };
    const hasResult = !this.isAtEnd && !/^[,)\]}|;]/.test(this.peek());
    return { kind: "function", parameters, results: hasResult ? [this.type()] : [] };
  }

  /** `a, b int, rest ...string` has three types, `int, string` two. */
  private parameters(): TypeExpression[] {
    const entries: { isNamed: boolean; type: TypeExpression }[] = [];
    this.list(")", () => {
      const isNamed = /\s$/.test(this.peek()) && !typeKeywords.has(this.peek().trimEnd());
      if (isNamed) this.position++;
      entries.push({ isNamed, type: this.type() });
    });
    let isNamed = false;
    let type: TypeExpression = unknownType;
    for (const entry of entries.reverse()) {
      isNamed ||= entry.isNamed;
      if (isNamed && !entry.isNamed) entry.type = type;
      type = entry.type;
    }
    return entries.reverse().map((entry) => entry.type);
  }
}
