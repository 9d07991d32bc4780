import { describe, expect, it } from "vitest";
import { createJavaLinks } from "../../server/src/core/languages/javaLinks";
import type { Project } from "../../server/src/core/model/link/languageLinks";
import type { TypeExpression } from "../../server/src/core/model/link/typeExpression";

function projectOf(...files: string[]): Project {
  return {
    configuration: () => undefined,
    configurations: [],
    hasFile: (path) => files.includes(path),
    hasFolder: (path) => files.some((file) => file.startsWith(`${path}/`)),
  };
}

const links = createJavaLinks(projectOf());

function print(type: TypeExpression): string {
  switch (type.kind) {
    case "name":
      return type.name + (type.arguments.length > 0 ? `<${type.arguments.map(print).join(", ")}>` : "");
    case "list":
      return `${print(type.element)}[]`;
    case "union":
      return type.members.map(print).join(" | ");
    default:
      return type.kind;
  }
}

describe("modules", () => {
  it("are packages, wherever the file is", () => {
    expect(links.moduleOf({ path: "app/src/main/java/a/b/C.java", packageName: "a.b" })).toBe("a.b");
    expect(links.moduleOf({ path: "lib/src/test/java/a/b/D.java", packageName: "a.b" })).toBe("a.b");
    expect(links.moduleOf({ path: "Main.java", packageName: undefined })).toBe("");
  });
});

describe("imports", () => {
  const from = { path: "app/src/main/java/a/b/C.java", packageName: "a.b" };

  it.each([
    ["java.util.List", undefined, "java.util", "List"],
    ["java.util.Map.Entry", undefined, "java.util", "Map.Entry"],
    ["java.util", "*", "java.util", "*"],
    ["java.util.Map", "*", "java.util", "Map"],
    ["a.b.C.D", "run", "a.b", "C.D.run"],
    ["a.b.C", "*", "a.b", "C"],
    ["a.b.c", "run", "a.b", "c.run"],
    ["a.b.lower", undefined, "a.b", "lower"],
    ["Main", undefined, "", "Main"],
  ])("takes %s %s apart by the naming convention", (module, member, package_, symbol) => {
    expect(links.resolveImport({ module, ...(member && { member }) }, from)).toEqual({
      module: package_,
      member: symbol,
    });
  });

  it("lets files and folders overrule the convention", () => {
    const project = projectOf(
      "app/src/main/java/a/Util/Strings.java",
      "app/src/main/java/a/lower.java",
      "app/src/main/java/a/both/both.java",
    );
    const own = createJavaLinks(project);
    for (const path of ["app/src/main/java/a/b/C.java", "app/src/test/java/a/b/CTest.java"]) {
      const file = { path, packageName: "a.b" };
      expect(own.resolveImport({ module: "a.Util.Strings" }, file)).toEqual({ module: "a.Util", member: "Strings" });
      expect(own.resolveImport({ module: "a.Util", member: "*" }, file)).toEqual({ module: "a.Util", member: "*" });
      expect(own.resolveImport({ module: "a.lower.Inner" }, file)).toEqual({ module: "a", member: "lower.Inner" });
      expect(own.resolveImport({ module: "a.lower", member: "*" }, file)).toEqual({ module: "a", member: "lower" });
      expect(own.resolveImport({ module: "a.both.both" }, file)).toEqual({ module: "a.both", member: "both" });
    }
  });
});

describe("types", () => {
  it.each([
    ["Foo", "Foo"],
    ["java.util.Map<String, List<Foo[]>>", "java.util.Map<String, List<Foo[]>>"],
    ["Outer<K>.Inner<V>", "Outer.Inner<V>"],
    ["int[][]", "int[][]"],
    ["...String", "String[]"],
    ["String...", "String[]"],
    ["List<? extends Foo>", "List<Foo>"],
    ["Consumer<? super Foo>", "Consumer<Foo>"],
    ["Class<?>", "Class<unknown>"],
    ["Map<?, @Nullable Foo>", "Map<unknown, Foo>"],
    ['@Named("a(b") final Foo', "Foo"],
    ["String @NonNull []", "String[]"],
    ["java.lang.@Nullable String", "java.lang.String"],
    ["Comparable<T> & Serializable", "Comparable<T> | Serializable"],
    ["IOException | SQLException", "IOException | SQLException"],
    ["ArrayList<>", "ArrayList"],
    ["Map.Entry<K,V>", "Map.Entry<K, V>"],
    ["Outer$1", "Outer$1"],
    ["Größe<Ö>", "Größe<Ö>"],
    ["var", "unknown"],
    ["void", "unknown"],
    ["", "unknown"],
    ["…", "unknown"],
    ["Map<String, Map<String, Fo…", "Map<String, Map<String, Fo>>"],
    ["List<<<", "List"],
  ])("reads %s", (text, printed) => {
    expect(print(links.parseType(text))).toBe(printed);
    expect(links.parseType(text)).toBe(links.parseType(text));
  });
});
