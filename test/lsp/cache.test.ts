import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LanguageServer } from "../support/languageServer";
import { temporaryFolder } from "../support/workspaces";

const files = { "a.py": "def add(a, b):\n    return a + b\n" };

it("forgets what it kept between sessions when told to", async () => {
  const cacheFolder = join(temporaryFolder(), "cache");
  const server = await LanguageServer.start({ folders: [temporaryFolder(files)], cacheFolder });
  await server.scanned();
  expect(readdirSync(cacheFolder).filter((name) => name.endsWith(".pack"))).toHaveLength(1);
  await server.connection.sendRequest("fathom/clearCache");
  expect(existsSync(cacheFolder) ? readdirSync(cacheFolder) : []).toEqual([]);
});

it("says once that it cannot keep anything, and works without", async () => {
  const cacheFolder = join(temporaryFolder(), "cache");
  writeFileSync(cacheFolder, "not a folder");
  const server = await LanguageServer.start({ folders: [temporaryFolder(files)], cacheFolder });
  await server.scanned();
  const status = await server.until(
    () =>
      server.notifications
        .filter(({ method }) => method === "fathom/statusChanged")
        .map(({ params }) => params as { state: string; files: number; problems: string[] })
        .findLast(({ state }) => state === "ready"),
    "the end of the scan",
  );
  expect(status.files).toBe(1);
  expect(status.problems).toHaveLength(1);
  expect(status.problems[0]).toMatch(/^The cache .*: not a directory\.$/);
});
