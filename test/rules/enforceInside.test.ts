import { describe, expect, it } from "vitest";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import { TextSearch } from "../../server/src/core/rules/enforce/textSearch";
import { extractRules } from "../../server/src/core/rules/extractRules";
import { modelOf } from "../support/analysed";

type Files = Readonly<Record<string, string>>;

/** What the one rule of a text finds, as `path:line`. */
async function broken(text: string, files: Files): Promise<string[]> {
  const rules = extractRules({ path: "CLAUDE.md", text: `- ${text}` }, { globs: [] });
  expect(rules.map(({ enforcement }) => enforcement)).not.toContain(null);
  const report = new RuleChecker(rules).check(await modelOf(files));
  const search = new TextSearch(rules);
  return [
    ...rules.flatMap((rule) => report.get(rule)?.violations ?? []),
    ...Object.entries(files).flatMap(([path, content]) => search.in({ path, text: content })),
  ].map(({ path, range }) => `${path}:${range.start.line + 1}`);
}

const lines = (...text: string[]) => `${text.join("\n")}\n`;

describe("what every handler is declared with", () => {
  it("is asked of handlers, and not of helpers or of the decorator itself", async () => {
    const files = {
      "auth.py": lines("def moored(f):", "    return f"),
      "app.py": lines(
        "from fastapi import FastAPI",
        "from auth import moored",
        "app = FastAPI()",
        '@app.get("/open")',
        "async def open_quay():",
        "    return tide()",
        '@app.get("/closed")',
        "@moored",
        "async def closed_quay():",
        "    return tide()",
        "def tide():",
        "    return 1",
      ),
    };
    expect(await broken("All routes must use the `@moored` decorator.", files)).toEqual(["app.py:5"]);
  });

  it("is nothing a function of Go could have", async () => {
    const files = {
      "main.go": lines(
        "package main",
        'import "net/http"',
        "func open(w http.ResponseWriter, r *http.Request) {}",
        'func main() { http.HandleFunc("/", open) }',
      ),
    };
    expect(await broken("All routes must use the `@moored` decorator.", files)).toEqual([]);
  });
});

describe("what a call is given", () => {
  const rule = "Never call `harbour.sail` with `anchored=True`.";

  it("makes it wrong", async () => {
    const files = {
      "a.py": lines(
        "import harbour",
        "def go():",
        "    harbour.sail('x', anchored=True)",
        "    harbour.sail('x')",
        "    harbour.sail('x', anchored=False)",
        "    harbour.sail(make(anchored=True))",
      ),
    };
    expect(await broken(rule, files)).toEqual(["a.py:3"]);
  });

  it("may be a key of an object", async () => {
    const files = {
      "a.ts": lines("export function go() {", "  spawnTug('x', { shell: true });", "  spawnTug('x');", "}"),
    };
    expect(await broken("Don't use `spawnTug()` with `shell: true`.", files)).toEqual(["a.ts:2"]);
  });
});

describe("the way that replaces another", () => {
  it("is not made by a file that makes an instance for itself", async () => {
    const files = {
      "a.py": lines("import logging", "log = logging.getLogger()", "def moor():", "    print('moored')"),
      "b.ts": lines("const log = makeLog();", "export function moor() {", "  console.log('moored');", "}"),
    };
    expect(await broken("Never use `print()`; use `log.info`.", files)).toEqual(["a.py:4"]);
    expect(await broken("Never use `console.log`; use `log.info`.", files)).toEqual(["b.ts:3"]);
  });

  it("does not excuse the rest of its file", async () => {
    const files = {
      "a.py": lines(
        "def old_tide():",
        "    return 1",
        "def new_tide():",
        "    return old_tide() + 1",
        "def report():",
        "    return old_tide()",
      ),
    };
    expect(await broken("`old_tide()` is deprecated, use `new_tide()`.", files)).toEqual(["a.py:6"]);
  });

  it.each<[string, Files]>([
    ["a method of it", { "a.ts": lines("export const log = {", "  info(x: string) { console.log(x); },", "};") }],
    [
      "what it calls in the same file",
      {
        "a.ts": lines(
          "export class Log {",
          "  info(x: string) { write(x); }",
          "}",
          "function write(x: string) { console.log(x); }",
        ),
      },
    ],
    ["its module", { "log.ts": lines("export function write(x: string) { console.log(x); }") }],
    ["the index of its folder", { "lib/log/index.ts": lines("export function write(x: string) { console.log(x); }") }],
  ])("builds on what it replaces: %s", async (_, files) => {
    expect(await broken("Never use `console.log`; use `log.info`.", files)).toEqual([]);
  });
});

describe("locks as Python names them", () => {
  const files = {
    "a.py": lines(
      "import threading",
      "_lock = threading.Lock()",
      "def send(to): pass",
      "def one():",
      "    with _lock:",
      "        send(1)",
      "class Quay:",
      "    def __init__(self):",
      "        self.lock = threading.Lock()",
      "        self.other = threading.Lock()",
      "    def two(self):",
      "        with self.lock:",
      "            send(2)",
      "    def three(self):",
      "        with self.other:",
      "            send(3)",
    ),
  };
  it.each([
    ["Never call `send` while holding `_lock`.", "a.py:6"],
    ["Never call `send` while holding `self.lock`.", "a.py:13"],
    ["Never call `send` while `self.other` is held.", "a.py:16"],
  ])("%s", async (text, place) => {
    expect(await broken(text, files)).toEqual([place]);
  });
});

describe("where a call stands", () => {
  it("inside a function", async () => {
    const files = {
      "a.go": lines("package a", "func sail() {}", "func onTide() { sail() }", "func other() { sail() }"),
    };
    expect(await broken("`sail` must never be called from inside `onTide`.", files)).toEqual(["a.go:3"]);
  });

  it("in what another call is handed", async () => {
    const files = {
      "a.ts": lines(
        "export async function pay() {",
        "  await db.$transaction(async (tx) => {",
        "    await fetch('/tide');",
        "  });",
        "  await fetch('/tide');",
        "}",
      ),
    };
    expect(await broken("`db.$transaction` must not contain `fetch` calls.", files)).toEqual(["a.ts:3"]);
  });

  const transaction = "Never call `sendSignal` inside a transaction.";
  it.each<[string, Files, string[]]>([
    [
      "that a block begins",
      { "a.py": lines("def go():", "    with transaction.atomic():", "        sendSignal()", "    sendSignal()") },
      ["a.py:3"],
    ],
    [
      "that is handed to what makes one",
      {
        "a.ts": lines(
          "export function go() {",
          "  db.transaction(() => {",
          "    sendSignal();",
          "  });",
          "  sendSignal();",
          "}",
        ),
      },
      ["a.ts:3"],
    ],
    [
      "between its begin and its end",
      {
        "a.go": lines(
          "package a",
          "func go1() {",
          "\ttx := db.Begin()",
          "\tsendSignal()",
          "\ttx.Commit()",
          "\tsendSignal()",
          "}",
        ),
      },
      ["a.go:4"],
    ],
    [
      "that an annotation makes of a method",
      {
        "A.java": lines(
          "class A {",
          "  @Transactional",
          "  void go() {",
          "    sendSignal();",
          "  }",
          "  void other() {",
          "    sendSignal();",
          "  }",
          "}",
        ),
      },
      ["A.java:4"],
    ],
  ])("inside a transaction %s", async (_, files, places) => {
    expect(await broken(transaction, files)).toEqual(places);
  });

  it("in what is thrown", async () => {
    const files = {
      "a.ts": lines(
        "export function go() {",
        "  report(new StormError('x'));",
        "  throw new StormError('x');",
        "}",
        "export function other() {",
        "  throw new CalmError(new StormError('x'));",
        "}",
      ),
    };
    expect(await broken("Do not throw `StormError`.", files)).toEqual(["a.ts:3"]);
  });
});

describe("what the syntax writes", () => {
  it.each<[string, Files, string[]]>([
    [
      "Do not use `synchronized`; use `ReentrantLock`.",
      {
        "A.java": lines(
          "class A {",
          "  synchronized void a() { go(); }",
          "  void b() {",
          "    synchronized (this) { go(); }",
          "  }",
          "  /** Not synchronized. */",
          "  void go() {}",
          "}",
        ),
      },
      ["A.java:2", "A.java:4"],
    ],
    [
      "Don't use Lombok's `@Value`.",
      {
        "A.java": lines("import lombok.Value;", "// @Value is gone", "@Value", "class A {}", "@ValueOf", "class B {}"),
      },
      ["A.java:1"],
    ],
    [
      "Don't use `dangerouslySetInnerHTML`.",
      { "a.tsx": lines("export const A = (p) => <div dangerouslySetInnerHTML={{ __html: p.html }} />;") },
      ["a.tsx:1"],
    ],
    [
      "Don't leave `debugger` statements.",
      { "a.ts": lines('import { debugger1 } from "./debugger";', "debugger;") },
      ["a.ts:2"],
    ],
    ["Never commit `FIXME`s.", { "a.ts": lines("// TODO moor", "// FIXME moor") }, ["a.ts:2"]],
    [
      "`assert` is not allowed outside tests.",
      {
        "a.py": lines("def moor(x):", "    assert x", "    self.assertTrue(x)"),
        "test_a.py": lines("def test_moor():", "    assert True"),
      },
      ["a.py:2"],
    ],
  ])("%s", async (text, files, places) => {
    expect(await broken(text, files)).toEqual(places);
  });
});

describe("one call after another", () => {
  const rule = "`log.note` must be called after `cash.refund`.";
  const files = {
    "log.ts": lines("export function note() {}"),
    "cash.ts": lines("export function refund() {}"),
  };
  const use = (...body: string[]) => ({
    ...files,
    "a.ts": lines('import * as log from "./log";', 'import * as cash from "./cash";', ...body),
  });

  it("is missed where only the first is", async () => {
    const text = use("export function a() { cash.refund(); }", "export function b() { cash.refund(); log.note(); }");
    expect(await broken(rule, text)).toEqual(["a.ts:3"]);
  });

  it("is missed where nobody makes it", async () => {
    expect(await broken(rule, use("export function a() { cash.refund(); }"))).toEqual(["a.ts:3"]);
  });

  it("may be made by another method of the type, unless that does it for itself", async () => {
    const gate = ["package a", "func openGate() {}", "func closeGate() {}", "type Quay struct{}"];
    const pair = "Always pair `openGate` with `closeGate`.";
    const both = {
      "a.go": lines(...gate, "func (q *Quay) a() { openGate() }", "func (q *Quay) b() { openGate(); closeGate() }"),
    };
    expect(await broken(pair, both)).toEqual(["a.go:5"]);
    const kept = {
      "a.go": lines(...gate, "func (q *Quay) a() { openGate() }", "func (q *Quay) stop() { closeGate() }"),
    };
    expect(await broken(pair, kept)).toEqual([]);
  });
});
