import { describe, expect, it } from "vitest";
import { parseAccessPath, pathUpTo, rootOf, type Segment } from "../../server/src/core/model/accessPath";
import { fc } from "../support/fastCheck";

describe("an access path", () => {
  it.each<[string, string, Segment[]]>([
    ["", "", []],
    ["name", "name", []],
    [
      "s.players[].name",
      "s",
      [{ kind: "member", name: "players" }, { kind: "element" }, { kind: "member", name: "name" }],
    ],
    ["rows().next", "rows", [{ kind: "call" }, { kind: "member", name: "next" }]],
    ["f()#1[each]", "f", [{ kind: "call" }, { kind: "part", index: 1 }, { kind: "each" }]],
    ["m[key]", "m", [{ kind: "key" }]],
    ["each(<func#3>)", "each", [{ kind: "call", given: "<func#3>" }]],
    ["run(s.step)[]", "run", [{ kind: "call", given: "s.step" }, { kind: "element" }]],
    [
      "x<*ast.Ident>.Name",
      "x",
      [
        { kind: "as", type: "*ast.Ident" },
        { kind: "member", name: "Name" },
      ],
    ],
    ["<string>.trim", "<string>", [{ kind: "member", name: "trim" }]],
    ["<func#3>()", "<func#3>", [{ kind: "call" }]],
    ["<func#3@1>.id", "<func#3@1>", [{ kind: "member", name: "id" }]],
    ["<each rows()[each].name>[]", "<each rows()[each].name>", [{ kind: "element" }]],
    ["<Map<string, Array<T>>>.get", "<Map<string, Array<T>>>", [{ kind: "member", name: "get" }]],
    ["<(a: A) => B>()", "<(a: A) => B>", [{ kind: "call" }]],
    ["<<-chan T>[each]", "<<-chan T>", [{ kind: "each" }]],
    ["<chan<- T>.x", "<chan<- T>", [{ kind: "member", name: "x" }]],
    ["<Callable[[int], Foo]>()", "<Callable[[int], Foo]>", [{ kind: "call" }]],
    ["__proto__.constructor", "__proto__", [{ kind: "member", name: "constructor" }]],
  ])("%s has the root %s and its segments", (path, root, segments) => {
    expect(rootOf(path)).toBe(root);
    expect(parseAccessPath(path)).toEqual({ root, segments });
  });

  it("is cut in front of a segment", () => {
    const path = "<Map<string, T>>.get()#1<U>.name";
    expect([0, 1, 2, 3, 4, 5].map((segment) => pathUpTo(path, segment))).toEqual([
      "<Map<string, T>>",
      "<Map<string, T>>.get",
      "<Map<string, T>>.get()",
      "<Map<string, T>>.get()#1",
      "<Map<string, T>>.get()#1<U>",
      path,
    ]);
  });

  it("is put together of its root and its segments", () => {
    const root = fc.constantFrom("a", "this", "<func#3>", "<func#0@2>", "<List<T>>", "<(x: A) => B>", "<<-chan T>");
    const segment = fc.constantFrom(".b", "()", "(<func#1>)", "[]", "[each]", "[key]", "#2", "<T>", "<Map<K, V>>");
    fc.assert(
      fc.property(root, fc.array(segment, { maxLength: 8 }), (start, rest) => {
        const path = start + rest.join("");
        const parsed = parseAccessPath(path);
        expect(parsed.root).toBe(start);
        expect(parsed.segments).toHaveLength(rest.length);
        rest.forEach((_, i) => {
          expect(pathUpTo(path, i)).toBe(start + rest.slice(0, i).join(""));
        });
      }),
    );
  });

  it("that is no path ends all the same", () => {
    const pieces = fc.constantFrom("<", ">", "(", ")", "[", "]", "#", ".", "a", "-", "=", " ", '"', "each ", "func#");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        const path = parts.join("");
        const { root, segments } = parseAccessPath(path);
        expect(path.startsWith(root)).toBe(true);
        expect(segments.length).toBeLessThanOrEqual(path.length);
      }),
    );
  });
});
