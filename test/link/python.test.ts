import { beforeAll, describe, expect, it } from "vitest";
import { resolveSettings } from "../../server/src/core/base/settings";
import { Engine } from "../../server/src/core/engine/engine";
import { FileExtractor } from "../../server/src/core/engine/extractor";
import { type Settings, settingDefinitions } from "../../server/src/core/engine/settings";
import { functionIds } from "../../server/src/core/model/link/links";
import { syntaxHost } from "../support/workspaces";

let extractor: FileExtractor;

beforeAll(async () => {
  extractor = await FileExtractor.create(syntaxHost);
});

async function modelOf(files: Readonly<Record<string, string>>) {
  const { values } = resolveSettings(settingDefinitions, () => undefined);
  const engine = new Engine(async () => extractor, values as Settings);
  engine.setConfigurations(new Map(Object.entries(files).filter(([path]) => !path.endsWith(".py"))));
  for (const [path, text] of Object.entries(files)) if (path.endsWith(".py")) await engine.setFile(path, text);
  return engine.analysis().model;
}

/**
 * What the calls of functions named `use` reach: `callee -> functions` of the workspace (`|` when it is decided at run
 * time), `callee => module.symbol` outside, `callee ?` when nothing is known. Constructors of exceptions are left out.
 */
async function reached(files: Readonly<Record<string, string>>): Promise<string[]> {
  const model = await modelOf(files);
  const found: string[] = [];
  for (const file of model.files.values()) {
    expect(file.hasSyntaxErrors, file.path).toBe(false);
    file.functions.forEach((fn, index) => {
      if (fn.name !== "use") return;
      const links = model.functions.get(functionIds(file)[index] as string)?.links;
      fn.calls.forEach(({ callee }, i) => {
        const { functions = [], external, dynamic } = links?.calls[i] ?? {};
        const targets = functions.map((id) => (id.startsWith(`${file.path}#`) ? id.slice(file.path.length + 1) : id));
        if (targets.length > 0) found.push(`${callee} -> ${targets.join(dynamic ? " | " : ", ")}`);
        else found.push(external ? `${callee} => ${external.module}.${external.symbol}` : `${callee} ?`);
      });
    });
  }
  return found;
}

const inFile = (source: string) => reached({ "a.py": source });

describe("names", () => {
  it("are looked for in the file, in imports of every kind, and in the builtin names", async () => {
    expect(
      await reached({
        "app/__init__.py": "from .store import make as build\n",
        "app/store.py": "def make(): pass\ndef keep(): pass\n",
        "app/all.py": "from .store import *\n",
        "app/main.py": `import app.store
import app.store as st
import os.path, concurrent.futures
from app import build
from . import store
from .all import keep
from requests import get
def near(): pass
def use():
    near()
    app.store.make()
    app.build()
    st.make()
    build()
    store.make()
    keep()
    get("u")
    os.getcwd()
    os.path.join("a")
    concurrent.futures.wait([])
    len([])
    missing()
`,
      }),
    ).toEqual([
      "near -> near",
      "app.store.make -> app/store.py#make",
      "app.build -> app/store.py#make",
      "st.make -> app/store.py#make",
      "build -> app/store.py#make",
      "store.make -> app/store.py#make",
      "keep -> app/store.py#keep",
      "get => requests.get",
      "os.getcwd => os.getcwd",
      "os.path.join => os.path.join",
      "concurrent.futures.wait => concurrent.futures.wait",
      "len => builtin.len",
      "missing ?",
    ]);
  });

  it("are not confused by packages of one name, nor by import cycles", async () => {
    expect(
      await reached({
        "a/pyproject.toml": "",
        "a/app/__init__.py": "",
        "a/app/store.py": "from app.main import use\ndef make(): pass\n",
        "a/app/main.py": "from app.store import make\ndef use(): make()\n",
        "b/pyproject.toml": "",
        "b/app/__init__.py": "",
        "b/app/store.py": "def make(): pass\n",
        "b/app/main.py": "from app.store import make, use\ndef use(): make()\n",
        "cycle/__init__.py": "from .x import f\n",
        "cycle/x.py": "from . import f\ndef use(): f()\n",
      }),
    ).toEqual(["make -> a/app/store.py#make", "make -> b/app/store.py#make", "f ?"]);
  });
});

describe("types", () => {
  it("come from constructors, annotations, literals and results", async () => {
    expect(
      await inFile(`class Foo:
    def go(self): return Bar()
    @classmethod
    def make(cls): return cls()
    def itself(self) -> "Foo": return self
class Bar:
    def end(self): pass
def untyped(): return Foo()
async def later() -> Foo: ...
def use(a: Foo, b: "Foo | None", c: list[Foo], d: dict[str, Foo], e: type[Foo], f=Foo(), *rest: Foo):
    Foo().go().end()
    Foo.make().go()
    a.go()
    b.itself().go()
    c[0].go()
    d["x"].go()
    d.get("x").go()
    e().go()
    f.go()
    rest[0].go()
    x = untyped()
    x.go()
    y = await later()
    y.go()
    "".join([]).upper()
`),
    ).toEqual([
      "Foo ?",
      "Foo().go -> Foo.go",
      "Foo().go().end -> Bar.end",
      "Foo.make -> Foo.make",
      "Foo.make().go -> Foo.go",
      "a.go -> Foo.go",
      "b.itself -> Foo.itself",
      "b.itself().go -> Foo.go",
      "c[].go -> Foo.go",
      "d[].go -> Foo.go",
      "d.get => typing.Mapping.get",
      "d.get().go -> Foo.go",
      "e ?",
      "e().go -> Foo.go",
      "f.go -> Foo.go",
      "rest[].go -> Foo.go",
      "untyped -> untyped",
      "x.go -> Foo.go",
      "later -> later",
      "y.go -> Foo.go",
      "<string>.join => builtin.str.join",
      "<string>.join().upper => builtin.str.upper",
    ]);
  });

  it("are those of what a loop, a comprehension or a destructuring takes out", async () => {
    expect(
      await inFile(`from typing import Iterator
class Foo:
    def go(self): pass
    def __iter__(self) -> "Iterator[Bar]": ...
class Bar:
    def end(self): pass
def pair() -> tuple[Foo, Bar]: ...
class Holder:
    def __init__(self, rows: dict[str, Foo]):
        self.rows = rows
    def use(self):
        for k, v in self.rows.items():
            v.go()
        for i, (k, v) in enumerate(sorted(self.rows.items())):
            v.go()
        ranked = sorted(self.rows.values())
        ranked[0].go()
        for x, y in zip(ranked, Foo()):
            x.go()
            y.end()
        a, b = pair()
        b.end()
        [w.go() for w in ranked if w]
        next(iter(self.rows.values())).go()
`),
    ).toEqual([
      "self.rows.items => typing.Mapping.items",
      "v.go -> Foo.go",
      "self.rows.items => typing.Mapping.items",
      "sorted => builtin.sorted",
      "enumerate => builtin.enumerate",
      "v.go -> Foo.go",
      "self.rows.values => typing.Mapping.values",
      "sorted => builtin.sorted",
      "ranked[].go -> Foo.go",
      "Foo ?",
      "zip => builtin.zip",
      "x.go -> Foo.go",
      "y.end -> Bar.end",
      "pair -> pair",
      "b.end -> Bar.end",
      "w.go -> Foo.go",
      "self.rows.values => typing.Mapping.values",
      "iter => builtin.iter",
      "next => builtin.next",
      "self.rows.values()[each].go -> Foo.go",
    ]);
  });

  it("are those of what a file puts into a collection that says nothing itself", async () => {
    expect(
      await reached({
        "yard/hulls.py": `class Hull:
    def paint(self): pass
class Raft:
    def paint(self): pass
    def sink(self): pass
class Sail:
    def furl(self): pass
class Oar:
    def furl(self): pass
class Rudder:
    def furl(self): pass
class Mast:
    def furl(self): pass
`,
        "yard/docks.py": `from collections import defaultdict, deque
from .hulls import Hull, Raft, Sail, Oar, Rudder, Mast
berths = {}
names: list[str] = []
class Dock:
    waiting = deque()
    def __init__(self, outside):
        self.hulls = {}
        self.mixed = []
        self.crews = defaultdict(list)
        self.spare = set()
        self.parts = []
        self.outside = outside
        self.latest: dict[str, Raft] = {}
    def enter(self, number, raft: Raft):
        hull = Hull(number)
        self.hulls[number] = hull
        self.mixed.append(hull)
        self.mixed.append(raft)
        self.crews[number].append(raft)
        self.crews.setdefault(number, []).append(Raft())
        self.spare.add(Hull())
        self.waiting.appendleft(hull)
        self.outside.add(hull)
        self.latest[number] = hull
        for part in (Sail(), Oar(), Rudder(), Mast()):
            self.parts.append(part)
        self.parts.append(Sail())
        self.parts.append(Oar())
        self.parts.append(Rudder())
        self.parts.append(Mast())
        berths[number] = self
        names.append(hull)
`,
        "yard/main.py": `from . import docks
from .docks import Dock, names
def use(dock: Dock, number):
    dock.hulls[number].paint()
    dock.hulls.get(number).paint()
    [hull.paint() for _, hull in dock.hulls.items()]
    dock.mixed[0].paint()
    dock.mixed[0].sink()
    dock.crews[number][0].sink()
    dock.spare.pop().paint()
    dock.waiting[0].paint()
    docks.berths[number].enter(1, None)
    dock.outside.first.paint()
    dock.latest[number].sink()
    dock.parts[0].furl()
    names[0].paint()
`,
      }),
    ).toEqual([
      "dock.hulls[].paint -> yard/hulls.py#Hull.paint",
      "dock.hulls.get => typing.Mapping.get",
      "dock.hulls.get().paint -> yard/hulls.py#Hull.paint",
      "dock.hulls.items => typing.Mapping.items",
      "hull.paint -> yard/hulls.py#Hull.paint",
      "dock.mixed[].paint -> yard/hulls.py#Hull.paint | yard/hulls.py#Raft.paint",
      "dock.mixed[].sink -> yard/hulls.py#Raft.sink",
      "dock.crews[][].sink -> yard/hulls.py#Raft.sink",
      "dock.spare.pop => builtin.set.pop",
      "dock.spare.pop().paint -> yard/hulls.py#Hull.paint",
      "dock.waiting[].paint -> yard/hulls.py#Hull.paint",
      "docks.berths[].enter -> yard/docks.py#Dock.enter",
      "dock.outside.first.paint ?",
      "dock.latest[].sink -> yard/hulls.py#Raft.sink",
      "dock.parts[].furl ?",
      "names[].paint => builtin.str.paint",
    ]);
  });

  it("are known more closely where the code has checked", async () => {
    expect(
      await inFile(`class Foo:
    def go(self): pass
class Bar:
    def go(self): pass
def use(a, b, c, d, e):
    if isinstance(a, Foo):
        a.go()
    a.go()
    if not isinstance(b, Bar):
        return
    b.go()
    assert isinstance(c, Foo)
    c.go()
    match d:
        case Foo():
            d.go()
        case Bar() as bar:
            bar.go()
    isinstance(e, (Foo, Bar)) and e.go()
`),
    ).toEqual([
      "isinstance => builtin.isinstance",
      "a.go -> Foo.go",
      "a.go ?",
      "isinstance => builtin.isinstance",
      "b.go -> Bar.go",
      "isinstance => builtin.isinstance",
      "assert => builtin.assert",
      "c.go -> Foo.go",
      "d.go -> Foo.go",
      "bar.go -> Bar.go",
      "isinstance => builtin.isinstance",
      "e.go -> Foo.go | Bar.go",
    ]);
  });

  it("follow type variables to their bounds and arguments", async () => {
    expect(
      await inFile(`from typing import Generic, TypeVar, NewType
class Foo:
    def go(self): pass
T = TypeVar("T", bound=Foo)
Name = NewType("Name", Foo)
Many = list[Foo]
class Box(Generic[T]):
    def __init__(self, value: T):
        self.value = value
    def get(self) -> T: return self.value
def use(a: T, b: Box[Foo], c: Name, d: Many):
    a.go()
    b.get().go()
    b.value.go()
    c.go()
    d[0].go()
`),
    ).toEqual([
      "a.go -> Foo.go",
      "b.get -> Box.get",
      "b.get().go -> Foo.go",
      "b.value.go -> Foo.go",
      "c.go -> Foo.go",
      "d[].go -> Foo.go",
    ]);
  });
});

describe("members", () => {
  it("are fields set anywhere in a class, properties, and module-level singletons", async () => {
    expect(
      await reached({
        "db.py": `class Database:
    def __init__(self, url): pass
    def query(self): pass
    @property
    def pool(self): return Pool()
class Pool:
    def take(self): pass
db = Database("u")
_client = None
def client():
    global _client
    if _client is None:
        _client = Database("v")
    return _client
`,
        "app.py": `from db import db, client, Database
from dataclasses import dataclass
@dataclass
class Config:
    database: Database
class Server:
    kind = Database
    def __init__(self, config: Config, other=None):
        made = config.database
        self.db = made
        self.late = None
        self.other = other or Database("w")
    def start(self):
        self.late = db.pool
    def use(self):
        db.query()
        client().query()
        self.db.query()
        self.db.pool.take()
        self.late.take()
        self.other.query()
        self.kind("x").query()
        self.missing.query()
`,
      }),
    ).toEqual([
      "db.query -> db.py#Database.query",
      "client -> db.py#client",
      "client().query -> db.py#Database.query",
      "self.db.query -> db.py#Database.query",
      "self.db.pool.take -> db.py#Pool.take",
      "self.late.take -> db.py#Pool.take",
      "self.other.query -> db.py#Database.query",
      "self.kind -> db.py#Database.__init__",
      "self.kind().query -> db.py#Database.query",
      "self.missing.query ?",
    ]);
  });

  it("are inherited in the order of the language", async () => {
    expect(
      await inFile(`import abc
class Root:
    def __init__(self): pass
    def a(self): pass
    def b(self): pass
class Left(Root):
    def a(self): pass
class Right(Root):
    def __init__(self): pass
    def b(self): pass
class Both(abc.ABC, Left, Right):
    def b(self):
        pass
    def use(self):
        self.a()
        self.b()
        super().b()
        Both()
        type(self)().a()
        self.__class__.b(self)
`),
    ).toEqual([
      "self.a -> Left.a",
      "self.b -> Both.b",
      "super => builtin.super",
      "super().b -> Right.b",
      "Both -> Right.__init__",
      "type => builtin.type",
      "self.__class__ -> Right.__init__",
      "self.__class__().a -> Left.a",
      "self.__class__.b -> Both.b",
    ]);
  });

  it("of an abstract class or a protocol are those that implement it, when few", async () => {
    expect(
      await inFile(`from abc import ABC, abstractmethod
from typing import Protocol
class Shape(ABC):
    @abstractmethod
    def area(self): ...
class Square(Shape):
    def area(self): return 1
class Circle(Shape):
    def area(self): return 3
class Reader(Protocol):
    def read(self) -> bytes: ...
class File(Reader):
    def read(self): return b""
def use(shape: Shape, reader: Reader):
    shape.area()
    reader.read()
`),
    ).toEqual(["shape.area -> Square.area | Circle.area", "reader.read -> File.read"]);
  });

  it("that a protocol of one method asks for are those that take the same, where all of the name do", async () => {
    expect(
      await inFile(`from typing import Protocol
class System(Protocol):
    async def on_tide(self, number: int) -> None: ...
class Buoys:
    async def on_tide(self, number: int) -> None:
        print(number)
class Lamps:
    async def on_tide(self, number):
        print(number)
class Sink(Protocol):
    def put(self, line: str) -> None: ...
class Printer:
    def put(self, line: str) -> None:
        print(line)
class Store:
    def put(self, key: str, value: str) -> None:
        print(key)
async def use(system: System, sink: Sink):
    await system.on_tide(1)
    sink.put("")
`),
    ).toEqual(["system.on_tide -> Buoys.on_tide | Lamps.on_tide", "sink.put -> Sink.put"]);
  });

  it("that a class leaves to those which inherit them are theirs", async () => {
    expect(
      await inFile(`class Berth:
    def moor(self, ship):
        """Those that inherit this say how."""
    def leave(self, ship):
        raise NotImplementedError("leave")
    def count(self):
        return 0
    def idle(self): pass
class Quay(Berth):
    def moor(self, ship): return 1
    def leave(self, ship): return 2
    def count(self): return 3
def use(berth: Berth):
    berth.moor(1)
    berth.leave(1)
    berth.count()
    berth.idle()
`),
    ).toEqual([
      "berth.moor -> Quay.moor",
      "berth.leave -> Quay.leave",
      "berth.count -> Berth.count",
      "berth.idle -> Berth.idle",
    ]);
  });

  it("of what a with statement hands over", async () => {
    expect(
      await inFile(`from contextlib import contextmanager
from typing import Iterator
class Session:
    def run(self): pass
class Opener:
    def __enter__(self) -> Session: ...
class Plain:
    def go(self): pass
@contextmanager
def opened() -> Iterator[Session]:
    yield Session()
@contextmanager
def made():
    yield Session()
def use():
    with Opener() as a, Plain() as b, opened() as c, made() as d:
        a.run()
        b.go()
        c.run()
        d.run()
`),
    ).toEqual([
      "Opener ?",
      "Plain ?",
      "opened -> opened",
      "made -> made",
      "a.run -> Session.run",
      "b.go -> Plain.go",
      "c.run -> Session.run",
      "d.run -> Session.run",
    ]);
  });

  it("of classes inside functions, which share names with others", async () => {
    expect(
      await inFile(`def first():
    class Local:
        def go(self): pass
    def use():
        Local().go()
def second():
    class Local:
        def go(self): pass
        def use(self):
            self.go()
    Local().go()
`),
    ).toEqual(["Local ?", "Local().go -> first.Local.go", "self.go -> second.Local.go"]);
  });
});

describe("functions as values", () => {
  it("are followed through names, methods, partial application and parameters of known callers", async () => {
    expect(
      await inFile(`import functools
class Foo:
    def go(self): pass
def helper(): pass
handler = helper
def use(foo: Foo):
    run = foo.go
    run()
    handler()
    bound = functools.partial(foo.go, 1)
    bound()
    def inner(): pass
    inner()
    (lambda: helper())()
    for fn in (helper, inner):
        fn()
`),
    ).toEqual([
      "run -> Foo.go",
      "handler -> helper",
      "functools.partial => functools.partial",
      "bound -> Foo.go",
      "inner -> use.inner",
      "<func#4> -> use.<anonymous>",
      "fn -> helper",
    ]);
  });

  it("are handed over by position and by name", async () => {
    const model = await modelOf({
      "a.py": `import threading
class Worker:
    def run(self): pass
    def use(self):
        threading.Thread(target=self.run).start()
        later(1, then=self.run)
def later(delay, then): then()
`,
    });
    const { links } = model.functions.get("a.py#Worker.use") ?? {};
    expect([...(links?.handedOver ?? [])].map(([call, handed]) => [call, handed])).toEqual([
      [0, [{ argument: 1, functions: ["a.py#Worker.run"] }]],
      [2, [{ argument: 1, functions: ["a.py#Worker.run"] }]],
    ]);
  });
});

describe("what is outside", () => {
  it("is followed through the catalog", async () => {
    expect(
      await inFile(`import sqlite3, threading, asyncio, logging
from pathlib import Path
from sqlalchemy.orm import Session, sessionmaker
from celery import shared_task
import redis
logger = logging.getLogger(__name__)
Local = sessionmaker()
@shared_task
def task(): pass
class Service:
    def __init__(self):
        self.lock = threading.Lock()
        self.conn = sqlite3.connect("x")
        self.cache = redis.Redis()
    def use(self, base: Path, session: Session):
        with self.lock:
            self.conn.cursor().execute("select 1").fetchall()
        (base / "x").read_text().split()
        base.parent.joinpath("y").unlink()
        with Local() as made:
            made.query(1).filter().all()
        session.execute(1).scalars().first()
        logger.info("x")
        self.cache.get("k")
        task.delay()
`),
    ).toEqual([
      "self.conn.cursor => sqlite3.Connection.cursor",
      "self.conn.cursor().execute => sqlite3.Cursor.execute",
      "self.conn.cursor().execute().fetchall => sqlite3.Cursor.fetchall",
      "base.__truediv__().read_text => pathlib.Path.read_text",
      "base.__truediv__().read_text().split => builtin.str.split",
      "base.parent.joinpath => pathlib.PurePath.joinpath",
      "base.parent.joinpath().unlink => pathlib.Path.unlink",
      "Local => sqlalchemy.orm.sessionmaker.__call__",
      "made.query => sqlalchemy.orm.Session.query",
      "made.query().filter => sqlalchemy.orm.Query.filter",
      "made.query().filter().all => sqlalchemy.orm.Query.all",
      "session.execute => sqlalchemy.orm.Session.execute",
      "session.execute().scalars => sqlalchemy.engine.Result.scalars",
      "session.execute().scalars().first => sqlalchemy.engine.ScalarResult.first",
      "logger.info => logging.Logger.info",
      "self.cache.get => redis.client.Redis.get",
      "task.delay => celery.Task.delay",
    ]);
  });

  it("is never guessed from the name of a method", async () => {
    expect(
      await inFile(`class Foo:
    def execute(self): pass
    def close(self): pass
def use(a, b, *c):
    a.execute()
    unknown().close()
    for x in c:
        x.close()
    b["k"].execute()
    a = a.b
    a.execute()
`),
    ).toEqual(["a.execute ?", "unknown ?", "unknown().close ?", "x.close ?", "b[].execute ?", "a.execute ?"]);
  });
});

describe("members that are functions", () => {
  it("are run where they are read or written, in the file that declares them", async () => {
    expect(
      await inFile(`from functools import cached_property
class Base:
    @property
    def size(self): return 1
    @size.setter
    def size(self, n): pass
class Shed(Base):
    @cached_property
    def tools(self): return []
    def plain(self): pass
class Plain:
    def __init__(self):
        self.size = 3
def use(shed: Shed, plain: Plain, other):
    shed.size
    shed.size = 2
    shed.tools.sort()
    shed.plain
    Shed.size
    plain.size
    other.size
    shed.size()
`),
    ).toEqual([
      "shed.size -> Base.size",
      "shed.size -> Base.size~2",
      "shed.tools -> Shed.tools",
      "shed.tools.sort => builtin.list.sort",
      "Shed.size ?",
      "plain.size ?",
      "other.size ?",
      "shed.size -> Base.size",
    ]);
  });
});
