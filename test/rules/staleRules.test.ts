import { describe, expect, it } from "vitest";
import { allAtOnce } from "../../server/src/core/base/turns";
import type { Check } from "../../server/src/core/rules/check";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import { loadRules } from "../../server/src/core/rules/loadRules";
import type { InstructionFile } from "../../server/src/core/rules/rule";
import { staleRules } from "../../server/src/core/rules/stale/staleRules";
import { modelOf } from "../support/analysed";

interface Harbour {
  /** Instruction files by path. */
  rules: Record<string, string>;
  files?: Record<string, string>;
  /** Old paths with what they became. */
  renames?: Record<string, string>;
  checks?: Check[];
  /** What git leaves out. */
  leftOut?: RegExp;
}

async function stale({ rules: texts, files = {}, renames, checks = [], leftOut }: Harbour): Promise<string[]> {
  const instructions: InstructionFile[] = Object.entries(texts).map(([path, text]) => ({ path, text }));
  const { rules } = loadRules(instructions, (path) => files[path] ?? texts[path]);
  for (const [i, check] of checks.entries()) Object.assign(rules[i] ?? {}, { enforcement: check });
  const plain = await modelOf(files);
  const commit = { id: "0123456789abcdef0123456789abcdef01234567", date: "2031-05-04", author: "Wren" };
  const past = Object.entries(renames ?? {}).map(([from, path]) => [from, { path, commit }] as const);
  const history = { head: commit.id, commits: 1, files: new Map(), renames: new Map(past) };
  const model = renames ? { ...plain, history } : plain;
  const work = staleRules({
    rules,
    files: instructions,
    paths: [...Object.keys(files), ...Object.keys(texts)],
    scripts: Object.entries(files)
      .filter(([path]) => /package\.json|Makefile|\.mk$|\.gitmodules/.test(path))
      .map(([path, text]) => ({ path, text })),
    model,
    report: new RuleChecker(rules).check(model),
    ...(leftOut && { isLeftOut: (path: string) => leftOut.test(path) }),
  });
  return allAtOnce(work).map(({ kind, path, range, message, fixes }) => {
    const [fix] = fixes?.[0]?.edits ?? [];
    return `${kind} ${path}:${range.start.line + 1}:${range.start.character + 1} ${message}${fix ? ` -> ${fix.newText}` : ""}`;
  });
}

describe("paths", () => {
  const files = { "server/berths/assign.ts": "export const berths = 1;\n", "docs/tides.md": "# Tides\n" };

  it("that moved are told with where they are now", async () => {
    expect(
      await stale({ rules: { "CLAUDE.md": "- Always keep `server/core/assign.ts` free of I/O.\n" }, files }),
    ).toEqual([
      "path CLAUDE.md:1:16 `server/core/assign.ts` does not exist; `server/berths/assign.ts` does. -> server/berths/assign.ts",
    ]);
  });

  it.each([
    ["- Mirror the structure: `server/foo.ts` beside `server/foo.test.ts`.", "stands for any"],
    ["- Always keep `berths/assign.ts` free of I/O.", "a tail"],
    ["- Always keep `server/berths/` free of I/O.", "a folder"],
    ["- Create new charts as `server/core/assign.ts`.", "to be made"],
    ["- Always read `piers/moor.ts` first.", "of a folder that was perhaps never here"],
    ["- Tests stand beside the code (e.g., `server/berths/moor.ts`).", "an example"],
    ["- Keep each chart in `server/berths/ChartNameHere.ts`.", "stands for a name"],
    ["- Always keep `server/moorings` free of I/O.", "may be anything"],
    ["- Never edit `server/dist/assign.ts`.", "made by a build"],
    ["- Always follow `pier-kit/src/assign.ts`.", "of another project"],
  ])("stay silent: %s (%s)", async (text) => {
    expect(await stale({ rules: { "CLAUDE.md": `${text}\n` }, files })).toEqual([]);
  });

  it.each([
    ["- Always read `server/berths/moor.ts` first.", "`server/berths/moor.ts` does not exist."],
    ["- Always lock `server/moorings/` at night.", "`server/moorings/` does not exist."],
  ])("that nothing is called in a folder that is there are told: %s", async (text, message) => {
    expect(await stale({ rules: { "CLAUDE.md": `${text}\n` }, files })).toEqual([expect.stringContaining(message)]);
  });

  it("that are folders are told beside one that is there, or where one has the name", async () => {
    const more = { ...files, "server/gauges/low.ts": "export const low = 1;\n" };
    const rules = (text: string) => ({ rules: { "CLAUDE.md": `- Always ${text}\n` }, files: more });
    expect(await stale(rules("register gauges in `server/gauges/` or `server/dials/`."))).toEqual([
      "path CLAUDE.md:1:50 `server/dials/` does not exist.",
    ]);
    expect(await stale(rules("put gauges in `server/gauges/` or `server/dials/`."))).toEqual([]);
    const deeper = { ...more, "server/core/tides/high.ts": "export const high = 1;\n" };
    expect(await stale({ ...rules("change all of them (`server/tides/`)."), files: deeper })).toEqual([
      "path CLAUDE.md:1:31 `server/tides/` does not exist; `server/core/tides/` does. -> server/core/tides/",
    ]);
  });

  it("that were renamed are told with the commit", async () => {
    const rules = { "CLAUDE.md": "- Always read `server/berths/moor.ts` and `server/berths/sail.ts` first.\n" };
    const renames = { "server/berths/moor.ts": "server/berths/assign.ts", "server/berths/sail.ts": "gone.ts" };
    expect(await stale({ rules, files, renames })).toEqual([
      "path CLAUDE.md:1:16 `server/berths/moor.ts` does not exist; it is `server/berths/assign.ts` since 2031-05-04 (`01234567`). -> server/berths/assign.ts",
      "path CLAUDE.md:1:44 `server/berths/sail.ts` does not exist.",
    ]);
  });

  it("globs that match nothing are told once", async () => {
    const text =
      "---\npaths:\n  - server/**/*.go\n  - tides/**/*.ts\n---\n- Always log the berth.\n- Always log the ship.\n";
    expect(await stale({ rules: { ".claude/rules/logs.md": text }, files })).toEqual([
      "glob .claude/rules/logs.md:3:5 `server/**/*.go` matches no file.",
      "glob .claude/rules/logs.md:4:5 `tides/**/*.ts` matches no file.",
    ]);
  });

  it("a glob beside others that match stands for what may be", async () => {
    const text = "---\npaths:\n  - server/pom.xml\n  - server/**/*.ts\n---\n- Always log the berth.\n";
    expect(await stale({ rules: { ".claude/rules/logs.md": text }, files })).toEqual([]);
    const lost = text.replace("pom.xml", "tides/**");
    expect(await stale({ rules: { ".claude/rules/logs.md": lost }, files })).toHaveLength(1);
  });

  it("an import from a submodule may not have been fetched", async () => {
    const rules = { "CLAUDE.md": "See @standards/docs/tides.md and @charts/tides.md\n" };
    const gitmodules = '[submodule "standards"]\n\tpath = standards\n\turl = git@host:standards.git\n';
    expect(await stale({ rules, files: { ...files, ".gitmodules": gitmodules } })).toEqual([
      "import CLAUDE.md:1:34 The import `@charts/tides.md` leads nowhere.",
    ]);
  });
});

describe("globs", () => {
  it("of a family of extensions need not all match", async () => {
    const rules = { ".claude/rules/logs.md": '---\npaths: ["**/*.ts", "**/*.cts"]\n---\n- Always log the berth.\n' };
    expect(await stale({ rules, files: { "server/moor.ts": "" } })).toEqual([]);
    expect(await stale({ rules, files: { "server/moor.go": "" } })).toHaveLength(2);
  });

  it("of what git leaves out match nothing, and hold", async () => {
    const text = '---\npaths: ["charts/**/*.{json,yaml}", "tides/**/*.json"]\n---\n- Always log the berth.\n';
    const files = { "server/moor.ts": "" };
    expect(await stale({ rules: { ".claude/rules/logs.md": text }, files, leftOut: /^charts\/x\/x\.json$/ })).toEqual([
      "glob .claude/rules/logs.md:2:37 `tides/**/*.json` matches no file.",
    ]);
  });
});

describe("symbols", () => {
  const files = {
    "berths.ts": "export function assignBerths(ship: string) { return ship; }\nexport const ASSIGNED_AT = 1;\n",
    "crew.ts": "export function setDraught() {}\nexport function SendMessages() {}\nexport function FXAssign() {}\n",
  };

  it("of Go may have become visible", async () => {
    const files = { "berths.go": "package quay\n\nfunc AssignBerths() {}\n" };
    const rules = { "CLAUDE.md": "- Always call `assignBerths` under the harbour lock.\n" };
    expect(await stale({ rules, files })).toHaveLength(1);
  });

  it("that are gone are told where one of nearly the same name is there", async () => {
    const rules = { "CLAUDE.md": "- Always call `assignBerth` under the harbour lock.\n" };
    expect(await stale({ rules, files })).toEqual([
      "symbol CLAUDE.md:1:16 Nothing is called `assignBerth` any more; there is `assignBerths`. -> assignBerths",
    ]);
  });

  it("are told as parts of what is there", async () => {
    const types = { "berths.ts": "export class BerthMaster { assign() {} }\nclass Pier extends Dock {}\n" };
    const told = (text: string) => stale({ rules: { "CLAUDE.md": `- ${text}\n` }, files: types });
    expect(await told("Always call `BerthMaster.vacate` in the evening.")).toEqual([
      "symbol CLAUDE.md:1:16 `BerthMaster` has no `vacate`, nor has anything else here.",
    ]);
    expect(await told("Always call `BerthMaster.assign` in the evening.")).toEqual([]);
    // What it extends may have it.
    expect(await told("Always call `Pier.vacate` in the evening.")).toEqual([]);
    expect(await told("Always call `TideMaster.vacate` in the evening.")).toEqual([]);
  });

  it.each([
    ["- Always call `assignBerths` under the lock."],
    ["- Always call `releaseTugboat` under the lock."],
    ["- Use clear names such as `assignBerth`."],
    ["- Never write `assignBerth`."],
    ["- Methods are verbs, as in `assignBerth`."],
    ["- Every column `assign_berths` has an index."],
    ["- Every table has `assigned_at`."],
    ["- Always pass an `AssignBerths`."],
    ["- Always choose a tide table over `assignBerth`."],
    ["- Always call `getDraught` first."],
    ["- Always tell the crew by `SendMessage`."],
    ["- Always keep `XAssign` under the lock."],
  ])("stay silent: %s", async (text) => {
    expect(await stale({ rules: { "CLAUDE.md": `${text}\n` }, files })).toEqual([]);
  });

  it("that a shell holds stay silent", async () => {
    const near = { "Berth.java": "class Berth { static final int TARGET = 1; }\n" };
    const text = "- Always call `$TARGET` under the lock.\n";
    expect(await stale({ rules: { "CLAUDE.md": text }, files: near })).toEqual([]);
  });

  describe("that may be elsewhere stay silent", () => {
    const told = (text: string, more: Record<string, string> = {}, path = "CLAUDE.md") =>
      stale({ rules: { [path]: text }, files: { ...files, ...more } });
    const asked = "- Always call `assignBerth` under the harbour lock.\n";

    it("as parts of what is no type here", async () => {
      expect(await told("- Always check by `quay.assignBerth` first.\n")).toEqual([]);
      expect(await told("- Always call `status.assignBerth()` first.\n")).toEqual([]);
      const ambient = { "env.d.ts": "declare namespace Tidal { interface BerthMaster { id: string } }\n" };
      expect(await told("- Always call `Tidal.assignBerth` and `BerthMaster.vacate` first.\n", ambient)).toEqual([]);
    });

    it("as what a manifest calls a field", async () => {
      const go = { "berth.go": "package quay\n\ntype Status struct {\n\tCurrentBerth int\n}\n" };
      expect(await told("- Always read `currentBerth` first.\n", go)).toEqual([]);
    });

    it("in a language that is not analysed, where the rule is about its folder", async () => {
      expect(await told(asked, { "ios/Berth.swift": "" })).toEqual([]);
      expect(await told(asked, { "ios/Berth.swift": "" }, "ios/CLAUDE.md")).toEqual([]);
      expect(await told(asked, { "ios/Berth.swift": "" }, "web/CLAUDE.md")).toHaveLength(1);
    });

    it("in a library, whose pages show how to import it", async () => {
      const example = "\n```ts\nimport { assignBerth } from 'quay-kit'\n```\n";
      expect(await told(asked + example)).toEqual([]);
      expect(await told(`${asked}\n\`\`\`ts\nassignBerth(ship)\n\`\`\`\n`)).toHaveLength(1);
    });

    it("where another word is in their place", async () => {
      const routes = { "routes.ts": "export function createBerth() {}\n" };
      expect(await told("- Always call `createBertie` first.\n", routes)).toEqual([]);
    });
  });

  it.each(["expectedX", "handleXxx", "fooBar"])("that stand for names stay silent: %s", async (name) => {
    const near = { "berths.ts": `export function ${name}s() {}\n` };
    expect(await stale({ rules: { "CLAUDE.md": `- Always call \`${name}\` under the lock.\n` }, files: near })).toEqual(
      [],
    );
  });
});

describe("commands", () => {
  const files = {
    "package.json": '{"scripts": {"lint": "biome check", "test:unit": "vitest"}}',
    Makefile: "charts: tides\n\tgo run ./charts\n",
  };

  it("whose script is gone are told", async () => {
    const text =
      "- Always run `npm run lints` before you commit.\n- Always run `make chart` first.\n- Run `npm run test:unit`.\n";
    expect(await stale({ rules: { "CLAUDE.md": text }, files })).toEqual([
      "command CLAUDE.md:1:23 There is no script `lints`; there is `lint`. -> lint",
      "command CLAUDE.md:2:20 There is no make target `chart`; there is `charts`. -> charts",
    ]);
  });

  it("stay silent where targets come from elsewhere", async () => {
    const more = { ...files, Makefile: "include common.mk\n" };
    expect(await stale({ rules: { "CLAUDE.md": "- Always run `make chart` first.\n" }, files: more })).toEqual([]);
    const denied = "- Always moor by hand. There is no `make chart` target on purpose.\n";
    expect(await stale({ rules: { "CLAUDE.md": denied }, files })).toEqual([]);
  });
});

describe("rules among each other", () => {
  it("contradict", async () => {
    const text = "- Never use `moment`, use `dayjs`.\n- Never use `dayjs`, use `moment`.\n";
    const checks: Check[] = [
      { form: "forbidden-import", names: ["moment"], instead: ["dayjs"] },
      { form: "forbidden-import", names: ["dayjs"], instead: ["moment"] },
    ];
    expect(await stale({ rules: { "CLAUDE.md": text }, checks })).toContain(
      "contradiction CLAUDE.md:2:1 Contradicts another rule about `dayjs`.",
    );
  });

  it("are said twice", async () => {
    const text = "- Always write the berth to the log before the ship moors.\n";
    expect(await stale({ rules: { "CLAUDE.md": text, "server/CLAUDE.md": text } })).toEqual([
      "duplicate server/CLAUDE.md:1:1 Says the same as `CLAUDE.md`, which holds here as well.",
    ]);
    expect(await stale({ rules: { "north/CLAUDE.md": text, "south/CLAUDE.md": text } })).toEqual([]);
  });

  it("import what is not there", async () => {
    expect(await stale({ rules: { "CLAUDE.md": "See @docs/tides.md and ask @harbourmaster.\n" } })).toEqual([
      "import CLAUDE.md:1:5 The import `@docs/tides.md` leads nowhere.",
    ]);
  });

  it("say what the code no longer does", async () => {
    const checks: Check[] = [{ form: "invariant", name: "nightMooring", value: "false" }];
    const rules = { "CLAUDE.md": "- Always keep `nightMooring = false`.\n" };
    const found = (value: string) =>
      stale({ rules, checks, files: { "flags.ts": `export const nightMooring = ${value};\n` } });
    expect(await found("true")).toEqual([
      "invariant CLAUDE.md:1:1 The code has another value for `nightMooring` than `false`.",
    ]);
    expect(await found("false")).toEqual([]);
  });
});

describe("files that are gone", () => {
  it("are missed in a folder that is there, but not where git leaves them out or another has the name", async () => {
    const files = { "docs/quay.md": "# Quay\n", "src/tide.md": "# Tide\n" };
    const rules = {
      "CLAUDE.md":
        "- Read `docs/PIER.md` and `/docs/ROPES.md` first\n- Read `docs/local.md` first\n- Read `hulls/low.md` first\n",
    };
    expect((await stale({ rules, files, leftOut: /local/ })).filter((each) => /exist/.test(each))).toEqual([
      expect.stringContaining("`docs/PIER.md` does not exist"),
      expect.stringContaining("`/docs/ROPES.md` does not exist"),
    ]);
  });

  it("includes targets of what a Makefile includes", async () => {
    const files = { Makefile: "include ./make/core.mk\nmoor:\n\techo\n", "make/core.mk": "tides:\n\techo\n" };
    const rules = { "CLAUDE.md": "- Always run `make tides` and `make ropes`\n" };
    expect(await stale({ rules, files })).toEqual([expect.stringContaining("no make target `ropes`")]);
  });
});
