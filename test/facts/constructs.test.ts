import { describe, expect, it } from "vitest";
import type { LanguageId } from "../../server/src/core/model/facts";
import { lowerSource } from "./lowerSource";

async function constructs(language: LanguageId, text: string): Promise<string[]> {
  const facts = await lowerSource(language, text);
  return (facts.constructs ?? []).map(({ kind, start, end }) => `${kind} ${text.slice(start, end).split("\n")[0]}`);
}

describe("constructs without a name", () => {
  it.each<[LanguageId, string, string[]]>([
    ["typescript", "let x: any = y!;", ["any-type any", "non-null-assertion y!"]],
    ["typescript", "let x = y as Ship; let z = { a: 1 } as const;", ["type-assertion y as Ship"]],
    [
      "typescript",
      "// @ts-ignore\nlet x = 1; // TODO: moor",
      ["type-suppression // @ts-ignore", "todo-comment // TODO: moor"],
    ],
    ["typescript", "try { a() } catch (e) {}", ["empty-catch catch (e) {}"]],
    ["typescript", "try { a() } catch (e) { /* gone already */ }", []],
    ["typescript", "let a = b ? c : d ? e : f; let g = b ? c : d;", ["nested-ternary d ? e : f"]],
    [
      "javascript",
      'import * as fs from "fs"; var x = 1; export default x;',
      ["wildcard-import * as fs", "var-declaration var x = 1;", "default-export export default x;"],
    ],
    [
      "typescript",
      "function a() { if (b) { return 1; } else { c(); } }",
      ["else-after-return if (b) { return 1; } else { c(); }"],
    ],
    [
      "typescript",
      "function a() { if (b) { return 1; } else if (c) { d(); } if (e) { f(); } else { g(); } }",
      ["else-after-return if (b) { return 1; } else if (c) { d(); }"],
    ],
    [
      "typescript",
      'import { Hull, Keel as K } from "a"; import Rope from "b"; import { Mast, sail } from "c"; let x: Hull | K | Rope | Mast = sail();',
      ['unmarked-type-import import { Hull, Keel as K } from "a";', 'unmarked-type-import import Rope from "b";'],
    ],
    [
      "typescript",
      'import type { Hull } from "a"; import { type Keel } from "b"; import { Rope, Mast, Bow } from "c"; import "d"; let x: Hull | Keel | Rope | typeof Mast = { Bow }; export { Rope };',
      [],
    ],
    ["typescript", 'import { Hull } from "a"; @Dock() class Pier { constructor(private hull: Hull) {} }', []],
    ["javascript", 'import { Hull } from "a"; class Pier extends Hull {}', []],
    ["python", "def a(x: Any) -> dict[str, int]: pass", ["any-type Any"]],
    ["python", "try:\n    a()\nexcept:\n    b()\n", ["bare-except except:"]],
    ["python", "try:\n    a()\nexcept ValueError:\n    pass\n", ["empty-catch except ValueError:"]],
    [
      "python",
      "def a():\n    global berths\n    berths = 1  # type: ignore\n",
      ["global-variable global berths", "type-suppression # type: ignore"],
    ],
    [
      "java",
      "class A { void f() { try { g(); } catch (Exception e) { } var x = 1; } }",
      ["empty-catch catch (Exception e) { }", "broad-catch catch (Exception e) { }", "var-declaration var x = 1;"],
    ],
    [
      "go",
      "package a\nfunc f() (n int, err error) { return }\nfunc g() { return }\nfunc h() (int, error) { return 1, nil }\n",
      ["naked-return return"],
    ],
    [
      "go",
      "package a\nvar x any\nvar y map[string]interface{}\ntype I interface{}\nfunc F[T any](x T) {}\n",
      ["any-type any", "any-type interface{}"],
    ],
    [
      "javascript",
      'const a = require("a"); module.exports = a;',
      ['commonjs require("a")', "commonjs module.exports = a"],
    ],
    ["typescript", "exports.berth = 1; other.exports = 2; load.require();", ["commonjs exports.berth = 1"]],
    ["typescript", "const pier = join(__dirname, dirname);", ["commonjs __dirname"]],
    ["typescript", "if (a) b(); if (a) { b(); } else c();", ["braceless-if if (a) b();"]],
    [
      "javascript",
      "// Причал\n// the quay, moor(it);\n// moor(ship);\n",
      ["foreign-comment // Причал", "commented-code // moor(ship);"],
    ],
    [
      "python",
      "# berth = berths.find(name)\n# if the tide is high: wait\n",
      ["commented-code # berth = berths.find(name)"],
    ],
    ["go", "package a\n// tide := sea.Tide()\n// the tide of the sea\n", ["commented-code // tide := sea.Tide()"]],
    ["java", "// berth.close();\n// Berths, as a list;\nclass A {}\n", ["commented-code // berth.close();"]],
    ["javascript", "a == b; a === b; a == null; a != 1;", ["loose-equality a == b", "loose-equality a != 1"]],
    ["javascript", "for (const k in o) {} for (const v of o) {}", ["for-in-loop for (const k in o) {}"]],
    [
      "typescript",
      "type Berth = { id: string }; type Id = string | number;",
      ["object-type-alias type Berth = { id: string };"],
    ],
    ["python", "def a(x, y=[], z: dict = {}, n=None): pass", ["mutable-default y=[]", "mutable-default z: dict = {}"]],
    [
      "python",
      "import os\ndef a():\n    import sys\n    from b import c\n",
      ["local-import import sys", "local-import from b import c"],
    ],
    [
      "python",
      'a = "%s" % b\nc = "{}".format(b)\nd = e % f\ng = h.format(i)\n',
      ['string-formatting "%s" % b', 'string-formatting "{}".format'],
    ],
    [
      "python",
      "def a():\n    try:\n        import b\n    except ImportError:\n        import c\n    try:\n        import d\n    except ValueError:\n        e()\n",
      ["local-import import d"],
    ],
    ["python", "try:\n    a()\nexcept Exception as e:\n    log(e)\n", ["broad-catch except Exception as e:"]],
    ["python", "try:\n    a()\nexcept Exception:\n    log()\n    raise\n", []],
    [
      "java",
      "class A { @Autowired private B b; private final C c; void f() { if (x) y(); } }",
      ["field-injection @Autowired private B b;", "braceless-if if (x) y();"],
    ],
    [
      "go",
      'package a\nfunc f() error { _ = g(); _, err := h(); return fmt.Errorf("moor: %v", err) }\n',
      ["discarded-error _ = g()", 'unwrapped-error fmt.Errorf("moor: %v", err)'],
    ],
    ["go", 'package a\nfunc f(n int, err error) error { return fmt.Errorf("moor: %w %d", err, n) }\n', []],
    ["go", 'package a\nfunc f(n int) error { return fmt.Errorf("no berth %d", n) }\n', []],
    [
      "javascript",
      `const key = "AKIA${"ABCDEFGH".repeat(2)}"; const name = "harbour master of the north";`,
      [`hardcoded-secret "AKIA${"ABCDEFGH".repeat(2)}"`],
    ],
  ])("%s: %s", async (language, text, expected) => {
    expect(await constructs(language, text)).toEqual(expected);
  });

  it("are absent where there are none", async () => {
    expect(await lowerSource("go", "package a\nfunc f() {}\n")).not.toHaveProperty("constructs");
  });
});

describe("flags", () => {
  it.each<[LanguageId, string, string[]]>([
    [
      "go",
      "package a\nvar night = true\nfunc f() { open := false; s.day = true; _ = T{calm: true} }\n",
      ["night true", "open false", "day true", "calm true"],
    ],
    [
      "typescript",
      "const a = { night: true }; this.day = false; class B { calm = true }",
      ["night true", "day false", "calm true"],
    ],
    ["python", "f(night=True)\nself.day = False\ndef g(calm=True): pass\n", ["night true", "day false", "calm true"]],
    ["java", "class A { boolean night = true; void f() { this.day = false; g(true); } }", ["night true", "day false"]],
  ])("%s: %s", async (language, text, expected) => {
    const facts = await lowerSource(language, text);
    expect((facts.flags ?? []).map(({ name, value }) => `${name} ${value}`)).toEqual(expected);
  });
});

describe("the head of a file", () => {
  it.each<[LanguageId, string, string | undefined]>([
    ["go", "// Copyright\n\n// Package a.\npackage a\n// later\n", "// Copyright\n\n// Package a."],
    ["typescript", '// Copyright\n"use client";\nimport "a";\n// later', '// Copyright\n"use client";'],
    ["python", '#!/usr/bin/env python\n"""Tides."""\nimport a\n', '#!/usr/bin/env python\n"""Tides."""'],
    ["java", "class A {}\n// later", undefined],
  ])("%s: %j", async (language, text, expected) => {
    expect((await lowerSource(language, text)).head).toBe(expected);
  });

  it("is cut", async () => {
    expect((await lowerSource("go", `// ${"tide ".repeat(1_000)}\npackage a\n`)).head).toHaveLength(600);
  });
});

describe("layout", () => {
  async function layout(text: string) {
    return (await lowerSource("python", text)).layout;
  }

  it("says nothing of what is usual", async () => {
    expect(await layout("a = 1\n")).toBeUndefined();
  });

  it("notes long lines without addresses, tabs, steps of indentation and an unended last line", async () => {
    const long = `x = "${"a".repeat(90)}"`;
    const text = `def a():\n    b()\n    if c:\n        d()\n${long}\ny = "https://${"a".repeat(90)}"\nif e:\n\tf()`;
    expect(await layout(text)).toEqual({
      spaces: { width: 4, line: 1 },
      long: [4, long.length],
      tabs: 7,
      unended: true,
      quotes: { double: text.indexOf('"') },
    });
  });

  it("notes quotes that could be others, and semicolons", async () => {
    const text = "const a = 'berth';\nmoor('it\"s', \"quay\")\n";
    expect((await lowerSource("javascript", text)).layout).toEqual({
      quotes: { single: text.indexOf("'berth'"), double: text.indexOf('"quay"') },
      semicolons: { with: 0, without: text.indexOf("moor") },
    });
  });
});
