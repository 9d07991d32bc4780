import { afterAll, beforeAll, expect, test } from "vitest";
import type { Input } from "../../server/src/core/quiz/program";
import { openBuilt, program, runOne, textOf } from "./programs";

const sandboxes = openBuilt();
afterAll(() => sandboxes.dispose());

const py = (source: string, entry = "f") => program("python", source, entry);
const run = (source: string, input: Input = []) => runOne(sandboxes, py(source), input);
const value = (expression: string, before = "") =>
  textOf(sandboxes, py(`${before}\ndef f():\n    return ${expression}\n`));

// The first call loads Python.
beforeAll(() => run("def f(): pass"), 120_000);

const kinds = `
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
class Tide(Enum):
    LOW = 1
@dataclass
class Berth:
    number: int
    depth: float
Slot = namedtuple("Slot", "row column")
class Crane:
    __slots__ = ("load",)
    def __init__(self): self.load = 2
class Ship:
    def __init__(self): self.name = "Ida"
`;

test.each([
  ["None, True, -0.0, 1e100", "(None, True, -0.0, 1e+100)"],
  ["[float('nan'), float('-inf')]", '[float("nan"), float("-inf")]'],
  ["(1,), b'x', range(3), 'it\\'s'", "((1,), b'x', range(0, 3), \"it's\")"],
  ["{10, 9, 1}, frozenset('ba'), set()", "({1, 9, 10}, frozenset({'a', 'b'}), set())"],
  ["{'b': 1, 'a': 2}", "{'b': 1, 'a': 2}"],
  [
    "Tide.LOW, Berth(1, 2.5), Slot(1, 2), Crane(), Ship()",
    "(Tide.LOW, Berth(number=1, depth=2.5), Slot(row=1, column=2), Crane(load=2), Ship(name='Ida'))",
  ],
  [
    "defaultdict(list, {1: [2]}), Counter('aab'), deque([1], maxlen=2)",
    "(defaultdict(list, {1: [2]}), Counter({'a': 2, 'b': 1}), deque([1], maxlen=2))",
  ],
  ["Decimal('1.10'), date(2024, 2, 29) + timedelta(days=1)", "(Decimal('1.10'), datetime.date(2024, 3, 1))"],
  ["datetime.strptime('2024-01-02', '%Y-%m-%d').strftime('%d.%m')", "'02.01'"],
  ["(n * n for n in [1, 2])", "iter([1, 4])"],
  ["map(str, [1, 2])", "iter(['1', '2'])"],
  ["ValueError('full'), int", "(ValueError('full'), int)"],
])("tells %s", async (expression, text) => {
  expect(await value(expression, kinds)).toBe(text);
});

test.each([
  ["steps", "def f():\n  while True: pass"],
  ["steps", "def f():\n  while True:\n    try:\n      while True: pass\n    except: pass"],
  ["steps", "import itertools\ndef f(): return [n for n in itertools.count() if n < 0]"],
  ["depth", "def f(): return f() + 1"],
  ["memory", "def f():\n  a = []\n  while True: a.append([0] * 100000)"],
  ["memory", "def f(): return [0] * 10**9"],
  ["value", "def f():\n  a = []\n  a.append(a)\n  return a"],
  ["value", "def f(): return 'x' * 5000000"],
  ["value", "def f(): return 10 ** 20000"],
  ["value", "def f(): return lambda: 1"],
  ["value", "def f():\n  while True: yield 1"],
  ["value", "def f(): return str(object())"],
  ["outside", "import datetime\ndef f(): return datetime.datetime.now()"],
  ["outside", "import datetime\ndef f():\n  try: return datetime.date.today()\n  except BaseException: return 1"],
  ["outside", "import time\ndef f(): return time.time()"],
  ["outside", "import random\ndef f(): return random.random()"],
  ["outside", "import uuid\ndef f(): return uuid.uuid4()"],
  ["outside", "import os\ndef f(): return os.environ['HOME']"],
  ["outside", "def f(): return open('/etc/hostname').read()"],
  ["outside", "def f(): return id(1)"],
  ["outside", "import numpy\ndef f(): pass"],
  ["program", "def f("],
  ["program", "1 / 0\ndef f(): pass"],
  ["program", "f = 1"],
])("stops by %s: %s", async (by, source) => {
  expect(await run(source)).toMatchObject({ kind: "stopped", by });
});

test("tells errors: the words of the program, but not those of the language", async () => {
  expect(await run("class Full(Exception): pass\ndef f(): raise Full('no berth')")).toEqual({
    kind: "threw",
    type: "Full",
    message: "no berth",
  });
  expect(await run("def f(): assert False, 'shut'")).toEqual({
    kind: "threw",
    type: "AssertionError",
    message: "shut",
  });
  expect(await run("def f(): return [][1]")).toEqual({ kind: "threw", type: "IndexError" });
  expect(await run("import json\ndef f(): return json.loads('{')")).toEqual({ kind: "threw", type: "JSONDecodeError" });
});

test("tells what was printed, cut, and which arguments changed", async () => {
  expect(
    await run("def f(a, b):\n  a.append(4)\n  print('berth', len(a), sep=': ')\n  return b", ["[1]", "2"]),
  ).toEqual({
    kind: "returned",
    text: "2",
    changed: [{ index: 0, text: "[1, 4]" }],
    printed: "berth: 2\n",
  });
  const megabytes = await run("def f():\n  for _ in range(20000): print('x' * 100)");
  expect(megabytes.kind === "returned" && megabytes.printed?.length).toBeLessThan(3000);
});

test("tells the lines that were run, when asked", async () => {
  const source =
    "LIMIT = 2\ndef f(depths):\n    total = 0\n    for d in depths:\n        if d > LIMIT:\n            total += d\n    return total\n";
  expect(await runOne(sandboxes, py(source), ["[1, 5]"], true)).toMatchObject({
    text: "5",
    lines: [2, 3, 4, 3, 4, 5, 3, 6],
  });
  expect(await runOne(sandboxes, py(source), ["[1, 5]"])).not.toHaveProperty("lines");
});

test("calls share nothing", async () => {
  const vandal = `
import decimal, json, math
math.pi = 3
json.dumps.calls = 1
decimal.getcontext().prec = 3
calls = []
def f():
    calls.append(1)
    return len(calls), math.pi, decimal.Decimal(1) / 3`;
  const honest = `
import decimal, json, math
def f():
    return math.pi > 3.1, hasattr(json.dumps, "calls"), decimal.Decimal(1) / 3`;
  const request = { programs: [py(vandal), py(honest)], inputs: [[], []] };
  const first = await sandboxes.run(request);
  expect(first[0]).toEqual([0, 1].map(() => ({ kind: "returned", text: "(1, 3, Decimal('0.333'))" })));
  expect(first[1]).toEqual(
    [0, 1].map(() => ({ kind: "returned", text: "(True, False, Decimal('0.3333333333333333333333333333'))" })),
  );
  expect(await sandboxes.run(request)).toEqual(first);
});

test("classes of the library cannot be written on", async () => {
  expect(await run("import collections\ndef f(): collections.Counter.most_common = None")).toEqual({
    kind: "threw",
    type: "TypeError",
  });
});

test.each([
  "().__class__.__base__.__subclasses__()",
  "getattr(object, '__sub' + 'classes__')()",
  "getattr(object, Name('__subclasses__'))()",
  "operator.attrgetter('__class__.__subclasses__')(object)()",
  "operator.methodcaller('__subclasses__')(object)",
  "vars(type)['__subclasses__'](object)",
  "(n for n in []).gi_frame.f_builtins",
  "string.Formatter().get_field('0.__class__', (1,), {})",
  "typing.get_type_hints(Name)",
  "functools.update_wrapper(Taker(), json.dumps, assigned=['__globals__'], updated=[]).taken[0]['json']",
  "dataclasses.make_dataclass('X', ['a'])",
  "__import__('os').system('true')",
  "__builtins__",
  "eval('1 + 1')",
  "json.decoder",
  "collections._sys",
  "statistics.random.random()",
  "enum.sys.modules",
  "1 .__reduce_ex__(2)[0]",
  "(lambda: 0).__globals__",
  "json.dumps.__code__",
])("a program does not get out by %s", async (expression) => {
  const before = `
import collections, dataclasses, enum, functools, json, operator, statistics, string, typing
class Name(str):
    x: "__import__('os')"
    def startswith(self, *_): return False
class Taker:
    taken = []
    def __setattr__(self, name, value): self.taken.append(value)`;
  const outcome = await run(`${before}\ndef f():\n    return ${expression}\n`);
  expect(outcome.kind).not.toBe("returned");
});

test("a pattern does not read closed names", async () => {
  const outcome = await run("def f():\n  match object:\n    case type(__subclasses__=found): return found()");
  expect(outcome).toMatchObject({ by: "program", detail: "uses `__subclasses__`" });
});

test("encodings are those of any Python, or none", async () => {
  expect(await value("'é'.encode('idna'), 'a'.encode('utf-16-le'), b'a'.decode('cp437')")).toBe(
    "(b'xn--9ca', b'a\\x00', 'a')",
  );
  expect(await run("def f(): return 'a'.encode('koi8-r')")).toMatchObject({ kind: "stopped", by: "outside" });
  expect(await run("def f(): return 'a'.encode('of-nobody')")).toMatchObject({ kind: "threw", type: "LookupError" });
});
