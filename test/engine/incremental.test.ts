import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { resolveSettings } from "../../server/src/core/base/settings";
import { Engine } from "../../server/src/core/engine/engine";
import { FileExtractor } from "../../server/src/core/engine/extractor";
import { type Settings, settingDefinitions } from "../../server/src/core/engine/settings";
import { syntaxHost } from "../support/workspaces";

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
).map(
  (body) =>
    `package game\n\nimport ("sync"; "net/http"; "example.com/game/other")\n\n${body}\n\nfunc use() { other.run(nil) }\n`,
);

const python = pieces(
  ({ a, b, x, f, g }) =>
    `class ${a}(${b}):\n    def __init__(self, other):\n        self.${x} = ${b}()\n    def ${f}(self):\n        self.${x}.${g}()\n        return self\n`,
  ({ a, f, g }) => `def ${f}():\n    made = ${a}(None)\n    made.${g}().${f}()\n    return made\n`,
  ({ a, f }) => `from .other import ${a}, ${f}\n`,
  () => `from . import other\nfrom .more import *\n`,
  ({ f, g, x }) => `${x} = ${f}()\ndef ${g}():\n    other.${f}()\n    ${x}.${g}()\n`,
  ({ a }) => `class ${a}:\n    pass\n`,
);

const typescript = pieces(
  ({ a, b, f, g, x }) =>
    `export class ${a} extends ${b} { ${x} = new ${b}(); ${f}() { this.${x}.${g}(); return this; } }`,
  ({ a, f, g }) =>
    `export function ${f}(given: ${a}) { given.${g}().${f}(); [1].map((n) => ${g}(given)); return new ${a}(); }`,
  ({ a, f }) => `import { ${a}, ${f} } from "./other";`,
  ({ a }) => `export { ${a} } from "./more";`,
  () => `export * from "./other";\nimport * as other from "./other";`,
  ({ f, g, x }) => `const ${x} = ${f}(null);\nexport const ${g} = () => { other.${f}(${x}); ${x}.${g}(); };`,
  ({ a, f }) => `interface ${a} { ${f}(): ${a}; }`,
);

const java = pieces(
  ({ a, b, f, g, x }) =>
    `class ${a} extends ${b} { private final ${b} ${x} = new ${b}(); ${a} ${f}() { ${x}.${g}(); ${g}(); return this; } }`,
  ({ a, f, g }) => `interface ${a} { ${a} ${f}(); default void ${g}() { ${f}().${g}(); } }`,
  ({ a, b, f }) => `class ${a} implements ${b} { public synchronized ${b} ${f}() { return new ${a}().${f}(); } }`,
).map((body) => `package game;\nimport game.more.*;\nimport java.util.List;\n${body}\n`);

const programs = { go, py: python, ts: typescript, java };
const places = {
  go: ["a.go", "b.go", "other/other.go", "more/more.go"],
  py: ["pkg/__init__.py", "pkg/a.py", "pkg/other.py", "pkg/more.py"],
  ts: ["src/a.ts", "src/other.ts", "src/more/index.ts", "src/b.js"],
  java: ["game/A.java", "game/B.java", "game/more/C.java"],
};

type Edit =
  | { kind: "set"; path: string; text: string }
  | { kind: "remove"; path: string }
  | { kind: "rename"; path: string; to: string }
  | { kind: "configure"; texts: [string, string][] };

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
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), path }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("rename" as const), path, to: path }) },
    { weight: 1, arbitrary: configurations.map((texts): Edit => ({ kind: "configure", texts })) },
  );
  return fc.array(edit, { minLength: 2, maxLength: 14 });
});

let extractor: FileExtractor;
const { values } = resolveSettings(settingDefinitions, () => undefined);
const settings = values as Settings;

function newEngine(): Engine {
  return new Engine(async () => extractor, settings);
}

/** Everything an analysis says, in an order of its own. */
function told(engine: Engine): unknown {
  const { model, findings, oracles } = engine.analysis();
  const functions = [...model.functions.values()]
    .map(({ links, ...fn }) => ({
      ...fn,
      links: { ...links, handedOver: [...links.handedOver], lockOperations: [...links.lockOperations] },
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    functions,
    findings,
    oracles: oracles.all().map(({ file, ...rest }) => ({ path: file.path, ...rest })),
    paths: [...model.files.keys()],
  };
}

describe("an edited workspace", () => {
  beforeAll(async () => {
    extractor = await FileExtractor.create(syntaxHost);
  });

  it("is what a scan from scratch would find", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (sequence) => {
        const edited = newEngine();
        const texts = new Map<string, string>();
        let configured = new Map<string, string>();
        for (const edit of sequence) {
          if (edit.kind === "configure") {
            configured = new Map(edit.texts);
            edited.setConfigurations(configured);
          } else if (edit.kind === "set") {
            texts.set(edit.path, edit.text);
            await edited.setFile(edit.path, edit.text);
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
        const fresh = newEngine();
        fresh.setConfigurations(configured);
        for (const [path, text] of [...texts].reverse()) await fresh.setFile(path, text);
        expect(told(edited)).toEqual(told(fresh));
      }),
      { numRuns: 120, endOnFailure: true },
    );
  });
});
