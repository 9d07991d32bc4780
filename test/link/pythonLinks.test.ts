import { describe, expect, it } from "vitest";
import { createPythonLinks } from "../../server/src/core/languages/pythonLinks";
import type { Project } from "../../server/src/core/model/link/languageLinks";
import type { TypeExpression } from "../../server/src/core/model/link/typeExpression";

function projectOf(files: string[], configurations: Record<string, string> = {}): Project {
  return {
    configuration: (path) => configurations[path],
    configurations: Object.keys(configurations).sort(),
    hasFile: (path) => files.includes(path),
    hasFolder: (path) => files.some((file) => file.startsWith(`${path}/`)),
  };
}

function print(type: TypeExpression): string {
  switch (type.kind) {
    case "name":
      return type.name + (type.arguments.length > 0 ? `<${type.arguments.map(print).join(", ")}>` : "");
    case "list":
      return `${print(type.element)}[]`;
    case "map":
      return `{${print(type.key)}: ${print(type.value)}}`;
    case "tuple":
      return `(${type.elements.map(print).join(", ")})`;
    case "function":
      return `(${type.parameters.map(print).join(", ")}) -> ${type.results.map(print).join(", ")}`;
    case "union":
      return type.members.map(print).join(" | ");
    default:
      return "?";
  }
}

describe("modules", () => {
  it("are named from where their outermost package lies", () => {
    const links = createPythonLinks(
      projectOf(["app/__init__.py", "app/store/__init__.py", "app/store/rows.py", "src/lib/__init__.py", "run.py"]),
    );
    const moduleOf = (path: string) => links.moduleOf({ path, packageName: undefined });
    expect(moduleOf("app/store/rows.py")).toBe("app.store.rows");
    expect(moduleOf("app/store/__init__.py")).toBe("app.store");
    expect(moduleOf("src/lib/__init__.py")).toBe("src:lib");
    expect(moduleOf("run.py")).toBe("run");
    expect(moduleOf("tools/build.py")).toBe("tools:build");
  });

  it("keep a stub apart from the file it describes", () => {
    const links = createPythonLinks(projectOf(["a/__init__.py", "a/b.py", "a/b.pyi", "a/c.pyi"]));
    expect(links.moduleOf({ path: "a/b.pyi", packageName: undefined })).not.toBe("a.b");
    expect(links.moduleOf({ path: "a/c.pyi", packageName: undefined })).toBe("a.c");
  });
});

describe("imports", () => {
  const monorepo = projectOf(
    [
      "services/a/app/__init__.py",
      "services/a/app/main.py",
      "services/a/app/store.py",
      "services/b/app/__init__.py",
      "services/b/app/store.py",
      "services/b/worker.py",
      "libs/common/src/common/__init__.py",
      "libs/common/src/common/clock.py",
      "namespace/inner/tool.py",
      "scripts/helper.py",
      "scripts/run.py",
      "json/data/x.py",
    ],
    {
      "services/a/pyproject.toml": "[project]\nname = 'a'\n",
      "services/b/pyproject.toml": "not = [ toml",
      "libs/common/pyproject.toml": '[tool.setuptools.packages.find]\nwhere = ["src"]\n',
    },
  );
  const links = createPythonLinks(monorepo);
  const resolve = (from: string, module: string, member?: string) =>
    links.resolveImport({ module, ...(member && { member }) }, { path: from, packageName: undefined });

  it("finds relative modules", () => {
    expect(resolve("services/a/app/main.py", ".store", "Rows")).toEqual({
      module: "services/a:app.store",
      member: "Rows",
    });
    expect(resolve("services/a/app/main.py", ".", "store")).toEqual({ module: "services/a:app", member: "store" });
    expect(resolve("services/a/app/main.py", ".missing", "x").module).not.toBe("missing");
    expect(resolve("services/b/worker.py", "....out", "x").module).not.toBe("out");
  });

  it("finds the nearest of two packages of one name", () => {
    expect(resolve("services/a/app/main.py", "app.store")).toEqual({ module: "services/a:app.store" });
    expect(resolve("services/b/worker.py", "app.store")).toEqual({ module: "services/b:app.store" });
    expect(resolve("scripts/run.py", "app.store")).toEqual({ module: "app.store" });
  });

  it("finds packages of other projects, modules beside a script, and namespace packages", () => {
    expect(resolve("services/a/app/main.py", "common.clock", "now")).toEqual({
      module: "libs/common/src:common.clock",
      member: "now",
    });
    expect(resolve("scripts/run.py", "helper")).toEqual({ module: "scripts:helper" });
    expect(resolve("scripts/run.py", "namespace.inner.tool", "go")).toEqual({
      module: "namespace/inner:tool",
      member: "go",
    });
    expect(resolve("scripts/run.py", "namespace.inner", "tool")).toEqual({ module: "namespace/inner:tool" });
  });

  it("leaves what is outside the workspace as it is, a folder of the same name notwithstanding", () => {
    expect(resolve("services/a/app/main.py", "threading", "Lock")).toEqual({ module: "threading", member: "Lock" });
    expect(resolve("services/a/app/main.py", "json", "dumps")).toEqual({ module: "json", member: "dumps" });
    expect(resolve("services/a/app/main.py", "helper")).toEqual({ module: "helper" });
  });

  it("reads where packages lie from every kind of build file", () => {
    const files = ["project/code/pkg/__init__.py", "project/tests/test_pkg.py"];
    for (const [name, text] of [
      ["pyproject.toml", '[tool.setuptools]\npackage-dir = {"" = "code"}'],
      ["pyproject.toml", '[tool.poetry]\npackages = [{ include = "pkg", from = "code" }]'],
      ["pyproject.toml", '[tool.pytest.ini_options]\npythonpath = ["code"]'],
      ["setup.cfg", "[options]\npackage_dir =\n    =code\n"],
      ["setup.cfg", "[options.packages.find]\nwhere = code\n"],
      ["setup.py", 'setup(package_dir={"": "code"})'],
    ] as const) {
      const built = createPythonLinks(projectOf(files, { [`project/${name}`]: text }));
      const from = { path: "project/tests/test_pkg.py", packageName: undefined };
      expect(built.resolveImport({ module: "pkg" }, from), text).toEqual({ module: "project/code:pkg" });
    }
  });
});

describe("types", () => {
  const { parseType } = createPythonLinks(projectOf([]));

  it.each([
    ["Foo", "Foo"],
    ["pkg.mod.Foo", "pkg.mod.Foo"],
    ['"Foo"', "Foo"],
    ["Optional['pkg.Foo']", "pkg.Foo"],
    ["Foo | None", "Foo"],
    ["typing.Union[Foo, Bar[int], None]", "Foo | Bar<int>"],
    ["list[Foo]", "Foo[]"],
    ["t.List['Foo']", "Foo[]"],
    ["dict[str, list[Foo]]", "{str: Foo[]}"],
    ["tuple[Foo, int]", "(Foo, int)"],
    ["Tuple[Foo, ...]", "Foo[]"],
    ["Callable[[Foo, int], Bar]", "(Foo, int) -> Bar"],
    ["Callable[..., Awaitable[Foo]]", "() -> Awaitable<Foo>"],
    ["Coroutine[Any, Any, Foo]", "Coroutine<Foo>"],
    ["Annotated[Foo, Depends(get_foo), 'x]']", "Foo"],
    ["ClassVar[Foo]", "Foo"],
    ["Final", "Final"],
    ["Literal['a', 'b']", "str"],
    ["Literal[1]", "?"],
    ["type[Foo]", "type<Foo>"],
    ["Type['Foo']", "type<Foo>"],
    ["string", "str"],
    ["...Foo", "Foo[]"],
    ["Any", "?"],
    ["None", "?"],
    ["Queue[tuple[int, Foo]]", "Queue<(int, Foo)>"],
    ["func(1)", "?"],
    ["", "?"],
    ["dict[str, Optional[Fo…", "{str: ?}"],
  ])("reads %s", (text, expected) => {
    expect(print(parseType(text))).toBe(expected);
  });

  it("gives up on what is nested too deeply", () => {
    expect(print(parseType(`${"list[".repeat(500)}int${"]".repeat(500)}`))).not.toContain("int");
  });
});
