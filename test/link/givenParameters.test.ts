import { describe, expect, it } from "vitest";
import { functionIds } from "../../server/src/core/model/link/links";
import { modelOf } from "../support/analysed";

/** What the calls of functions named `use` reach: `callee -> functions` or `callee => module.symbol`, `?` for nothing. */
async function reached(files: Readonly<Record<string, string>>): Promise<string[]> {
  const model = await modelOf(files);
  return [...model.files.values()].flatMap((file) =>
    file.functions.flatMap((fn, index) => {
      const links = model.functions.get(functionIds(file)[index] as string)?.links;
      if (fn.name !== "use") return [];
      return fn.calls.map(({ callee }, i) => {
        const { functions = [], external, dynamic } = links?.calls[i] ?? {};
        if (functions.length > 0) return `${callee} -> ${functions.join(dynamic ? " | " : ", ")}`;
        return external ? `${callee} => ${external.module}.${external.symbol}` : `${callee} ?`;
      });
    }),
  );
}

const store = "class Store:\n    def load(self): pass\n";
const service = `class Service:
    def __init__(self, store):
        self.store = store
    def use(self):
        self.store.load()
`;

describe("a constructor's parameter without a type", () => {
  it("is what the class is made with, in whatever file", async () => {
    expect(
      await reached({
        "app/store.py": store,
        "app/service.py": service,
        "app/main.py": `from .store import Store
from .service import Service as S
shared = Store()
service = S(shared)
`,
      }),
    ).toEqual(["self.store.load -> app/store.py#Store.load"]);
    expect(
      await reached({
        "src/store.js": "class Store { load() {} }\nmodule.exports = Store;\n",
        "src/service.js": `module.exports = class Service {
  constructor(store, wait) { this.store = store; }
  use() { this.store.load(); }
};
`,
        "src/main.js": `const Store = require("./store");
const Made = require("./service");
exports.service = new Made(new Store(), 5);
`,
      }),
    ).toEqual(["this.store.load -> src/store.js#Store.load"]);
  });

  it("is known of an argument by name, behind others, and of one that a constructor hands on", async () => {
    expect(
      await reached({
        "a.py": `${store}
class Base:
    def __init__(self, name, *, store=None, **rest):
        self.name = name
        self.store = store
    def use(self):
        self.store.load()
        self.name.upper()

class Derived(Base):
    def __init__(self, given):
        super().__init__("derived", store=given)

class Plain(Derived):
    pass

def main():
    Plain(Store())
    Base("base")
    Base("base", store=None)
`,
      }),
    ).toEqual(["self.store.load -> a.py#Store.load", "self.name.upper => builtin.str.upper"]);
    expect(
      await reached({
        "a.js": `class Store { load() {} }
class Base { constructor({ store, wait = 1 }) { this.store = store; } use() { this.store.load(); } }
class Derived extends Base { constructor(parts) { super(parts); } }
class Taker { constructor(options) { this.store = options.store; } use() { this.store.load(); } }
class Holder { store = new Store(); }
new Derived(new Holder());
new Taker(new Holder());
`,
      }),
    ).toEqual(["this.store.load -> a.js#Store.load", "this.store.load -> a.js#Store.load"]);
  });

  it("may be an object whose members are written where it is handed over", async () => {
    expect(
      await reached({
        "store.js": "export class Store { load() {} }\n",
        "service.js": `export class Service {
  constructor({ store, wait = 1 }) { this.store = store; this.wait = wait; }
  use() { this.store.load(); this.wait.load(); }
}
export class Reader {
  constructor(deps) { this.store = deps.store; }
  use() { this.store.load(); }
}
export default ({ store }) => { function use() { store.load(); } return use; };
`,
        "main.js": `import { Store } from "./store.js";
import make, { Reader, Service } from "./service.js";
function start({ store, log }) {
  new Service({ store, wait: 5, log });
  new Reader({ log, store });
  make({ store });
}
start({ store: new Store(), log: console });
`,
      }),
    ).toEqual([
      "this.store.load -> store.js#Store.load",
      "this.wait.load ?",
      "this.store.load -> store.js#Store.load",
      "store.load -> store.js#Store.load",
    ]);
  });

  it("is not taken for what every object has", async () => {
    expect(
      await reached({
        "a.js": `class Named { constructor({ toString, size }) { this.name = toString; this.size = size; } use() { this.name.trim(); this.size.trim(); } }
function main(x) { new Named({ size: x }); new Named("text"); }
`,
      }),
    ).toEqual(["this.name.trim ?", "this.size.trim ?"]);
  });

  it("stays unknown where an object is handed over whose members are not all written", async () => {
    const made = (given: string) => ({
      "a.js": `class Store { load() {} }
class Service { constructor({ store }) { this.store = store; } use() { this.store.load(); } }
function main(x) { new Service({ store: new Store() }); new Service(${given}); }
`,
    });
    expect(await reached(made("{ ...x }"))).toEqual(["this.store.load ?"]);
    expect(await reached(made("x"))).toEqual(["this.store.load ?"]);
    expect(await reached(made("{}"))).toEqual(["this.store.load ?"]);
    expect(await reached(made('"text"'))).toEqual(["this.store.load ?"]);
    expect(await reached(made("null"))).toEqual(["this.store.load -> a.js#Store.load"]);
  });

  it("may be one of a few, as long as each of them is known", async () => {
    const others = `${store}class Cache:
    def load(self): pass
`;
    const made = (...given: string[]) => ({
      "a.py": `${others}${service}def main(x):\n${given.map((one) => `    Service(${one})\n`).join("")}`,
    });
    expect(await reached(made("Store()", "Cache()", "Store()"))).toEqual([
      "self.store.load -> a.py#Store.load | a.py#Cache.load",
    ]);
    expect(await reached(made("Store()", "unknown()[0]"))).toEqual(["self.store.load ?"]);
    expect(await reached(made("x"))).toEqual(["self.store.load ?"]);
    expect(await reached(made("*x", "Store()"))).toEqual(["self.store.load ?"]);
  });

  it("is not what tests give, nor what another class of that name is made with", async () => {
    expect(
      await reached({
        "store.py": store,
        "service.py": service,
        "test_service.py": `from store import Store
from service import Service
def test_it():
    Service(Store())
`,
        "other.py": `from store import Store
class Service:
    def __init__(self, store): pass
made = Service(Store())
`,
      }),
    ).toEqual(["self.store.load ?"]);
  });

  it("gives way to what the class itself says of the field", async () => {
    expect(
      await reached({
        "a.py": `${store}class Service:
    def __init__(self, store):
        self.store = store
        self.cache = store or Store()
    def reset(self):
        self.store = Store()
    def use(self):
        self.store.load()
        self.cache.load()
def main():
    Service("text")
`,
      }),
    ).toEqual(["self.store.load -> a.py#Store.load", "self.cache.load -> a.py#Store.load"]);
  });

  it("stays unknown where it is handed round in a circle", async () => {
    expect(
      await reached({
        "a.py": `class A:
    def __init__(self, other):
        self.other = other
    def next(self):
        return B(self.other)
    def use(self):
        self.other.load()
class B:
    def __init__(self, other):
        self.other = other
    def next(self):
        return A(self.other)
`,
      }),
    ).toEqual(["self.other.load ?"]);
  });
});

describe("a function's parameter without a type", () => {
  it("is what the function is called with", async () => {
    expect(
      await reached({
        "store.py": store,
        "work.py": `def use(store, again):
    store.load()
    if again:
        use(store, False)
    def inner():
        store.load()
    return inner
`,
        "main.py": `import work
from store import Store
class Main:
    store = Store()
    def run(self):
        work.use(self.store, True)
`,
      }),
    ).toEqual(["store.load -> store.py#Store.load", "use -> work.py#use"]);
    expect(
      await reached({
        "routes.js": `module.exports = function (store) { function use() { store.load(); } return use; };`,
        "main.js": `const routes = require("./routes");
class Store { load() {} }
routes(new Store());
`,
      }),
    ).toEqual(["store.load -> main.js#Store.load"]);
  });

  it("is what a method is called with where the object is known, and not where only its name is", async () => {
    const calls = (object: string) => ({
      "a.py": `${store}
class Worker:
    def use(self, store):
        store.load()
def main(x):
    ${object}.use(Store())
`,
    });
    expect(await reached(calls("Worker()"))).toEqual(["store.load -> a.py#Store.load"]);
    expect(await reached(calls("x"))).toEqual(["store.load ?"]);
  });

  it("is not told by a function that is handed over, which may be called with anything", async () => {
    expect(
      await reached({
        "a.js": `class Store { load() {} }
function use(store) { store.load(); }
use(new Store());
[1].forEach((x) => use(x));
`,
      }),
    ).toEqual(["store.load ?"]);
  });
});
