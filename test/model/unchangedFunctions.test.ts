import { expect, it } from "vitest";
import type { Engine } from "../../server/src/core/engine/engine";
import { lockAnalysis } from "../../server/src/core/model/graph/lockAnalysis";
import { functionAt, type WorkspaceModel } from "../../server/src/core/model/workspaceModel";
import { linkedNamed, newEngine, setFiles } from "../support/analysed";

const pier = (first: string, load = "c.n++") => ({
  "pier.py": `${first}import threading

class Crane:
    def __init__(self):
        self.guard = threading.Lock()
        self.n = 0

    def lift(self, boat):
        with self.guard:
            if boat is None:
                return
            self.weigh(boat)

    def lower(self, boat):
        self.guard.acquire()
        if boat is None:
            raise ValueError()
        self.weigh(boat)
        self.guard.release()

    def weigh(self, boat):
        ${load}
`,
});

async function after(engine: Engine, files: Readonly<Record<string, string>>): Promise<WorkspaceModel> {
  await setFiles(engine, files);
  return engine.analysis().model;
}

/** What is held where, and how the function is left, with lines. */
function locksIn(model: WorkspaceModel, name: string) {
  const linked = linkedNamed(model, name);
  const regions = lockAnalysis(model).regionsOf(linked.id);
  const { fn } = functionAt(model, linked) as NonNullable<ReturnType<typeof functionAt>>;
  const { held, leaves } = regions ?? { held: [], leaves: [] };
  return {
    held: held.map(({ step, holds }) => [step, holds, regions?.at(step).mayHold]),
    leaves,
    isReached: fn.flow.map((step) => regions?.isReached(step)),
  };
}

it("keeps what functions link to and do when they only move", async () => {
  const engine = newEngine();
  const before = await after(engine, pier(""));
  const moved = await after(engine, pier("\n# a line\n"));
  for (const name of ["Crane.lift", "Crane.lower", "Crane.weigh"]) {
    expect(linkedNamed(moved, name)).not.toBe(linkedNamed(before, name));
    expect(linkedNamed(moved, name).links).toBe(linkedNamed(before, name).links);
    expect(linkedNamed(moved, name).effects).toBe(linkedNamed(before, name).effects);
  }
});

it("links a function anew that says something else, and no other", async () => {
  const engine = newEngine();
  const before = await after(engine, pier(""));
  const changed = await after(engine, pier("", "self.lower(boat)"));
  expect(linkedNamed(changed, "Crane.weigh").links).not.toBe(linkedNamed(before, "Crane.weigh").links);
  expect(linkedNamed(changed, "Crane.lift").links).toBe(linkedNamed(before, "Crane.lift").links);
});

it("tells of the locks of a function that moved what a walk from scratch tells", async () => {
  const engine = newEngine();
  lockAnalysis(await after(engine, pier("")));
  const moved = await after(engine, pier("\n# a line\n"));
  const fresh = await after(newEngine(), pier("\n# a line\n"));
  for (const name of ["Crane.lift", "Crane.lower"]) {
    expect(locksIn(moved, name)).toEqual(locksIn(fresh, name));
    expect(locksIn(moved, name).held.length).toBeGreaterThan(0);
  }
  expect(locksIn(moved, "Crane.lower").leaves.length).toBeGreaterThan(0);
});
