import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CodeAction, CodeLens, Hover } from "vscode-languageserver-protocol/node";
import { formatEntry } from "../../server/src/core/ledger/entry";
import { ada, explained } from "../ledger/lines";
import { LanguageServer, uriOf } from "../support/languageServer";
import { scannedWorkspace, temporaryFolder, writeFiles } from "../support/workspaces";

const oracle = `import json


def fold_events(events):
    kept = {}
    for e in sorted(events, key=lambda e: (e.get("at", 0), e.get("id", ""))):
        key = (e.get("who"), e.get("kind"), e.get("at", 0) // 2700)
        if key not in kept or e.get("rank", 0) > kept[key].get("rank", 0):
            kept[key] = e
    text = json.dumps(list(kept))
    return text
`;
const quay = `package quay

import "sync"

type Quay struct {
	mu    sync.Mutex
	ships map[string]int
}

func (q *Quay) Moor(ship string) {
	q.mu.Lock()
	q.ships[ship]++
}
`;
const flush = `package quay

import "database/sql"

type Log struct{ db *sql.DB }

func (q *Quay) Flush(log *Log) {
	q.mu.Lock()
	defer q.mu.Unlock()
	log.write(len(q.ships))
}

func (l *Log) write(ships int) {
	l.db.Exec("INSERT INTO log (ships) VALUES ($1)", ships)
}
`;
const clean = "def add(a, b):\n    return a + b\n";
const files = {
  "events.py": oracle,
  "clean.py": clean,
  "CLAUDE.md": "# Rules\n\n- Never call `json.dumps` outside the wire module.\n",
  "ignored/events.py": oracle,
  ".gitignore": "ignored/\n",
};

async function started(options: { settings?: Record<string, unknown>; pulls?: boolean } = {}) {
  const folder = temporaryFolder(files);
  const server = await LanguageServer.start({ folders: [folder], ...options });
  await server.scanned();
  return { folder, server, uri: uriOf(join(folder, "events.py")) };
}

describe("diagnostics", () => {
  it("reports oracles of files nobody opened, and leaves ignored files alone", async () => {
    const { server, uri, folder } = await started();
    const [diagnostic] = await server.until(() => server.diagnosticsOf(uri), "diagnostics");
    expect(diagnostic).toMatchObject({
      source: "fathom",
      code: "oracle-function",
      severity: 3,
      range: { start: { line: 3, character: 4 }, end: { line: 3, character: 15 } },
    });
    expect(diagnostic?.codeDescription?.href).toMatch(/detectors\/oracle-function\.md$/);
    expect(diagnostic?.relatedInformation?.map(({ location }) => location.range.start.line)).toContain(6);
    expect(server.diagnosticsOf(uriOf(join(folder, "ignored/events.py")))).toBeUndefined();
  });

  it("follows unsaved edits and carries the document's version", async () => {
    const { server, uri } = await started();
    await server.open(uri, "python", oracle, 4);
    await server.until(() => server.versionOf(uri) === 4, "version 4");
    await server.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 5 },
      contentChanges: [{ range: { start: { line: 3, character: 0 }, end: { line: 11, character: 0 } }, text: clean }],
    });
    await server.until(
      () => server.versionOf(uri) === 5 && server.diagnosticsOf(uri)?.length === 0,
      "no findings in version 5",
    );
    await server.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await server.until(() => server.diagnosticsOf(uri)?.length === 1, "what is on disk counts again");
  });

  it("answers clients that pull, and sends them nothing", async () => {
    const { server, uri } = await started({ pulls: true });
    const report = (await server.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } })) as {
      items: unknown[];
    };
    expect(report.items).toHaveLength(1);
    const workspace = (await server.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] })) as {
      items: { uri: string; kind: string; resultId: string }[];
    };
    expect(workspace.items.map(({ uri: file }) => file)).toEqual([uri]);
    const again = (await server.connection.sendRequest("workspace/diagnostic", {
      previousResultIds: workspace.items.map(({ uri: file, resultId }) => ({ uri: file, value: resultId })),
    })) as { items: { kind: string }[] };
    expect(again.items.map(({ kind }) => kind)).toEqual(["unchanged"]);
    expect(server.published).toEqual([]);
  });

  it("changes with settings, without a restart", async () => {
    const { server, uri } = await started();
    await server.until(() => server.diagnosticsOf(uri)?.[0]?.severity === 3, "information");
    server.settings = { oracleFunction: { severity: "warning" } };
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await server.until(() => server.diagnosticsOf(uri)?.[0]?.severity === 2, "a warning");
    server.settings = { oracleFunction: { severity: "off" } };
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await server.until(() => server.diagnosticsOf(uri)?.length === 0, "nothing");
    server.settings = { oracleFunction: { severity: "loud" }, exclude: ["events.py"] };
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await server.until(
      () =>
        server.notifications.some(({ params }) =>
          JSON.stringify(params).includes("fathom.oracleFunction.severity must be one of"),
        ),
      "a warning about the setting",
    );
    expect(server.diagnosticsOf(uri)).toEqual([]);
  });

  it("notices files that come, change and go", async () => {
    const { server, folder } = await started();
    const added = uriOf(join(folder, "added.py"));
    const watch = (type: number, uri = added) =>
      server.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type }] });
    writeFiles(folder, { "added.py": oracle.replace("fold_events", "fold_more").replace("2700", "2701") });
    server.settings = { oracleFunction: { topPercent: 100 } };
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await watch(1);
    await server.until(() => server.diagnosticsOf(added)?.length === 1, "a finding in the new file");
    writeFiles(folder, { "added.py": clean });
    await watch(2);
    await server.until(() => server.diagnosticsOf(added)?.length === 0, "no finding after the change");
    writeFiles(folder, { "added.py": oracle });
    await watch(2);
    await server.until(() => server.diagnosticsOf(added)?.length === 1, "a finding again");
    rmSync(join(folder, "added.py"));
    await watch(3);
    await server.until(() => server.diagnosticsOf(added)?.length === 0, "nothing once it is gone");
    const ignored = uriOf(join(folder, "ignored/events.py"));
    await watch(1, ignored);
    await server.connection.sendRequest("textDocument/hover", {
      textDocument: { uri: added },
      position: { line: 0, character: 0 },
    });
    expect(server.diagnosticsOf(ignored)).toBeUndefined();
  });
});

describe("features", () => {
  it("puts a lens above an oracle and resolves its text", async () => {
    const { server, uri, folder } = await started();
    const lenses = (await server.connection.sendRequest("textDocument/codeLens", {
      textDocument: { uri },
    })) as CodeLens[];
    const resolved = await Promise.all(
      lenses.map((lens) => server.connection.sendRequest("codeLens/resolve", lens) as Promise<CodeLens>),
    );
    expect(resolved.map(({ command }) => command?.title)).toEqual([
      "Oracle: nobody has explained this · Explain",
      "Quiz me",
      "1 rule",
    ]);
    expect(lenses[0]?.range.start.line).toBe(3);
    const none = await server.connection.sendRequest("textDocument/codeLens", {
      textDocument: { uri: uriOf(join(folder, "clean.py")) },
    });
    expect(none).toEqual([]);
  });

  it("tells who explained a function, once the ledger says so, and when that no longer holds", async () => {
    const { server, uri, folder } = await started();
    const fn = (await scannedWorkspace(folder)).summaryOf("events.py")?.functions[0];
    if (!fn) throw new Error("no function");
    const ledger = ".fathom/ledger/events.py.jsonl";
    const entry = explained(fn, ada, {
      when: "2025-03-03T09:30:00Z",
      text: "Keeps the best event [of](http://evil.example) each slot.",
    });
    const watch = (path: string) =>
      server.connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: uriOf(join(folder, path)), type: 2 }],
      });
    const titles = async () => {
      const lenses = (await server.connection.sendRequest("textDocument/codeLens", {
        textDocument: { uri },
      })) as CodeLens[];
      const resolved = lenses.map(
        (lens) => server.connection.sendRequest("codeLens/resolve", lens) as Promise<CodeLens>,
      );
      return (await Promise.all(resolved)).map(({ command }) => command?.title);
    };
    const hover = async () =>
      textOf(
        (await server.connection.sendRequest("textDocument/hover", {
          textDocument: { uri },
          position: { line: 3, character: 6 },
        })) as Hover,
      );
    writeFiles(folder, { [ledger]: `${formatEntry(entry)}\n` });
    await watch(ledger);
    await server.until(() => server.diagnosticsOf(uri)?.length === 0, "no oracle any more");
    expect((await titles())[0]).toBe("Explained by Ada Lund, 3 Mar 2025");
    expect(await hover()).toContain(
      "**Explained by Ada Lund, 3 Mar 2025**\n\n> Keeps the best event \\[of\\](http://evil.example) each slot.",
    );
    writeFiles(folder, { "events.py": oracle.replace("2700", "3600") });
    await watch("events.py");
    await server.until(() => server.diagnosticsOf(uri)?.length === 1, "an oracle again");
    expect((await titles())[0]).toBe("Oracle: explanation is stale · Explain");
    expect(await hover()).toContain("**Explanation is stale (Ada Lund, 3 Mar 2025)**");
    rmSync(join(folder, ledger));
    await watch(ledger);
    await server.until(
      () => JSON.stringify(server.diagnosticsOf(uri)?.[0] ?? "Ada").includes("Ada") === false,
      "nobody explained it",
    );
    expect((await titles())[0]).toBe("Oracle: nobody has explained this · Explain");
  });

  it("tells the evidence on hover, and the rules of a line with where they come from", async () => {
    const { server, uri } = await started();
    const onName = (await server.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: { line: 3, character: 6 },
    })) as Hover;
    expect(textOf(onName)).toContain("nobody has explained `fold_events`");
    expect(textOf(onName)).toContain("buckets of `2700`");
    const onCall = (await server.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: { line: 9, character: 12 },
    })) as Hover;
    expect(textOf(onCall)).toMatch(/Never call `json.dumps` outside the wire module\.[\s\S]*CLAUDE\.md:3/);
    const elsewhere = await server.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: { line: 4, character: 5 },
    });
    expect(elsewhere).toBeNull();
  });

  it("offers to suppress with a reason, and the detector's page", async () => {
    const { server, uri } = await started();
    await server.open(uri, "python", oracle);
    const diagnostics = await server.until(
      () => server.versionOf(uri) === 1 && server.diagnosticsOf(uri),
      "diagnostics",
    );
    const actions = (await server.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: diagnostics[0]?.range,
      context: { diagnostics },
    })) as CodeAction[];
    expect(actions.map(({ title }) => title)).toEqual([
      "Quiz me on this function",
      "Do without an explanation, with a reason",
      "Ignore this oracle-function with a reason",
      "What is oracle-function?",
    ]);
    expect(actions[0]?.command?.arguments).toEqual([uri, { line: 3, character: 4 }]);
    expect(actions[1]?.command).toMatchObject({ command: "fathom.waiveExplanation", arguments: [uri, { line: 3 }] });
    expect(actions[2]?.edit?.changes?.[uri]?.[0]).toMatchObject({
      newText: "# fathom:ignore oracle-function -- \n",
      range: { start: { line: 3, character: 0 } },
    });
    await server.connection.sendRequest("workspace/executeCommand", actions[3]?.command);
    expect(server.shown[0]).toMatch(/oracle-function\.md$/);
  });

  it("offers the edits that mend a finding, and says in a lens what is wrong", async () => {
    const folder = temporaryFolder({ "go.mod": "module example.com/quay\n", "quay.go": quay });
    const server = await LanguageServer.start({ folders: [folder] });
    await server.scanned();
    const uri = uriOf(join(folder, "quay.go"));
    await server.open(uri, "go", quay);
    const diagnostics = await server.until(
      () => server.versionOf(uri) === 1 && server.diagnosticsOf(uri),
      "diagnostics",
    );
    const actions = (await server.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: diagnostics[0]?.range,
      context: { diagnostics },
    })) as CodeAction[];
    expect(actions[0]).toMatchObject({
      title: "Defer q.mu.Unlock()",
      isPreferred: true,
      edit: {
        changes: {
          [uri]: [
            {
              range: { start: { line: 11, character: 0 }, end: { line: 11, character: 0 } },
              newText: "\tdefer q.mu.Unlock()\n",
            },
          ],
        },
      },
    });
    const lenses = (await server.connection.sendRequest("textDocument/codeLens", {
      textDocument: { uri },
    })) as CodeLens[];
    expect(lenses.map(({ range, command }) => [range.start.line, command?.title])).toEqual([
      [9, "Leaves Quay.mu locked"],
    ]);
    expect(await server.connection.sendRequest("codeLens/resolve", lenses[0])).toEqual(lenses[0]);
  });

  it("shows a witness as related information, and what is held during I/O in a lens without Markdown", async () => {
    const folder = temporaryFolder({ "go.mod": "module example.com/quay\n", "quay.go": quay, "flush.go": flush });
    const server = await LanguageServer.start({ folders: [folder] });
    await server.scanned();
    const uri = uriOf(join(folder, "flush.go"));
    const diagnostics = await server.until(() => server.diagnosticsOf(uri), "diagnostics");
    const blocking = diagnostics.find(({ code }) => code === "blocking-call-under-lock");
    expect(blocking?.message).toContain("'Flush' holds 'Quay.mu' while it goes to the database");
    expect(
      blocking?.relatedInformation?.map(({ location, message }) => [location.uri, location.range.start.line, message]),
    ).toEqual([
      [uri, 7, "takes 'Quay.mu'"],
      [uri, 9, "calls '(*Log).write'"],
      [uri, 13, "goes to the database ('insert log')"],
    ]);
    const lenses = (await server.connection.sendRequest("textDocument/codeLens", {
      textDocument: { uri },
    })) as CodeLens[];
    expect(lenses.map(({ range, command }) => [range.start.line, command])).toEqual([
      [
        6,
        {
          title: "Holds Quay.mu during a database write",
          command: "fathom.explainFunction",
          arguments: [uri, { line: 6, character: 15 }],
        },
      ],
    ]);
  });

  it("explains the function at a position", async () => {
    const { server, uri } = await started();
    const brief = (await server.connection.sendRequest("fathom/explainFunction", {
      uri,
      position: { line: 6, character: 10 },
    })) as { symbol: string; markdown: string };
    expect(brief.symbol).toBe("fold_events");
    expect(brief.markdown).toContain("## Why it is flagged");
    expect(
      await server.connection.sendRequest("fathom/explainFunction", { uri, position: { line: 0, character: 0 } }),
    ).toBeNull();
  });

  it("reports the progress of the first scan and asks to be told of changed files and settings", async () => {
    const { server } = await started();
    expect(server.progress[0]?.kind).toBe("begin");
    expect(server.progress.at(-1)?.kind).toBe("end");
    expect(server.registered).toEqual(
      expect.arrayContaining(["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]),
    );
  });
});

it("serves several folders, and forgets one that is closed", async () => {
  const [first, second] = [temporaryFolder(files), temporaryFolder({ "other.py": oracle })];
  const server = await LanguageServer.start({ folders: [first, second] });
  const inFirst = uriOf(join(first, "events.py"));
  const inSecond = uriOf(join(second, "other.py"));
  await server.until(
    () => server.diagnosticsOf(inFirst)?.length === 1 && server.diagnosticsOf(inSecond)?.length === 1,
    "findings in both",
  );
  await server.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added: [], removed: [{ uri: uriOf(second), name: "second" }] },
  });
  await server.until(() => server.diagnosticsOf(inSecond)?.length === 0, "nothing in the closed folder");
  expect(server.diagnosticsOf(inFirst)).toHaveLength(1);
});

it("tells on hover who calls a function, from other files too", async () => {
  const folder = temporaryFolder({
    "shop/__init__.py": "",
    "shop/price.py": "def price(item):\n    return item.cost\n",
    "shop/cart.py": "from .price import price\n\ndef total(items):\n    return sum(price(item) for item in items)\n",
  });
  const server = await LanguageServer.start({ folders: [folder] });
  await server.scanned();
  const hover = (await server.connection.sendRequest("textDocument/hover", {
    textDocument: { uri: uriOf(join(folder, "shop/price.py")) },
    position: { line: 0, character: 6 },
  })) as Hover;
  expect(textOf(hover)).toMatch(/Called by \[`total`\]\(.*cart\.py#L3\) · reached from 1 other file/);
});

it("analyses a file that is in no folder", async () => {
  const folder = temporaryFolder({ "single.py": oracle });
  const server = await LanguageServer.start({ folders: [] });
  const uri = uriOf(join(folder, "single.py"));
  await server.open(uri, "python", oracle);
  await server.until(() => server.diagnosticsOf(uri)?.length === 1, "a finding");
});

it("shuts down when told to", async () => {
  const server = await LanguageServer.start({ folders: [temporaryFolder()] });
  expect(await server.stop()).toBe(0);
});

function textOf(hover: Hover): string {
  return (hover.contents as { value: string }).value;
}
