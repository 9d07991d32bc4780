import { describe, expect, it } from "vitest";
import { componentsOf } from "../../server/src/core/model/graph/components";
import { SnapshotTable } from "../../server/src/core/model/graph/functionTable";
import type { WorkspaceModel } from "../../server/src/core/model/workspaceModel";
import { linkedNamed, modelOf, newEngine, setFiles } from "../support/analysed";

/** `kind from root @distance` of each way in. */
function ways(model: WorkspaceModel, name: string): string[] {
  return linkedNamed(model, name).reachedFrom.map(
    ({ kind, root, distance }) => `${kind} from ${root.slice(root.indexOf("#") + 1)} @${distance}`,
  );
}

function edges(model: WorkspaceModel, name: string): string[] {
  return linkedNamed(model, name).edges.map(({ callee, runs }) => `${callee} ${runs}`);
}

describe("someone outside", () => {
  it("reaches what is registered by reference, and what that calls", async () => {
    const model = await modelOf({
      "go.mod": "module m\n",
      "main.go": `package main
import ("net/http"; "m/store")
type API struct { store *store.Store }
func (a *API) routes() { http.HandleFunc("/save", a.save); http.HandleFunc("/x", func(w http.ResponseWriter, r *http.Request) { a.inline() }) }
func (a *API) save(w http.ResponseWriter, r *http.Request) { a.check(); go a.store.Save() }
func (a *API) check() {}
func (a *API) inline() {}
func (a *API) alone() {}
`,
      "store/store.go":
        "package store\ntype Store struct{}\nfunc (s *Store) Save() { s.flush() }\nfunc (s *Store) flush() {}\n",
    });
    expect(ways(model, "(*API).save")).toEqual(["handler from (*API).save @0"]);
    expect(ways(model, "(*API).check")).toEqual(["handler from (*API).save @1"]);
    expect(ways(model, "(*Store).flush")).toEqual(["handler from (*API).save @2"]);
    expect(ways(model, "(*API).inline")).toEqual(["handler from (*API).routes.<anonymous> @1"]);
    expect(ways(model, "(*API).routes")).toEqual([]);
    expect(ways(model, "(*API).alone")).toEqual([]);
  });

  it("reaches what a decorator or an annotation names", async () => {
    const python = await modelOf({
      "app.py": `from fastapi import FastAPI
app = FastAPI()
@app.get("/players")
def players():
    return load()
def load():
    return deeper()
def deeper():
    return 1
@unknown.get("/x")
def other():
    return 1
`,
    });
    expect(ways(python, "players")).toEqual(["handler from players @0"]);
    expect(ways(python, "deeper")).toEqual(["handler from players @2"]);
    expect(ways(python, "other")).toEqual([]);
    const java = await modelOf({
      "p/A.java": `package p; import org.springframework.web.bind.annotation.*; import org.springframework.scheduling.annotation.*;
class A { @PostMapping("/x") void post() { save(); } @Scheduled(fixedRate = 5) void tick() { save(); } void save() {} }`,
    });
    expect(ways(java, "A.post")).toEqual(["handler from A.post @0"]);
    expect(ways(java, "A.tick")).toEqual(["timer from A.tick @0"]);
    expect(ways(java, "A.save").sort()).toEqual(["handler from A.post @1", "timer from A.tick @1"]);
  });

  it("reaches what a file registers when it is loaded", async () => {
    const model = await modelOf({
      "src/app.ts": `import express from "express"; import { show, tick } from "./handlers";
const app = express();
app.get("/x", (req, res) => show());
app.post("/y", show);
setInterval(tick, 1000);
setInterval(() => { tick(); }, 1000);
`,
      "src/handlers.ts":
        "export function show() { inner(); }\nexport function tick() { inner(); }\nfunction inner() {}\n",
    });
    expect(ways(model, "show")).toEqual(["handler from show @0"]);
    expect(ways(model, "tick")).toEqual(["timer from tick @0"]);
    expect(ways(model, "inner").sort()).toEqual(["handler from show @1", "timer from tick @1"]);
  });

  it("is a clock that a loop waits for", async () => {
    const go = await modelOf({
      "go.mod": "module m\n",
      "a.go": `package p
import ("context"; "time")
type Tide struct { ticker *time.Ticker; jobs chan int; done chan struct{} }
func (t *Tide) selects(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.ticker.C:
			measure()
		}
	}
}
func (t *Tide) ranges() { tick := time.NewTicker(10 * time.Second); for range tick.C { measure() } }
func (t *Tide) sleeps() { prepare(); for { measure(); time.Sleep(time.Minute) } }
func (t *Tide) after() { for { select { case <-t.done: return; case <-time.After(time.Minute): } ; measure() } }
func (t *Tide) fails() { for { if err := check(); err != nil { return }; time.Sleep(time.Minute) } }
func (t *Tide) retries() error { for { err := check(); if err == nil { return nil }; time.Sleep(time.Second) } }
func (t *Tide) bounded() { for i := 0; i < 3; i++ { measure(); time.Sleep(time.Second) } }
func (t *Tide) backsOff() { for { if err := check(); err != nil { time.Sleep(time.Second); continue }; measure() } }
func (t *Tide) works() { for job := range t.jobs { handle(job) } }
func (t *Tide) waits() { for { select { case job := <-t.jobs: handle(job); case <-t.done: return } } }
func (t *Tide) untilReady() bool { for { select { case <-t.ticker.C: if ready() { return true } } } }
func measure() {}
func prepare() {}
func handle(job int) {}
func check() error { return nil }
func ready() bool { return false }
`,
    });
    const timers = (model: WorkspaceModel) =>
      [...model.functions.values()]
        .filter(({ reachedFrom }) => reachedFrom.some(({ kind, distance }) => kind === "timer" && distance === 0))
        .map(({ id }) => id.slice(id.lastIndexOf(".") + 1));
    expect(timers(go).sort()).toEqual(["after", "fails", "ranges", "selects", "sleeps"]);
    expect(ways(go, "measure")).toEqual(["timer from (*Tide).after @1"]);
    expect(ways(go, "handle")).toEqual([]);
    expect(ways(go, "prepare")).toEqual([]);
    const python = await modelOf({
      "a.py": `import asyncio, time, threading
class Tide:
    def start(self):
        threading.Thread(target=self.watch).start()
    def watch(self):
        while not self.stopping:
            self.measure()
            time.sleep(5)
    async def poll(self):
        while True:
            try:
                await self.measure()
            except ValueError:
                pass
            await asyncio.sleep(1)
    def retry(self):
        while True:
            try:
                return self.measure()
            except OSError:
                time.sleep(1)
    def consume(self):
        while True:
            try:
                self.handle(self.queue.get())
            except OSError:
                time.sleep(1)
    def measure(self): pass
    def handle(self, job): pass
`,
    });
    expect(timers(python).sort()).toEqual(["poll", "watch"]);
  });

  it("is known with the place that registers it", async () => {
    const model = await modelOf({
      "src/app.ts": `import { Express } from "express"; import { tick, show } from "./work";
setInterval(tick, 60 * 1000);
export function routes(app: Express) { app.get("/berths", show); }
`,
      "src/work.ts": "export function tick() { inner(); }\nexport function show() {}\nfunction inner() {}\n",
    });
    const sites = (name: string) => linkedNamed(model, name).reachedFrom.map(({ registered }) => registered);
    expect(sites("tick")).toEqual([{ path: "src/app.ts", call: 0 }]);
    expect(sites("show")).toEqual([{ path: "src/app.ts", index: 0, call: 0 }]);
    expect(sites("inner")).toEqual([undefined]);
    expect(model.files.get("src/app.ts")?.calls[0]?.interval).toBe("60 * 1000");
  });

  it("comes by the shortest way, and no longer when it is cut", async () => {
    const engine = newEngine();
    const handlers = (body: string) => ({
      "go.mod": "module m\n",
      "a.go": `package p\nimport "net/http"\nfunc routes() { http.HandleFunc("/", handle) }\nfunc handle(w http.ResponseWriter, r *http.Request) { ${body} }\n`,
      "b.go": "package p\nfunc one() { two() }\nfunc two() { three() }\nfunc three() { one() }\n",
    });
    await setFiles(engine, handlers("one(); two()"));
    expect(ways(engine.analysis().model, "three")).toEqual(["handler from handle @2"]);
    expect(linkedNamed(engine.analysis().model, "three").reachedFrom[0]?.via).toBe("b.go#two");
    await setFiles(engine, handlers("one()"));
    expect(ways(engine.analysis().model, "three")).toEqual(["handler from handle @3"]);
    await setFiles(engine, handlers(""));
    expect(["one", "two", "three"].map((name) => ways(engine.analysis().model, name))).toEqual([[], [], []]);
  });

  it("comes by what a function makes, for as long as it makes it", async () => {
    const engine = newEngine();
    const made = (body: string) => ({
      "go.mod": "module m\n",
      "a.go": 'package p\nimport "net/http"\nfunc routes() { http.Handle("/", list()) }\n',
      "b.go": `package p\nimport "net/http"\nfunc list() http.HandlerFunc { ${body} }\nfunc one() {}\nfunc two() {}\n`,
    });
    const both = () => ["one", "two"].map((name) => ways(engine.analysis().model, name));
    const closure = (call: string) => `func(w http.ResponseWriter, r *http.Request) { ${call} }`;
    await setFiles(engine, made(`kept := ${closure("two()")}; kept(nil, nil); return ${closure("one()")}`));
    expect(both()).toEqual([["handler from list.<anonymous>~2 @1"], []]);
    await setFiles(engine, made(`kept := ${closure("two()")}; kept(nil, nil); return nil`));
    expect(both()).toEqual([[], []]);
    await setFiles(engine, made(`return ${closure("two()")}`));
    expect(both()).toEqual([[], ["handler from list.<anonymous> @1"]]);
  });
});

describe("edges", () => {
  it("say whether a function runs within the call", async () => {
    const model = await modelOf({
      "a.ts": `import { stranger } from "elsewhere";
function now() {} function later() {} function given() {} function kept() {}
function call(f: () => void) { f(); }
function keep(f: () => void) { all.push(f); }
const all: (() => void)[] = [];
export function use() { now(); setTimeout(later, 1); call(given); keep(kept); stranger(kept); }
`,
    });
    expect(edges(model, "use")).toEqual([
      "a.ts#now now",
      "a.ts#later later",
      "a.ts#call now",
      "a.ts#given now",
      "a.ts#keep now",
      "a.ts#kept unknown",
      "a.ts#kept unknown",
    ]);
    expect(linkedNamed(model, "kept").callers).toEqual(["a.ts#use"]);
  });

  it("lead to what a field keeps where a lock is near, and to nothing else when that is edited", async () => {
    const files = {
      "go.mod": "module m\n",
      "bell/bell.go": `package bell
import "sync"
type Bell struct { mu sync.Mutex; heard []func(int); now func() int; rung map[string]func() }
func (b *Bell) Hear(f func(int)) { b.heard = append(b.heard, f) }
func (b *Bell) Ring() { b.mu.Lock(); defer b.mu.Unlock(); for _, f := range b.heard { f(1) } }
func (b *Bell) Now() int { return b.now() }
type Plain struct { f func() }
func (p *Plain) Run() { p.f() }
`,
      "main.go": `package main
import "m/bell"
func clock() int { return 1 }
func near(n int) {}
func main() { b := &bell.Bell{now: func() int { return clock() }}; b.Hear(near); p := &bell.Plain{}; p.Run() }
`,
    };
    const engine = newEngine();
    await setFiles(engine, files);
    expect(edges(engine.analysis().model, "(*Bell).Ring")).toEqual(["main.go#near now"]);
    expect(edges(engine.analysis().model, "(*Bell).Now")).toEqual(["main.go#main.<anonymous> now"]);
    expect(edges(engine.analysis().model, "(*Plain).Run")).toEqual([]);
    await setFiles(engine, { ...files, "main.go": files["main.go"].replace("b.Hear(near)", "b.Ring()") });
    expect(edges(engine.analysis().model, "(*Bell).Ring")).toEqual([]);
    await setFiles(engine, files);
    await setFiles(engine, { ...files, "bell/bell.go": files["bell/bell.go"].replace("append(b.heard, f)", "nil") });
    expect(edges(engine.analysis().model, "(*Bell).Ring")).toEqual([]);
  });

  it("follow what the function they are handed to does with them", async () => {
    const engine = newEngine();
    const files = (body: string) => ({
      "a.ts": 'import { call } from "./b";\nfunction given() { fetch("x"); }\nexport function use() { call(given); }\n',
      "b.ts": `export function call(f: () => void) { ${body} }\n`,
    });
    await setFiles(engine, files("return;"));
    expect(edges(engine.analysis().model, "use")).toContain("a.ts#given unknown");
    await setFiles(engine, files("f();"));
    expect(edges(engine.analysis().model, "use")).toContain("a.ts#given now");
    expect(linkedNamed(engine.analysis().model, "use").effects.effects.map(({ kind }) => kind)).toEqual(["network"]);
    await setFiles(engine, files("return;"));
    expect(edges(engine.analysis().model, "use")).toContain("a.ts#given unknown");
    expect(linkedNamed(engine.analysis().model, "use").effects.effects).toEqual([]);
  });

  it("form cycles across files, which end with the edit that breaks them", async () => {
    const engine = newEngine();
    const files = (last: string) => ({
      "pkg/a.py": "from . import b\ndef one():\n    b.two()\n",
      "pkg/b.py": "from .c import three\ndef two():\n    three()\n",
      "pkg/c.py": `from .a import one\ndef three():\n    ${last}\n`,
    });
    const inCycle = () => ["one", "two", "three"].map((name) => linkedNamed(engine.analysis().model, name).isInCycle);
    await setFiles(engine, files("one()"));
    expect(inCycle()).toEqual([true, true, true]);
    await setFiles(engine, files("pass"));
    expect(inCycle()).toEqual([false, false, false]);
  });

  it("lead to few functions where thousands have one name", async () => {
    const model = await modelOf({ "a.js": "function f() { f(); }\n".repeat(3000) });
    const all = [...model.functions.values()];
    expect(all).toHaveLength(3000);
    expect(Math.max(...all.map((fn) => fn.edges.length))).toBeLessThanOrEqual(20);
  });
});

describe("a topic", () => {
  const bus = `import { EventEmitter } from "events";
export const bus = new EventEmitter();
`;
  const publisher = `import { bus } from "./bus";
export function berth() { bus.emit("ship berthed", 1); bus.emit("closed"); }
`;
  const listener = `import { bus } from "./bus";
export function greet() {}
export function leave() {}
bus.on("ship berthed", greet);
bus.on("closed", leave);
`;

  it("leads to those that listen for it, whichever file comes first, and no longer when they are gone", async () => {
    const engine = newEngine();
    const after = async (files: Record<string, string>) => {
      await setFiles(engine, files);
      return engine.analysis().model;
    };
    expect(edges(await after({ "b.ts": publisher, "bus.ts": bus }), "berth")).toEqual([]);
    const both = await after({ "a.ts": listener });
    // One word says nothing.
    expect(edges(both, "berth")).toEqual(["a.ts#greet later"]);
    expect(linkedNamed(both, "greet").callers).toEqual(["b.ts#berth"]);
    expect(edges(await after({ "a.ts": listener.replace("ship berthed", "ship sunk") }), "berth")).toEqual([]);
  });

  it("is a type, a signal, or a constant", async () => {
    const java = await modelOf({
      "A.java": `import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
class ShipBerthed {}
class Harbour { ApplicationEventPublisher out; void berth() { out.publishEvent(new ShipBerthed()); } }
class Crew { @EventListener void one(ShipBerthed ship) {} @EventListener(ShipBerthed.class) void two() {} @EventListener void three(Object o) {} }
`,
    });
    expect(edges(java, "Harbour.berth")).toEqual(["A.java#Crew.one later", "A.java#Crew.two later"]);
    const python = await modelOf({
      "signals.py": "from django.dispatch import Signal\nship_berthed = Signal()\n",
      "a.py": `from django.dispatch import receiver
from signals import ship_berthed
@receiver(ship_berthed)
def greet(sender, **kwargs):
    pass
def berth():
    ship_berthed.send(sender=None)
`,
    });
    expect(edges(python, "berth")).toEqual(["a.py#greet later"]);
  });

  it("may be kept by the workspace itself", async () => {
    const model = await modelOf({
      "go.mod": "module m\n",
      "events/events.go": `package events
import "context"
type Event interface { Name() string }
type Listener interface { Handle(message []byte) error }
var listeners = map[string][]Listener{}
func RegisterListener(name string, listener Listener) { listeners[name] = append(listeners[name], listener) }
func Dispatch(ctx context.Context, event Event) {}
`,
      "main.go": `package main
import ("context"; "m/events")
type ShipBerthed struct{ ID int }
func (s *ShipBerthed) Name() string { return "ship" }
type Greeter struct{}
func (g *Greeter) Handle(message []byte) error { return nil }
func start() { events.RegisterListener((&ShipBerthed{}).Name(), &Greeter{}) }
func berth(ctx context.Context) { events.Dispatch(ctx, &ShipBerthed{ID: 1}) }
`,
    });
    expect(edges(model, "berth")).toContain("main.go#(*Greeter).Handle later");
  });
});

describe("a job that is scheduled by its class", () => {
  it("has its work done later", async () => {
    const model = await modelOf({
      "job.ts": `export abstract class Job { schedule(given: unknown) { enqueue(this.constructor.name, given); } }
export class Invoices extends Job { async perform() {} }
export class Plain { schedule() {} }
`,
      "a.ts": `import { Invoices, Plain } from "./job";
export async function bill() { await new Invoices().schedule(1); new Plain().schedule(); }
`,
    });
    expect(edges(model, "bill")).toEqual([
      "job.ts#Job.schedule now",
      "job.ts#Invoices.perform later",
      "job.ts#Plain.schedule now",
    ]);
  });
});

describe("strongly connected components", () => {
  it("are numbered so that callees come first", () => {
    const { componentOf, count } = componentsOf([[1], [2], [0, 3], [], [4, 0], []]);
    expect(count).toBe(4);
    expect(componentOf[0]).toBe(componentOf[1]);
    expect(componentOf[1]).toBe(componentOf[2]);
    expect(componentOf[0]).toBeGreaterThan(componentOf[3] as number);
    expect(componentOf[4]).toBeGreaterThan(componentOf[0] as number);
  });

  it("need no stack for a long chain", () => {
    const size = 200_000;
    const { count } = componentsOf(Array.from({ length: size }, (_, i) => (i + 1 < size ? [i + 1] : [0])));
    expect(count).toBe(1);
  });
});

describe("a snapshot of the functions", () => {
  it("stays what it was", () => {
    const table = new SnapshotTable<number>();
    const ids = Array.from({ length: 1000 }, (_, i) => `src/folder${i % 7}/file${i}.ts#f`);
    ids.forEach((id, i) => {
      table.set(id, i);
    });
    const before = table.snapshot();
    table.set(ids[3] as string, -1);
    table.delete(ids[4] as string);
    table.delete("no/such.ts#f");
    table.set("new.ts#__proto__", 7);
    const after = table.snapshot();
    expect([before.size, before.get(ids[3] as string), before.get(ids[4] as string)]).toEqual([1000, 3, 4]);
    expect([after.size, after.get(ids[3] as string), after.get(ids[4] as string)]).toEqual([1000, -1, undefined]);
    expect([before.get("new.ts#__proto__"), after.get("new.ts#__proto__")]).toEqual([undefined, 7]);
    expect([...before.values()].length).toBe(1000);
    expect([...after.values()].sort((a, b) => a - b).slice(0, 3)).toEqual([-1, 0, 1]);
  });
});

describe("a coroutine that is started as a task", () => {
  it("runs later, whether it is a coroutine at all being up to its own file", async () => {
    const main = `import asyncio
from jobs import audit
async def place(order):
    asyncio.create_task(audit(order))
    await audit(order)
`;
    const files = { "main.py": main, "jobs.py": "async def audit(order):\n    print(order)\n" };
    expect(edges(await modelOf(files), "place")).toEqual(["jobs.py#audit later", "jobs.py#audit now"]);
    const engine = await newEngine();
    await setFiles(engine, { ...files, "jobs.py": "def audit(order):\n    return order\n" });
    expect(edges(engine.analysis().model, "place")).toEqual(["jobs.py#audit now", "jobs.py#audit now"]);
    await setFiles(engine, { "jobs.py": files["jobs.py"] });
    expect(edges(engine.analysis().model, "place")).toEqual(["jobs.py#audit later", "jobs.py#audit now"]);
  });
});

describe("a property", () => {
  it("is called where it is read, as long as it is one", async () => {
    const files = (decorator: string) => ({
      "shed.py": `class Shed:
    ${decorator}
    def tools(self):
        return self.kept
    @property
    def door(self):
        return self.tools
`,
    });
    const engine = await newEngine();
    await setFiles(engine, files("@property"));
    expect(edges(engine.analysis().model, "Shed.door")).toEqual(["shed.py#Shed.tools now"]);
    expect(linkedNamed(engine.analysis().model, "Shed.tools").callers).toEqual(["shed.py#Shed.door"]);
    await setFiles(engine, files("@staticmethod"));
    expect(edges(engine.analysis().model, "Shed.door")).toEqual([]);
    await setFiles(engine, files("@property"));
    expect(edges(engine.analysis().model, "Shed.door")).toEqual(["shed.py#Shed.tools now"]);
  });
});
