import { expect, it } from "vitest";
import { lockAnalysis } from "../../server/src/core/model/graph/lockAnalysis";
import type { FunctionId } from "../../server/src/core/model/link/links";
import type { WorkspaceModel } from "../../server/src/core/model/workspaceModel";
import { linkedNamed, modelOf, newEngine, setFiles } from "../support/analysed";

const go = (body: string) => ({ "go.mod": "module m\n", "a.go": `package m\n\nimport "sync"\n\n${body}` });

function onEntry(model: WorkspaceModel, name: string): string[] {
  const id: FunctionId = linkedNamed(model, name).id;
  return lockAnalysis(model)
    .onEntry(id)
    .map(({ lock, instance }) => `${lock} ${instance}`);
}

const quay = (caller: string) =>
  go(`
type Quay struct { mu sync.Mutex; next *Quay; n int }
func (q *Quay) Moor() { q.mu.Lock(); defer q.mu.Unlock(); q.count(); q.next.lower() }
func (q *Quay) Leave() { q.mu.Lock(); q.count(); q.mu.Unlock() }
func (q *Quay) count() { q.n++; q.log() }
func (q *Quay) log() {}
func (q *Quay) lower() {}
${caller}
`);

it("tells what all callers hold, as the callee names it", async () => {
  const model = await modelOf(quay(""));
  expect(onEntry(model, "(*Quay).count")).toEqual(["m.Quay.mu this.mu"]);
  expect(onEntry(model, "(*Quay).log")).toEqual(["m.Quay.mu this.mu"]);
  expect(onEntry(model, "(*Quay).lower")).toEqual(["m.Quay.mu undefined"]);
  expect(onEntry(model, "(*Quay).Moor")).toEqual([]);
});

it("tells nothing when one caller holds nothing, or starts the function elsewhere", async () => {
  const calling = await modelOf(quay("func (q *Quay) Peek() { q.count() }"));
  expect(onEntry(calling, "(*Quay).count")).toEqual([]);
  const starting = await modelOf(quay("func (q *Quay) Later() { q.mu.Lock(); defer q.mu.Unlock(); go q.count() }"));
  expect(onEntry(starting, "(*Quay).log")).toEqual([]);
});

it("ends where functions that take a lock call each other under it", async () => {
  const model = await modelOf({
    "p/Crane.java": `package p;
class Crane {
  int n;
  synchronized void lift(int n) { if (n > 0) turn(n - 1); weigh(n); }
  synchronized void turn(int n) { if (n > 0) lift(n - 1); weigh(n); }
  private void weigh(int n) { if (n > 3) { weigh(n - 1); } }
}`,
  });
  expect(onEntry(model, "Crane.weigh")).toEqual(["p.Crane this"]);
});

it("is after an edit what it is from scratch", async () => {
  const engine = newEngine();
  const edits = ["", "func (q *Quay) Peek() { q.count() }", "", "func (q *Quay) Peek() { q.Leave() }"];
  for (const edit of edits) {
    await setFiles(engine, quay(edit));
    const edited = lockAnalysis(engine.analysis().model);
    const fresh = lockAnalysis(await modelOf(quay(edit)));
    const told = (analysis: typeof edited) => analysis.entered.map((id) => [id, analysis.onEntry(id)]);
    expect(told(edited)).toEqual(told(fresh));
    expect(edited.locking.map(({ linked }) => linked.id)).toEqual(fresh.locking.map(({ linked }) => linked.id));
  }
});
