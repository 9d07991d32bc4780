import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import { changesSince, defaultBase } from "../../server/src/host/history/changes";
import { tempTree } from "../host/tempTree";
import { Repository } from "./repository";

const long = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join("");

describe("changes of the working tree", () => {
  it("are told against where the branch began, committed or not", async () => {
    const repository = Repository.create();
    repository.commit("start", { "a.go": long, "b.go": "b\n", "moved.go": `${long}moved\n`, "api/c.go": "c\n" });
    repository.git("checkout", "--quiet", "-b", "work");
    repository.commit("change", { "a.go": long.replace("line 3\n", "line three\nline more\n") });
    repository.git("checkout", "--quiet", "main");
    repository.commit("elsewhere", { "other.go": "o\n" });
    repository.git("checkout", "--quiet", "work");
    repository.git("rm", "--quiet", "b.go");
    repository.git("mv", "moved.go", "new name é.go");
    repository.write({ "fresh.go": "f\n", "api/c.go": "d\n" });
    const { files } = await changesSince(repository.root, "main", neverCancelled);
    expect(files.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: "a.go", kind: "modified", changed: [{ start: 3, end: 5 }] },
      { path: "api/c.go", kind: "modified", changed: [{ start: 0, end: 1 }] },
      { path: "b.go", kind: "deleted" },
      { path: "fresh.go", kind: "added" },
      { path: "new name é.go", oldPath: "moved.go", kind: "renamed" },
    ]);
    const inApi = await changesSince(join(repository.root, "api"), "main", neverCancelled);
    expect(inApi.files.map(({ path }) => path)).toEqual(["c.go"]);
  });

  it("count the place where lines only went", async () => {
    const repository = Repository.create();
    repository.commit("start", { "a.go": long });
    repository.write({ "a.go": long.replace("line 5\n", "").replace("line 0\n", "") });
    const { files } = await changesSince(repository.root, "HEAD", neverCancelled);
    expect(files[0]?.changed).toEqual([
      { start: 0, end: 1 },
      { start: 3, end: 4 },
    ]);
  });

  it("name what is missing in words", async () => {
    const repository = Repository.create();
    repository.commit("start", { "a.go": "a\n" });
    await expect(changesSince(repository.root, "gone", neverCancelled)).rejects.toThrow("no commit gone here");
    await expect(changesSince(repository.root, "--output=x", neverCancelled)).rejects.toThrow("no commit --output=x");
    await expect(changesSince(tempTree(), "main", neverCancelled)).rejects.toThrow("no git repository");
  });

  it("are compared with the tip where a shallow clone has nothing in common", async () => {
    const repository = Repository.create();
    repository.commit("start", { "a.go": "a\n" });
    repository.commit("second", { "a.go": "b\n" });
    const root = tempTree();
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${repository.root}`, root], { stdio: "ignore" });
    expect((await changesSince(root, "origin/main", neverCancelled)).files).toEqual([]);
    expect(await defaultBase(root, neverCancelled)).toBe("origin/HEAD");
  });
});

describe("the base nobody names", () => {
  it("is the default branch, and nothing outside a repository", async () => {
    const repository = Repository.create();
    repository.commit("start", { "a.go": "a\n" });
    expect(await defaultBase(repository.root, neverCancelled)).toBe("main");
    repository.git("branch", "--quiet", "-m", "main", "trunk");
    expect(await defaultBase(repository.root, neverCancelled)).toBe("HEAD");
    expect(await defaultBase(tempTree(), neverCancelled)).toBeUndefined();
  });
});
