import { expect, it } from "vitest";
import { type GuardedField, guardedFields } from "../../server/src/core/model/graph/guards";
import type { WorkspaceModel } from "../../server/src/core/model/workspaceModel";
import { modelOf, newEngine, setFiles } from "../support/analysed";

const yard = (rest = "") => ({
  "go.mod": "module m\n",
  "yard/yard.go": `package yard

import "sync"

type Crate struct { Weight int }
type Yard struct { mu sync.Mutex; crates map[string]Crate; order []*Crate; open bool; seen int32 }

func NewYard() *Yard { y := &Yard{}; y.crates = map[string]Crate{}; y.fill(); return y }
func (y *Yard) Put(n string) { y.mu.Lock(); defer y.mu.Unlock(); y.crates[n] = Crate{}; y.open = true; y.count() }
func (y *Yard) Get(n string) Crate { y.mu.Lock(); defer y.mu.Unlock(); return y.crates[n] }
func (y *Yard) count() { y.order = nil }
`,
  "yard/more.go": `package yard

func (y *Yard) fill() { y.order = append(y.order, nil) }
func (y *Yard) Size() int { return len(y.crates) }
${rest}
`,
});

const told = ({ field, lock, guarded, unguarded, accesses }: GuardedField) => ({
  field,
  lock,
  guarded: namesOf(guarded),
  unguarded: namesOf(unguarded),
  accesses: accesses.map(({ fn, kind, start, depth }) => `${fn.name} ${kind} ${start} ${depth}`),
});

const namesOf = (ids: Iterable<string>) => [...ids].map((id) => id.slice(id.lastIndexOf(".") + 1)).sort();

function guardOf(model: WorkspaceModel, field: string) {
  const found = guardedFields(model).find((guarded) => guarded.field.endsWith(`.${field}`));
  return found && { guarded: namesOf(found.guarded), unguarded: namesOf(found.unguarded) };
}

it("tells who uses a field with its lock and who does not", async () => {
  const model = await modelOf(yard());
  expect(guardOf(model, "crates")).toEqual({ guarded: ["Get", "Put"], unguarded: ["Size"] });
});

it("counts what every caller holds, and leaves constructors and what only they call alone", async () => {
  const model = await modelOf(yard());
  expect(guardOf(model, "order")).toEqual({ guarded: ["count"], unguarded: [] });
  const called = await modelOf(yard("func (y *Yard) Refill() { y.fill() }"));
  expect(guardOf(called, "order")).toEqual({ guarded: ["count"], unguarded: ["fill"] });
});

it("takes a field that is used atomically for one that needs no lock", async () => {
  const atomic = `
import "sync/atomic"
func (y *Yard) Look() { y.mu.Lock(); defer y.mu.Unlock(); y.seen = 0 }
func (y *Yard) Add() { atomic.AddInt32(&y.seen, 1) }`;
  expect(guardOf(await modelOf(yard(atomic)), "seen")).toBeUndefined();
});

it("takes what a local got from a field of structs for a copy", async () => {
  const through = (type: string) =>
    `
type Deck struct { mine map[string]${type}; mu sync.Mutex }
func (d *Deck) Weigh(n string) int { d.mu.Lock(); c := d.mine[n]; c.Weight = 1; d.mu.Unlock(); c.Weight = 2; return c.Weight }
`.replace(/^/, 'import "sync"\n');
  const ofStructs = await modelOf(yard(through("Crate")));
  expect(guardOf(ofStructs, "Weight")).toBeUndefined();
  expect(guardOf(await modelOf(yard(through("*Crate"))), "Weight")).toBeDefined();
});

it("is after every edit what it is from scratch", async () => {
  const edits = [
    yard(),
    // Another caller, which is no constructor.
    yard("func (y *Yard) Refill() { y.fill() }"),
    yard(),
    // What all callers hold changes in another file.
    yard("func (y *Yard) Recount() { y.count() }"),
    // Everything moves.
    yard("\n\n// A comment.\nfunc (y *Yard) IsOpen() bool { return y.open }"),
    // A field becomes one that takes care of itself.
    { ...yard(), "yard/yard.go": yard()["yard/yard.go"].replace("open bool", "open chan bool") },
    // A field becomes one that is touched under a lock.
    yard("func (y *Yard) See() { y.mu.Lock(); y.seen = 1; y.mu.Unlock() }"),
    // A type in another file decides what is a copy.
    yard("type Lot struct { by map[string]Box; mu sync.Mutex }"),
    // A constructor becomes something else.
    { ...yard(), "yard/yard.go": yard()["yard/yard.go"].replace("NewYard()", "Borrow()") },
    // A file goes.
    { "go.mod": "module m\n", "yard/yard.go": yard()["yard/yard.go"] },
    yard(),
  ];
  const engine = newEngine();
  let before: string[] = [];
  for (const edit of edits) {
    for (const path of before) if (!(path in edit)) engine.removeFile(path);
    await setFiles(engine, edit);
    before = Object.keys(edit).filter((path) => path.endsWith(".go"));
    const edited = guardedFields(engine.analysis().model).map(told);
    expect(edited).toEqual(guardedFields(await modelOf(edit)).map(told));
    // What was asked last was another workspace.
    await setFiles(engine, { ...edit, "yard/last.go": "package yard\n" });
    expect(guardedFields(engine.analysis().model).map(told)).toEqual(edited);
    engine.removeFile("yard/last.go");
    guardedFields(engine.analysis().model);
  }
});

it("judges only what an edit reaches", async () => {
  const dock = (n: number) => `package dock\n\ntype Dock struct{ n int }\n\nfunc (d *Dock) Set() { d.n = ${n} }\n`;
  const engine = newEngine();
  await setFiles(engine, { ...yard(), "dock/dock.go": dock(1) });
  const before = guardedFields(engine.analysis().model);
  await engine.setFile("dock/dock.go", dock(2));
  const after = guardedFields(engine.analysis().model);
  expect(after).toHaveLength(3);
  for (const guarded of after) expect(before).toContain(guarded);
});
