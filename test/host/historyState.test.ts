import { describe, expect, it } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import { GitHistory, type HistoryCache } from "../../server/src/host/history/gitHistory";
import { Repository } from "../history/repository";
import { tempTree } from "./tempTree";

const text = "def f():\n    return 1\n";

function memory(): HistoryCache {
  const entries = new Map<string, Buffer>();
  return { read: async (key) => entries.get(key), write: async (key, value) => void entries.set(key, value) };
}

function noteFor(id: string): string {
  const session = { agent_id: { tool: "claude", id: "1", model: "m" }, human_author: null };
  return `berths.py\n  abcdef0123456789 1-2\n---\n${JSON.stringify({
    schema_version: "authorship/3.0.0",
    base_commit_sha: id,
    prompts: { abcdef0123456789: session },
  })}`;
}

async function aiShare(folder: string, cache?: HistoryCache): Promise<number | undefined> {
  const files = [{ path: "berths.py", functions: [{ symbol: "f", startLine: 1, endLine: 2 }] }];
  const { history } = await new GitHistory(folder, { ...(cache && { cache }) }).read(
    files,
    async () => text,
    neverCancelled,
  );
  return history?.files.get("berths.py")?.functions.f?.aiShare;
}

describe("the state of a repository", () => {
  it("is another one after a commit, and after a note on a commit", async () => {
    const repository = Repository.create();
    const state = async () => (await new GitHistory(repository.root).state(neverCancelled)).state;
    expect(await state()).toBeUndefined();
    const id = repository.commit("Add berths", { "berths.py": text });
    const first = await state();
    expect(first).toContain(id);
    expect(await state()).toBe(first);
    repository.git("notes", "--ref=ai", "add", "-m", noteFor(id), id);
    const noted = await state();
    expect(noted).not.toBe(first);
    repository.commit("More", { "other.py": text });
    expect(await state()).not.toBe(noted);
  });

  it("is none, and no notice, where there is no repository", async () => {
    expect(await new GitHistory(tempTree()).state(neverCancelled)).toEqual({ notices: [] });
  });
});

describe("a log that was kept", () => {
  it("is read anew when one of its commits has got a note", async () => {
    const repository = Repository.create();
    const cache = memory();
    const id = repository.commit("Add berths", { "berths.py": text });
    expect(await aiShare(repository.root, cache)).toBe(0);
    repository.git("notes", "--ref=ai", "add", "-m", noteFor(id), id);
    expect(await aiShare(repository.root)).toBe(1);
    expect(await aiShare(repository.root, cache)).toBe(1);
    const second = repository.commit("More", { "other.py": text });
    repository.git("notes", "--ref=ai", "add", "-m", noteFor(second), second);
    expect(await aiShare(repository.root, cache)).toBe(1);
    repository.git("notes", "--ref=ai", "remove", id);
    expect(await aiShare(repository.root, cache)).toBe(0);
  });
});
