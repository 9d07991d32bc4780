import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Repository } from "../history/repository";
import { LanguageServer, uriOf } from "../support/languageServer";

const fileCount = 2000;
/** What a client reports at once. */
const batchSize = 500;
const opened = "part0/file0.py";
const settings = { oracleFunction: { topPercent: 100, linesPerFinding: 0 }, history: { enabled: false } };

function oracle(name: string, slot: number): string {
  return `def ${name}(events):
    kept = {}
    for e in sorted(events, key=lambda e: (e.get("at", 0), e.get("id", ""))):
        key = (e.get("who"), e.get("kind"), e.get("at", 0) // ${slot})
        if key not in kept or e.get("rank", 0) > kept[key].get("rank", 0):
            kept[key] = e
    return kept
`;
}

function pathOf(index: number): string {
  return `part${index % 20}/file${index}.py`;
}

/** Every file differs between the branches; some are only in one of them, and which ones are oracles changes too. */
function filesOf(branch: "main" | "other"): Record<string, string> {
  const isMain = branch === "main";
  const files: Record<string, string> = { "CLAUDE.md": "# Rules\n\n- Never call `json.dumps`.\n" };
  for (let i = 0; i < fileCount; i++) {
    if (i % 40 === (isMain ? 1 : 2)) continue;
    const body = i % 20 === (isMain ? 0 : 3) ? oracle(`fold_${branch}`, 900 + i) : `def add(a, b):\n    return a + b\n`;
    files[pathOf(i)] = `${isMain ? "" : "import json\n\n\n"}${body}`;
  }
  return files;
}

it("is right about a workspace that another branch was checked out in during the first scan", async () => {
  const repository = Repository.create();
  repository.commit("Other", filesOf("other"));
  repository.git("branch", "other");
  for (const path of Object.keys(filesOf("other"))) repository.git("update-index", "--force-remove", path);
  repository.git("clean", "--quiet", "--force", "-d");
  repository.commit("Main", filesOf("main"));

  const server = await LanguageServer.start({ folders: [repository.root], settings });
  const uri = uriOf(join(repository.root, opened));
  const text = filesOf("main")[opened] as string;
  await server.open(uri, "python", text);
  await server.until(() => server.progress.length > 0, "the beginning of the first scan");
  repository.git("checkout", "--quiet", "other");
  const changes = Array.from({ length: fileCount }, (_, i) => {
    const path = join(repository.root, pathOf(i));
    return { uri: uriOf(path), type: !existsSync(path) ? 3 : i % 40 === 1 ? 1 : 2 };
  });
  for (let start = 0; start < changes.length; start += batchSize) {
    await server.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: changes.slice(start, start + batchSize),
    });
    // It answers meanwhile.
    await server.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: { line: 0, character: 5 },
    });
  }
  await server.scanned();
  await server.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });

  const fresh = await LanguageServer.start({ folders: [repository.root], settings });
  await fresh.scanned();
  // Its answer comes after what the end of the scan has to say.
  await fresh.connection.sendRequest("textDocument/codeLens", { textDocument: { uri } });
  const expected = toldBy(fresh);
  expect(expected.size).toBeGreaterThan(fileCount / 25);
  await server
    .until(() => sameMap(toldBy(server), expected), "the findings of a fresh scan", 60_000)
    .catch(() => undefined);
  expect(Object.fromEntries(toldBy(server))).toEqual(Object.fromEntries(expected));
}, 240_000);

/** Messages and places by document, of documents that have any. */
function toldBy(server: LanguageServer): Map<string, string> {
  const told = new Map<string, string>();
  for (const { uri, diagnostics } of server.published) {
    if (diagnostics.length === 0) told.delete(uri);
    else told.set(uri, JSON.stringify(diagnostics.map(({ range, message }) => [range, message])));
  }
  return told;
}

function sameMap(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
