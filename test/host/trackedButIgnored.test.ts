import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import { trackedButIgnored } from "../../server/src/host/history/trackedButIgnored";
import { tempTree } from "./tempTree";

describe("files that git tracks and .gitignore names", () => {
  it("are told, but not those that are left out anyway", async () => {
    const root = tempTree({
      ".gitignore": "/*\n!/.gitignore\n",
      "quay.go": "package quay\n",
      "old/tide.go": "package old\n",
      "a.md": "",
    });
    const git = (...args: string[]) => execFileSync("git", ["-C", root, ...args], { stdio: "ignore" });
    git("init");
    git("add", "-f", "quay.go", "old/tide.go", "a.md", ".gitignore");
    const isGo = (path: string) => path.endsWith(".go");
    const all = await trackedButIgnored(root, isGo, [], neverCancelled);
    expect(all.map(({ message }) => message)).toEqual([
      expect.stringContaining("`old/tide.go` and 1 more are not analysed: git tracks them"),
    ]);
    const some = await trackedButIgnored(root, isGo, ["**/old"], neverCancelled);
    expect(some.map(({ message }) => message)).toEqual([
      expect.stringContaining("`quay.go` is not analysed: git tracks it"),
    ]);
    expect(await trackedButIgnored(root, isGo, ["**/old", "*.go"], neverCancelled)).toEqual([]);
  });
});
