import { describe, expect, it } from "vitest";
import { type GrammarName, grammarNames } from "../../server/src/core/syntax/grammars";
import type { SyntaxNode } from "../../server/src/core/syntax/syntaxNode";
import { type ParsedFile, SyntaxParser } from "../../server/src/core/syntax/syntaxParser";
import { fc } from "../support/fastCheck";
import { syntaxHost } from "../support/workspaces";

const limits = { maxNestingDepth: 400, parseTimeout: 60_000 };

/** Lines that can stand in any order, so that most edits leave a file without errors. */
const javascript = [
  "// 𝒩 one",
  "/** two */",
  "export function f(a) { return a\n  .b }",
  `export const g = (x) => x ? [x] : \`a\${x}\n😀\``,
  "(h ?? i)(1)",
  "if (a) b()\nelse c()",
  "class C extends D { m() { return this.x } /* three */ n() {} }",
];
const typescript = [...javascript, "interface I<T> { a?: T }", "let x = <any>y as Map<string, I<T>[]>"];
const tsx = [...javascript, "let x = <A b={1}>text {y}</A>", "<A />"];
const lines: Record<GrammarName, string[]> = {
  "tree-sitter-go": [
    "// 𝒩 one",
    "/* two */",
    "func f(a int) (err error) {\n\tif a > 1 { return g(a) }\n\treturn // b\n}",
    "type S[T any] struct { a, b T }",
    "var x = map[string]int{`a\n😀`: 1,\n}",
    "func (s *S) m() {\n\tfor i := range s.a { go s.m(i...) }\n}",
  ],
  "tree-sitter-python": [
    "# 𝒩 one",
    "  # two",
    'def f(a, *b):\n    """😀"""\n    return [i for i in a if i]  # b',
    "class C(D):\n    x: int = 1\n\n    def m(self): return f'{self.x!r:>{1}}'\n  # three",
    "if a:\n    b()\nelif c: d()\nelse:\n    pass",
    "x = (1,\n  # four\n2)",
  ],
  "tree-sitter-javascript": javascript,
  "tree-sitter-typescript": typescript,
  "tree-sitter-tsx": tsx,
  "tree-sitter-java": [
    "// 𝒩 one",
    "/** two */",
    "class C<T extends D> { int m(final T... x) { return x == null ? -1 : x.y; } }",
    "interface I { /* three */ default void n() { if (a) b(); else c(); } }",
    'enum E { A, B("😀") { } ; E(String... s) { } }',
  ],
};

function outline({ root, truncatedAt, hasErrors }: ParsedFile): string {
  const told = [`${truncatedAt} ${hasErrors}`];
  const tell = (node: SyntaxNode, indent: string): void => {
    told.push(`${indent}${node.field ?? "-"}: ${node.kind} ${node.start}..${node.end}`);
    for (const child of node.children) tell(child, `${indent} `);
  };
  tell(root, "");
  return told.join("\n");
}

describe.each(grammarNames)("%s", (name) => {
  const parsers = Promise.all(
    [1, 2].map(async () => {
      const parser = await SyntaxParser.create(syntaxHost);
      await parser.loadGrammar(name);
      return parser;
    }),
  );
  const expectSame = async (versions: readonly string[], document: string) => {
    const [editing, whole] = (await parsers) as [SyntaxParser, SyntaxParser];
    for (const text of versions) {
      const edited = editing.parse(name, text, limits, document) as ParsedFile;
      expect(outline(edited)).toBe(outline(whole.parse(name, text, limits) as ParsedFile));
    }
  };

  it("parses the next version of a document as it would by itself", () => {
    const line = fc.constantFrom(...lines[name], "");
    const edit = fc.oneof(
      { weight: 3, arbitrary: fc.record({ at: fc.nat(30), put: fc.array(line, { maxLength: 2 }), out: fc.nat(2) }) },
      { weight: 1, arbitrary: fc.record({ at: fc.nat(900), text: fc.constantFrom("", "x", "(", " ", "\n", "//") }) },
    );
    return fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.array(edit, { maxLength: 8 }), async (first, edits) => {
        let text = first.join("\n");
        const versions = [text];
        for (const change of edits) {
          const before = text;
          if ("text" in change) text = text.slice(0, change.at) + change.text + text.slice(change.at + 1);
          else {
            const all = text.split("\n");
            all.splice(change.at, change.out, ...change.put);
            text = all.join("\n");
          }
          // Most edits that break a file are taken back or completed.
          versions.push(text, before, text);
        }
        await expectSame(versions, "a");
      }),
      { numRuns: 40 },
    );
  });

  it("does not take one document for another", () => {
    const text = lines[name].join("\n");
    return expectSame([text], "b").then(() => expectSame([`${text}\n`, "", text], "c"));
  });
});
