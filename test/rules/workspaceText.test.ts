import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Workspace } from "../../server/src/host/workspace";
import { scannedWorkspace, temporaryFolder, writeFiles } from "../support/workspaces";

const rules = {
  "CLAUDE.md": "# Rules\n",
  ".fathom/rules.yaml": `rules:
  - text: Prices are never floats.
    force: must-not
    check:
      form: forbidden-text
      texts: [float8]
      scope: { paths: ["db/**", "**/*.py"] }
`,
};

async function open(files: Record<string, string>): Promise<{ folder: string; workspace: Workspace }> {
  const folder = temporaryFolder({ ...rules, ...files });
  return { folder, workspace: await scannedWorkspace(folder) };
}

function told(workspace: Workspace): string[] {
  return workspace
    .analysis()
    .findings.filter(({ detector }) => detector === "rule-violation")
    .map(({ path, range }) => `${path}:${range.start.line}`);
}

describe("text that rules forbid, in a workspace", () => {
  it("is found in files of any language, and followed as they change on disk", async () => {
    const { folder, workspace } = await open({ "db/berths.sql": "create table berths (price float8);\n" });
    expect(told(workspace)).toEqual(["db/berths.sql:0"]);
    writeFiles(folder, { "db/berths.sql": "\ncreate table berths (price float8);\n" });
    await workspace.searchAgain(["db/berths.sql"]);
    expect(told(workspace)).toEqual(["db/berths.sql:1"]);
    rmSync(join(folder, "db/berths.sql"));
    await workspace.searchAgain(["db/berths.sql"]);
    expect(told(workspace)).toEqual([]);
  });

  it("follows what is typed, and goes with the file", async () => {
    const { workspace } = await open({ "harbour/berths.py": 'price = column("float8")\n' });
    expect(told(workspace)).toEqual(["harbour/berths.py:0"]);
    await workspace.setOverlay("harbour/berths.py", '\n\nprice = column("float8")\n');
    expect(told(workspace)).toEqual(["harbour/berths.py:2"]);
    await workspace.setOverlay("harbour/berths.py", 'price = column("numeric")\n');
    expect(told(workspace)).toEqual([]);
    await workspace.removeOverlay("harbour/berths.py");
    expect(told(workspace)).toEqual(["harbour/berths.py:0"]);
    workspace.forget("harbour/berths.py");
    expect(told(workspace)).toEqual([]);
  });

  it("stays found while the rules are edited, and follows what they say", async () => {
    const { workspace } = await open({ "db/berths.sql": "create table berths (price float8, fee money);\n" });
    const yaml = rules[".fathom/rules.yaml"];
    const edit = async (text: string) => {
      workspace.rules.setOverlay(".fathom/rules.yaml", text);
      await workspace.prepare();
      return workspace.analysis().findings.filter(({ detector }) => detector === "rule-violation");
    };
    expect(await edit(`# Of the harbour master.\n${yaml}`)).toHaveLength(1);
    const [found] = await edit(yaml.replace("never floats", "whole cents"));
    expect(found?.message).toContain("Prices are whole cents");
    expect(await edit(yaml.replace("[float8]", "[float8, money]"))).toHaveLength(2);
    expect(await edit(yaml.replace("float8", "real"))).toEqual([]);
  });
});
