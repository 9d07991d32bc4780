import { describe, expect, it } from "vitest";
import { memberName } from "../../server/src/core/model/graph/effectText";
import { lockAnalysis } from "../../server/src/core/model/graph/lockAnalysis";
import type { LockRegions } from "../../server/src/core/model/graph/lockRegions";
import type { WorkspaceModel } from "../../server/src/core/model/workspaceModel";
import { linkedNamed, modelOf } from "../support/analysed";

const inGo = (body: string) =>
  modelOf({
    "go.mod": "module m\n",
    "a.go": `package p
import "sync"
type S struct { mu sync.Mutex; rw sync.RWMutex; n int; next *S; all []*S; ch chan int; busy bool }
func use(x int) {}
${body}`,
  });

const inJava = (body: string) =>
  modelOf({
    "p/A.java": `package p; import java.util.concurrent.locks.*;
class A { private final ReentrantLock lock = new ReentrantLock(); int n; void use() { n++; } ${body} }`,
  });

const inPython = (body: string) => modelOf({ "a.py": `import threading\nguard = threading.Lock()\n${body}` });

const inTypeScript = (body: string) =>
  modelOf({
    "a.ts": `import { Mutex } from "async-mutex";
const mutex = new Mutex(); function use() {} ${body}`,
  });

function regions(model: WorkspaceModel, name: string): LockRegions | undefined {
  return lockAnalysis(model).regionsOf(linkedNamed(model, name).id);
}

/** What is held at a call of `use`, on some way and on every way, as `some/every`. */
function at(model: WorkspaceModel, name: string): string[] {
  const { file, fn } =
    lockAnalysis(model).locking.find(({ linked }) => linked.id === linkedNamed(model, name).id) ?? {};
  return (file && fn ? fn.calls : []).flatMap(({ callee }, i) => {
    const { mayHold, holds } = regions(model, name)?.at(i) ?? { mayHold: [], holds: [] };
    return /\buse$/.test(callee) ? [`${mayHold.length}/${holds.length}`] : [];
  });
}

/** How a function is left with something held. */
function leaves(model: WorkspaceModel, name: string): string[] {
  return (regions(model, name)?.leaves ?? []).map(({ node, held, raisedBy }) =>
    [raisedBy === undefined ? (node?.form ?? "end") : "raise", ...held.map(({ lock }) => memberName(lock))].join(" "),
  );
}

function unheld(model: WorkspaceModel, name: string): string[] {
  return (regions(model, name)?.unheldReleases ?? []).map(({ isAgain }) => (isAgain ? "again" : "not taken"));
}

describe("ways", () => {
  it("are told apart by how they leave", async () => {
    const model = await inGo(`
func (s *S) early(x bool) { s.mu.Lock(); if x { return }; s.mu.Unlock() }
func (s *S) falls(x bool) { s.mu.Lock(); if x { s.mu.Unlock() }; use(1) }
func (s *S) panics(x bool) { s.mu.Lock(); if x { panic(1) }; s.mu.Unlock() }
func (s *S) both(x bool) { s.mu.Lock(); if x { s.mu.Unlock(); return }; use(1); s.mu.Unlock() }
`);
    expect(leaves(model, "(*S).early")).toEqual(["return S.mu"]);
    expect(leaves(model, "(*S).falls")).toEqual(["end S.mu"]);
    expect(at(model, "(*S).falls")).toEqual(["1/0"]);
    expect(leaves(model, "(*S).panics")).toEqual(["throw S.mu"]);
    expect(leaves(model, "(*S).both")).toEqual([]);
    expect(at(model, "(*S).both")).toEqual(["1/1"]);
  });

  it("know that an object is there after a lock was taken of it", async () => {
    const model = await inGo(`
func (s *S) asks(x bool) { var o *S; if x { o = s.next; o.mu.Lock() }; if o != nil { o.mu.Unlock() } }
func (s *S) asksOther(x bool) { var o *S; if x { o = s.next; o.mu.Lock() }; if s.next != nil { o.mu.Unlock() } }
`);
    expect(leaves(model, "(*S).asks")).toEqual([]);
    expect(leaves(model, "(*S).asksOther")).toEqual(["end S.mu"]);
  });

  it("run what is deferred, the last first, closures too", async () => {
    const model = await inGo(`
func (s *S) plain() { s.mu.Lock(); defer s.mu.Unlock(); use(1) }
func (s *S) closure() { s.mu.Lock(); defer func() { use(1); s.mu.Unlock() }(); if s.busy { panic(1) } }
func (s *S) again() { s.mu.Lock(); defer s.mu.Unlock(); if s.busy { s.mu.Unlock(); return }; use(1) }
func (s *S) window() { s.mu.Lock(); defer s.mu.Unlock(); s.mu.Unlock(); use(1); s.mu.Lock(); use(2) }
`);
    for (const name of ["plain", "closure", "window"])
      expect([name, leaves(model, `(*S).${name}`), unheld(model, `(*S).${name}`)]).toEqual([name, [], []]);
    expect(unheld(model, "(*S).again")).toEqual(["again"]);
    expect(at(model, "(*S).window")).toEqual(["0/0", "1/1"]);
  });

  it("end what a callee has left held by calling what it gave", async () => {
    const model = await inGo(`
func (s *S) hold() func() { s.mu.Lock(); return s.mu.Unlock }
func (s *S) holdTwo() (func(), error) { s.mu.Lock(); return func() { s.mu.Unlock() }, nil }
func (s *S) atOnce() { defer s.hold()(); use(1) }
func (s *S) local() { release := s.hold(); use(1); release(); use(2) }
func (s *S) deferred() { release, err := s.holdTwo(); use(1); if err != nil { panic(err) }; defer release(); use(2) }
func (s *S) other() { release := s.hold(); done := s.next.find(); done(); use(1); _ = release }
func (s *S) find() func() { return nil }
`);
    expect(at(model, "(*S).atOnce")).toEqual(["1/1"]);
    expect(at(model, "(*S).local")).toEqual(["1/1", "0/0"]);
    expect(at(model, "(*S).deferred")).toEqual(["1/1", "1/1"]);
    expect(at(model, "(*S).other")).toEqual(["1/1"]);
    for (const name of ["atOnce", "local"])
      expect([name, leaves(model, `(*S).${name}`), unheld(model, `(*S).${name}`)]).toEqual([name, [], []]);
    expect(leaves(model, "(*S).other")).toEqual(["end S.mu"]);
  });

  it("hold in a block of `with` what its generator holds around the block", async () => {
    const model = await inPython(`
from contextlib import contextmanager
def use(): pass
@contextmanager
def held():
    guard.acquire()
    try:
        yield 1
    finally:
        guard.release()
@contextmanager
def further():
    with held():
        yield
@contextmanager
def before():
    with guard:
        pass
    yield
def inside():
    with held() as got:
        use()
    use()
def further_inside():
    with further():
        use()
def not_inside():
    with before():
        use()
`);
    expect(at(model, "inside")).toEqual(["1/1", "0/0"]);
    expect(at(model, "further_inside")).toEqual(["1/1"]);
    expect(at(model, "not_inside")).toEqual([]);
    expect(leaves(model, "inside")).toEqual([]);
  });

  it("meet a condition once: it comes out the same until its names change", async () => {
    const model = await inGo(`
func (s *S) flag(x bool) { if x { s.mu.Lock() }; use(1); if x { s.mu.Unlock() } }
func (s *S) negated(x bool) { if !x { s.mu.Lock() }; if x { return }; s.mu.Unlock() }
func (s *S) counted(q []int) { if len(q) > 0 { s.mu.Lock() }; if len(q) <= 0 { return }; s.mu.Unlock() }
func (s *S) isNil(o *S) { if o != nil { s.mu.Lock() }; if o == nil { return }; s.mu.Unlock() }
func (s *S) joined(x, y bool) { if x && y { s.mu.Lock() }; use(1); if x && y { s.mu.Unlock() } }
func (s *S) switched() { s.mu.Lock(); held := true; if s.busy { s.mu.Unlock(); held = false }; if held { s.mu.Unlock() } }
func (s *S) changed(x bool) { if x { s.mu.Lock() }; x = s.busy; if x { s.mu.Unlock() } }
func (s *S) other(x, y bool) { if x { s.mu.Lock() }; if y { s.mu.Unlock() } }
`);
    for (const name of ["flag", "negated", "counted", "isNil", "joined", "switched"])
      expect([name, leaves(model, `(*S).${name}`), unheld(model, `(*S).${name}`)]).toEqual([name, [], []]);
    for (const name of ["changed", "other"]) {
      expect([name, leaves(model, `(*S).${name}`)]).toEqual([name, ["end S.mu"]]);
      expect([name, unheld(model, `(*S).${name}`)]).toEqual([name, ["not taken"]]);
    }
  });

  it("know whether a lock was got that was only tried", async () => {
    const model = await inGo(`
func (s *S) guard() { if !s.mu.TryLock() { return }; use(1); s.mu.Unlock() }
func (s *S) named() { ok := s.mu.TryLock(); use(0); if ok { use(1); s.mu.Unlock() } }
func (s *S) both(x bool) { if x && s.mu.TryLock() { use(1); s.mu.Unlock() } }
func (s *S) either(x bool) { if x || !s.mu.TryLock() { return }; use(1); s.mu.Unlock() }
func (s *S) loops() { for !s.mu.TryLock() { use(0) }; use(1); s.mu.Unlock() }
func (s *S) forgets() { if s.mu.TryLock() { use(1) } }
`);
    for (const name of ["guard", "named", "both", "either", "loops"])
      expect([name, leaves(model, `(*S).${name}`), unheld(model, `(*S).${name}`)]).toEqual([name, [], []]);
    expect(at(model, "(*S).guard")).toEqual(["1/1"]);
    expect(at(model, "(*S).named")).toEqual(["1/0", "1/1"]);
    expect(at(model, "(*S).both")).toEqual(["1/1"]);
    expect(at(model, "(*S).either")).toEqual(["1/1"]);
    expect(at(model, "(*S).loops")).toEqual(["0/0", "1/1"]);
    expect(leaves(model, "(*S).forgets")).toEqual(["end S.mu"]);
  });
});

describe("loops", () => {
  it("are left by break, with a label from within others, and gone on with by continue", async () => {
    const model = await inGo(`
func (s *S) breaks() { s.mu.Lock(); for s.busy { if s.n > 1 { s.mu.Unlock(); return }; if s.n > 2 { break } }; s.mu.Unlock() }
func (s *S) outer() { for { s.mu.Lock(); for { if s.busy { s.mu.Unlock(); return }; if s.n > 1 { break }; use(1) }; s.mu.Unlock() } }
func (s *S) labelled() {
rows:
	for s.n < 9 {
		s.mu.Lock()
		for s.busy {
			if s.n > 1 { s.mu.Unlock(); continue rows }
			if s.n > 2 { s.mu.Unlock(); break rows }
		}
		s.mu.Unlock()
	}
	use(1)
}
func (s *S) wrongLabel() {
rows:
	for s.n < 9 {
		s.mu.Lock()
		for s.busy { if s.n > 1 { break rows } }
		s.mu.Unlock()
	}
}
func (s *S) inSwitch() { for { s.mu.Lock(); switch s.n { case 1: break; case 2: s.mu.Unlock(); return }; s.mu.Unlock() } }
func (s *S) goes() { s.mu.Lock(); if s.busy { goto out }; use(1)
out:
	s.mu.Unlock()
}
`);
    for (const name of ["breaks", "outer", "labelled", "inSwitch", "goes"])
      expect([name, leaves(model, `(*S).${name}`), unheld(model, `(*S).${name}`)]).toEqual([name, [], []]);
    expect(at(model, "(*S).labelled")).toEqual(["0/0"]);
    expect(leaves(model, "(*S).wrongLabel")).toEqual(["end S.mu"]);
  });

  it("carry what is held into the next round", async () => {
    const model = await inGo(`
func (s *S) skips() { for s.n < 9 { use(1); s.mu.Lock(); if s.busy { continue }; s.mu.Unlock() } }
func (s *S) relocks() { s.mu.Lock(); for s.busy { s.mu.Unlock(); <-s.ch; s.mu.Lock() }; use(1); s.mu.Unlock() }
func (s *S) forever() { s.mu.Lock(); for { use(1); if s.busy { break } }; s.mu.Unlock() }
`);
    expect(at(model, "(*S).skips")).toEqual(["1/0"]);
    expect(at(model, "(*S).relocks")).toEqual(["1/1"]);
    expect(leaves(model, "(*S).relocks")).toEqual([]);
    expect(leaves(model, "(*S).forever")).toEqual([]);
  });

  it("that take or release a lock of each element do so for all", async () => {
    const model = await inGo(`
func (s *S) all2() { for _, o := range s.all { o.mu.Lock() }; use(1); for _, o := range s.all { o.mu.Unlock() } }
func handOverHand(first *S) { at := first; at.mu.Lock(); for at.next != nil { next := at.next; next.mu.Lock(); at.mu.Unlock(); at = next }; at.mu.Unlock() }
`);
    expect(at(model, "(*S).all2")).toEqual(["1/1"]);
    for (const name of ["(*S).all2", "handOverHand"])
      expect([name, leaves(model, name), unheld(model, name)]).toEqual([name, [], []]);
  });
});

describe("exceptions", () => {
  it("are caught by the try around, and pass through finally", async () => {
    const model = await inJava(`
void safe() { lock.lock(); try { use(); throw new RuntimeException(); } finally { lock.unlock(); } }
void caught() { lock.lock(); try { throw new RuntimeException(); } catch (RuntimeException e) { n = 1; } lock.unlock(); }
void thrown() { lock.lock(); if (n > 1) { throw new RuntimeException(); } lock.unlock(); }
void raised() { lock.lock(); use(); lock.unlock(); }
int nested(int x) { lock.lock(); try { try { if (x > 1) { return 1; } use(); } finally { n = 1; } return n; } finally { lock.unlock(); } }
int loops() { for (;;) { lock.lock(); try { if (n > 1) { break; } if (n > 2) { continue; } if (n > 3) { return 1; } } finally { lock.unlock(); } } return 0; }
int replaced() { lock.lock(); try { return 1; } finally { lock.unlock(); return 2; } }
`);
    for (const name of ["safe", "caught", "nested", "loops", "replaced"])
      expect([name, leaves(model, `A.${name}`), unheld(model, `A.${name}`)]).toEqual([name, [], []]);
    expect(leaves(model, "A.thrown")).toContain("throw A.lock");
    expect(leaves(model, "A.raised")).toEqual(["raise A.lock"]);
  });

  it("end the blocks that hold locks", async () => {
    const model = await inPython(`
def use():
    pass

def returns(x):
    with guard:
        if x:
            return 1
        use()

def caught():
    guard.acquire()
    try:
        use()
        guard.release()
    except ValueError:
        guard.release()
        raise

def swallowed():
    guard.acquire()
    try:
        use()
        guard.release()
    except ValueError:
        pass
`);
    expect(leaves(model, "returns")).toEqual([]);
    expect(linkedNamed(model, "returns").effects.leavesHeld).toEqual([]);
    expect(at(model, "returns")).toEqual(["1/1"]);
    expect([leaves(model, "caught"), unheld(model, "caught")]).toEqual([[], []]);
    expect(leaves(model, "swallowed")).toEqual(["raise a.guard"]);
  });

  it("are not looked for in Go", async () => {
    const model = await inGo("func (s *S) plain() { s.mu.Lock(); use(1); s.mu.Unlock() }");
    expect(leaves(model, "(*S).plain")).toEqual([]);
  });
});

describe("callees", () => {
  it("take, release and borrow locks for their callers", async () => {
    const model = await inGo(`
func (s *S) lock() { s.mu.Lock() }
func (s *S) unlock() { s.mu.Unlock() }
func (s *S) pause() { s.mu.Unlock(); <-s.ch; s.mu.Lock() }
func (s *S) maybe() { if s.busy { s.mu.Unlock(); <-s.ch; s.mu.Lock() } }
func (s *S) yields() { s.mu.Lock(); s.maybe(); s.maybe(); s.mu.Unlock() }
func (s *S) forgetsAfter() { s.mu.Lock(); s.maybe(); if s.busy { return }; s.mu.Unlock() }
func (s *S) wraps() { s.lock(); use(1); s.unlock(); use(2) }
func (s *S) rests() { s.mu.Lock(); s.pause(); use(1); s.mu.Unlock() }
func (s *S) forgets() { s.lock(); if s.busy { return }; s.unlock() }
`);
    expect(leaves(model, "(*S).pause")).toEqual([]);
    expect(at(model, "(*S).wraps")).toEqual(["1/1", "0/0"]);
    expect(at(model, "(*S).rests")).toEqual(["1/1"]);
    expect(linkedNamed(model, "(*S).pause").effects.releases).toEqual([
      { lock: "m.S.mu", instance: "this.mu", forReading: false, retaken: true },
    ]);
    expect([leaves(model, "(*S).yields"), unheld(model, "(*S).yields")]).toEqual([[], []]);
    expect(leaves(model, "(*S).forgetsAfter")).toEqual(["return S.mu"]);
    expect(leaves(model, "(*S).forgets")).toEqual(["return S.mu"]);
  });

  it("that release on some of their ways leave it open whether a lock is held", async () => {
    const model = await inGo(`
func (s *S) perhaps() bool { if s.busy { s.mu.Unlock(); return false }; return true }
func (s *S) asks() { s.mu.Lock(); if !s.perhaps() { return }; s.mu.Unlock() }
`);
    expect(linkedNamed(model, "(*S).perhaps").effects.releases).toEqual([
      { lock: "m.S.mu", instance: "this.mu", forReading: false, sometimes: true },
    ]);
    expect([leaves(model, "(*S).asks"), unheld(model, "(*S).asks")]).toEqual([[], []]);
  });

  it("that run at another time are handed the lock", async () => {
    const model = await inGo(`
func (s *S) spawns() { s.mu.Lock(); go func() { defer s.mu.Unlock(); use(1) }() }
func (s *S) finish() { s.mu.Unlock() }
func (s *S) spawnsMethod() { s.mu.Lock(); go s.finish() }
func (s *S) keeps() { s.mu.Lock(); go use(1) }
func (s *S) maybe() { if s.busy { s.mu.Unlock(); <-s.ch; s.mu.Lock() } }
func (s *S) other(x bool) { s.mu.Lock(); go s.maybe(); if x { return }; s.mu.Unlock() }
`);
    expect(leaves(model, "(*S).spawns")).toEqual([]);
    expect(leaves(model, "(*S).spawnsMethod")).toEqual([]);
    expect(leaves(model, "(*S).keeps")).toEqual(["end S.mu"]);
    expect([leaves(model, "(*S).other"), unheld(model, "(*S).other")]).toEqual([["return S.mu"], []]);
  });

  it("hold a lock while they run what they are handed", async () => {
    const model = await inTypeScript(`
async function runs() { await mutex.runExclusive(() => { use(); }); use(); }
async function releases() { const release = await mutex.acquire(); try { use(); } finally { release(); } }
`);
    expect(leaves(model, "runs")).toEqual([]);
    expect(at(model, "releases")).toEqual(["1/1"]);
    expect([leaves(model, "releases"), unheld(model, "releases")]).toEqual([[], []]);
  });
});

describe("bounds", () => {
  it("end a walk through more ways than are followed, and say so", async () => {
    const locks = Array.from({ length: 8 }, (_, i) => `if x == ${i} { s.all[${i}].mu.Lock() }; `).join("");
    const model = await inGo(`func (s *S) many(x int) { ${locks} use(1) }`);
    expect(regions(model, "(*S).many")?.isComplete).toBe(false);
    const few = await inGo("func (s *S) few(x int) { s.mu.Lock(); if x > 1 { use(1) }; s.mu.Unlock() }");
    expect(regions(few, "(*S).few")?.isComplete).toBe(true);
  });

  it("keep conditions that decide nothing from multiplying the ways", async () => {
    const tests = Array.from({ length: 40 }, (_, i) => `if x == ${i} { use(${i}) }; `).join("");
    const model = await inGo(`func (s *S) long(x int) { s.mu.Lock(); ${tests} s.mu.Unlock() }`);
    expect(regions(model, "(*S).long")?.isComplete).toBe(true);
    expect(leaves(model, "(*S).long")).toEqual([]);
  });

  it("end the running of what is deferred", async () => {
    const deferred = "if s.busy { defer use(1) }; ".repeat(30);
    const exits = Array.from({ length: 60 }, (_, i) => `if x == ${i} { return }; `).join("");
    const model = await inGo(`func (s *S) deep(x int) { s.mu.Lock(); defer s.mu.Unlock(); ${deferred}${exits} }`);
    expect(regions(model, "(*S).deep")?.isComplete).toBe(false);
  });
});

describe("modes", () => {
  it("of taking and releasing are compared", async () => {
    const model = await inGo(`
func (s *S) right() { s.rw.RLock(); defer s.rw.RUnlock(); use(1) }
func (s *S) wrong() { s.rw.RLock(); defer s.rw.Unlock(); use(1) }
`);
    expect(regions(model, "(*S).right")?.otherModeReleases).toEqual([]);
    expect(regions(model, "(*S).wrong")?.otherModeReleases).toHaveLength(1);
  });
});
