import { describe, expect, it } from "vitest";
import type { Check } from "../../server/src/core/rules/check";
import { checkChanges, type FileChange } from "../../server/src/core/rules/enforce/changes";
import { checkCommands } from "../../server/src/core/rules/enforce/commands";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

function rule(enforcement: Check, text = "A rule", globs: string[] = []): Rule {
  const scope = { globs, symbols: [], paths: [], commands: [] };
  const source = { path: "CLAUDE.md", line: 4, endLine: 4 };
  return { source, text, polarity: "must-not", scope, enforcement, status: "enforced" };
}

const modified = (path: string): FileChange => ({ path, kind: "modified", changed: [{ start: 2, end: 3 }] });

function claims(rules: readonly Rule[], changes: readonly FileChange[]): string[] {
  return checkChanges(rules, changes).map(({ message }) => message.replace(/, against.*$/, ""));
}

describe("what is to be done when something is added", () => {
  it("is asked for a new folder, not for a file more in an old one", async () => {
    const each = rule({
      form: "must-accompany",
      when: { paths: ["cranes/*/**"], added: true },
      also: [{ paths: ["docs/cranes.md"] }],
    });
    const model = await modelOf({ "cranes/old/arm.go": "package old\n", "cranes/old/hook.go": "package old\n" });
    const added = (path: string): FileChange => ({ path, kind: "added" });
    const count = (...changes: FileChange[]) => checkChanges([each], changes, model).length;
    expect(count(added("cranes/new/arm.go"))).toBe(1);
    expect(count(added("cranes/new/arm.go"), modified("docs/cranes.md"))).toBe(0);
    expect(count(added("cranes/old/hook.go"))).toBe(0);
    expect(count(modified("cranes/old/arm.go"))).toBe(0);
    expect(count(added("cranes/old/parts/bolt.go"))).toBe(0);
    expect(count(added("cranes/new/parts/bolt.go"))).toBe(1);
    expect(checkChanges([each], [added("cranes/new/arm.go")], model, ["cranes/new/load.md"])).toEqual([]);
  });
});

describe("a command that is to be run", () => {
  const each = rule({
    form: "must-accompany",
    when: { paths: ["tides/"] },
    also: [{ madeBy: "make charts" }],
  });
  const makefile = {
    path: "Makefile",
    text: "charts: tables\n\ttidegen --to docs/charts tides/\n\ntables:\n\tcrate write lib/tables.txt\n\nother:\n\tcrate write lib/other.txt\n",
  };
  const told = (paths: string[], ...changes: FileChange[]) =>
    checkChanges([each], changes, undefined, paths, [makefile]).map(({ claim }) => claim);
  const kept = ["docs/charts/north.md", "lib/other.txt"];

  it("has written nothing", () => {
    expect(told(kept, modified("tides/a.txt"))).toEqual([
      "`tides/a.txt` is changed and what `make charts` writes is not",
    ]);
    expect(told(kept, modified("tides/a.txt"), modified("lib/other.txt"))).toHaveLength(1);
  });

  it("has written what its task names, or one that the task needs", () => {
    expect(told(kept, modified("tides/a.txt"), modified("docs/charts/north.md"))).toEqual([]);
    expect(told(kept, modified("tides/a.txt"), modified("lib/tables.txt"))).toEqual([]);
    expect(told(kept, modified("tides/a.txt"), modified("fleet/tide.pb.go"))).toEqual([]);
  });

  it("may write what nobody keeps", () => {
    expect(told(["lib/other.txt"], modified("tides/a.txt"))).toEqual([]);
  });
});

describe("edits that are forbidden", () => {
  const charts = rule({ form: "forbidden-edit", paths: ["charts/generated/"] }, "Never edit generated charts");
  const migrations = rule({ form: "forbidden-edit", paths: ["db/migrations/*.sql"], additionsAllowed: true });

  it("are found with the line and the rule", () => {
    expect(checkChanges([charts], [modified("charts/generated/north.json")])).toEqual([
      {
        rule: charts,
        path: "charts/generated/north.json",
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
        symbol: "",
        claim: "`charts/generated/north.json` is changed",
        message:
          "`charts/generated/north.json` is changed, against the rule “Never edit generated charts” (CLAUDE.md:4).",
        steps: [],
      },
    ]);
  });

  it("leave alone what was made anew from its source", () => {
    expect(claims([charts], [modified("charts/generated/north.json"), modified("charts/schema.proto")])).toEqual([]);
  });

  it("leave new files alone where they are allowed", () => {
    const added: FileChange = { path: "db/migrations/0007_berths.sql", kind: "added" };
    expect(claims([migrations], [added, modified("db/migrations/0001_ships.sql")])).toEqual([
      "`db/migrations/0001_ships.sql` is changed",
    ]);
  });

  it("know where a file was before it was renamed", () => {
    const moved: FileChange = { path: "docs/0001.sql", oldPath: "db/migrations/0001_ships.sql", kind: "renamed" };
    expect(claims([migrations], [moved])).toEqual(["`docs/0001.sql` is renamed"]);
  });

  it("count only where the rule is loaded", () => {
    const scoped = rule({ form: "forbidden-edit", paths: ["lock.txt"] }, "Hands off", ["pier/**"]);
    expect(claims([scoped], [modified("lock.txt")])).toEqual([]);
    expect(claims([scoped], [modified("pier/lock.txt")])).toHaveLength(1);
  });
});

describe("files that are changed together", () => {
  const paths = ["docs/tides.md", "docs/moon.md"];
  const together = rule({ form: "must-accompany", when: { paths }, also: paths.map((path) => ({ paths: [path] })) });

  it("ask for each other", () => {
    expect(claims([together], [modified("docs/tides.md")])).toEqual([
      "`docs/tides.md` is changed and `docs/moon.md` is not",
    ]);
    expect(claims([together], [modified("docs/moon.md")])).toEqual([
      "`docs/moon.md` is changed and `docs/tides.md` is not",
    ]);
    expect(claims([together], paths.map(modified))).toEqual([]);
  });
});

describe("folders nothing is added to", () => {
  it("may be changed", () => {
    const legacy = rule({ form: "forbidden-edit", paths: ["src/legacy/"], additionsOnly: true });
    expect(claims([legacy], [modified("src/legacy/crane.ts")])).toEqual([]);
    expect(claims([legacy], [{ path: "src/legacy/crane.ts", kind: "added" }])).toEqual([
      "`src/legacy/crane.ts` is added",
    ]);
  });
});

describe("changes that come with others", () => {
  const routes = rule({
    form: "must-accompany",
    when: { paths: ["server/routes/"] },
    also: [{ paths: ["docs/api.md"] }, { paths: ["openapi.yaml"] }],
  });

  it("name each file that is missing", () => {
    expect(claims([routes], [modified("server/routes/berths.ts"), modified("docs/api.md")])).toEqual([
      "`server/routes/berths.ts` is changed and `openapi.yaml` is not",
    ]);
    expect(claims([routes], [modified("docs/api.md")])).toEqual([]);
    const all = [modified("server/routes/berths.ts"), modified("docs/api.md"), modified("openapi.yaml")];
    expect(claims([routes], all)).toEqual([]);
  });

  it("are about the text of what is named, not about its file", async () => {
    const model = await modelOf({
      "berths.ts": "export function assign() {\n  return 1;\n}\n\nexport function free() {}\n",
    });
    const assign = rule({ form: "must-accompany", when: { names: ["assign"] }, also: [{ paths: ["TIDES.md"] }] });
    const change = (line: number): FileChange => ({
      path: "berths.ts",
      kind: "modified",
      changed: [{ start: line, end: line + 1 }],
    });
    expect(checkChanges([assign], [change(1)], model).map(({ symbol }) => symbol)).toEqual(["assign"]);
    expect(checkChanges([assign], [change(4)], model)).toEqual([]);
  });
});

describe("commands that are forbidden", () => {
  function found(commands: string[], path: string, text: string): string[] {
    const each = rule({ form: "forbidden-command", commands });
    const outcome = checkCommands([each], [{ path, text }]).get(each);
    return (outcome?.violations ?? []).map(
      ({ range, message }) => `${range.start.line + 1}: ${message.split(", against")[0]}`,
    );
  }

  it.each([
    ["npm audit fix --force", "package.json", '{"scripts": {"fix": "lint && npm audit fix --force"}}', 1],
    ["npm audit fix --force", "package.json", '{"scripts": {"fix": "npm audit fix"}}', 0],
    ["npm install", ".github/workflows/ci.yml", "steps:\n  - run: npm install\n", 1],
    ["npm install", ".github/workflows/ci.yml", "steps:\n  - name: npm install\n    run: npm ci\n", 0],
    ["npm install", "release.sh", "# npm install\necho npm install\nnpm run install\n", 0],
    ["jest", "package.json", '{"scripts": {"test": "npx jest --ci"}}', 1],
    ["jest", "package.json", '{"devDependencies": {"jest-mock": "1"}}', 0],
    ["git push --force", "Makefile", "ship:\n\t@git push origin main --force\n", 1],
    ["git push --force", "Makefile", "ship:\n\tgit push origin main\n", 0],
    ["cmd/chartgen/", "Makefile", "charts:\n\tgo run ./cmd/chartgen/main.go\n", 1],
    ["cmd/chartgen/", "Makefile", "charts:\n\tgo vet ./cmd/chart\n", 0],
    ["pip install", "Dockerfile", "FROM python\nRUN apt update && pip install -r requirements.txt\n", 1],
    ["pip install", "Dockerfile", "RUN uv pip install x\n", 0],
    ["pip install", "Dockerfile", "RUN python -m pip install x\n", 1],
    ["jest", "package.json", '{"scripts": {"jest": "vitest"}, "devDependencies": {"jest": "1"}}', 0],
    ["black", "pyproject.toml", '[tool.poe.tasks]\nformat = "black ."\n', 1],
    ["npm", "Dockerfile", "RUN npm install -g pnpm@10\n", 0],
    ["npm", "Dockerfile", "RUN npm install -g lantern\n", 0],
    ["npm", "Dockerfile", "RUN npm install lantern\n", 1],
    ["bun run", "package.json", '{"scripts": {"moor": "bun run pier/moor.ts"}}', 0],
    ["bun run", "package.json", '{"scripts": {"moor": "bun run moor:all"}}', 1],
    ["npm", "ship.sh", "npm dist-tag add lantern@2 latest\nnpm --version\nnpm version minor\n", 0],
    ["npm publish", "ship.sh", "npm publish\n", 1],
    ["npm", "examples/moor.sh", "npm install\n", 0],
    ["bun", "ship.sh", "bun run ship.ts\n", 0],
    ["bun", "ship.sh", "bun install\n", 1],
    ["pip install", "setup.sh", "pip install --upgrade uv\n", 0],
    ["black", "pyproject.toml", '[project]\ndependencies = ["black"]\n', 0],
  ])("%s in %s", (command, path, text, count) => {
    expect(found([command], path, text)).toHaveLength(count);
  });

  it("are run by what stands for them", () => {
    const each = rule({ form: "forbidden-command", commands: ["go build -v"], instead: ["make ships"] });
    const paths = ["Makefile", "make/build.mk", "release.sh"];
    const files = paths.map((path) => ({ path, text: "ships:\n\tgo build -v ./...\n" }));
    expect(
      checkCommands([each], files)
        .get(each)
        ?.violations.map(({ path }) => path),
    ).toEqual(["release.sh"]);
  });

  it("are told with their line", () => {
    expect(found(["npm install"], "release.sh", "set -e\nnpm install --global lantern\n")).toEqual([
      "2: `release.sh` runs `npm install --global lantern`",
    ]);
  });
});
