import { describe, expect, it } from "vitest";
import { createGoLinks } from "../../server/src/core/languages/goLinks";
import type { Project } from "../../server/src/core/model/link/languageLinks";
import type { TypeExpression } from "../../server/src/core/model/link/typeExpression";

function linksOf(files: Readonly<Record<string, string>>) {
  const project: Project = {
    configuration: (path) => files[path],
    configurations: Object.keys(files).sort(),
    hasFile: () => false,
    hasFolder: () => false,
  };
  const links = createGoLinks(project);
  return {
    ...links,
    moduleOf: (path: string, packageName = "p") => links.moduleOf({ path, packageName }),
    imports: (module: string, path: string) => links.resolveImport({ module }, { path, packageName: "p" }).module,
  };
}

describe("import paths", () => {
  it("start with the path of the module around the folder", () => {
    const links = linksOf({
      "go.mod": "module example.com/shop // the shop\n\ngo 1.22\n",
      "tools/go.mod": 'module (\n\t"example.com/tools/v2"\n)\n',
    });
    expect(links.moduleOf("a.go")).toBe("example.com/shop");
    expect(links.moduleOf("internal/db/a.go")).toBe("example.com/shop/internal/db");
    expect(links.moduleOf("tools/gen/a.go")).toBe("example.com/tools/v2/gen");
    expect(links.moduleOf("toolset/a.go")).toBe("example.com/shop/toolset");
    expect(links.imports("example.com/shop/internal/db", "cmd/main.go")).toBe("example.com/shop/internal/db");
    expect(links.imports("database/sql", "cmd/main.go")).toBe("database/sql");
  });

  it("keep programs and outside tests apart from the package in their folder", () => {
    const links = linksOf({ "go.mod": "module m" });
    expect(links.moduleOf("db/a_test.go", "db")).toBe("m/db");
    expect(links.moduleOf("db/b_test.go", "db_test")).toBe("m/db_test");
    expect(links.moduleOf("db/gen.go", "main")).toBe("m/db#main");
    expect(links.moduleOf("my_test/a.go", "my_test")).toBe("m/my_test");
  });

  it("need no module in the standard library, a vendored folder or a GOPATH", () => {
    const std = linksOf({ "go.mod": "module std" });
    expect(std.moduleOf("net/http/server.go")).toBe("net/http");
    expect(std.moduleOf("vendor/golang.org/x/net/idna/a.go")).toBe("golang.org/x/net/idna");
    const path = linksOf({});
    expect(path.moduleOf("src/example.com/shop/a.go")).toBe("example.com/shop");
    expect(path.moduleOf("shop/a.go")).toBe("./shop/");
    expect(path.imports("../db", "src/example.com/shop/a.go")).toBe("example.com/db");
    expect(path.imports("example.com/db", "shop/a.go")).toBe("example.com/db");
  });

  it("follow replacements by local folders", () => {
    const links = linksOf({
      "app/go.mod":
        'module m/app\nreplace m/lib => ../lib\nreplace (\n\tm/fork v1.2.0 => ../third/fork // ours\n\t"m/else" => m/other v1.0.0\n)\n',
      "lib/go.mod": "module m/lib",
      "third/fork/go.mod": "module m/renamed",
    });
    expect(links.imports("m/lib/x", "app/a.go")).toBe("m/lib/x");
    expect(links.imports("m/fork/x", "app/deep/a.go")).toBe("m/renamed/x");
    expect(links.imports("m/forked", "app/a.go")).toBe("m/forked");
    expect(links.imports("m/else", "app/a.go")).toBe("m/else");
    expect(links.imports("m/fork/x", "lib/a.go")).toBe("m/fork/x");
  });

  it("tell modules of one name apart", () => {
    const links = linksOf({ "a/go.mod": "module example", "b/go.mod": "module example", "c/go.mod": "module other" });
    const inA = links.moduleOf("a/db/x.go");
    expect(links.moduleOf("b/db/x.go")).not.toBe(inA);
    expect(links.imports("example/db", "a/main.go")).toBe(inA);
    expect(links.imports("example/db", "b/main.go")).toBe(links.moduleOf("b/db/x.go"));
    expect([inA, links.moduleOf("b/db/x.go")]).not.toContain(links.imports("example/db", "c/main.go"));
  });

  it("make do with a build file that says nothing", () => {
    const links = linksOf({ "go.mod": "<<<<<<< HEAD\nrequire (", "sub/go.mod": "" });
    expect(links.moduleOf("sub/a.go")).toBe("./sub/");
    expect(links.imports("./db", "sub/a.go")).toBe("./sub/db/");
  });
});

describe("types", () => {
  const { parseType } = linksOf({});
  const print = (type: TypeExpression): string => {
    switch (type.kind) {
      case "name":
        return type.arguments.length > 0 ? `${type.name}<${type.arguments.map(print)}>` : type.name;
      case "list":
        return `list<${print(type.element)}>`;
      case "map":
        return `map<${print(type.key)},${print(type.value)}>`;
      case "channel":
        return `channel<${print(type.element)}>`;
      case "function":
        return `(${type.parameters.map(print)})=>(${type.results.map(print)})`;
      case "union":
        return type.members.map(print).join("|");
      case "tuple":
        return `(${type.elements.map(print)})`;
      default:
        return "?";
    }
  };

  it.each([
    ["*sql.Rows", "sql.Rows"],
    ["[]*T", "list<T>"],
    ["[4][...]byte", "list<list<byte>>"],
    ["...string", "list<string>"],
    ["map[string][]map[K]V", "map<string,list<map<K,V>>>"],
    ["chan T", "channel<T>"],
    ["<-chan *T", "channel<T>"],
    ["chan<- struct{}", "channel<?>"],
    ["(*T)", "T"],
    ["func()", "()=>()"],
    [
      "func(ctx context.Context, a, b int, rest ...string) (n int, err error)",
      "(context.Context,int,int,list<string>)=>(int,error)",
    ],
    ["func(string, []T) error", "(string,list<T>)=>(error)"],
    ["func(func(chan T) bool, chan int)", "((channel<T>)=>(bool),channel<int>)=>()"],
    ["func(next http.Handler) http.Handler", "(http.Handler)=>(http.Handler)"],
    ["map[string]func(x int) error", "map<string,(int)=>(error)>"],
    ["List[K, map[string]V]", "List<K,map<string,V>>"],
    ["pkg.Tree[pkg.Key]", "pkg.Tree<pkg.Key>"],
    ["~int | ~string", "int|string"],
    ["interface{}", "any"],
    ["interface { Get(map[string]struct{}) error }", "?"],
    ["[]S:inner", "list<S:inner>"],
    ["github.com/a-b/c.v3.Node", "github.com/a-b/c.v3.Node"],
    ["", "?"],
    ["map[string", "?"],
    ["func(a int", "(int)=>()"],
    ["[]…", "list<?>"],
    ["a b", "?"],
  ])("reads %s", (text, expected) => {
    expect(print(parseType(text))).toBe(expected);
    expect(parseType(text)).toBe(parseType(text));
  });
});
