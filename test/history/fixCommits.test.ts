import { describe, expect, it } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import { readFixCommit, recentFixCommits } from "../../server/src/host/history/fixCommits";
import { tempTree } from "../host/tempTree";
import { ola, Repository } from "./repository";

const before = "func (h *Hub) Trade() {\n\th.mu.Unlock()\n\tjson.Marshal(h.berths)\n}\n";
const after = "func (h *Hub) Trade() {\n\tberths := copyOf(h.berths)\n\th.mu.Unlock()\n\tjson.Marshal(berths)\n}\n";

describe("fix commits", () => {
  it("are those that say so, newest first", async () => {
    const repository = Repository.create();
    repository.commit("feat: trade", { "hub.go": before });
    const first = repository.commit("fix: copy the berths before the unlock", { "hub.go": after }, ola);
    const second = repository.commit('Revert "feat: tolls"', { "toll.go": "package hub\n" });
    repository.commit("docs: trade", { "README.md": "# Trade\n" });
    const fixes = await recentFixCommits(repository.root, neverCancelled);
    expect(fixes.map(({ id, author }) => [id, author])).toEqual([
      [second, "Mia Lund"],
      [first, "Ola Berg"],
    ]);
  });

  it("tell what went and what came", async () => {
    const repository = Repository.create();
    repository.commit("feat: trade", { "hub.go": before.replace("h.berths", "clone(h.berths)") });
    const id = repository.commit("fix: copy the berths", { "hub.go": after });
    const fix = await readFixCommit(repository.root, id, neverCancelled);
    expect(fix).toMatchObject({ removed: ["clone"], added: ["copyOf"], functions: ["Trade"] });
  });

  it("are none without a repository, and nothing but a hash names one", async () => {
    expect(await recentFixCommits(tempTree(), neverCancelled)).toEqual([]);
    expect(await readFixCommit(tempTree(), "--output=x", neverCancelled)).toBeUndefined();
  });
});
