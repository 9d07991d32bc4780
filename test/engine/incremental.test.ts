import { describe, expect, it } from "vitest";
import type { Engine } from "../../server/src/core/engine/engine";
import { noRules } from "../../server/src/core/engine/ruleJudge";
import type { LedgerLine } from "../../server/src/core/ledger/ledgerFile";
import { Ledger } from "../../server/src/core/ledger/signOffs";
import type { FileSummary } from "../../server/src/core/model/fileSummary";
import { extractRules } from "../../server/src/core/rules/extractRules";
import { ada, explained, linesOf } from "../ledger/lines";
import { newEngine } from "../support/analysed";
import { fc } from "../support/fastCheck";
import { toldBy } from "../support/told";

/**
 * Small programs made of pieces that refer to one another by a handful of names, so that almost every edit changes
 * what some other file's calls reach.
 */
const name = fc.constantFrom("Alpha", "Beta", "Gamma");
const verb = fc.constantFrom("run", "load", "save");
const field = fc.constantFrom("first", "second");

function pieces(...templates: ((parts: { a: string; b: string; f: string; g: string; x: string }) => string)[]) {
  const parts = fc.record({ a: name, b: name, f: verb, g: verb, x: field });
  return fc
    .array(fc.tuple(fc.constantFrom(...templates), parts), { minLength: 1, maxLength: 4 })
    .map((chosen) => chosen.map(([template, given]) => template(given)).join("\n"));
}

const go = pieces(
  ({ a, b, x }) => `type ${a} struct { ${x} *${b}; mu sync.Mutex }`,
  ({ a, f, g }) => `type ${a} interface { ${f}() error; ${g}() }`,
  ({ a, b, f, x, g }) =>
    `func (s *${a}) ${f}() { s.mu.Lock(); s.${x}.${g}(); s.mu.Unlock(); helper(s.${x}) ; var b ${b}; b.${f}() }`,
  ({ a, f, g }) => `func ${f}(s *${a}) *${a} { s.${g}(); go func() { s.${f}() }(); return s }`,
  ({ f, g, a }) => `func helper(v any) { ${f}(nil).${g}(); make${a}().${f}() }`,
  ({ a }) => `func make${a}() *${a} { return &${a}{} }`,
  ({ f }) => `func (h *Handler) ${f}() { http.HandleFunc("/x", h.serve); db.Exec("UPDATE players SET x = 1") }`,
  ({ a, f, g }) =>
    `func (s *${a}) lock() { s.mu.Lock() }\nfunc (s *${a}) ${f}(db *sql.DB) { s.lock(); defer func() { s.mu.Unlock() }(); db.Exec("DELETE FROM " + "${g}s"); time.Sleep(1) }`,
  ({ a, f, g }) => `func with(f func()) { f() }\nfunc (s *${a}) each() { with(s.${f}); go with(func() { s.${g}() }) }`,
  ({ a, f }) =>
    `func with(f func()) { kept = f }\nvar kept func()\nvar _ = http.NewServeMux()\nfunc routes(s *${a}) { http.HandleFunc("/", s.${f}); time.AfterFunc(1, ${f}) }`,
  ({ a, b, f }) => `type ${a} = other.${b}\nfunc (s *${a}) only${f}() { same.${f}(s).${f}() }`,
  ({ a, b, f }) =>
    `type ${a}[T any] struct { *${b}; item T }\nfunc (s *${a}[T]) ${f}() T { s.item = s.item; return s.item }`,
).map(
  (body) =>
    `package game\n\nimport ("database/sql"; "sync"; "time"; "net/http"; "example.com/game/other"; same "example.com/game/more/other"; . "example.com/game/more")\n\n${body}\n\nfunc use() { other.run(nil); same.run(nil) }\n`,
);

const python = pieces(
  ({ a, b, x, f, g }) =>
    `class ${a}(${b}):\n    def __init__(self, other):\n        self.${x} = ${b}()\n    def ${f}(self):\n        self.${x}.${g}()\n        return self\n`,
  ({ a, b, x, f, g }) =>
    `class ${a}:\n    def __init__(self, ${x}):\n        self.${x} = ${x}\n    def ${f}(self, given):\n        self.${x}.${g}(given)\n        given.${f}(${b}(self.${x}))\n`,
  ({ a, b, f, g }) =>
    `def ${f}(given, other=None):\n    given.${g}(${a}(other))\n    ${g}(${b}(given), other=${a}(None))\n`,
  ({ a, f, g }) => `def ${f}():\n    made = ${a}(None)\n    made.${g}().${f}()\n    return made\n`,
  ({ a, f }) => `from .other import ${a}, ${f}\n`,
  () => `from . import other\nfrom .more import *\n`,
  ({ f, g, x }) => `${x} = ${f}()\ndef ${g}():\n    other.${f}()\n    ${x}.${g}()\n`,
  ({ a }) => `class ${a}:\n    pass\n`,
  ({ a, f, g }) =>
    `import threading, sqlite3, time\nguard = threading.Lock()\nclass ${a}:\n    def ${f}(self, db: sqlite3.Cursor):\n        with guard:\n            db.execute(f"UPDATE ${g} SET x = {self}")\n            self.${g}()\n    def ${g}(self):\n        guard.acquire()\n        try:\n            return self.first\n        finally:\n            guard.release()\n`,
  ({ a, f, g }) =>
    `from flask import Flask\nfrom .sub import *\napp = Flask(__name__)\n@app.route("/x")\ndef ${f}():\n    ${a}().${g}()\n    call(${g})\n`,
  ({ f, g }) =>
    `import pkg.sub.deep\nfrom pkg import sub\ndef ${f}():\n    pkg.sub.deep.${g}()\n    sub.${g}()\n    sub.deep.call(${f})\n`,
  ({ a, b, f, g, x }) =>
    `import threading\nclass ${a}(${b}):\n    guard = threading.Lock()\n    @property\n    def ${f}(self):\n        with self.guard:\n            return self.${x}\n    @${f}.setter\n    def ${f}(self, value):\n        self.${x} = value\n    def ${g}(self, given: ${b}):\n        with self.guard:\n            self.${f} = given.${f}\n            self.${g}.${f}.load()\n`,
  ({ f }) => `from . import *\nfrom .deep import *\ndef call(${f}):\n    ${f}()\n`,
  ({ a, b, x }) =>
    `from typing import Union\nfrom .sub.deep import ${a} as ${b}\nEither = Union[${a}, ${b}]\ndef pick(${x}: Either):\n    for item in ${x}:\n        item.run()\n    ${x}.load()\n`,
  ({ a, b, f, g, x }) =>
    `from pkg.other import ${b}, ${x}\n${x} = []\nclass ${a}:\n    def __init__(self):\n        self.${x} = {}\n    def ${f}(self, given):\n        self.${x}[given.id] = given\n        self.${x}.setdefault(given, ${b}()).${g}()\n        ${x}.append(self)\n    def ${g}(self):\n        for one in self.${x}.values():\n            one.${f}(${a}())\n        for one in ${x}:\n            one.${g}()\n`,
  ({ a, f, g, x }) =>
    `from . import other\ndef ${f}(given: other.${a}):\n    for one in given.${x}.values():\n        one.${g}()\n    other.${x}[0].${g}()\n`,
);

const typescript = pieces(
  ({ f, g }) =>
    `export const ${f} = (length) => new Promise((done) => setTimeout(done, length));\nexport async function ${g}Often(all) { for (;;) { for (const one of all) await fetch(one); await ${f}(5); await ${g}(5); } }`,
  ({ a, b, f, g, x }) =>
    `export class ${a} extends ${b} { ${x} = new ${b}(); ${f}() { this.${x}.${g}(); return this; } }`,
  ({ a, f, g }) =>
    `export function ${f}(given: ${a}) { given.${g}().${f}(); [1].map((n) => ${g}(given)); return new ${a}(); }`,
  ({ a, b, x, f, g }) =>
    `export class ${a} { constructor(${x}) { this.${x} = ${x}; } ${f}(given) { this.${x}.${g}(new ${b}(given)); } }`,
  ({ a, b, x, f, g }) =>
    `export class ${a} { constructor({ ${x} }) { this.${x} = ${x}; } ${f}(given) { this.${x}.${g}(); new ${b}({ ${x}: given.${x}, other: new ${a}({ ${x}: new ${b}() }) }); } }`,
  ({ a, b, f, g }) => `export function ${f}(given) { given.${g}(new ${a}(given)); ${g}(new ${b}(given.first)); }`,
  ({ a, f }) => `import { ${a}, ${f} } from "./other";`,
  ({ a }) => `export { ${a} } from "./more";`,
  () => `export * from "./other";\nimport * as other from "./other";`,
  ({ f, g, x }) => `const ${x} = ${f}(null);\nexport const ${g} = () => { other.${f}(${x}); ${x}.${g}(); };`,
  ({ a, f }) => `interface ${a} { ${f}(): ${a}; }`,
  ({ a, b, f, g }) =>
    `export class ${a} extends ${b} { get ${f}() { return fetch("x"); } set ${f}(given) { this.${g}(given); } ${g}(given: ${b}) { for (const one of [given]) this.${f} = one.${f}; return ${b}.${f}; } }`,
  ({ x, f, g }) => `export const ${x} = { ${f}() { fetch("x"); }, ${g}: () => { ${x}.${f}(); } };\n${x}.${g}();`,
  ({ x, f }) =>
    `import express from "express";\nimport { ${x} } from "./more";\nconst app = express();\napp.get("/", ${x}.${f});\nsetInterval(() => ${x}.${f}(), 5);`,
  ({ f, g }) =>
    `export function each(call: () => void) { call(); }\nexport function ${f}() { each(${g}); each(() => ${g}()); }`,
  ({ f, g }) => `import { each } from "./other";\nexport default function ${f}() { each(${g}); each(${f}); }`,
  ({ a, b, f }) =>
    `export type ${a} = ${b} | ${a}[] | { next: ${a} };\nexport function ${f}(given: ${a}) { given.run(); given.next.load(); for (const one of given) one.save(); }`,
  ({ a, f }) =>
    `import main, * as all from "./more";\nexport * as ${a} from "./b";\nexport function ${f}() { main(); all.default(); all.${f}(); }`,
  ({ a, f }) =>
    `import { Client } from "pg";\nexport class ${a} { constructor(private client: Client) {} async ${f}(id: string) { await this.client.query("SELECT x FROM " + "players WHERE id = " + id); } }`,
  ({ a, f, g }) =>
    `import { EventEmitter } from "events";\nconst bus = new EventEmitter();\nexport function ${f}() { bus.emit("${g} asked"); new ${a}().schedule(); }\nbus.on("${f} asked", ${g});`,
  ({ a, b }) => `export class ${a} extends ${b} { schedule() { ${a}; } perform() { this.run(); } }`,
  ({ a, b, f, g, x }) =>
    `export const ${x} = new Map(); export class ${a} { ${x} = []; ${f}(given) { this.${x}.push(given, new ${b}()); ${x}.set(given.id, this); } ${g}() { for (const one of this.${x}) one.${f}(new ${a}()); ${x}.get(1).${g}(); } }`,
  ({ a, f, g, x }) =>
    `import * as other from "./other";\nexport function ${f}(given: other.${a}) { given.${x}[0].${g}(); for (const one of other.${x}.values()) one.${g}(); }`,
);

const java = pieces(
  ({ a, b, f, g, x }) =>
    `class ${a} extends ${b} { private final ${b} ${x} = new ${b}(); ${a} ${f}() { ${x}.${g}(); ${g}(); return this; } }`,
  ({ a, f, g }) => `interface ${a} { ${a} ${f}(); default void ${g}() { ${f}().${g}(); } }`,
  ({ a, b, f }) => `class ${a} implements ${b} { public synchronized ${b} ${f}() { return new ${a}().${f}(); } }`,
  ({ a, f, g }) =>
    `class ${a} { private final ReentrantLock lock = new ReentrantLock(); int n; int ${f}() { lock.lock(); try { return n; } finally { lock.unlock(); } } void ${g}(Statement st) { ${f}(); st.executeUpdate("UPDATE ${g} SET x = " + n); } }`,
  ({ a, b, f, g }) =>
    `class ${a} { static class ${b} { void ${f}() { new Inner().${g}(); } class Inner { void ${g}() { ${f}(); } } } void with(Runnable r) { r.run(); } void ${f}(${b} other) { with(() -> other.${f}()); with(other::${g}); } void ${f}(String s) { ${f}(new ${b}()); ${f}(s + 1); } }`,
  ({ a, f, g }) =>
    `class ${a} { @PostMapping("/x") void ${f}() { ${g}(); } @Scheduled(fixedRate = 5) void ${g}() { helper(); } }`,
  ({ a, b, f, g }) =>
    `class ${a}Sent {} class ${a} { org.springframework.context.ApplicationEventPublisher out; void ${f}() { out.publishEvent(new ${b}Sent()); } @org.springframework.context.event.EventListener void ${g}(${a}Sent sent) { ${f}(); } }`,
  ({ a, b, f }) =>
    `class ${a}<T extends ${b}> extends ${b} { T item; T ${f}() { item.${f}(); return item; } static void helper() { new ${a}<${b}>().${f}().${f}(); } }`,
).map(
  (body) =>
    `package game;\nimport game.more.*;\nimport static game.Alpha.*;\nimport java.sql.*;\nimport java.util.List;\nimport java.util.concurrent.locks.*;\nimport org.springframework.scheduling.annotation.*;\nimport org.springframework.web.bind.annotation.*;\n${body}\n`,
);

const programs = { go, py: python, ts: typescript, java };
const places = {
  go: ["a.go", "b.go", "other/other.go", "more/more.go", "more/other/other.go"],
  py: ["pkg/__init__.py", "pkg/a.py", "pkg/other.py", "pkg/more.py", "pkg/sub/__init__.py", "pkg/sub/deep.py"],
  ts: ["src/a.ts", "src/other.ts", "src/more/index.ts", "src/more.ts", "src/b.js"],
  java: ["game/A.java", "game/B.java", "game/more/C.java"],
};

type Edit =
  | { kind: "set"; path: string; text: string }
  /** Everything behind it moves. */
  | { kind: "insert-line"; path: string; line: number }
  /** What one function says changes, and nothing else. */
  | { kind: "replace-name"; path: string; at: number; by: string }
  | { kind: "remove"; path: string }
  | { kind: "rename"; path: string; to: string }
  | { kind: "configure"; texts: [string, string][] }
  /** Somebody signs off what the functions of a file are now, or some of them. */
  | { kind: "sign"; path: string; only: number; looks: number }
  /** A branch without some of the lines. */
  | { kind: "drop-lines"; keep: number }
  /** Another process goes on from what was linked till then. */
  | { kind: "resume" };

const configurations = fc.constantFrom<[string, string][]>(
  [],
  [["go.mod", "module example.com/game\n"]],
  [
    ["go.mod", "module example.com/elsewhere\n"],
    ["tsconfig.json", '{ "compilerOptions": { "baseUrl": "src", "paths": { "./other": ["b"] } } }'],
  ],
  [["other/go.mod", "module example.com/game/other\n"]],
);

const edits = fc.constantFrom(...(Object.keys(programs) as (keyof typeof programs)[])).chain((language) => {
  const path = fc.constantFrom(...places[language]);
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("set" as const), path, text: programs[language] }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("insert-line" as const), path, line: fc.nat(30) }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("replace-name" as const), path, at: fc.nat(40), by: verb }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), path }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("rename" as const), path, to: path }) },
    { weight: 1, arbitrary: configurations.map((texts): Edit => ({ kind: "configure", texts })) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("sign" as const), path, only: fc.nat(3), looks: fc.nat(1) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("drop-lines" as const), keep: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.constant<Edit>({ kind: "resume" }) },
  );
  return fc.array(edit, { minLength: 2, maxLength: 14 });
});

const instructions = `# Rules

- NEVER call \`s.db.*\` while holding \`s.mu\`.
- Never call \`helper\`.
- Use \`load\` instead of \`save\`.
- \`guard\` may only be used in \`pkg/a.py\`.
- Never import \`sqlite3\` or \`database/sql\`.
- Always call \`load\` before \`save\`.
- Every exported function must have a doc comment.
- Keep functions under 4 lines.
`;
const rules = extractRules({ path: "CLAUDE.md", text: instructions }, { globs: [] });

function engineWithRules(): Engine {
  const engine = newEngine();
  engine.setRules({ ...noRules, rules, files: [{ path: "CLAUDE.md", text: instructions }] });
  return engine;
}

function resumed(engine: Engine, configured: ReadonlyMap<string, string>): Engine {
  const next = engineWithRules();
  next.setConfigurations(configured);
  for (const path of engine.paths) next.setSummary(path, engine.summaryOf(path));
  const linked = structuredClone([...engine.linkedFiles()]);
  next.resume(linked.map(([path, file]) => ({ summary: engine.summaryOf(path) as FileSummary, linked: file })));
  return next;
}

function signed(engine: Engine, { path, only, looks }: Extract<Edit, { kind: "sign" }>): LedgerLine[] {
  const functions = (engine.summaryOf(path)?.functions ?? []).slice(only);
  return linesOf(
    path,
    functions.map((fn) => explained(fn, ada, { peeks: looks })),
  );
}

function textAfter(
  edit: Extract<Edit, { kind: "set" | "insert-line" | "replace-name" }>,
  before: string | undefined,
): string | undefined {
  if (edit.kind === "set" || before === undefined) return edit.kind === "set" ? edit.text : undefined;
  if (edit.kind === "insert-line") return before.split("\n").toSpliced(edit.line, 0, "").join("\n");
  let count = 0;
  return before.replace(/\b(?:run|load|save)\b/g, (name) => (count++ === edit.at ? edit.by : name));
}

describe("an edited workspace", () => {
  it("is what a scan from scratch would find", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (sequence) => {
        let edited = engineWithRules();
        const texts = new Map<string, string>();
        let configured = new Map<string, string>();
        let lines: LedgerLine[] = [];
        for (const edit of sequence) {
          if (edit.kind === "resume") {
            edited = resumed(edited, configured);
            edited.setLedger(new Ledger(lines));
            // What comes next has changed since.
            continue;
          }
          if (edit.kind === "configure") {
            configured = new Map(edit.texts);
            edited.setConfigurations(configured);
          } else if (edit.kind === "sign" || edit.kind === "drop-lines") {
            lines = edit.kind === "sign" ? [...lines, ...signed(edited, edit)] : lines.slice(0, edit.keep);
            edited.setLedger(new Ledger(lines));
          } else if (edit.kind === "set" || edit.kind === "insert-line" || edit.kind === "replace-name") {
            const text = textAfter(edit, texts.get(edit.path));
            if (text === undefined) continue;
            texts.set(edit.path, text);
            await edited.setFile(edit.path, text);
          } else {
            const text = texts.get(edit.path);
            texts.delete(edit.path);
            edited.removeFile(edit.path);
            if (edit.kind === "rename" && text !== undefined) {
              texts.set(edit.to, text);
              await edited.setFile(edit.to, text);
            }
          }
          edited.analysis();
        }
        const fresh = engineWithRules();
        fresh.setConfigurations(configured);
        fresh.setLedger(new Ledger([...lines].reverse()));
        for (const [path, text] of [...texts].reverse()) await fresh.setFile(path, text);
        expect(toldBy(edited.analysis())).toEqual(toldBy(fresh.analysis()));
      }),
      { numRuns: 120, endOnFailure: true },
    );
  });

  it.each([
    [
      "a member of an object that goes",
      "export const api = { load: () => {}, save() {} };",
      "export const api = { save() {} };",
    ],
    [
      "what a function it is handed to does",
      "export const api = { load(f: () => void) { f(); } };",
      "export const api = { load(f: () => void) {} };",
    ],
    [
      "the result of a function",
      "export function api() { return { load() {} }; }",
      "export function api() { return 1; }",
    ],
  ])("notices %s", async (_, before, after) => {
    const use =
      'import { api } from "./api";\nexport function use() { api.load(other); api().load(); }\nfunction other() { fetch("x"); }\n';
    const edited = newEngine();
    const fresh = newEngine();
    await edited.setFile("src/api.ts", before);
    await edited.setFile("src/use.ts", use);
    edited.analysis();
    await edited.setFile("src/api.ts", after);
    await fresh.setFile("src/use.ts", use);
    await fresh.setFile("src/api.ts", after);
    expect(toldBy(edited.analysis())).toEqual(toldBy(fresh.analysis()));
  });

  it.each([
    ["added", undefined, "Store()"],
    ["changed", "Store()", "Cache()"],
    ["taken away", "Store()", undefined],
    ["added that is unlike another", "Store(), Service(unknown())", "Store()"],
  ])("notices a construction elsewhere that is %s", async (_, before, after) => {
    const main = (given: string | undefined) =>
      `from .service import Service\nfrom .store import Store, Cache\n${given ? `def main():\n    Service(${given})\n` : ""}`;
    const files = {
      "app/store.py":
        "import requests\nclass Store:\n    def load(self):\n        requests.get('x')\nclass Cache:\n    def load(self):\n        return 1\n",
      "app/service.py":
        "import threading\nclass Service:\n    def __init__(self, store):\n        self.store = store\n        self.lock = threading.Lock()\n    def run(self):\n        with self.lock:\n            self.store.load()\n    def count(self):\n        with self.lock:\n            return 1\n",
      "app/use.py":
        "from .service import Service\nclass Owner:\n    service: Service\n    def go(self):\n        self.service.store.load()\n",
    };
    const edited = newEngine();
    const fresh = newEngine();
    for (const [path, text] of Object.entries(files)) {
      await edited.setFile(path, text);
      await fresh.setFile(path, text);
    }
    await edited.setFile("app/main.py", main(before));
    const told = toldBy(edited.analysis());
    await edited.setFile("app/main.py", main(after));
    await fresh.setFile("app/main.py", main(after));
    expect(toldBy(edited.analysis())).toEqual(toldBy(fresh.analysis()));
    expect(toldBy(edited.analysis())).not.toEqual(told);
    await edited.setFile("app/main.py", main(before));
    expect(toldBy(edited.analysis())).toEqual(told);
  });

  it("notices what is written as a member of an object that is handed over", async () => {
    const service =
      "export class Service { constructor({ store }) { this.store = store; } run() { this.store.load(); } }\n";
    const main = (given: string) =>
      `import { Service } from "./service.js";\nclass Store { load() { fetch("x"); } }\nclass Cache { load() {} }\nnew Service({ store: new ${given}() });\n`;
    const edited = newEngine();
    const fresh = newEngine();
    await edited.setFile("src/service.js", service);
    await edited.setFile("src/main.js", main("Cache"));
    const told = toldBy(edited.analysis());
    await edited.setFile("src/main.js", main("Store"));
    await fresh.setFile("src/service.js", service);
    await fresh.setFile("src/main.js", main("Store"));
    expect(toldBy(edited.analysis())).toEqual(toldBy(fresh.analysis()));
    expect(toldBy(edited.analysis())).not.toEqual(told);
  });

  it("notices what another file puts into a field and a variable without a type", async () => {
    const use =
      "from .port import Port, ports\ndef watch(port: Port, id):\n    port.boats[id].save()\n    ports[0].save()\n";
    const port = (boat: string, kept: string) =>
      `import requests\nclass Barge:\n    def save(self): requests.get("x")\nclass Raft:\n    def save(self): pass\nports = []\nclass Port:\n    def __init__(self):\n        self.boats = {}\n    def enter(self, id):\n        self.boats[id] = ${boat}()\n        ports.append(${kept}())\n`;
    const edited = newEngine();
    await edited.setFile("yard/use.py", use);
    await edited.setFile("yard/port.py", port("Raft", "Raft"));
    const told = [toldBy(edited.analysis())];
    for (const [boat, kept] of [
      ["Barge", "Raft"],
      ["Barge", "Barge"],
    ] as const) {
      const fresh = newEngine();
      await edited.setFile("yard/port.py", port(boat, kept));
      await fresh.setFile("yard/use.py", use);
      await fresh.setFile("yard/port.py", port(boat, kept));
      expect(toldBy(edited.analysis())).toEqual(toldBy(fresh.analysis()));
      expect(told).not.toContainEqual(toldBy(edited.analysis()));
      told.push(toldBy(edited.analysis()));
    }
  });

  it("notices that a module whose names another one hands on has become one of the workspace", async () => {
    const edited = newEngine();
    const fresh = newEngine();
    const files = {
      "pkg/other.py": "from .sub import *\ndef save():\n    pass\n",
      "pkg/more.py": "from . import other\ndef run():\n    other.load()\n",
      "pkg/sub/__init__.py": "from .elsewhere import load\n",
    };
    for (const [path, text] of Object.entries(files)) {
      await edited.setFile(path, text);
      edited.analysis();
      await fresh.setFile(path, text);
    }
    expect(toldBy(edited.analysis())).toEqual(toldBy(fresh.analysis()));
  });

  it("notices that a function no longer says it starts a task", async () => {
    const use = `import threading
import aiohttp
from .tasks import start
lock = threading.Lock()
async def tell(session: aiohttp.ClientSession):
    await session.post("https://example.com")
def lend(session):
    with lock:
        start(tell(session))
def count():
    with lock:
        return 1
`;
    const starts = (result: string) => `import asyncio\ndef start(work) -> ${result}:\n    return asyncio.run(work)\n`;
    const edited = newEngine();
    const fresh = newEngine();
    await edited.setFile("src/tasks.py", starts("asyncio.Task"));
    await edited.setFile("src/use.py", use);
    expect(edited.analysis().findings).toEqual([]);
    await edited.setFile("src/tasks.py", starts("None"));
    await fresh.setFile("src/use.py", use);
    await fresh.setFile("src/tasks.py", starts("None"));
    expect(toldBy(edited.analysis())).toEqual(toldBy(fresh.analysis()));
    expect(edited.analysis().findings).not.toEqual([]);
    await edited.setFile("src/tasks.py", "def start(work) -> None:\n    return work\n");
    expect(edited.analysis().findings).toEqual([]);
  });
});
