import { describe, expect, it } from "vitest";
import type { FileFacts } from "../../server/src/core/model/facts";
import { lowerSource } from "./lowerSource";
import { functionNamed, printSteps } from "./printSteps";

/** The steps of a function `f(a, b, c)` with this body. */
async function stepsOf(body: string, keyword = "def"): Promise<string[]> {
  const lines = body.split("\n").map((line) => `    ${line}\n`);
  const facts = await lowerSource("python", `${keyword} f(a, b, c):\n${lines.join("")}`);
  expect(facts.hasSyntaxErrors).toBe(false);
  return printSteps(facts, "f");
}

function symbols(facts: FileFacts): string[] {
  return facts.functions.map((fn) => fn.symbol);
}

async function shapeOf(text: string, symbol = "f"): Promise<string> {
  return functionNamed(await lowerSource("python", text), symbol).shapeHash;
}

describe("imports, constants and types", () => {
  it("reads every form of import, wherever it stands", async () => {
    const facts = await lowerSource(
      "python",
      `from __future__ import annotations
import os, a.b as c
import x.y.z
from . import q
from ..p.q import (r as s, t)
from m import *
try:
    import fast
except ImportError:
    fast = None
def f():
    from late import one
`,
    );
    expect(facts.imports.map(({ module, member, localName }) => [module, member, localName])).toEqual([
      ["__future__", "annotations", "annotations"],
      ["os", undefined, "os"],
      ["a.b", undefined, "c"],
      ["x.y.z", undefined, "x.y.z"],
      [".", "q", "q"],
      ["..p.q", "r", "s"],
      ["..p.q", "t", "t"],
      ["m", "*", "*"],
      ["fast", undefined, "fast"],
      ["late", "one", "one"],
    ]);
  });

  it("reads assignments outside functions as constants, mutable unless they say otherwise", async () => {
    const facts = await lowerSource(
      "python",
      `LIMIT: int = 3
_CACHE_SIZE = 1 << 4
registry = {}
host, PORT = "h", 1
name: Final = "n"
declared: str
TOTAL = 0
registry = None
def count():
    global TOTAL
    TOTAL += 1
`,
    );
    expect(facts.constants.map(({ name, type, value, mutable }) => [name, type, value, mutable])).toEqual([
      ["LIMIT", "int", "3", false],
      ["_CACHE_SIZE", undefined, "1 << 4", false],
      ["registry", undefined, "{}", true],
      ["host", undefined, undefined, true],
      ["PORT", undefined, undefined, false],
      ["name", "Final", '"n"', false],
      ["declared", "str", undefined, true],
      ["TOTAL", undefined, "0", true],
    ]);
  });

  it("describes classes with their bases, fields and methods", async () => {
    const facts = await lowerSource(
      "python",
      `class Outer(Base[T], pkg.Mixin, Generic[K, V], metaclass=Meta):
    limit: int = 3
    lock = threading.Lock()
    class Inner:
        def m(self): pass
    def __init__(self, db: Database, *, size=1):
        self.db = db
        self.size = size
        self.queue = queue.Queue()
        self.left, self.right = 1, 2
        self.names: list[str] = []
        self.db.name = "x"
    @property
    def size(self): return 1
    @size.setter
    def size(self, value): pass
class Color(enum.Enum):
    RED = 1
class Reader(Protocol):
    def read(self) -> bytes: ...
class Box[T: int]:
    pass
type Pair[A] = tuple[A, A]
`,
    );
    expect(
      facts.types.map((type) => [
        type.form,
        type.name,
        type.typeParameters.map(({ name }) => name),
        type.bases,
        type.methods.map(({ name }) => name),
      ]),
    ).toEqual([
      ["class", "Outer", ["K", "V"], ["Base[T]", "pkg.Mixin", "Generic[K, V]"], ["__init__", "size"]],
      ["class", "Outer.Inner", [], [], ["m"]],
      ["enum", "Color", [], ["enum.Enum"], []],
      ["interface", "Reader", [], ["Protocol"], ["read"]],
      ["class", "Box", ["T"], [], []],
      ["alias", "Pair", [], ["tuple[A, A]"], []],
    ]);
    expect(facts.types[0]?.fields.map(({ name, type }) => [name, type])).toEqual([
      ["limit", "int"],
      ["lock", "threading.Lock"],
      ["db", "Database"],
      ["size", undefined],
      ["queue", "queue.Queue"],
      ["left", undefined],
      ["right", undefined],
      ["names", "list[str]"],
    ]);
    expect(facts.types[2]?.fields.map(({ name }) => name)).toEqual(["RED"]);
  });
});

describe("functions", () => {
  it("names methods after their classes and inner functions after the outer one", async () => {
    const facts = await lowerSource(
      "python",
      `def outer():
    def inner():
        return lambda: 1
    class Local:
        def m(self): pass
    return inner
class A:
    key = lambda self: self
    class B:
        async def m(self): pass
if TYPE_CHECKING:
    def late(): pass
try:
    import x
except ImportError:
    x = lambda: None
    def fallback(): pass
else:
    def found(): pass
handlers = [lambda: 1]
`,
    );
    expect(facts.functions.map(({ symbol, form, typeName, parent }) => [symbol, form, typeName, parent])).toEqual([
      ["outer", "function", undefined, undefined],
      ["outer.inner", "function", undefined, 0],
      ["outer.inner.<anonymous>", "closure", undefined, 1],
      ["outer.Local.m", "method", "outer.Local", 0],
      ["A.<anonymous>", "closure", undefined, undefined],
      ["A.B.m", "method", "A.B", undefined],
      ["late", "function", undefined, undefined],
      ["<anonymous>", "closure", undefined, undefined],
      ["fallback", "function", undefined, undefined],
      ["found", "function", undefined, undefined],
      ["<anonymous>", "closure", undefined, undefined],
    ]);
  });

  it("keeps the receiver apart from the parameters", async () => {
    const facts = await lowerSource(
      "python",
      `class A:
    def m(self, a, b: int, /, c=1, *args: str, d: float = 2.5, **kwargs) -> list[int]: pass
    @classmethod
    def make(cls, *, a): pass
    @staticmethod
    def plain(a): pass
    def anything(*args): pass
def f(self, *, a): pass
`,
    );
    expect(facts.functions.map(({ symbol, receiver }) => [symbol, receiver?.name])).toEqual([
      ["A.m", "self"],
      ["A.make", "cls"],
      ["A.plain", undefined],
      ["A.anything", undefined],
      ["f", undefined],
    ]);
    expect(facts.functions[0]).toMatchObject({
      receiver: { name: "self", pointer: true },
      parameters: [
        { name: "a" },
        { name: "b", type: "int" },
        { name: "c", default: "1" },
        { name: "args", type: "str", rest: true },
        { name: "d", type: "float", default: "2.5" },
        { name: "kwargs", rest: true },
      ],
      results: ["list[int]"],
      metrics: { parameters: 6 },
    });
    expect(facts.functions.slice(1).map(({ parameters }) => parameters.map(({ name }) => name))).toEqual([
      ["a"],
      ["a"],
      ["args"],
      ["self", "a"],
    ]);
  });

  it("tells modifiers from keywords, decorators and yields of its own", async () => {
    const facts = await lowerSource(
      "python",
      `class A:
    def __init__(self): pass
    @property
    def p(self): pass
    @p.setter
    def p(self, v): pass
    @functools.cached_property
    def q(self): pass
    @abc.abstractmethod
    async def r(self): pass
    @staticmethod
    def s(): pass
    @typing.overload
    def t(self, a: int) -> int: ...
async def agen():
    yield 1
def notgen():
    def inner():
        yield 1
    return lambda: (yield)
@app.route("/x", methods=["GET"])
@cached
def view(): pass
`,
    );
    expect(facts.functions.map(({ symbol, form, modifiers }) => [symbol, form, ...modifiers])).toEqual([
      ["A.__init__", "constructor"],
      ["A.p", "method", "getter"],
      ["A.p", "method", "setter"],
      ["A.q", "method", "getter"],
      ["A.r", "method", "async", "abstract"],
      ["A.s", "method", "static"],
      ["A.t", "method", "abstract"],
      ["agen", "function", "async", "generator"],
      ["notgen", "function"],
      ["notgen.inner", "function", "generator"],
      ["notgen.<anonymous>", "closure", "generator"],
      ["view", "function"],
    ]);
    expect(functionNamed(facts, "view").decorators).toEqual(['app.route("/x", methods=["GET"])', "cached"]);
  });

  it("spans the definition without its decorators", async () => {
    const text = "@decorated\nasync def f():\n    pass\n";
    const [fn] = (await lowerSource("python", text)).functions;
    expect(text.slice(fn?.start, fn?.end)).toBe("async def f():\n    pass");
    expect(text.slice(fn?.nameSpan.start, fn?.nameSpan.end)).toBe("f");
    expect(fn?.metrics.lines).toBe(2);
  });

  it("takes the documentation from the first string", async () => {
    const facts = await lowerSource(
      "python",
      `def a():
    """Adds.

      Indented.
    Last.
    """
def b():
    r'raw' "joined"
def c():
    f"not {a}"
def d():
    # Not a docstring.
    return "either"
`,
    );
    expect(facts.functions.map(({ doc }) => doc)).toEqual([
      "Adds.\n\n  Indented.\nLast.",
      "rawjoined",
      undefined,
      undefined,
    ]);
  });

  it("knows test functions from helpers", async () => {
    const text = `def test_a(): pass
def helper(): pass
class TestB:
    def test_b(self): pass
    def testing(self): pass
class C(unittest.TestCase):
    def testC(self): pass
    def setUp(self): pass
`;
    for (const path of ["test_a.py", "a/b_test.py", "tests/a.py", "a/tests/b/c.py"]) {
      const facts = await lowerSource("python", text, path);
      expect(facts.isTest).toBe(true);
      expect(facts.functions.filter((fn) => fn.isTest).map((fn) => fn.name)).toEqual(["test_a", "test_b", "testC"]);
    }
    expect((await lowerSource("python", "", "conftest.py")).isTest).toBe(true);
    const facts = await lowerSource("python", text, "src/contest.py");
    expect(facts.isTest).toBe(false);
    expect(facts.functions.some((fn) => fn.isTest)).toBe(false);
  });
});

describe("assignments", () => {
  it("declares a local the first time it is stored", async () => {
    expect(await stepsOf("x = 1\nx = a\nb = 2\nx += 1\nz: int = 3")).toEqual([
      "let x = 1",
      "read a",
      "set x = a",
      "set b = 2",
      "read x",
      "set x + 1",
      "let z = 3",
    ]);
  });

  it("writes what global and nonlocal name, and declares what they do not", async () => {
    const facts = await lowerSource(
      "python",
      `def f():
    total = 0
    kept = 0
    def inner():
        nonlocal total
        global COUNT
        total += 1
        COUNT = 2
        kept = 3
        del COUNT
`,
    );
    expect(printSteps(facts, "f.inner")).toEqual([
      "read total",
      "write total + 1",
      "write COUNT = 2",
      "let kept = 3",
      "write COUNT del ?[]",
    ]);
  });

  it("writes fields and elements with their keys", async () => {
    expect(await stepsOf('a.n = 1\na["k"][b].n += 2\na[1:] = b\ndel a.n, c[0], b\ntype(a).n = 3')).toEqual([
      "write a.n = 1",
      "read b",
      "read a[][].n",
      'write a[][].n{"k", b} + 2',
      "read b",
      "write a[]{(: 1)} = b",
      "write a.n del ?[]",
      "write c[]{0} del ?[]",
      "read a",
      "call type(a)",
      "write type().n = 3",
    ]);
  });

  it("unpacks side by side where it can", async () => {
    expect(await stepsOf("x, y = a, 1\n(p, *q), [r] = a\nm = n = 0")).toEqual([
      "read a",
      "let x = a",
      "let y = 1",
      "read a",
      "let p = ?[?[a]]",
      "let q = ?[?[a]]",
      "let r = ?[?[a]]",
      "let m = 0",
      "let n = 0",
    ]);
  });

  it("stores in a walrus before the name is read", async () => {
    expect(await stepsOf("while (n := a()) > 3:\n    pass")).toEqual([
      "while  over _",
      "  ? call a()",
      "  ? let n = a()",
      "  ? read n",
      "- while (> n 3)",
    ]);
  });
});

describe("control flow", () => {
  it("nests elif in the else arm", async () => {
    expect(await stepsOf("if a and not b:\n    x()\nelif c:\n    y()\nelse:\n    z()")).toEqual([
      "read a",
      "read b",
      "if (&& a (! b))",
      "-",
      "  call x()",
      "- default",
      "  read c",
      "  if c",
      "  -",
      "    call y()",
      "  - default",
      "    call z()",
    ]);
  });

  it("gives the right side of and/or an arm when it does something", async () => {
    expect(await stepsOf("return a or b()")).toEqual([
      "read a",
      "logical (! a)",
      "-",
      "  call b()",
      "return (|| a b())",
    ]);
  });

  it("runs the else of a loop always, or only when nothing breaks", async () => {
    expect(
      await stepsOf("for i, (j, a.k) in b:\n    continue\nelse:\n    x()\nfor i in 1, 2:\n    break\nelse:\n    y()"),
    ).toEqual([
      "read b",
      "each i,j over b",
      "- while _",
      "  write a.k = ?[b]",
      "  continue",
      "call x()",
      "each i over tuple:[1, 2]",
      "- while _",
      "  break",
      "if _",
      "-",
      "  call y()",
    ]);
  });

  it("lists what each handler catches", async () => {
    const body = `try:
    x()
except A:
    pass
except (B, c.D) as e:
    raise
except:
    raise Err() from e
else:
    y()
finally:
    z()
try:
    x()
except* A as group:
    pass`;
    expect(await stepsOf(body)).toEqual([
      "try",
      "  call x()",
      "  call y()",
      "catch A _",
      "catch B|c.D e",
      "  throw _",
      "catch  _",
      "  new Err()",
      "  read e",
      "  throw Err()",
      "finally",
      "  call z()",
      "try",
      "  call x()",
      "catch A group",
    ]);
  });

  it("holds what with opens while the body runs", async () => {
    expect(await stepsOf("with open(a) as x, b.lock:\n    y()\nwith c as (p, a.q):\n    pass")).toEqual([
      "read a",
      "call open(a)",
      "with open(a) as x",
      "  read b.lock",
      "  with b.lock as _",
      "    call y()",
      "read c",
      "with c as _",
      "  let p = ?[?[c]]",
      "  write a.q = ?[?[c]]",
    ]);
  });

  it("matches values, types and shapes", async () => {
    const body = `match a, b:
    case 1 | -2: pass
    case "x" if c: y()
    case Foo(x=1, y=A.b): pass
    case [p, *q]: pass
    case {"k": v, **rest}: pass
    case m, n: pass
    case None as w: pass
    case (r): pass
match a:
    case s,: pass
    case _: pass`;
    expect(await stepsOf(body)).toEqual([
      "read a",
      "read b",
      "switch tuple:[a, b]",
      "- 1, (- 2)",
      '- "x"',
      "  read c",
      "  if c",
      "  -",
      "    call y()",
      "- Foo",
      "  read A.b",
      "- list:[?[], ?[]]",
      "  let p = ?[tuple:[a, b]]",
      "  let q = ?[tuple:[a, b]]",
      '- map:{"k"}[?[], ?[]]',
      "  let v = ?[tuple:[a, b]]",
      "  let rest = ?[tuple:[a, b]]",
      "- tuple:[?[], ?[]]",
      "  let m = ?[tuple:[a, b]]",
      "  let n = ?[tuple:[a, b]]",
      "- None",
      "  let w = ?[tuple:[a, b]]",
      "- default",
      "  let r = ?[tuple:[a, b]]",
      "read a",
      "switch a",
      "- tuple:[?[]]",
      "  let s = ?[a]",
      "- default",
    ]);
  });

  it("asserts with a call and yields with a step", async () => {
    expect(await stepsOf('assert a == 1, "m"\nx = yield b\nyield from c\nyield')).toEqual([
      "read a",
      'call assert((== a 1), "m")',
      "read b",
      "yield b",
      "let x = ?[]",
      "read c",
      "yield c",
      "yield _",
    ]);
  });

  it("survives a thousand elifs", async () => {
    const chain = Array.from({ length: 1000 }, (_, i) => `elif a == ${i}:\n    x${i}()`).join("\n");
    const facts = await lowerSource("python", `def f(a):\n    if a:\n        pass\n${chain.replace(/^/gm, "    ")}\n`);
    expect(JSON.stringify(functionNamed(facts, "f").steps)).toContain("x999");
  });
});

describe("expressions", () => {
  it("says which calls are awaited", async () => {
    const facts = await lowerSource(
      "python",
      `async def f(a):
    x = await a.get(b())
    async with a.open() as y:
        async for z in a.rows():
            pass
    await a
    a.get()
`,
    );
    const awaited: string[] = [];
    JSON.stringify(facts.functions[0]?.steps, (_, value) => {
      if (value?.kind === "call" && value.awaited) awaited.push(value.callee);
      return value;
    });
    expect(awaited).toEqual(["a.get", "a.open", "a.rows"]);
    expect(printSteps(facts, "f").slice(-2)).toEqual(["read a", "call a.get()"]);
  });

  it("keeps the names of keyword arguments", async () => {
    expect(await stepsOf("a.b(1, *b, timeout=3, **c).d(Foo.bar())")).toEqual([
      "read b",
      "read c",
      "call a.b(1, ?[b], object:{timeout}[3], ?[c])",
      "call Foo.bar()",
      "call a.b().d(Foo.bar())",
    ]);
  });

  it("chains comparisons and keeps operators as written", async () => {
    expect(await stepsOf("return 0 < a <= b, a is  not b, a not in c, -a ** ~b // 2")).toEqual([
      "read a",
      "read b",
      "read a",
      "read b",
      "read a",
      "read c",
      "read a",
      "read b",
      "return (&& (< 0 a) (<= a b)), (is not a b), (not in a c), (// (- (** a (~ b))) 2)",
    ]);
  });

  it("branches on a conditional expression only when an arm does something", async () => {
    expect(await stepsOf("x = a if b else 1\nx = a() if b else 1")).toEqual([
      "read b",
      "read a",
      "let x = (b ? a : 1)",
      "read b",
      "conditional b",
      "-",
      "  call a()",
      "- default",
      "set x = (b ? a() : 1)",
    ]);
  });

  it("does not take the backslash at the end of a line for code", async () => {
    const lines = "x = a() \\\n  if b else \\\n  c()\na(b, \\\n  c)\nreturn a, \\\n  b";
    expect(await stepsOf(lines)).toEqual(await stepsOf(lines.replaceAll("\\\n", "")));
    const shape = await shapeOf("def f(a):\n    return a.b() or a\n");
    expect(await shapeOf("def f(a):\n    return a.b() \\\n        or a\n")).toBe(shape);
  });

  it("loops in comprehensions", async () => {
    expect(
      await stepsOf("x = [i * 2 for i in a if i for j in b() if j]\ny = {k: v() for k in a if k}\nsum(i for i in a)"),
    ).toEqual([
      "read a",
      "comprehension i over a",
      "- while _",
      "  read i",
      "  if i",
      "  -",
      "    call b()",
      "    comprehension j over b()",
      "    - while _",
      "      read j",
      "      read i",
      "let x = list:[(* i 2)]",
      "read a",
      "comprehension k over a",
      "- while _",
      "  read k",
      "  if k",
      "  -",
      "    read k",
      "    call v()",
      "let y = map:{k}[v()]",
      "read a",
      "comprehension i over a",
      "- while _",
      "  read i",
      "call sum(list:generator[i])",
    ]);
  });

  it("takes strings apart", async () => {
    expect(
      await stepsOf('x = f"p{a!r:>{b}}q{c=}"\nx = "a" \'b\'\nx = rb"\\d"\nx = """l\n"""\nx = "" f"{a}"\nx = "it\'s"'),
    ).toEqual([
      "read a",
      "read b",
      "read c",
      'let x = template:["p", a, b, "q", c]',
      'set x = "ab"',
      'set x = "\\\\d"',
      'set x = "l "',
      "read a",
      "set x = template:[a]",
      'set x = "it\'s"',
    ]);
  });

  it("builds collections, slices and literals", async () => {
    expect(
      await stepsOf(
        "x = [1, *a]\nx = {'k': 1, **b}\nx = {2}\nx = ()\nx = a[:b], a[b:], a[1, 2]\nx = None, True, 1j, ...",
      ),
    ).toEqual([
      "read a",
      "let x = list:[1, ?[a]]",
      "read b",
      'set x = map:{"k", ?[]}[1, ?[b]]',
      "set x = set:[2]",
      "set x = tuple:[]",
      "read a",
      "read b",
      "read a",
      "read b",
      "read a[]",
      "set x = tuple:[([:] a None b), ([:] a b), a[]{tuple:[1, 2]}]",
      "set x = tuple:[None, True, 1j, ?[]]",
    ]);
  });

  it("makes functions where they are defined", async () => {
    const facts = await lowerSource(
      "python",
      `def f(a):
    @wrap(a)
    def inner(x=a): pass
    key = lambda x, y=a.b: x
    class Local(a.Base):
        n = a.m()
        def m(self): pass
    return sorted(a, key=lambda x: x.n)
`,
    );
    expect(printSteps(facts, "f")).toEqual([
      "read a",
      "call wrap(a)",
      "read a",
      "lambda #1",
      "let inner = #1",
      "read a.b",
      "lambda #2",
      "let key = #2",
      "read a.Base",
      "call a.m()",
      "write Local.n = a.m()",
      "lambda #3",
      "let Local = ?[]",
      "read a",
      "lambda #4",
      "call sorted(a, object:{key}[#4])",
      "return sorted(a, object:{key}[#4])",
    ]);
    expect(printSteps(facts, "f.<anonymous>")).toEqual(["read x", "return x"]);
  });

  it("reads Python 2's print", async () => {
    expect(await stepsOf('print "x", a')).toEqual(["read a", 'call print("x", a)']);
  });
});

describe("measures", () => {
  const cognitive = async (text: string, symbol = "f") =>
    functionNamed(await lowerSource("python", text), symbol).metrics.cognitive;

  it("counts else of loops and try, handlers and matches", async () => {
    expect(await cognitive("def f(a):\n  for x in a:\n    pass\n  else:\n    if x:\n      pass\n")).toBe(4);
    expect(
      await cognitive("def f(a):\n  try:\n    pass\n  except A:\n    pass\n  else:\n    if a:\n      pass\n"),
    ).toBe(4);
    expect(await cognitive("def f(a):\n  match a:\n    case 1 if a and b:\n      if a:\n        pass\n")).toBe(4);
    expect(await cognitive("def f(a):\n  return [x if y else z for x in a if x and y]\n")).toBe(2);
  });

  it("does not nest the only function of a wrapper", async () => {
    const decorator = (extra: string) =>
      `def f(a):\n  ${extra}\n  def inner(b):\n    if b:\n      pass\n  return inner\n`;
    expect(await cognitive(decorator("# nothing"))).toBe(1);
    expect(await cognitive(decorator("x = 1"))).toBe(2);
  });

  it("tells a function that calls itself from a method that calls its namesake", async () => {
    const facts = await lowerSource(
      "python",
      `def f(): f()
class A:
    def f(self): f()
    def g(self): self.g()
    def h(self, other): other.h()
    @classmethod
    def i(cls): cls.i()
    def j(self): A.j(self)
    def k(self): super().k()
`,
    );
    expect(facts.functions.filter((fn) => fn.callsItself).map((fn) => fn.symbol)).toEqual(["f", "A.g", "A.i", "A.j"]);
  });

  it("counts paths", async () => {
    const facts = await lowerSource(
      "python",
      `def f(a, b):
    x = [i for i in a if i] if a and b or x else 1
    match a:
        case 1: pass
        case 2 if b: pass
        case _: pass
`,
    );
    expect(facts.functions[0]?.metrics.cyclomatic).toBe(1 + 2 + 1 + 2 + 3);
  });
});

describe("shape", () => {
  it("does not see names of locals, docstrings, comments, parentheses and quotes", async () => {
    const one = await shapeOf('def f(a):\n    x = g(a, k="v")\n    return x\n');
    expect(await shapeOf("def f(b):\n  'Doc.'\n  # note\n  y = (g(b, k='v'))\n\n  return (y)\n")).toBe(one);
    expect(await shapeOf('def other(a):\n    x = g(a, k="v")\n    return x\n', "other")).toBe(one);
  });

  it("sees keyword names, attributes, operators, constants and calls", async () => {
    const shapes = await Promise.all(
      [
        "g(a, k=1)",
        "g(a, l=1)",
        "g(a.k, k=1)",
        "g(a.l, k=1)",
        "h(a, k=1)",
        "g(a, k=2)",
        "g(-a, k=1)",
        'g(a, k="1")',
      ].map((call) => shapeOf(`def f(a):\n    k = l = ${call}\n`)),
    );
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});

describe("damaged files", () => {
  const source = `import os
LIMIT = 3

def first(x):
    return x + 1

class A(Base):
    def m1(self):
        return os.getcwd()

    def m2(self, y):
        @@
        return y

    def m3(self):
        if self.m1():
            return 3

def last():
    pass
`;
  it.each(["foo(", "self.", "x = ", "for", "x = [i for", "if y", "return )", "y = {", "lambda", "else:"])(
    "keeps the functions around %s",
    async (broken) => {
      const facts = await lowerSource("python", source.replace("@@", broken));
      expect(facts.hasSyntaxErrors).toBe(true);
      expect(symbols(facts)).toEqual(["first", "A.m1", "A.m2", "A.m3", "last"]);
      expect(facts.functions.filter((fn) => fn.damaged).map((fn) => fn.symbol)).toEqual(["A.m2"]);
      expect([facts.imports.length, facts.types.length, facts.constants.length]).toEqual([1, 1, 1]);
    },
  );
});
