import { describe, expect, test } from "vitest";
import { namesMentioned } from "../../../server/src/core/quiz/inputs/shape";
import { shapesIn } from "./shapesOfSource";

const integer = (near: number[] = [], divisors: number[] = []) => ({ kind: "integer", near, divisors });
const text = (...texts: [string, string][]) => ({
  kind: "string",
  texts: texts.map(([known, role]) => ({ text: known, role })),
});

describe("what a Python body says", () => {
  test("elements with keys, divided by a constant of the file, defaulted", async () => {
    const source = `
HOUR = 3600
def group(visits):
    best = {}
    for visit in visits:
        slot = (visit["ship"].lower(), visit["at"] // HOUR)
        if visit.get("priority", 0) > 2:
            best[slot] = visit
    return best
`;
    expect(await shapesIn("python", source, "group")).toEqual([
      {
        name: "visits",
        optional: false,
        passing: "positional",
        shape: {
          kind: "list",
          lengths: [],
          least: 0,
          element: {
            kind: "record",
            form: "keys",
            fields: [
              { name: "ship", shape: text(), optional: false },
              { name: "at", shape: integer([], [3600]), optional: false },
              {
                name: "priority",
                shape: { kind: "union", members: [integer([0, 2]), { kind: "none" }] },
                optional: true,
              },
            ],
          },
        },
      },
    ]);
  });

  test("a boundary is where the value itself must lie, whatever is calculated before it is compared", async () => {
    const source = `
def late(minutes, grace):
    return minutes // 60 - 1 >= 24 and 10 - grace > 4 and len(str(grace)) < 3
`;
    const [minutes, grace] = await shapesIn("python", source, "late");
    expect(minutes?.shape).toEqual(integer([1500], [60]));
    expect(grace?.shape).toEqual(integer([6]));
  });

  test("how a text is looked at", async () => {
    const source = `
def label(line, sep=","):
    parts = line.strip().split(sep)
    if parts[0].lower() == "tug" and int(parts[1]) > 7:
        return parts
    if line.startswith("#") or "::" in line or line[-2:] == "ok":
        return None
`;
    const [line, sep] = await shapesIn("python", source, "label");
    expect(line?.shape).toEqual({
      ...text(["#", "start"], ["::", "inside"], ["ok", "end"]),
      pieces: {
        separator: ",",
        pieces: [text(["tug", "whole"]), { ...text(), numeric: integer([7]) }],
      },
    });
    expect(sep).toMatchObject({ shape: text([",", "whole"]), optional: true });
  });

  test("a text that is read letter by letter", async () => {
    const source = `
def vowels(word):
    return sum(1 for letter in word if ord(letter) > 96)
def closed(word):
    return word[0] == "(" and word[-1] == ")"
`;
    expect((await shapesIn("python", source, "vowels"))[0]?.shape.kind).toBe("string");
    expect((await shapesIn("python", source, "closed"))[0]?.shape).toMatchObject({ kind: "string" });
  });

  test("maps, sets, callables, truths, pairs and nothing", async () => {
    const source = `
def tidy(stock, seen, on_change, strict=False, pairs=(), note=None):
    for name, count in stock.items():
        if count < 5 and on_change(name, count):
            seen.add(name)
    for left, right in pairs:
        if left.strip() == right.strip():
            return note
    if note is not None:
        return note.upper()
    return strict
`;
    const shapes = await shapesIn("python", source, "tidy");
    expect(shapes.map(({ shape }) => shape)).toEqual([
      { kind: "map", form: "properties", key: { kind: "unknown" }, value: integer([5]) },
      { kind: "set", element: { kind: "unknown" } },
      { kind: "callable", arity: 2, result: { kind: "boolean" } },
      { kind: "boolean" },
      {
        kind: "list",
        lengths: [],
        least: 0,
        element: { kind: "tuple", elements: [text(), text()], names: ["left", "right"] },
      },
      { kind: "union", members: [text(), { kind: "none" }] },
    ]);
  });

  test("what helpers, lambdas and methods of the file do with it", async () => {
    const source = `
def first(rows):
    return sorted(rows, key=lambda row: (row["day"] % 7, row["name"].lower()))
def second(rows):
    return deep(rows[0])
def deep(row):
    return row["weight"] > 40
`;
    const [rows] = await shapesIn("python", source, "first");
    expect(rows?.shape).toMatchObject({
      kind: "list",
      element: {
        fields: [
          { name: "name", shape: text() },
          { name: "day", shape: integer([], [7]) },
        ],
      },
    });
    const [handedOn] = await shapesIn("python", source, "second");
    expect(handedOn?.shape).toMatchObject({ element: { fields: [{ name: "weight", shape: integer([40]) }] } });
  });

  test("regular expressions give texts they are meant for", async () => {
    const source = `
import re
BERTH = re.compile(r"^(?P<quay>[A-Z])-(\\d{2})(?:/(left|right))?$")
def read(label):
    found = BERTH.match(label)
    return found and re.sub(r"\\s+", " ", label)
`;
    const [label] = await shapesIn("python", source, "read");
    expect(label?.shape).toEqual(text(["A-11", "whole"], ["Z-77/right", "whole"], [" ", "whole"], ["  ", "whole"]));
    const script =
      "const code = /^[a-c]+\\.\\d$/i;\nexport function f(a, b) { return code.test(a) && b.match(/x{3}|y/) && /q/.test(b); }";
    const shapes = await shapesIn("javascript", script, "f");
    expect(shapes.map(({ shape }) => shape)).toEqual([
      text(["a.1", "whole"], ["cc.7", "whole"]),
      text(["xxx", "whole"], ["y", "whole"], ["q", "whole"]),
    ]);
  });

  test("how many parts a value has", async () => {
    const source = `
def span(stamp, rows, line):
    year, month, day = stamp[:3]
    if line.startswith(b"#"):
        return rows[4].upper()
    return year.real > 1900 and rows.__class__
`;
    const [stamp, rows, line] = await shapesIn("python", source, "span");
    expect(stamp?.shape).toMatchObject({ kind: "tuple", elements: [{}, { kind: "unknown" }, { kind: "unknown" }] });
    expect(rows?.shape).toEqual({ kind: "list", element: text(), lengths: [5], least: 5 });
    expect(line?.shape).toEqual({ kind: "bytes" });
  });

  test("conditions inside comprehensions", async () => {
    const source = "def heavy(ships):\n    return [ship for ship in ships if ship['tons'] > 500]\n";
    expect((await shapesIn("python", source, "heavy"))[0]?.shape).toMatchObject({
      element: { fields: [{ name: "tons", shape: integer([500]) }] },
    });
  });

  test("attributes make a namespace, unless a class of the file has them", async () => {
    const source = `
def depth(berth):
    return berth.depth > 5
`;
    expect((await shapesIn("python", source, "depth"))[0]?.shape).toEqual({
      kind: "record",
      form: "attributes",
      fields: [{ name: "depth", shape: integer([5]), optional: false }],
    });
  });
});

describe("what Python declares", () => {
  const source = `
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal, NotRequired, Optional, TypedDict

class Kind(Enum):
    TUG = 1
    FERRY = 2

class Crew(TypedDict):
    name: str
    age: NotRequired[int]

@dataclass
class Berth:
    name: str
    depth: int = 3

class Harbour:
    def __init__(self, limit, names: list[str] = []):
        self.limit = limit
        self.names = names
    def full(self, ships: int) -> bool:
        return ships > self.limit and self.limit != 9

def plan(kind: Kind, crew: list[Crew], berth: Optional["Berth"], mode: Literal["in", "out"], *, day: date, width: float | None = None, **rest: int):
    return berth.depth >= 5 and crew[0]["age"] > 17
`;

  test("types of the file, literals, nothing, named arguments", async () => {
    const shapes = await shapesIn("python", source, "plan");
    expect(shapes.map(({ name, passing, optional }) => `${name} ${passing} ${optional}`)).toEqual([
      "kind positional false",
      "crew positional false",
      "berth positional false",
      "mode positional false",
      "day keyword false",
      "width keyword true",
      "rest keywords true",
    ]);
    const [kind, crew, berth, mode, day, width] = shapes.map(({ shape }) => shape);
    expect(kind).toEqual({ kind: "oneOf", expressions: ["Kind.TUG", "Kind.FERRY"] });
    expect(crew).toMatchObject({
      element: {
        form: "keys",
        fields: [
          { name: "age", optional: true, shape: integer([17]) },
          { name: "name", optional: false },
        ],
      },
    });
    expect(berth).toMatchObject({
      members: [
        {
          kind: "instance",
          className: "Berth",
          parameters: [
            { name: "name", optional: false },
            { name: "depth", optional: true, shape: integer([3, 5]) },
          ],
        },
        { kind: "none" },
      ],
    });
    expect(mode).toEqual({ kind: "oneOf", expressions: ['"in"', '"out"'] });
    expect(day).toMatchObject({ kind: "oneOf", expressions: expect.arrayContaining(["date(2024, 2, 29)"]) });
    expect(width).toMatchObject({ members: [{ kind: "number" }, { kind: "none" }] });
    expect([...namesMentioned(shapes)].sort()).toEqual(["Berth", "Kind", "date"]);
  });

  test("a method gets its object first, whose constructor's arguments are what the method reads", async () => {
    const shapes = await shapesIn("python", source, "Harbour.full");
    expect(shapes).toMatchObject([
      {
        passing: "receiver",
        shape: {
          kind: "instance",
          className: "Harbour",
          parameters: [{ name: "limit", shape: { near: [9] } }, { name: "names" }],
        },
      },
      { name: "ships", shape: { kind: "integer" } },
    ]);
  });
});

describe("TypeScript", () => {
  const source = `
type Kind = "tug" | "ferry";
interface Named { name: string }
interface Berth extends Named { depth?: number; tags: string[]; next?: Berth }
type Options = Partial<Berth> & { limit: number };
export function plan(berths: readonly Berth[], kind: Kind | null, options: Options, { day, from = 3 }: { day: number; from?: number }, pick?: (b: Berth, i: number) => boolean, ...extra: number[]) {
  for (const berth of berths) if ((berth.depth ?? 4) > 6 && berth.name.endsWith("-old") && berth.next) return berth;
  if (day % 7 === 0) return from;
  return options.limit > 10;
}
export const total = (ships: { tons: number }[], rate) => ships.map((s) => s.tons * rate).filter((t) => t > 100);
export function untyped(rows, by) {
  const found = {};
  for (const [key, value] of Object.entries(by)) if (value > 3) found[key] = rows[0].size;
  return rows.filter((row) => row.open === true && row.id !== "x").length;
}
`;

  test("interfaces, aliases, literals, optional fields and parameters", async () => {
    const shapes = await shapesIn("typescript", source, "plan");
    expect(shapes.map(({ optional, passing }) => `${passing} ${optional}`)).toEqual([
      "positional false",
      "positional false",
      "positional false",
      "positional false",
      "positional true",
      "rest true",
    ]);
    const [berths, kind, options, pattern, pick, extra] = shapes.map(({ shape }) => shape);
    expect(berths).toMatchObject({
      kind: "list",
      element: {
        fields: [
          { name: "depth", optional: true, shape: { members: [{ near: [4, 6] }, { kind: "none" }] } },
          { name: "name", optional: false, shape: text(["-old", "end"]) },
          { name: "next", optional: true },
          { name: "tags", optional: false, shape: { kind: "list", element: text() } },
        ],
      },
    });
    expect(kind).toEqual({
      kind: "union",
      members: [{ kind: "oneOf", expressions: ['"tug"', '"ferry"'] }, { kind: "none" }],
    });
    expect(options).toMatchObject({
      kind: "record",
      fields: [{ name: "limit", optional: false, shape: { near: [10] } }],
    });
    expect(pattern).toMatchObject({
      fields: [
        { name: "day", shape: { divisors: [7] } },
        { name: "from", optional: true },
      ],
    });
    expect(pick).toMatchObject({ kind: "callable", arity: 2 });
    expect(extra).toMatchObject({ kind: "number" });
  });

  test("what is turned into a text is one, unless it is calculated with", async () => {
    const source = `
export function label(name, berth) {
  const wide = berth % 2;
  return (name || "").toString().trim() + berth.toString() + wide;
}
`;
    const [name, berth] = await shapesIn("javascript", source, "label");
    expect(name?.shape).toEqual(text());
    expect(berth?.shape).toEqual(integer([], [2]));
  });

  test("callbacks tell what elements are", async () => {
    const [ships, rate] = await shapesIn("typescript", source, "total");
    expect(ships?.shape).toMatchObject({ element: { fields: [{ name: "tons", shape: { kind: "number" } }] } });
    expect(rate?.shape.kind).toBe("integer");
    const [rows, by] = await shapesIn("typescript", source, "untyped");
    expect(rows?.shape).toMatchObject({
      kind: "list",
      element: {
        fields: [
          { name: "size" },
          { name: "open", shape: { kind: "boolean" } },
          { name: "id", shape: text(["x", "whole"]) },
        ],
      },
    });
    expect(by?.shape).toMatchObject({ kind: "map", form: "properties", value: integer([3]) });
  });
});

describe("hostile sources", () => {
  test("types that contain themselves, and deep chains, come to an end", async () => {
    const wide = Array.from({ length: 30 }, (_, i) => `f${i}: Node;`).join(" ");
    const source = `interface Node { ${wide} }\nexport function walk(node: Node) { return node.f0.f1.f2.f3.f4.f5.f6.f7; }`;
    const started = process.cpuUsage();
    expect((await shapesIn("typescript", source, "walk"))[0]?.shape.kind).toBe("record");
    const calls = "f(f(".repeat(200);
    const deep = `def f(x):\n    return f(x["a"]) + f(x["b"])\ndef g(y):\n    return ${calls}y${"))".repeat(200)}\n`;
    await shapesIn("python", deep, "g");
    await shapesIn("python", deep, "f");
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
  });

  test("damaged types are unknown, not an error", async () => {
    const source = `export function f(a: Map<string, b: { c: (d: [}>, e: \`\${x}\`) { return a; }`;
    await expect(shapesIn("typescript", source, "f")).resolves.toBeDefined();
  });
});
