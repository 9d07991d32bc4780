import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { linkedFunction } from "../../server/src/core/model/workspaceModel";
import { readSettingsFile } from "../../server/src/host/settingsFile";
import { root, scannedWorkspace, temporaryFolder } from "../support/workspaces";

const guide = readFileSync(join(root, "docs/catalog.md"), "utf8");

const files = {
  ".vscode/settings.json": /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? "",
  "api/api.go": `package api

import "example.com/lib/berthdb"

type Server struct {
	gate berthdb.Gate
	n    int
}

func (s *Server) Handle() (int, error) {
	s.gate.Enter()
	defer s.gate.Leave()
	db, err := berthdb.Open()
	if err != nil {
		return 0, err
	}
	db.Query(nil, "insert into calls (id) values (1)")
	return db.Load("berths", s.n), nil
}
`,
  "pipeline/app.py": `from berthlib import Gate, Store
from berthlib.tasks import background

gate = Gate()

class App:
    def __init__(self, store: Store):
        self.store = store

    @background
    def save(self, berth):
        with gate.held():
            self.store.put("berths", berth)
`,
  "web/app.ts": `import { createStore, onEvery } from "@harbour/store";

const store = createStore();

async function load(id: string) {
  return store.query("select * from berths where id = ?", id);
}

onEvery(1000, function tick() {
  void load("x");
});
`,
  "billing/src/main/java/io/harbour/App.java": `package io.harbour;

import com.berthlib.Gate;
import com.berthlib.Ledger;

public class App {
    private final Gate gate = new Gate();
    private final Ledger ledger;

    App(Ledger ledger) { this.ledger = ledger; }

    public void pay(String id) {
        gate.enter();
        try {
            ledger.write("update invoices set paid = 1 where id = ?");
        } finally {
            gate.leave();
        }
    }
}
`,
};

it("the examples of the guide mean what it says", async () => {
  const folder = temporaryFolder(files);
  expect((await readSettingsFile(folder)).notices).toEqual([]);
  const { model } = (await scannedWorkspace(folder)).analysis();
  const told = (path: string, symbol: string) => {
    const file = model.files.get(path);
    const index = file?.functions.findIndex((fn) => fn.symbol === symbol) ?? -1;
    const linked = file && linkedFunction(model, file, index);
    return [
      ...(linked?.reachedFrom ?? []).map(({ kind }) => kind),
      ...(linked?.effects.effects ?? [])
        .filter(({ kind }) => kind === "acquire" || kind === "database")
        .map(({ kind, detail }) => `${kind} ${detail.split(".").slice(-2).join(".")}`),
    ].sort();
  };
  expect(told("api/api.go", "(*Server).Handle")).toEqual([
    "acquire Server.gate",
    "database insert calls",
    "database read berths",
  ]);
  expect(told("pipeline/app.py", "App.save")).toEqual(["acquire pipeline:app.gate", "database write berths", "timer"]);
  expect(told("web/app.ts", "load")).toEqual(["database select berths", "timer"]);
  expect(told("billing/src/main/java/io/harbour/App.java", "App.pay")).toEqual([
    "acquire App.gate",
    "database update invoices",
  ]);
});

it("the guide lists every property of an entry and every role", async () => {
  const { catalogSchema } = await import("../../server/src/core/catalog/catalogSetting");
  const entry = catalogSchema.additionalProperties.additionalProperties.additionalProperties.properties;
  const words = new Set([...guide.matchAll(/`([\w-]+)`/g)].map(([, word]) => word));
  const roles = entry.role && "enum" in entry.role ? (entry.role.enum ?? []) : [];
  for (const name of [...Object.keys(entry), ...roles]) expect(words).toContain(name);
});
