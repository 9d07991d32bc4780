import { describe, expect, it } from "vitest";
import type { LanguageId } from "../../server/src/core/model/facts";
import { fc } from "../support/fastCheck";
import { lowerSource } from "./lowerSource";

/** A tiny program, printed into every language in several layouts. Locals are numbers, printed through a naming. */
type Expression =
  | { kind: "local"; local: number }
  | { kind: "constant"; value: number }
  | { kind: "operation"; operator: "+" | "-" | "*"; left: Expression; right: Expression }
  | { kind: "call"; callee: "load" | "store"; argument: Expression };
type Statement =
  | { kind: "assign"; local: number; value: Expression }
  | { kind: "call"; callee: "load" | "store"; argument: Expression }
  | { kind: "if"; left: Expression; comparison: "<" | ">"; right: Expression; body: Statement[] };

interface Layout {
  names: string[];
  comments: boolean;
  /** Indentation and line ends. */
  indent: string;
  newline: string;
  /** Code that stands before the function, so that it moves. */
  before: boolean;
}

const expressions = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant("local" as const), local: fc.nat(2) }),
    fc.record({ kind: fc.constant("constant" as const), value: fc.integer({ min: 2, max: 5000 }) }),
    fc.record({
      kind: fc.constant("operation" as const),
      operator: fc.constantFrom("+" as const, "-" as const, "*" as const),
      left: tie("expression"),
      right: tie("expression"),
    }),
    fc.record({
      kind: fc.constant("call" as const),
      callee: fc.constantFrom("load" as const, "store" as const),
      argument: tie("expression"),
    }),
  ),
})).expression;

const statements = fc.letrec<{ statement: Statement }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant("assign" as const), local: fc.nat(2), value: expressions }),
    fc.record({
      kind: fc.constant("call" as const),
      callee: fc.constantFrom("load" as const, "store" as const),
      argument: expressions,
    }),
    fc.record({
      kind: fc.constant("if" as const),
      left: expressions,
      comparison: fc.constantFrom("<" as const, ">" as const),
      right: expressions,
      body: fc.array(tie("statement"), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).statement;

const programs = fc.array(statements, { minLength: 1, maxLength: 6 });

const layouts = fc.record({
  names: fc.uniqueArray(fc.stringMatching(/^[a-h][a-z]{0,5}Q$/), { minLength: 3, maxLength: 3 }),
  comments: fc.boolean(),
  indent: fc.constantFrom("  ", "    ", "\t"),
  newline: fc.constantFrom("\n", "\r\n"),
  before: fc.boolean(),
});

const languages: Record<LanguageId, { path: string; print(program: Statement[], layout: Layout): string }> = {
  go: {
    path: "p.go",
    print: printer({
      open: (p) => `func work(${p.map((n) => `${n} int`).join(", ")}) {`,
      prefix: "package p",
      comment: "//",
      end: "",
      braces: true,
    }),
  },
  python: {
    path: "p.py",
    print: printer({ open: (p) => `def work(${p.join(", ")}):`, prefix: "", comment: "#", end: "", braces: false }),
  },
  typescript: {
    path: "p.ts",
    print: printer({
      open: (p) => `function work(${p.map((n) => `${n}: number`).join(", ")}) {`,
      prefix: "",
      comment: "//",
      end: ";",
      braces: true,
    }),
  },
  javascript: {
    path: "p.js",
    print: printer({
      open: (p) => `function work(${p.join(", ")}) {`,
      prefix: "",
      comment: "//",
      end: ";",
      braces: true,
    }),
  },
  java: {
    path: "P.java",
    print: printer({
      open: (p) => `void work(${p.map((n) => `int ${n}`).join(", ")}) {`,
      prefix: "class P {",
      comment: "//",
      end: ";",
      braces: true,
      suffix: "}",
    }),
  },
};

describe.each(Object.keys(languages) as LanguageId[])("the shape hash in %s", (language) => {
  const { path, print } = languages[language];
  const hashOf = async (program: Statement[], layout: Layout) => {
    const facts = await lowerSource(language, print(program, layout), path);
    return facts.functions.find(({ name }) => name === "work")?.shapeHash;
  };
  const plain: Layout = { names: ["aQ", "bQ", "cQ"], comments: false, indent: "  ", newline: "\n", before: false };

  it("stays under formatting, comments, renamed locals and moves", async () => {
    await fc.assert(
      fc.asyncProperty(programs, layouts, async (program, layout) => {
        expect(await hashOf(program, layout)).toBe(await hashOf(program, plain));
      }),
      { numRuns: 60 },
    );
  });

  it("changes with a constant, an operator, a call or a branch", async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(), async (program, seed) => {
        const before = await hashOf(program, plain);
        for (const changed of mutants(program, seed))
          expect(await hashOf(changed, plain), JSON.stringify(changed)).not.toBe(before);
      }),
      { numRuns: 40 },
    );
  });
});

interface Style {
  open(parameters: string[]): string;
  prefix: string;
  suffix?: string;
  comment: string;
  end: string;
  braces: boolean;
}

function printer(style: Style) {
  return (program: Statement[], { names, comments, indent, newline, before }: Layout): string => {
    const expression = (e: Expression): string => {
      if (e.kind === "local") return names[e.local] as string;
      if (e.kind === "constant") return String(e.value);
      if (e.kind === "call") return `${e.callee}(${expression(e.argument)})`;
      const side = (inner: Expression) => (inner.kind === "operation" ? `(${expression(inner)})` : expression(inner));
      return `${side(e.left)} ${e.operator} ${side(e.right)}`;
    };
    const lines = (list: Statement[], depth: number): string[] =>
      list.flatMap((s) => {
        const pad = indent.repeat(depth);
        const note = comments ? [`${pad}${style.comment} said in passing`] : [];
        const trail = comments ? ` ${style.comment} and behind` : "";
        if (s.kind === "assign")
          return [...note, `${pad}${names[s.local]} = ${expression(s.value)}${style.end}${trail}`];
        if (s.kind === "call") return [...note, `${pad}${s.callee}(${expression(s.argument)})${style.end}${trail}`];
        const condition = `${side(s.left)} ${s.comparison} ${side(s.right)}`;
        const head = style.braces ? (style.end ? `if (${condition}) {` : `if ${condition} {`) : `if ${condition}:`;
        return [...note, `${pad}${head}${trail}`, ...lines(s.body, depth + 1), ...(style.braces ? [`${pad}}`] : [])];
        function side(e: Expression) {
          return e.kind === "operation" ? `(${expression(e)})` : expression(e);
        }
      });
    const other = before
      ? [
          style.open(names).replace("work", "other"),
          ...lines([{ kind: "call", callee: "load", argument: { kind: "constant", value: 7 } }], 1),
          ...(style.braces ? ["}"] : []),
        ]
      : [];
    const text = [
      style.prefix,
      ...other,
      style.open(names),
      ...lines(program, 1),
      style.braces ? "}" : "",
      style.suffix ?? "",
    ];
    return text.join(newline);
  };
}

/** The program with one thing changed, one mutant for each kind of change it has a place for. */
function mutants(program: Statement[], seed: number): Statement[][] {
  const changes: ((node: Record<string, unknown>) => Record<string, unknown> | undefined)[] = [
    (n) => (n.kind === "constant" ? { ...n, value: (n.value as number) + 1 + (seed % 7) } : undefined),
    (n) => (n.kind === "operation" ? { ...n, operator: n.operator === "+" ? "-" : "+" } : undefined),
    (n) => (n.kind === "call" ? { ...n, callee: n.callee === "load" ? "store" : "load" } : undefined),
    (n) => (n.comparison ? { ...n, comparison: n.comparison === "<" ? ">" : "<" } : undefined),
  ];
  const found = changes.flatMap((change) => {
    let done = false;
    const apply = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(apply);
      if (typeof value !== "object" || value === null) return value;
      const changed = done ? undefined : change(value as Record<string, unknown>);
      if (changed) {
        done = true;
        return changed;
      }
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, apply(inner)]));
    };
    const mutant = apply(program) as Statement[];
    return done ? [mutant] : [];
  });
  const branched: Statement = {
    kind: "if",
    left: { kind: "local", local: 0 },
    comparison: "<",
    right: { kind: "constant", value: 3 },
    body: program,
  };
  return [...found, [branched]];
}

it.each<[LanguageId, string]>([
  ["python", "def work(rows):\n    return sorted(rows, key=lambda NAME: NAME.at)\n"],
  ["javascript", "function work(rows) { return rows.map((NAME) => NAME.at); }"],
  ["go", "package p\nfunc work(rows []R) int { return each(rows, func(NAME R) int { return NAME.at }) }"],
  ["java", "class P { int work(List<R> rows) { return each(rows, NAME -> NAME.at); } }"],
])("the shape of a %s function does not hang on the names inside its lambdas", async (language, code) => {
  const hashes = ["one", "other"].map(async (name) => {
    const facts = await lowerSource(language, code.replaceAll("NAME", name));
    return facts.functions.find((fn) => fn.name === "work")?.shapeHash;
  });
  expect(await hashes[0]).toBe(await hashes[1]);
});

it.each([
  ["a slice's side", "return rows[:n]", "return rows[n:]"],
  ["text around an escape", 'return "a\\n"', 'return "b\\n"'],
  ["quotes inside a text", 'return "x"', "return \"'x'\""],
])("the shape of a Python function hangs on %s", async (_, one, other) => {
  const hashes = [one, other].map(async (line) => {
    const facts = await lowerSource("python", `def work(rows, n):\n    ${line}\n`);
    return facts.functions[0]?.shapeHash;
  });
  expect(await hashes[0]).not.toBe(await hashes[1]);
});

it.each<[LanguageId, string]>([
  [
    "python",
    "def work(rows):\n    def key(row):\n        return row.at + NAME\n    NAME = 1\n    return sorted(rows, key)\n",
  ],
  ["javascript", "function work(rows) { const key = (row) => row.at + NAME; let NAME = 1; return rows.map(key); }"],
])("the shape of a %s function inside another does not hang on names declared after it", async (language, code) => {
  const hashes = ["one", "other"].map(async (name) => {
    const facts = await lowerSource(language, code.replaceAll("NAME", name));
    return facts.functions.map((fn) => fn.shapeHash);
  });
  expect(await hashes[0]).toEqual(await hashes[1]);
});

it("the shape of a function is the same alone and inside another", async () => {
  const inner = "function inner(a) { return a.map((b) => (b > 3 ? inner(b) : outside(b, 'x'))); }";
  const alone = await lowerSource("javascript", inner);
  const nested = await lowerSource("javascript", `function outer() { ${inner} return inner; }`);
  expect(nested.functions[1]?.shapeHash).toBe(alone.functions[0]?.shapeHash);
});

// Ledgers remember these. Where one is another, `ledgerVersion` and `comparableSince` have to be raised, so that a
// ledger says that its lines cannot be compared instead of calling every explanation stale.
it.each<[LanguageId, string, string]>([
  [
    "go",
    'package tide\nfunc low(hs []int) int {\n\tfor _, h := range hs {\n\t\tif h < 3 {\n\t\t\treturn h\n\t\t}\n\t}\n\treturn fill(hs, "a\\n")\n}\n',
    "4b9e96bd7f35692794a57ece48951e07",
  ],
  [
    "java",
    'class Tide {\n  int low(int[] hs) {\n    for (int h : hs) if (h < 3) return h;\n    return fill(hs, "a\\n");\n  }\n}\n',
    "d46f0b3f449deb8c45089b32988bc0cd",
  ],
  [
    "python",
    'def low(hs, step=2):\n    for h in hs[::step]:\n        if h < 3:\n            return h\n    return fill(hs, f"a{step}\\n")\n',
    "14a259bd11e33b296359cf0f595a9c1c",
  ],
  [
    "typescript",
    `function low(hs: number[], step = 2): number {\n  for (const h of hs) if (h < 3) return h;\n  return fill(hs, \`a\${step}\\n\`);\n}\n`,
    "636f55e2602ecc524336c18e7436686e",
  ],
  [
    "javascript",
    `function low(hs, step = 2) {\n  for (const h of hs) if (h < 3) return h;\n  return fill(hs, \`a\${step}\\n\`);\n}\n`,
    "4c648f2aff40106fb517e4f6f22ce9ac",
  ],
])("the shape of a %s function is what ledgers know it as", async (language, code, hash) => {
  expect((await lowerSource(language, code)).functions[0]?.shapeHash).toBe(hash);
});
