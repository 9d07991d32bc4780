import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CompletionList, DocumentLink, LocationLink } from "vscode-languageserver-protocol/node";
import { LanguageServer, uriOf } from "../support/languageServer";
import { temporaryFolder } from "../support/workspaces";

const harbour = `package harbour

import (
	"database/sql"
	"sync"
)

type Harbour struct {
	mu     sync.Mutex
	db     *sql.DB
	berths map[string]int
}

func (h *Harbour) Moor(ship string, berth int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.berths[ship] = berth
	h.db.Exec("INSERT INTO moorings (ship, berth) VALUES ($1, $2)", ship, berth)
}
`;
const rules = `# Harbour

See \`api/harbour.go\`, and @docs/style.md for style.

## Never

- Never call \`Harbour.Moor\` twice.
`;

async function started() {
  const folder = temporaryFolder({
    "api/harbour.go": harbour,
    "CLAUDE.md": rules,
    "docs/style.md": "- Use tabs in Go.\n",
    "README.md": "`Harbour`\n",
  });
  const server = await LanguageServer.start({ folders: [folder] });
  await server.scanned();
  const uri = uriOf(join(folder, "CLAUDE.md"));
  await server.open(uri, "markdown", rules);
  return { folder, server, uri, code: uriOf(join(folder, "api/harbour.go")) };
}

function positionOf(text: string, word: string, offset = 0) {
  const before = text.slice(0, text.indexOf(word) + offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe("in an instruction file", () => {
  it("completes symbols and paths after a backtick, and nothing elsewhere", async () => {
    const { server, uri } = await started();
    const text = `${rules}- Never call \`moo`;
    await server.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text }],
    });
    const at = (position: object) =>
      server.connection.sendRequest<CompletionList>("textDocument/completion", { textDocument: { uri }, position });
    const { items } = await at(positionOf(text, "`moo", 4));
    expect(items.map(({ label, detail }) => [label, detail])).toEqual([["Harbour.Moor", "api/harbour.go"]]);
    expect((await at(positionOf(text, "See"))).items).toEqual([]);
  });

  it("leads from a name to its declaration, and from a path to its file", async () => {
    const { server, uri, code } = await started();
    const from = async (word: string) =>
      server.connection.sendRequest<LocationLink[]>("textDocument/definition", {
        textDocument: { uri },
        position: positionOf(rules, word, 2),
      });
    expect(await from("Harbour.Moor")).toMatchObject([
      { targetUri: code, targetRange: { start: { line: 13, character: 18 } } },
    ]);
    expect(await from("api/harbour.go")).toMatchObject([{ targetUri: code, targetRange: { start: { line: 0 } } }]);
    expect(await from("twice")).toEqual([]);
  });

  it("links files and imports", async () => {
    const { server, uri, code, folder } = await started();
    const links = await server.connection.sendRequest<DocumentLink[]>("textDocument/documentLink", {
      textDocument: { uri },
    });
    expect(links.map(({ target }) => target)).toEqual([code, uriOf(join(folder, "docs/style.md"))]);
  });

  it("does none of this in other files", async () => {
    const { server, folder } = await started();
    const uri = uriOf(join(folder, "README.md"));
    await server.open(uri, "markdown", "`Harbour`\n");
    const links = await server.connection.sendRequest("textDocument/documentLink", { textDocument: { uri } });
    expect(links).toBeNull();
  });
});

describe("recording a scar", () => {
  it("starts from the call and the lock in a selection, and lists where it could go", async () => {
    const { server, uri, code } = await started();
    const start = positionOf(harbour, "h.db.Exec");
    const draft = await server.connection.sendRequest("fathom/draftScar", {
      uri: code,
      range: { start, end: start },
    });
    expect(draft).toMatchObject({
      rules: expect.arrayContaining(["NEVER call `h.db.Exec` while holding `h.mu`."]),
      files: expect.arrayContaining([{ uri, path: "CLAUDE.md" }]),
    });
  });

  it("writes below the heading of what the editor shows", async () => {
    const { server, uri } = await started();
    const text = rules.replace("twice.\n", "twice.\n- Never moor at night.\n");
    await server.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text }],
    });
    const headings = await server.connection.sendRequest("fathom/headingsForRule", {
      uri,
      text: "Never call `Harbour.Moor` while holding `h.mu`",
    });
    expect(headings).toEqual([
      { text: "Never", line: 4, shared: ["Harbour", "Moor"] },
      { text: "Harbour", line: 0, shared: [] },
    ]);
    const placed = await server.connection.sendRequest("fathom/placeRule", { uri, text: "Never sail.", heading: 4 });
    expect(placed).toEqual({ position: { line: 8, character: 0 }, newText: "- Never sail.\n", line: 8 });
  });
});
