import { describe, expect, it } from "vitest";
import { scannedWorkspace, temporaryFolder } from "../support/workspaces";

async function findings(files: Record<string, string>, settings: Record<string, unknown> = {}) {
  const all = { ...files, ".vscode/settings.json": JSON.stringify(settings) };
  const { findings } = (await scannedWorkspace(temporaryFolder(all))).analysis();
  return findings;
}

const call = "import os\n\n\ndef sail(ship):\n    os.system(ship)\n";

describe("violations of rules", () => {
  it("are as severe as the rule is loud", async () => {
    const told = async (rule: string) => (await findings({ "CLAUDE.md": `- ${rule}\n`, "a.py": call }))[0]?.severity;
    expect(await told("NEVER call `os.system`.")).toBe("error");
    expect(await told("Never call `os.system`.")).toBe("warning");
    expect(await told("Prefer `subprocess.run` over `os.system`.")).toBe("info");
  });

  it("lead to the rule, and obey severity, suppressions and the switch", async () => {
    const files = { "CLAUDE.md": "# Rules\n\n- Never call `os.system`.\n", "a.py": call };
    const [violation, ...others] = await findings(files);
    expect(others).toEqual([]);
    expect(violation).toMatchObject({ detector: "rule-violation", path: "a.py", symbol: "sail" });
    expect(violation?.steps.at(-1)).toMatchObject({ path: "CLAUDE.md", range: { start: { line: 2 } } });
    expect(await findings(files, { "fathom.ruleViolation.severity": "off" })).toEqual([]);
    expect(await findings(files, { "fathom.rules.enabled": false })).toEqual([]);
    const silenced = call.replace(
      "    os.",
      "    # fathom:ignore rule-violation -- the tide table is our own\n    os.",
    );
    expect(await findings({ ...files, "a.py": silenced })).toEqual([]);
  });

  it("are gone when the code is mended", async () => {
    const mended = call.replace("os.system(ship)", "return ship");
    expect(await findings({ "CLAUDE.md": "- Never call `os.system`.\n", "a.py": mended })).toEqual([]);
  });

  it("of rules that say the same are told once", async () => {
    const files = { "CLAUDE.md": "- Never call `os.system`.\n\n# Ships\n\n- `os.system` must never be called.\n" };
    expect(await findings({ ...files, "a.py": call })).toHaveLength(1);
  });

  it("of `any` in a cast are told once, whichever rule is about it", async () => {
    const files = { "CLAUDE.md": "- No `: any`.\n- No `as any`.\n", "a.ts": "export const tide = (1 as any).low;\n" };
    expect(await findings(files)).toHaveLength(1);
  });

  it("of a rule are told although one with a condition says the same before", async () => {
    const files = { "CLAUDE.md": "- Never call `os.system` for paths of ships.\n- Never call `os.system`.\n" };
    expect(await findings({ ...files, "a.py": call })).toHaveLength(1);
  });

  it("of names are none where an instruction file names the file", async () => {
    const rules = { "CLAUDE.md": "- Use camelCase for file names.\n" };
    const files = { ...rules, "web/low-tide.ts": "export const a = 1;\n", "web/high-tide.ts": "export const a = 1;\n" };
    const guide = { "web/CLAUDE.md": "# Web\n\n```\nweb/low-tide.ts  tides\n```\n" };
    expect((await findings({ ...files, ...guide })).map(({ path }) => path)).toEqual(["web/high-tide.ts"]);
  });

  it("of a rule nobody keeps are told together, on the rule", async () => {
    const broken = (places: number) => {
      const files = Object.fromEntries(Array.from({ length: places }, (_, i) => [`n${i}.py`, call]));
      return findings({ ...files, "CLAUDE.md": "- Never call `os.system`.\n" });
    };
    const [only, ...others] = await broken(11);
    expect(only).toMatchObject({ path: "CLAUDE.md", severity: "info" });
    expect(only?.message).toContain("11 places break this rule. They are told one by one where they are being changed");
    expect(only?.steps[0]).toMatchObject({ path: "n0.py", message: "`sail` calls `os.system`" });
    expect(others).toEqual([]);
    expect(await broken(10)).toHaveLength(10);
    const untyped = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`n${i}.ts`, "export let tide: any;\n"]));
    expect(await findings({ ...untyped, "CLAUDE.md": "- Never use `any`.\n" })).toHaveLength(11);
  });

  it("count for every rule they break, also where another one has told them", async () => {
    const files = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`n${i}.py`, call]));
    const spawned = { "s.py": call.replaceAll("os.system", "os.popen") };
    const rules = { "CLAUDE.md": "- Never call `os.system`.\n- Never call `os.system` or `os.popen`.\n" };
    const found = await findings({ ...files, ...spawned, ...rules });
    expect(found.map(({ path, message }) => `${path} ${message.split(" ")[0]}`)).toEqual([
      "CLAUDE.md 11",
      "CLAUDE.md 12",
    ]);
  });

  it("of names, commands and texts that stand already are info", async () => {
    const told = async (rule: string, files: Record<string, string>) =>
      (await findings({ "CLAUDE.md": `- ${rule}\n`, ...files })).map(({ path, severity, message }) => [
        path,
        severity,
        message.endsWith("names, commands and texts often do so for a reason."),
      ]);
    const named = { "a.py": "def sailFar(ship):\n    return ship\n" };
    expect(await told("Use snake_case for Python functions.", named)).toEqual([["a.py", "info", true]]);
    const scripted = { "moor.sh": "npm audit fix --force\n", "a.py": "a = 1\n" };
    expect(await told("Never run `npm audit fix --force`.", scripted)).toEqual([["moor.sh", "info", true]]);
    const written = { "a.tsx": "export const A = () => <br>tide</br>;\n" };
    expect(await told("No `<br>` tags.", written)).toEqual([["a.tsx", "info", true]]);
    expect(await told("Never call `os.system`.", { "a.py": call })).toEqual([["a.py", "warning", false]]);
  });

  it("of a package whose replacement is nowhere are told together", async () => {
    const files = {
      "CLAUDE.md": "- Use Zod for validation.\n",
      "a.ts": 'import * as yup from "yup";\nyup.string();\n',
    };
    const manifest = (name: string) => ({ "package.json": `{"dependencies": {"${name}": "1"}}` });
    const told = async (more: Record<string, string>) =>
      (await findings({ ...files, ...more })).map(({ path }) => path);
    expect(await told(manifest("yup"))).toEqual(["CLAUDE.md"]);
    expect(await told(manifest("@tides/zod"))).toEqual(["CLAUDE.md"]);
    expect(await told(manifest("zod"))).toEqual(["a.ts"]);
    // Where nothing is listed nobody can tell.
    expect(await told({})).toEqual(["a.ts"]);
    expect(await told({ "package.json": `{"name": "harbour"}` })).toEqual(["a.ts"]);
    expect(await told({ "b.ts": 'import { z } from "zod";\nz.string();\n' })).toEqual(["a.ts"]);
  });

  it("of a rule that can be counted are told where most places keep it", async () => {
    const untyped = Array.from({ length: 12 }, (_, i) => `def sail${i}(ship):\n    return ship\n`).join("\n");
    const typed = (count: number) =>
      Array.from({ length: count }, (_, i) => `def moor${i}(ship: str) -> str:\n    return ship\n`).join("\n");
    const rule = { "CLAUDE.md": "- All Python functions must have type hints.\n" };
    const found = await findings({ ...rule, "a.py": untyped, "c.py": typed(100) });
    expect(found.map(({ path }) => path)).toEqual(Array.from({ length: 5 }, () => "a.py"));
    const together = await findings({ ...rule, "a.py": untyped, "c.py": typed(40) });
    expect(together.map(({ path }) => path)).toEqual(["CLAUDE.md"]);
    expect(together[0]?.message).toContain("12 of 52 places break this rule.");
  });
});

describe("the team's own file", () => {
  const rules = "- Never call `os.system`.\n";

  it("switches a check off, replaces it, and adds rules", async () => {
    const off = "corrections:\n  - match: { file: CLAUDE.md, text: Never call os.system }\n    enforce: false\n";
    expect(await findings({ "CLAUDE.md": rules, "a.py": call, ".fathom/rules.yaml": off })).toEqual([]);
    const own =
      "rules:\n  - text: Ships sail by themselves\n    polarity: must-not\n    check: { form: forbidden-name, names: [sail] }\n";
    const found = await findings({ "a.py": `${call}\n\nsail(1)\n`, ".fathom/rules.yaml": own });
    expect(found.map(({ detector, path }) => `${detector} ${path}`)).toEqual(["rule-violation a.py"]);
  });
});

describe("stale rules", () => {
  it("are told on the instruction file, where a comment silences them", async () => {
    const text = "- Keep `docs/tides.md` up to date with `docs/berths.md`.\n";
    const files = { "docs/berths.md": "# Berths\n", "docs/tide.md": "# Tides\n", "a.py": call };
    const found = await findings({ ...files, "CLAUDE.md": text });
    expect(found.map(({ detector, path, range }) => `${detector} ${path}:${range.start.line + 1}`)).toEqual([
      "stale-rule CLAUDE.md:1",
    ]);
    const silenced = `<!-- fathom:ignore stale-rule -- it is written tomorrow -->\n${text}`;
    expect(await findings({ ...files, "CLAUDE.md": silenced })).toEqual([]);
  });
});
