import { describe, expect, it } from "vitest";
import type { Step } from "../../server/src/core/model/facts";
import { stepsInside } from "../../server/src/core/model/walkSteps";
import { lowerSource } from "./lowerSource";
import { functionNamed } from "./printSteps";

/** Names bound in `f(self, a, b)` with this body, as `name: type = origin`, and callees of its calls. */
async function boundIn(body: string, imports = ""): Promise<{ names: string[]; callees: string[] }> {
  const lines = body.split("\n").map((line) => `    ${line}\n`);
  const facts = await lowerSource("python", `${imports}\ndef f(self, a, b):\n${lines.join("")}`);
  expect(facts.hasSyntaxErrors).toBe(false);
  const names: string[] = [];
  const callees: string[] = [];
  const bound = (name: string, known: { type?: string; origin?: string }) =>
    names.push(`${name}${known.type ? `: ${known.type}` : ""}${known.origin ? ` = ${known.origin}` : ""}`);
  const visit = (steps: readonly Step[]): void => {
    for (const step of steps) {
      if (step.kind === "assign") bound(step.target, step);
      if (step.kind === "call") callees.push(step.callee);
      if (step.kind === "loop") for (const variable of step.variables) bound(variable.name, variable);
      if (step.kind === "branch")
        for (const arm of step.arms) for (const variable of arm.variables ?? []) bound(`${variable.name}!`, variable);
      for (const inner of stepsInside(step)) visit(inner);
    }
  };
  visit(functionNamed(facts, "f").steps);
  return { names, callees };
}

describe("locals", () => {
  it("says where the parts of a destructured value come from", async () => {
    const { names } = await boundIn(`x, (y, z) = load()
p, *rest, q = self.rows
c, d = A(), B()
u = v = a.b
[s] = b`);
    expect(names).toEqual([
      "x = load()#0",
      "y = load()#1#0",
      "z = load()#1#1",
      "p = self.rows#0",
      "rest",
      "q",
      "c",
      "d",
      "u",
      "v",
      "s = b#0",
    ]);
  });

  it("keeps declared types, also when the value comes later", async () => {
    const { names } = await boundIn(`x: Foo = make()
y: "list[Bar]"
if a:
    y = None`);
    expect(names).toEqual(["x: Foo", 'y: "list[Bar]"']);
  });

  it("says what iterating yields", async () => {
    const { names } = await boundIn(`for x in self.rows: pass
for k, v in a.items(): pass
for i, (m, n) in enumerate(sorted(b.pairs)): pass
for s, t in zip(a.left, b.right()): pass
for w in reversed(a[1:]): pass
for j, fn in (("n", self.go), ("m", b)): pass
print(z.q for z in a if z)
self.u = [o.p for o, _ in b]`);
    expect(names).toEqual([
      "x = self.rows[each]",
      "k = a.items()[each]#0",
      "v = a.items()[each]#1",
      "i = <number>",
      "m = b.pairs[each]#0",
      "n = b.pairs[each]#1",
      "s = a.left[each]",
      "t = b.right()[each]",
      "w = a[each]",
      "j = <string>",
      "fn = self.go",
      "z = a[each]",
      "o = b[each]#0",
      "_ = b[each]#1",
    ]);
  });

  it("knows operators, displays, casts and partial application", async () => {
    const { names } = await boundIn(
      `p = self.root / "x"
q = "%s" % p
r = [Foo(1), Foo(2)]
s = {"a": pkg.Bar()}
t = cast("Foo", a.x)
u = functools.partial(self.run, 1)
v = next(iter(a.rows))
w = b"x"
x = (1, Foo())
y = await a
z = max(a, b)`,
      "from typing import cast",
    );
    expect(names).toEqual([
      "p = self.root.__truediv__()",
      "q",
      "r = <list[Foo]>",
      "s = <dict[str, pkg.Bar]>",
      "t = a.x<Foo>",
      "u = self.run",
      "v = a.rows[each]",
      "w = <bytes>",
      "x = <tuple[int, Foo]>",
      "y = a",
      "z",
    ]);
  });

  it("does not take every function named cast for the one of typing", async () => {
    const { names } = await boundIn("t = cast(Foo.x, Integer)", "from sqlalchemy import cast");
    expect(names).toEqual(["t"]);
  });
});

describe("narrowed names", () => {
  it("knows what isinstance checked, where it holds", async () => {
    const { names } = await boundIn(`if isinstance(a, Foo) and b: pass
elif isinstance(b, (pkg.A, B)): pass
if not isinstance(a, Foo):
    pass
else:
    a.go()
isinstance(b, Bar) and b.go()
x = a.run() if isinstance(a, Foo) else None
print(y.go() for y in b if isinstance(y, Foo))
if isinstance(a, list): pass
if isinstance(a, self.kinds): pass
if isinstance(a, Foo) or b: pass`);
    expect(names).toEqual(["a!: Foo", "b!: pkg.A | B", "a!: Foo", "b!: Bar", "a!: Foo", "x", "y = b[each]", "y!: Foo"]);
  });

  it("knows what a class pattern checked", async () => {
    const { names } = await boundIn(`match a:
    case Foo(name=n): pass
    case Bar() | pkg.Baz(): pass
    case Qux() as q: pass
    case Color.RED: pass
    case [first, Foo() as second]: pass
    case other: pass`);
    expect(names).toEqual([
      "a!: Foo",
      "a!: Bar | pkg.Baz",
      "a!: Qux",
      "n = a<Foo>.name",
      "q = a<Qux>",
      "first = a[]",
      "second = a[]<Foo>",
      "other = a",
    ]);
  });
});

describe("what is known afterwards", () => {
  it("is what an arm that leaves, or an assertion, has checked", async () => {
    const facts = await lowerSource(
      "python",
      `def f(a, b, c, d):
    if not isinstance(a, Foo):
        raise TypeError
    if isinstance(b, Foo):
        return
    if not isinstance(c, Foo):
        print(c)
    assert d is None or isinstance(d, Foo)
`,
    );
    const known = functionNamed(facts, "f").steps.flatMap((step) =>
      step.kind === "branch" || step.kind === "call" ? [step.narrows ?? []] : [],
    );
    expect(known.flat()).toEqual([
      { name: "a", type: "Foo" },
      { name: "d", type: "Foo" },
    ]);
  });
});

describe("what a with statement binds", () => {
  it("is what is entered", async () => {
    const facts = await lowerSource(
      "python",
      `async def f(a):
    async with a.open() as b:
        pass
    with Foo() as c, a as (d, e):
        pass
`,
    );
    const found: unknown[] = [];
    const visit = (steps: readonly Step[]): void => {
      for (const step of steps) {
        if (step.kind === "scope" && step.variable) found.push(step.variable);
        if (step.kind === "assign") found.push({ name: step.target, origin: step.origin });
        for (const inner of stepsInside(step)) visit(inner);
      }
    };
    visit(functionNamed(facts, "f").steps);
    expect(found).toEqual([
      { name: "b", origin: "a.open().__aenter__()" },
      { name: "c", origin: "Foo().__enter__()" },
      { name: "d", origin: "a.__enter__()#0" },
      { name: "e", origin: "a.__enter__()#1" },
    ]);
  });
});

describe("callees", () => {
  it("starts a path with what a value without a name is", async () => {
    const { callees } = await boundIn(
      `"".join(a)
f"{a}".encode()
b"".decode()
[1].append(2)
{}.get(a)
Foo().go()
(lambda: 1)()
(a or b).go()
(self.root / "x").read_text()
t.cast(Foo, a).go()
next(iter(b)).close()
(a < b).go()`,
      "import typing as t",
    );
    expect(callees).toEqual([
      "<string>.join",
      "<string>.encode",
      "<bytes>.decode",
      "<list[int]>.append",
      "<map>.get",
      "Foo",
      "Foo().go",
      "<func#1>",
      "a.go",
      "self.root.__truediv__().read_text",
      "t.cast",
      "a<Foo>.go",
      "iter",
      "next",
      "b[each].close",
      "<boolean>.go",
    ]);
  });
});

describe("declarations", () => {
  it("says where fields get their values, in terms of the file", async () => {
    const facts = await lowerSource(
      "python",
      `class Server:
    registry = make_registry()
    alias = registry
    first, second = split()
    def __init__(self, pool: Pool, size=1, session=None):
        conn = pool.connect()
        self.conn = conn
        self.rows, self.count = load(conn)
        self.session = session or Session()
        self.size = size
        self.task = None
        self.handler = lambda: 1
    def start(self):
        self.task = asyncio.create_task(self.run())
        self.late: Queue[int] = make()
    @classmethod
    def make(cls):
        cls.shared = build()
class Color(Enum):
    RED = 1
    _hidden = 2
`,
    );
    expect(facts.types[0]?.fields.map(({ name, type, origin }) => [name, type ?? `= ${origin}`])).toEqual([
      ["registry", "= make_registry()"],
      ["alias", "= Server.registry"],
      ["first", "= split()#0"],
      ["second", "= split()#1"],
      ["conn", "= <Pool>.connect()"],
      ["rows", "= load()#0"],
      ["count", "= load()#1"],
      ["session", "= Session()"],
      ["size", "= undefined"],
      ["task", "= asyncio.create_task()"],
      ["handler", "= <func#1>"],
      ["late", "Queue[int]"],
      ["shared", "= build()"],
    ]);
    expect(facts.types[1]?.fields.map(({ name, origin }) => [name, origin])).toEqual([
      ["RED", "<Color>"],
      ["_hidden", "<number>"],
    ]);
  });

  it("says where module-level variables get their values, also when a function sets them", async () => {
    const facts = await lowerSource(
      "python",
      `app = Flask(__name__)
host, port = address()
router = app.router
limit: int = compute()
_client = None
def client():
    global _client
    made = connect()
    _client = made.client
    return _client
handlers = {"a": Foo()}
`,
    );
    expect(facts.constants.map(({ name, type, origin }) => [name, type ?? `= ${origin}`])).toEqual([
      ["app", "= Flask()"],
      ["host", "= address()#0"],
      ["port", "= address()#1"],
      ["router", "= app.router"],
      ["limit", "int"],
      ["_client", "= connect().client"],
      ["handlers", "= <dict[str, Foo]>"],
    ]);
  });

  it("reads bounds of type parameters and types made by a call", async () => {
    const facts = await lowerSource(
      "python",
      `T = TypeVar("T", bound="Base")
UserId = NewType("UserId", int)
Point = NamedTuple("Point", [("x", int), ("y", "Foo")])
Row = collections.namedtuple("Row", "a b")
class Box[K: Foo, V]: pass
def first[E: Base](xs: list[E]) -> E: pass
`,
    );
    expect(
      facts.types.map(({ name, form, bases, fields, typeParameters }) => [
        name,
        form,
        bases,
        fields.map((field) => field.type),
        typeParameters,
      ]),
    ).toEqual([
      ["T", "alias", ["Base"], [], []],
      ["UserId", "alias", ["int"], [], []],
      ["Point", "class", ["NamedTuple"], ["int", '"Foo"'], []],
      ["Row", "class", ["NamedTuple"], [], []],
      ["Box", "class", [], [], [{ name: "K", bound: "Foo" }, { name: "V" }]],
    ]);
    expect(functionNamed(facts, "first").typeParameters).toEqual([{ name: "E", bound: "Base" }]);
  });

  it("tells classes inside functions and type aliases apart from other names", async () => {
    const facts = await lowerSource(
      "python",
      `Many = list[Foo]
Either = Foo | None
Named: TypeAlias = "Foo"
FLAGS = re.I | re.M
def f():
    class Local:
        class Inner: pass
        def m(self): pass
    return Local()
class A:
    def g(self):
        class Local: pass
`,
    );
    expect(facts.types.map(({ name, form, bases }) => [name, form, bases])).toEqual([
      ["Many", "alias", ["list[Foo]"]],
      ["Either", "alias", ["Foo | None"]],
      ["Named", "alias", ["Foo"]],
      ["f.Local", "class", []],
      ["f.Local.Inner", "class", []],
      ["A", "class", []],
      ["A.g.Local", "class", []],
    ]);
    expect(facts.functions.map(({ symbol, typeName }) => [symbol, typeName])).toEqual([
      ["f", undefined],
      ["f.Local.m", "f.Local"],
      ["A.g", "A"],
    ]);
  });

  it("hands on what a module imports, and keeps what a function imports to itself", async () => {
    const facts = await lowerSource(
      "python",
      `from .b import c
def f():
    import d
`,
    );
    expect(facts.imports.map(({ localName, exported }) => [localName, exported])).toEqual([
      ["c", true],
      ["d", undefined],
    ]);
  });
});
