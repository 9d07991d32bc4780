import { describe, expect, it } from "vitest";
import { createTypescriptLinks } from "../../server/src/core/languages/typescriptLinks";
import type { Project } from "../../server/src/core/model/link/languageLinks";
import type { TypeExpression } from "../../server/src/core/model/link/typeExpression";

/** A workspace of these source files and build files. */
function projectOf(files: readonly string[], configurations: Readonly<Record<string, unknown>> = {}): Project {
  const texts = new Map(
    Object.entries(configurations).map(([path, json]) => [
      path,
      typeof json === "string" ? json : JSON.stringify(json),
    ]),
  );
  return {
    configuration: (path) => texts.get(path),
    configurations: [...texts.keys()].sort(),
    hasFile: (path) => files.includes(path),
    hasFolder: (path) => files.some((file) => file.startsWith(`${path}/`)),
  };
}

function linksOf(files: readonly string[], configurations: Readonly<Record<string, unknown>> = {}) {
  const links = createTypescriptLinks(projectOf(files, configurations));
  return {
    links,
    resolve: (module: string, from = "src/a.ts", member?: string) =>
      links.resolveImport({ module, ...(member && { member }) }, { path: from, packageName: undefined }),
    module: (path: string) => links.moduleOf({ path, packageName: undefined }),
  };
}

describe("module ids", () => {
  it("are paths without extension and index", () => {
    const { module } = linksOf(["src/a.ts", "src/b/index.tsx", "src/c.d.ts", "src/d.test.mjs", "index.ts", "redis.ts"]);
    expect(["src/a.ts", "src/b/index.tsx", "src/c.d.ts", "src/d.test.mjs", "index.ts", "redis.ts"].map(module)).toEqual(
      ["src/a", "src/b", "src/c", "src/d.test", "./index", "./redis"],
    );
  });

  it("tell twins apart", () => {
    const files = ["src/a.ts", "src/a.js", "src/a/index.ts", "src/b.jsx", "src/b.cjs"];
    const { module } = linksOf(files);
    expect(files.map(module)).toEqual(["src/a", "src/a.js", "src/a/index", "src/b", "src/b.cjs"]);
  });
});

describe("relative imports", () => {
  it("leave out the extension or the index, or name what the file is compiled to", () => {
    const { resolve } = linksOf(["src/a.ts", "src/b.tsx", "src/c/index.js", "src/d.ts", "src/d/index.ts", "x.mts"]);
    const modules = ["./b", "./b.js", "./b.jsx", "./c", "./c/", "./c/index.js", "./d", "./d/index", "../x.mjs", "."];
    expect(modules.map((module) => resolve(module).module)).toEqual([
      "src/b",
      "src/b",
      "src/b",
      "src/c",
      "src/c",
      "src/c",
      "src/d",
      "src/d/index",
      "./x",
      "./src",
    ]);
  });

  it("keep the member, except the default of what is outside", () => {
    const { resolve } = linksOf(["src/a.ts", "src/b.ts"]);
    expect(resolve("./b", "src/a.ts", "default")).toEqual({ module: "src/b", member: "default" });
    expect(resolve("pg", "src/a.ts", "Pool")).toEqual({ module: "pg", member: "Pool" });
    expect(resolve("pg", "src/a.ts", "default")).toEqual({ module: "pg" });
  });

  it("that lead nowhere stay what they are", () => {
    const { resolve } = linksOf(["src/a.ts"]);
    expect(resolve("./style.css").module).toBe("src/style.css");
    expect(resolve("../../out").module).toBe("../../out");
    expect(resolve("./missing").module).toBe("src/missing");
  });
});

describe("bare imports", () => {
  it("are packages, whatever files have their names", () => {
    const { resolve } = linksOf(["src/a.ts", "redis.ts", "fs/index.ts"]);
    const modules = ["redis", "node:fs", "fs", "node:fs/promises", "drizzle-orm/pg-core", "@aws-sdk/client-s3", ""];
    expect(modules.map((module) => resolve(module).module)).toEqual([
      "redis",
      "fs",
      "fs",
      "fs/promises",
      "drizzle-orm/pg-core",
      "@aws-sdk/client-s3",
      "",
    ]);
  });

  it("follow the paths and the base of a tsconfig with comments", () => {
    const { resolve } = linksOf(["server/db.ts", "server/deep/x.ts", "app/page.tsx", "src/a.ts", "lib/one.ts"], {
      "tsconfig.json": `{
        // aliases
        "compilerOptions": { "baseUrl": "./", "paths": {
          "@server/*": ["./none/*", "./server/*"], "@server/deep/*": ["server/deep/*"], "~/*": ["./app/*"],
          "one": ["lib/one"], /* last */
        }, },
      }`,
    });
    const modules = ["@server/db", "@server/deep/x", "~/page", "one", "lib/one", "@server/none", "pg"];
    expect(modules.map((module) => resolve(module).module)).toEqual([
      "server/db",
      "server/deep/x",
      "app/page",
      "lib/one",
      "lib/one",
      "@server/none",
      "pg",
    ]);
  });

  it("follow extended and referred configurations, nearest first", () => {
    const { resolve } = linksOf(["libs/ui/src/index.ts", "apps/web/src/util.ts", "apps/web/src/main.ts", "u/util.ts"], {
      "tsconfig.base.json": { compilerOptions: { paths: { "@org/ui": ["libs/ui/src/index.ts"], "~u/*": ["u/*"] } } },
      "apps/web/tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }, { path: "../gone" }] },
      "apps/web/tsconfig.app.json": {
        extends: ["@tsconfig/strictest", "../../tsconfig.base.json"],
        compilerOptions: { baseUrl: `\${configDir}/src` },
      },
    });
    const from = "apps/web/src/main.ts";
    expect(["@org/ui", "~u/util", "util"].map((module) => resolve(module, from).module)).toEqual([
      "libs/ui/src",
      "u/util",
      "apps/web/src/util",
    ]);
    expect(resolve("@org/ui", "u/util.ts").module).toBe("@org/ui");
  });

  it("survive configurations that are damaged or extend each other", () => {
    const { resolve } = linksOf(["src/a.ts", "src/b.ts"], {
      "tsconfig.json": {
        extends: "./other.json",
        compilerOptions: { paths: { "~/*": ["src/*"], bad: "x", worse: 3 } },
      },
      "other.json": { extends: "./tsconfig.json" },
      "src/tsconfig.json": "{ not json",
      "src/package.json": "[]",
      "package.json": "",
    });
    expect(resolve("~/b").module).toBe("src/b");
    expect(resolve("bad").module).toBe("bad");
    expect(resolve("#x").module).toBe("#x");
  });

  it("find the sources of the workspace's own packages", () => {
    const { resolve } = linksOf(
      [
        "packages/db/src/index.ts",
        "packages/db/src/schema/users.ts",
        "packages/log/lib/main.js",
        "packages/ui/index.tsx",
        "packages/ui/button.tsx",
        "packages/core/src/deep/a.ts",
        "packages/core/src/entry.ts",
        "packages/core/src/impl.node.ts",
      ],
      {
        "packages/db/package.json": { name: "@acme/db", main: "dist/index.js", types: "dist/index.d.ts" },
        "packages/log/package.json": { name: "log", main: "./lib/main.js" },
        "packages/ui/package.json": { name: "@acme/ui" },
        "packages/core/package.json": {
          name: "core",
          exports: {
            ".": { types: "./dist/entry.d.ts", default: "./dist/entry.js" },
            "./*": { import: "./dist/deep/*.mjs" },
            "./package.json": "./package.json",
          },
          imports: { "#impl": { node: "./dist/impl.node.js" }, "#deep/*": "./src/deep/*.ts", "#db": "@acme/db" },
        },
      },
    );
    const from = "packages/core/src/entry.ts";
    const modules = ["@acme/db", "@acme/db/schema/users", "log", "@acme/ui", "@acme/ui/button", "core", "core/a"];
    expect(modules.map((module) => resolve(module, from).module)).toEqual([
      "packages/db/src",
      "packages/db/src/schema/users",
      "packages/log/lib/main",
      "packages/ui",
      "packages/ui/button",
      "packages/core/src/entry",
      "packages/core/src/deep/a",
    ]);
    expect(["#impl", "#deep/a", "#db", "#none"].map((module) => resolve(module, from).module)).toEqual([
      "packages/core/src/impl.node",
      "packages/core/src/deep/a",
      "packages/db/src",
      "#none",
    ]);
    expect(resolve("@acme/none", from).module).toBe("@acme/none");
  });

  it("know the alias that bundlers give a package's sources", () => {
    const { resolve } = linksOf(["web/src/lib/x.ts", "web/src/main.ts", "web/plain.ts"], { "web/package.json": {} });
    expect(["@/lib/x", "~/plain", "@/none"].map((module) => resolve(module, "web/src/main.ts").module)).toEqual([
      "web/src/lib/x",
      "web/plain",
      "@/none",
    ]);
  });
});

describe("types", () => {
  const { links } = linksOf([]);

  it.each([
    ["Foo", "Foo"],
    ["a.b.Foo<Bar, Baz[]>", "a.b.Foo<Bar, [Baz]>"],
    ["Foo | null | undefined", "Foo"],
    ["| Foo\n | Bar<X>", "(Foo | Bar<X>)"],
    ["Foo & { x: number }", "Foo"],
    ["Foo & Bar", "(Foo | Bar)"],
    ["readonly Foo[][]", "[[Foo]]"],
    ["ReadonlyArray<Foo>", "[Foo]"],
    ["Promise<Foo | undefined>", "Promise<Foo>"],
    ["Map<string, Set<Foo>>", "Map<string, Set<Foo>>"],
    ["Record<string, Foo>", "{string: Foo}"],
    ["{ [key: string]: Foo; }", "{string: Foo}"],
    ["{ readonly [K in keyof T]?: Foo }", "{string: Foo}"],
    ["{ a: string; b(): void }", "?"],
    ["[a: Foo, b?: Bar, ...rest: Baz[]]", "<Foo, Bar, Baz>"],
    ["[Foo, Bar?]", "<Foo, Bar>"],
    ["(a: Foo, { b }: Bar, ...c: Baz[]) => Promise<void>", "(Foo, Bar, [Baz]) -> Promise<?>"],
    ["<T>(this: Foo, x?: T) => x is Bar", "(T) -> boolean"],
    ["new (a: Foo) => Bar", "(Foo) -> Bar"],
    ["() => () => Foo", "() -> () -> Foo"],
    ["(Foo | Bar)[]", "[(Foo | Bar)]"],
    ["((a: Foo) => void) | null", "(Foo) -> ?"],
    ["Partial<Omit<Foo, 'a' | 'b'>>", "Foo"],
    ["InstanceType<typeof Foo>", "Foo"],
    ["typeof foo.bar", "?"],
    [`'a' | "b" | \`c\${string}\``, "string"],
    ["1 | -2", "number"],
    ["boolean | true", "boolean"],
    ["Foo[number]", "?"],
    ["Foo[][number]", "Foo"],
    ["Foo['bar']", "?"],
    ["keyof Foo", "string"],
    ["T extends Foo ? Bar : Baz", "?"],
    ["asserts x is Foo", "?"],
    ["import('./x').Foo<Bar>", "?"],
    ["any", "?"],
    ["this", "this"],
    ["", "?"],
    ["Map<string, { a: numb…", "Map<string, ?>"],
    ["(((((", "?"],
    ["Foo<Bar<Baz", "Foo<Bar<Baz>>"],
    ["=> ] } >", "?"],
  ])("reads %s", (text, expected) => {
    expect(printed(links.parseType(text))).toBe(expected);
  });

  it("bears nesting without end", () => {
    expect(() => links.parseType("A<".repeat(20_000))).not.toThrow();
    expect(() => links.parseType("(".repeat(20_000))).not.toThrow();
  });
});

function printed(type: TypeExpression): string {
  const all = (types: readonly TypeExpression[]) => types.map(printed).join(", ");
  switch (type.kind) {
    case "name":
      return type.name + (type.arguments.length > 0 ? `<${all(type.arguments)}>` : "");
    case "list":
      return `[${printed(type.element)}]`;
    case "map":
      return `{${printed(type.key)}: ${printed(type.value)}}`;
    case "tuple":
      return `<${all(type.elements)}>`;
    case "function":
      return `(${all(type.parameters)}) -> ${all(type.results)}`;
    case "union":
      return `(${type.members.map(printed).join(" | ")})`;
    case "channel":
      return `chan ${printed(type.element)}`;
    default:
      return "?";
  }
}
