import { describe, expect, it } from "vitest";
import {
  acquisitionsIn,
  isGivenBackOnTheWay,
  isTakenWithArguments,
} from "../../server/src/core/model/graph/acquisitions";
import { lockAnalysis } from "../../server/src/core/model/graph/lockAnalysis";
import type { WorkspaceModel } from "../../server/src/core/model/workspaceModel";
import { linkedNamed, modelOf } from "../support/analysed";

function taken(model: WorkspaceModel, name: string) {
  const { id } = linkedNamed(model, name);
  const locked = lockAnalysis(model).locking.find(({ linked }) => linked.id === id);
  return locked ? acquisitionsIn(model, locked) : [];
}

/** `held -> taken` by the places their function knows them by. */
function orders(model: WorkspaceModel, name: string): string[] {
  return taken(model, name).flatMap(({ lock, holds }) =>
    holds.map(({ instance }) => `${instance ?? "?"} -> ${lock.instance ?? "?"}`),
  );
}

const go = (body: string) => modelOf({ "go.mod": "module m\n", "a.go": `package m\nimport "sync"\n${body}` });

describe("locks taken under locks", () => {
  it("are seen through calls, callbacks and blocks", async () => {
    const model = await go(`
type A struct { mu sync.Mutex; b *B }
type B struct { mu sync.Mutex }
func (b *B) run() { b.mu.Lock(); defer b.mu.Unlock() }
func (a *A) call() { a.mu.Lock(); a.b.run(); a.mu.Unlock() }
func (a *A) with(f func()) { a.mu.Lock(); f(); a.mu.Unlock() }
func (a *A) back() { a.with(func() { a.b.run() }) }
func (a *A) after() { a.mu.Lock(); a.mu.Unlock(); a.b.run() }
func (a *A) try() { a.mu.Lock(); a.b.mu.TryLock(); a.mu.Unlock() }
`);
    expect(orders(model, "(*A).call")).toEqual(["this.mu -> this.b.mu"]);
    expect(orders(model, "(*A).back")).toContain("this.mu -> this.b.mu");
    expect(orders(model, "(*A).after")).toEqual([]);
    expect(orders(model, "(*A).try")).toEqual([]);
    const python = await modelOf({
      "a.py": `import threading
class A:
    def __init__(self):
        self.x = threading.Lock()
        self.y = threading.Lock()
    def f(self):
        with self.x:
            with self.y:
                pass
    def g(self):
        with self.x:
            self.y.acquire(timeout=2)
`,
    });
    expect(orders(python, "A.f")).toEqual(["this.x -> this.y"]);
    expect(orders(python, "A.g")).toEqual([]);
  });

  it("are another lock once a variable has another value", async () => {
    const model = await go(`
type N struct { mu sync.Mutex; next *N }
func walk(n *N) { n.mu.Lock(); n = n.next; n.mu.Lock(); n.mu.Unlock() }
func all(ns []*N) { for _, n := range ns { n.mu.Lock(); defer n.mu.Unlock() } }
`);
    expect(orders(model, "walk")).toEqual(["? -> #0.mu"]);
    expect(taken(model, "all").flatMap(({ mayHold }) => mayHold.map(({ instance }) => instance ?? "?"))).not.toContain(
      "=n.mu",
    );
  });

  it("are taken or not with what a call gives, and what its callees pass on", async () => {
    const model = await go(`
type A struct { mu sync.Mutex }
func (a *A) off() { a.mu.Lock(); a.outer(false); a.mu.Unlock() }
func (a *A) on() { a.mu.Lock(); a.outer(true); a.mu.Unlock() }
func (a *A) outer(lock bool) { a.inner(1, lock) }
func (a *A) inner(n int, lock bool) { take := func() { if lock { a.mu.Lock(); a.mu.Unlock() } }; take() }
`);
    const isTaken = (name: string) =>
      taken(model, name)
        .filter(({ effect }) => effect.callee !== undefined)
        .map(({ effect }) => isTakenWithArguments(model, linkedNamed(model, name), effect));
    expect(isTaken("(*A).off")).toEqual([false]);
    expect(isTaken("(*A).on")).toEqual([true]);
  });

  it("may be given back on the way", async () => {
    const model = await go(`
type A struct { mu sync.Mutex; b *B }
type B struct { mu sync.Mutex }
func (a *A) f() { a.mu.Lock(); a.pause(); a.mu.Unlock() }
func (a *A) pause() { a.mu.Unlock(); a.b.mu.Lock(); a.b.mu.Unlock(); a.mu.Lock() }
`);
    const [first] = taken(model, "(*A).f").filter(({ lock }) => lock.lock.endsWith("B.mu"));
    const held = first?.holds[0];
    expect(first && held && isGivenBackOnTheWay(model, first.effect, held)).toBe(true);
  });
});
