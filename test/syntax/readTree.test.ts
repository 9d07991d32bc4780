import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Language, Parser } from "web-tree-sitter";
import { type GrammarName, grammarNames } from "../../server/src/core/syntax/grammars";
import { grammarTables } from "../../server/src/core/syntax/grammarTables";
import { type ParserMemory, readProductionTables, readTree } from "../../server/src/core/syntax/readTree";
import type { SyntaxNode } from "../../server/src/core/syntax/syntaxNode";
import { type CopiedTree, walkTree } from "../../server/src/core/syntax/walkTree";
import { fc } from "../support/fastCheck";
import { root, syntaxHost } from "../support/workspaces";

const memory: ParserMemory & { wasmBinary?: Uint8Array } = {};
const initialized = syntaxHost
  .readWasm("web-tree-sitter")
  .then((wasmBinary) => Parser.init(Object.assign(memory, { wasmBinary })));

async function copier(name: GrammarName) {
  await initialized;
  const language = await Language.load(await syntaxHost.readWasm(name));
  const tables = grammarTables(language);
  const productions = readProductionTables(memory, language);
  const parser = new Parser();
  parser.setLanguage(language);
  return (text: string, maxDepth = 400): { read: CopiedTree; walked: CopiedTree } => {
    const tree = parser.parse(text);
    if (!tree) throw new Error("not parsed");
    try {
      return {
        read: readTree(memory, tree, tables, productions, text, maxDepth),
        walked: walkTree(tree, tables, text, maxDepth),
      };
    } finally {
      tree.delete();
    }
  };
}

/** One line for each node. */
function outline({ root, truncatedAt }: CopiedTree): string {
  const lines = [`left out at ${truncatedAt}`];
  const print = (node: SyntaxNode, indent: string): void => {
    const quotes = node.named ? "" : '"';
    lines.push(`${indent}${node.field ?? "-"}: ${quotes}${node.kind}${quotes} ${node.start}..${node.end}`);
    for (const child of node.children) {
      expect(child.parent).toBe(node);
      print(child, `${indent} `);
    }
  };
  print(root, "");
  return lines.join("\n");
}

const samples: Record<GrammarName, string> = {
  "tree-sitter-go": `package p // 𝒩\n\nfunc (s *S[T]) f(a, b int) (err error) {\n\tfor i := range s.m["😀"] { go s.g(a...) }\n\treturn\n}\n`,
  "tree-sitter-python": `class C(B, metaclass=M):\n    """Doc 😀"""\n    async def f(self, *a, k: int = 1) -> None:\n        x = [i for i in a if i not in {1, 2}]  # 𝒩\n        return f"{x!r:>{k}}"\n`,
  "tree-sitter-javascript": `export const f = async ({ a, b: [c] = [] }, ...r) => { for await (const x of r) yield_(\`\${x}😀\`, a?.b ?? -1) };\n`,
  "tree-sitter-typescript": `abstract class C<T extends K> implements I { private x?: Map<string, T[]>; get y(): number { return <number>this.x!.size } }\n`,
  "tree-sitter-tsx": `const f = (p: P) => <A b="😀" {...p} c={1}>text {p.x as any} <B.C /></A>;\n`,
  "tree-sitter-java": `package a.b;\n/** Doc 😀 */ @A(b = 1) class C<T extends D & E> { int[] f(final T... x) throws Q { return x -> switch (x) { case 1 -> 2; default -> { yield 3; } }; } }\n`,
};

describe.each(grammarNames)("a tree of %s read from memory is the one a cursor walks", (name) => {
  const copy = copier(name);
  const sample = samples[name];
  const expectSame = async (text: string, maxDepth?: number) => {
    const { read, walked } = (await copy)(text, maxDepth);
    expect(outline(read)).toBe(outline(walked));
  };

  it("on code", () => expectSame(sample));
  it("on an empty file", () => expectSame(""));
  it("on blanks and comments alone", () => expectSame(`${" \n".repeat(300)}// 😀\n/* a */ # b`));
  it("with little depth", () => expectSame(sample, 3));
  it("on code nested deep", () => expectSame(`x = ${"[(".repeat(1500)}1${")]".repeat(1500)}\n`));
  it("on an endless list of what does not parse", () => expectSame("}) 😀 else @ ; ".repeat(4000)));
  it("on a large file", () => expectSame(sample.repeat(1500)));
  it("on tokens too large to be stored in place", () =>
    expectSame(`${"\n".repeat(400)}${sample.replace("😀", "x".repeat(70_000))}${" ".repeat(300)}${sample}`));

  it("on damaged code", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            at: fc.nat(sample.length),
            length: fc.nat(8),
            text: fc.constantFrom("", "{", ")", "😀", "\n", '"'),
          }),
          {
            maxLength: 6,
          },
        ),
        async (damages) => {
          let text = sample;
          for (const { at, length, text: put } of damages) text = text.slice(0, at) + put + text.slice(at + length);
          await expectSame(text);
        },
      ),
      { numRuns: 150 },
    ));
});

it("reads this repository's own sources as a cursor walks them", async () => {
  const copy = await copier("tree-sitter-typescript");
  const folder = join(root, "server", "src", "core");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  // A walk by cursor is slow: one file in four.
  const some = paths.sort().filter((_, i) => i % 4 === 0);
  expect(some.length).toBeGreaterThan(20);
  for (const path of some) {
    const { read, walked } = copy(readFileSync(join(folder, path), "utf8"));
    expect(outline(read) === outline(walked), path).toBe(true);
  }
});
