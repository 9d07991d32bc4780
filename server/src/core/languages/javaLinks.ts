import type { LanguageLinks, Project } from "../model/link/languageLinks";
import type { TypeExpression } from "../model/link/typeExpression";
import { memoized, TypeReader, unknownType } from "./typeText";

const object = { module: "java.lang", symbol: "Object" };
const sourceRoots = ["src/main/java/", "src/test/java/", "src/"];

/**
 * Java: a module is a package. Build files say nothing that the package declarations do not, so none is read; what
 * decides whether `a.b.C.D` is a package, a class or a class inside one is where files are, and the naming
 * convention where they are elsewhere.
 */
export function createJavaLinks(project: Project): LanguageLinks {
  const imports = new Map<string, { module: string; member?: string }>();
  const roots = new Map<string, readonly string[]>();

  /** Folders that packages start in, seen from a file: its own root and that of its production or test twin. */
  const rootsOf = (from: { path: string; packageName: string | undefined }): readonly string[] => {
    const folder = from.path.slice(0, from.path.lastIndexOf("/") + 1);
    const known = roots.get(folder);
    if (known) return known;
    const packageFolder = from.packageName ? `${from.packageName.replaceAll(".", "/")}/` : "";
    const own = folder.endsWith(packageFolder) ? folder.slice(0, folder.length - packageFolder.length) : folder;
    const base = sourceRoots.find((root) => own === root || own.endsWith(`/${root}`));
    const before = base === undefined ? "" : own.slice(0, own.length - base.length);
    const found = base === undefined ? [own] : [own, ...sourceRoots.map((root) => before + root)];
    roots.set(folder, found);
    return found;
  };

  const split = (
    name: string,
    fileRoots: readonly string[],
    isPackage: boolean,
  ): { module: string; member?: string } => {
    const parts = name.split(".");
    let prefix = "";
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as string;
      const path: string = prefix ? `${prefix}/${part}` : part;
      const isFile = fileRoots.some((root) => project.hasFile(`${root}${path}.java`));
      const isType = isFile || (/^[A-Z]/.test(part) && !fileRoots.some((root) => project.hasFolder(root + path)));
      if (isType) return { module: parts.slice(0, i).join("."), member: parts.slice(i).join(".") };
      prefix = path;
    }
    if (isPackage) return { module: name };
    return { module: parts.slice(0, -1).join("."), member: parts.at(-1) as string };
  };

  /** `import a.b.*` names a package or a class; a static import always names a class. */
  const resolve = (
    name: string,
    imported: string | undefined,
    fileRoots: readonly string[],
  ): { module: string; member?: string } => {
    const { module, member } = split(name, fileRoots, imported === "*");
    if (imported === undefined) return member ? { module, member } : { module };
    // Everything in a class is asked for under the name of the class.
    return { module, member: member && imported !== "*" ? `${member}.${imported}` : (member ?? imported) };
  };

  return {
    moduleOf: (file) => file.packageName ?? "",
    resolveImport(imported, from) {
      const fileRoots = rootsOf(from);
      const key = `${fileRoots[0]}:${imported.module}:${imported.member ?? ""}`;
      let resolved = imports.get(key);
      if (!resolved) {
        resolved = resolve(imported.module, imported.member, fileRoots);
        imports.set(key, resolved);
      }
      return resolved;
    },
    implicitModules: ["java.lang", "builtin"],
    parseType: memoized((text) => new JavaTypeReader(text, tokens).read()),
    constructorName: undefined,
    implicitReceiver: true,
    unwraps: [],
    destructures: false,
    structural: false,
    sharesModule: true,
    classes: {
      implicitBases: {
        struct: object,
        class: object,
        interface: object,
        alias: object,
        enum: { module: "java.lang", symbol: "Enum" },
        record: { module: "java.lang", symbol: "Record" },
      },
      typeMembers: new Map([
        ["this", "this"],
        ["super", "super"],
        ["class", "java.lang.Class<this>"],
      ]),
    },
  };
}

const tokens = /"(?:[^"\\]|\\.)*"|@[\w$.]+|\.\.\.|[\p{L}_$][\p{L}\p{N}_$]*|\S/gu;

/** Reads a type as Java writes it. Annotations and modifiers are skipped, `A & B` and `A | B` are unions. */
class JavaTypeReader extends TypeReader {
  read(): TypeExpression {
    // A parameter that takes any number of arguments is written `...T`, or `T...` as in the source.
    if (this.takes("...")) return { kind: "list", element: this.union() };
    return this.union();
  }

  private union(): TypeExpression {
    return this.nested(() => this.members());
  }

  private members(): TypeExpression {
    const members = [this.type()];
    while (this.takes("&") || this.takes("|")) members.push(this.type());
    const [only] = members;
    return only && members.length === 1 ? only : { kind: "union", members };
  }

  private type(): TypeExpression {
    this.skipModifiers();
    let type = this.takes("?") ? this.wildcard() : this.named();
    this.skipModifiers();
    for (;;) {
      if (this.takes("...")) type = { kind: "list", element: type };
      else if (this.peek() === "[" && this.peek(1) === "]") {
        this.position += 2;
        type = { kind: "list", element: type };
      } else return type;
      this.skipModifiers();
    }
  }

  private wildcard(): TypeExpression {
    return this.takes("extends") || this.takes("super") ? this.union() : unknownType;
  }

  private named(): TypeExpression {
    let name = this.identifier();
    if (!name || name === "var" || name === "void") return unknownType;
    let args = this.typeArguments();
    while (this.takes(".")) {
      this.skipModifiers();
      const inner = this.identifier();
      if (!inner) break;
      name = `${name}.${inner}`;
      args = this.typeArguments();
    }
    return { kind: "name", name, arguments: args };
  }

  private typeArguments(): readonly TypeExpression[] {
    if (!this.takes("<")) return [];
    const args: TypeExpression[] = [];
    this.list(">", () => {
      const before = this.position;
      const argument = this.union();
      if (this.position > before) args.push(argument);
    });
    return args;
  }

  private identifier(): string | undefined {
    const token = this.peek();
    if (!/^[\p{L}_$]/u.test(token)) return undefined;
    this.position++;
    return token;
  }

  private skipModifiers(): void {
    for (let token = this.peek(); token.startsWith("@") || token === "final"; token = this.peek()) {
      this.position++;
      if (token !== "final" && this.peek() === "(") this.skipBalanced("(", ")");
    }
  }
}
