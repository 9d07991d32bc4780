import { describe, expect, test } from "vitest";
import { isolated, program } from "./programs";

async function reasonOf(path: string, text: string, symbol: string): Promise<string | undefined> {
  const found = await isolated(path, text, symbol);
  return "reason" in found ? found.reason : found.absent?.[0]?.reason;
}

describe("a function of Python", () => {
  test("takes along what it uses of its file, and nothing else", async () => {
    const { source, entry } = await program(
      "tides.py",
      `import math
import requests
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from harbour import Berth

DEPTHS = {"north": 4}
DEPTHS["south"] = 6
UNUSED = requests.get("https://tides.example.com")

def margin(ship):
    return ship * 0.1

def other(ship):
    return UNUSED

def fits(ship: float, name: str, berth: "Berth" = None) -> bool:
    """Whether it fits."""
    return math.ceil(ship + margin(ship)) <= DEPTHS[name]
`,
      "fits",
    );
    expect(entry).toBe("fits");
    expect(source).toBe(`import math
DEPTHS = {"north": 4}
DEPTHS["south"] = 6
def margin(ship):
    return ship * 0.1
def fits(ship: float, name: str, berth: "Berth" = None) -> bool:
    """Whether it fits."""
    return math.ceil(ship + margin(ship)) <= DEPTHS[name]
`);
  });

  test("knows where it is in the program and where its lines come from", async () => {
    const text = `import math

LIMIT = 3


def double(x):
    return x * LIMIT
`;
    const { source, span, lines } = await program("a.py", text, "double");
    expect(source.slice(span.start, span.end)).toBe("def double(x):\n    return x * LIMIT");
    expect(lines).toEqual([
      { from: 0, count: 1, path: "a.py", line: 2 },
      { from: 1, count: 2, path: "a.py", line: 5 },
    ]);
  });

  test("of a class comes with the methods it reaches, each on its line", async () => {
    const { source, span, entry } = await program(
      "berth.py",
      `import socket

class Berth:
    size = 4

    def __init__(self, name):
        self.name = name

    def send(self):
        socket.create_connection((self.name, 1))

    def room(self):
        return self.size

    def fits(self, length):
        return length <= self.room()
`,
      "Berth.fits",
    );
    expect(entry).toBe("Berth.fits");
    expect(source).not.toContain("socket");
    expect(source).toContain("def room(self)");
    expect(source.split("\n")[12]).toBe("    def fits(self, length):");
    expect(source.slice(span.start, span.end)).toBe("def fits(self, length):\n        return length <= self.room()");
  });

  test("cannot be run when it needs the world", async () => {
    const text = `import requests
from .store import load
from math import *

def b(x): return requests.get(x)
def c(x): return load(x)
def d(x): return open(x).read()
async def e(x): return await load(x)
def h(x): return nobody_knows(x)
def i(x):
    def j(y): return y + x
    return j(x)
class K:
    @property
    def l(self): return 1
`;
    expect(await reasonOf("x.py", text, "b")).toBe("it needs `requests` of `requests`");
    expect(await reasonOf("x.py", text, "c")).toBe("it needs `load` of `.store`");
    expect(await reasonOf("x.py", text, "d")).toBe("it needs `open`");
    expect(await reasonOf("x.py", text, "e")).toBe("it needs `load` of `.store`");
    expect(await reasonOf("x.py", text, "h")).toBe("it needs `nobody_knows`");
    expect(await reasonOf("x.py", text, "K.l")).toBe("it is a property");
    expect(await reasonOf("x.py", text, "i")).toBeUndefined();
  });

  test("sees the names it binds itself as its own", async () => {
    const text = `def count(rows):
    total = 0
    for i, (name, *rest) in enumerate(rows):
        with name as handle, rest as others:
            total += len([cell for cell in rest if cell])
        try:
            (lambda row: row)(name)
        except ValueError as problem:
            print(problem)
        match name:
            case {"at": at}:
                total += at
            case [first, *more]:
                total += first
        if (found := handle):
            total += found
    return total
`;
    expect(await reasonOf("x.py", text, "count")).toBeUndefined();
  });
});

test("a function of Python comes with the variables of its file that it changes", async () => {
  const text = `try:
    import winds
except ImportError:
    SEEN = 3
else:
    SEEN = 4

if True:
    def note(x):
        global SEEN
        SEEN += x
        return SEEN
`;
  expect(await reasonOf("x.py", text, "note")).toBe("it needs `winds`");
  const { source } = await program("x.py", text.replace("winds", "json"), "note");
  expect(source).toContain("SEEN = 3");
});

describe("a function of TypeScript", () => {
  test("takes along what it uses of its file, and nothing that is only a type", async () => {
    const { source, entry } = await program(
      "fees.ts",
      `import { db } from "./db";
import type { Ship } from "./ships";

export const RATES: Record<string, number> = { small: 2 };
const log = db.open();
interface Fee { amount: number }
export enum Size { Small, Large }

function rate(size: Size) {
  return size === Size.Small ? RATES.small : 9;
}

export async function save(ship: Ship) {
  return log.write(ship);
}

export default function fee(ship: Ship, { days = 1, ...rest }: { days?: number } = {}): Fee {
  const amounts = [1, 2].map((part) => part * rate(ship.size));
  return { amount: Math.max(...amounts) * days, ...rest };
}
`,
      "fee",
    );
    expect(entry).toBe("fee");
    expect(source).toContain("const RATES");
    expect(source).toContain("enum Size");
    expect(source).toContain("function rate");
    expect(source).not.toMatch(/import|export|log|interface/);
  });

  test("is reached through its class, its object, or an instance", async () => {
    const text = `export class Berth {
  constructor(private readonly size: number) {}
  static of(size: number) { return new Berth(size); }
  fits(length: number) { return length <= this.size; }
  async send() { await fetch("https://berths.example.com"); }
}
export const api = { double: (x: number) => x * 2 };
`;
    expect((await program("b.ts", text, "Berth.of")).entry).toBe("Berth.of");
    expect((await program("b.ts", text, "api.double")).entry).toBe("api.double");
    const rules = 'const rules = { "deep-sea": (x) => x > 20 };\n';
    expect((await program("c.js", rules, "rules.deep-sea")).entry).toBe('rules["deep-sea"]');
    const method = await program("b.ts", text, "Berth.fits");
    expect(method.entry).toBe("(self, ...rest) => self.fits(...rest)");
    expect(method.source).not.toContain("fetch");
  });

  test("cannot be run when it needs the world", async () => {
    const text = `import { load } from "./store";
const fs = require("fs");
export const a = (x: string) => load(x);
export const b = (x: string) => fs.readFileSync(x);
export const e = (x: Date) => x.toLocaleString();
export const f = (x: string) => import(x);
export const g = (x: string) => document.title + x;
export const i = (x: string) => new Date(x).toISOString();
`;
    expect(await reasonOf("x.ts", text, "a")).toBe("it needs `load` of `./store`");
    expect(await reasonOf("x.ts", text, "b")).toBe("it needs `fs` of `fs`");
    expect(await reasonOf("x.ts", text, "e")).toBe("it uses `toLocaleString`");
    expect(await reasonOf("x.ts", text, "f")).toBe("it loads modules");
    expect(await reasonOf("x.ts", text, "g")).toBe("it needs `document`");
    expect(await reasonOf("x.ts", text, "i")).toBeUndefined();
  });
});

test("other languages have no sandbox", async () => {
  expect(await reasonOf("x.go", "package x\n\nfunc f(a int) int { return a }\n", "f")).toBe(
    "no sandbox runs its language",
  );
});

test("what a file does with a variable when it is loaded comes with the variable", async () => {
  const python = `import logging
logging.basicConfig()
DEPTHS = {}
for name in ("north", "south"):
    DEPTHS[name] = len(name)
if DEPTHS:
    DEPTHS.update(east=3)

def depth(name):
    logging.info(name)
    return DEPTHS[name]
`;
  const { source } = await program("a.py", python, "depth");
  expect(source).toContain("DEPTHS[name] = len(name)");
  expect(source).toContain("DEPTHS.update(east=3)");
  expect(source).toContain("import logging");
  const script = `const depths = {};
const names = ["north"];
for (let name, i = 0; i < names.length; i++) { name = names[i]; depths[name] = i; }
["south"].forEach((name) => { depths[name] = 7; });
Object.assign(depths, { east: 3 });
export const depth = (name) => depths[name];
export const other = (name) => names.includes(name);
`;
  expect((await program("a.js", script, "depth")).source).toMatch(/for \(let.*\n.*forEach.*\n.*Object\.assign/s);
  expect((await program("a.js", script, "other")).source).not.toContain("depths");
});

test("an abstract class stays one", async () => {
  const text = `from abc import ABC, abstractmethod

class Berth(ABC):
    @abstractmethod
    def length(self): ...

    def room(self, ship):
        return 3 - ship
`;
  expect((await program("a.py", text, "Berth.room")).source).toContain("@abstractmethod");
});

test("what matches a member of an enum comes with the enum, and what waits for it runs", async () => {
  const text = `from enum import Enum

class Depth(Enum):
    LOW = 1
    HIGH = 2

async def word(depth):
    match depth:
        case Depth.LOW:
            return "low"
        case _:
            return "other"

async def words(depths):
    return [await word(depth) for depth in depths]
`;
  const { source } = await program("a.py", text, "words");
  expect(source).toContain("class Depth(Enum)");
});

test("what is only for pickling stays out of a program", async () => {
  const text = `class Ship:
    def __reduce__(self):
        return self.__class__, self.__reduce_args__()

    def __len__(self):
        return 3

    def is_long(self, tons):
        return tons > 3
`;
  const { source } = await program("a.py", text, "Ship.is_long");
  expect(source).not.toContain("__reduce");
  expect(source).toContain("__len__");
});
