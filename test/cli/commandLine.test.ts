import { cpSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { fathom } from "../support/commandLine";
import { temporaryFolder } from "../support/workspaces";

const harbour = join(__dirname, "fixtures", "harbour");
const golden = (name: string) => join(__dirname, "golden", name);

describe("golden output", () => {
  it("scan, as text", async () => {
    const { code, stdout } = fathom(["scan", "."], { cwd: harbour });
    expect(code).toBe(0);
    await expect(stdout.replace(/\d+\.\d s/, "0.0 s")).toMatchFileSnapshot(golden("scan.golden.txt"));
  });

  it("scan, as JSON", async () => {
    const { code, stdout } = fathom(["scan", harbour, "--format", "json"]);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(golden("scan.golden.json"));
  });

  it("scan, as SARIF that its schema accepts", async () => {
    const { code, stdout } = fathom(["scan", harbour, "--format", "sarif"]);
    expect(code).toBe(0);
    expect(sarifProblems(JSON.parse(stdout))).toEqual([]);
    const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
    await expect(stdout.replaceAll(version, "0.0.0")).toMatchFileSnapshot(golden("scan.golden.sarif"));
  });

  it("tells a witness that goes through several files as a code flow, which the schema accepts", () => {
    const { stdout } = fathom(["scan", join(__dirname, "../outages/go"), "--format", "sarif"]);
    const log = JSON.parse(stdout) as Log;
    expect(sarifProblems(log)).toEqual([]);
    const results = log.runs[0]?.results ?? [];
    expect(results.filter(({ codeFlows }) => (codeFlows?.[0]?.threadFlows[0]?.locations.length ?? 0) === 0)).toEqual(
      [],
    );
    const perTick = results.find(
      ({ ruleId, message }) => ruleId === "io-in-hot-loop" && message.text?.includes("every 6 ticks"),
    );
    expect(
      perTick?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => [
        location?.physicalLocation?.artifactLocation?.uri,
        location?.physicalLocation?.region?.startLine,
        location?.message?.text,
      ]),
    ).toEqual([
      ["server.go", 35, "runs every 6 ticks of 10 s"],
      ["server.go", 42, "calls `(*Server).countTime`"],
      ["time.go", 4, "for each of `s.players()`"],
      ["time.go", 5, "calls `(*Server).addTime`"],
      ["time.go", 22, "goes to the database (`update players`)"],
    ]);
  });

  it("functions", async () => {
    const { code, stdout } = fathom(["functions", harbour, "--format", "json"]);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(golden("functions.golden.json"));
  });

  it("explain", async () => {
    // Apart from the repository, whose history would be told too.
    const copy = temporaryFolder();
    cpSync(harbour, copy, { recursive: true });
    const { code, stdout } = fathom(["explain", "src/berths.go#Latest"], { cwd: copy });
    expect(code).toBe(0);
    await expect(
      stdout.replace(/Rank \d+ of \d+/, "Rank 1 of 3").replace(/^.*more than \d+% of.*\n/m, ""),
    ).toMatchFileSnapshot(golden("explain.golden.md"));
  });

  it("rules", async () => {
    const all = fathom(["rules", harbour]);
    expect(all.code).toBe(0);
    await expect(all.stdout).toMatchFileSnapshot(golden("rules.golden.txt"));
    const { code, stdout } = fathom(["rules", harbour, "--for", "src/berths.go:14", "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        source: { path: "CLAUDE.md", line: 3 },
        polarity: "must-not",
        scope: { symbols: ["sort.Slice"] },
        enforcement: { form: "forbidden-call", names: ["sort.Slice"], qualifier: "on a slice the caller owns" },
        status: "enforced",
      },
    ]);
    expect(JSON.parse(fathom(["rules", harbour, "--for", "src/berths.go:16", "--format", "json"]).stdout)).toEqual([]);
  });
});

it("scans one file, by the rules beside it", () => {
  const folder = temporaryFolder({
    "CLAUDE.md": "- NEVER call `dredge`.\n",
    "pier.ts": "export function deepen() {\n  dredge(1);\n}\n",
    "quay.ts": "export function widen() {\n  dredge(2);\n}\n",
  });
  const { code, stdout, stderr } = fathom(["scan", join(folder, "pier.ts"), "--format", "json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { findings } = JSON.parse(stdout) as { findings: { path: string; detector: string }[] };
  expect(findings.map(({ path, detector }) => [path, detector])).toEqual([["pier.ts", "rule-violation"]]);
});

describe("exit codes", () => {
  it.each([
    [["--help"], 0],
    [["scan", "--help"], 0],
    [["--version"], 0],
    [["scan", harbour], 0],
    [["scan", harbour, "--fail-on", "warning"], 0],
    [["scan", harbour, "--fail-on", "info"], 1],
    [[], 2],
    [["scna"], 2],
    [["scan", harbour, "--format", "xml"], 2],
    [["scan", harbour, "--fail-on", "fatal"], 2],
    [["scan", harbour, "--jobs", "many"], 2],
    [["scan", harbour, harbour], 2],
    [["functions", harbour, "--format", "text"], 2],
  ])("%j gives %i", (args, code) => {
    const result = fathom(args);
    expect({ code: result.code, saidSomething: result.stdout + result.stderr !== "" }).toEqual({
      code,
      saidSomething: true,
    });
  });
});

describe("bad input", () => {
  it.each([
    ["a missing path", ["scan", "no/such/folder"], /no\/such\/folder/],
    ["an unknown detector", ["scan", harbour, "--detectors", "oracle-function,magic"], /magic[\s\S]*oracle-function/],
    [
      "an output that cannot be written",
      ["scan", harbour, "--output", "no/such/folder/out.txt"],
      /no\/such\/folder\/out\.txt: cannot be written/,
    ],
    ["explain without a function", ["explain", join(harbour, "src/berths.go")], /FILE#FUNCTION/],
    [
      "explain with an unknown function",
      ["explain", `${join(harbour, "src/berths.go")}#Nope`],
      /no function Nope[\s\S]*Latest, /,
    ],
    ["explain in a missing file", ["explain", "missing.go#f"], /missing\.go/],
    ["rules for a line that is not there", ["rules", harbour, "--for", "src/berths.go:999"], /has 2\d lines/],
    ["rules for a file outside", ["rules", harbour, "--for", "../../x.go"], /outside/],
  ])("%s", (_, args, message) => {
    const { code, stderr, stdout } = fathom(args as string[]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message as RegExp);
    expect(stdout).toBe("");
  });

  it("does the rest of the work when files are odd", () => {
    const folder = temporaryFolder({
      "good.py": "def fine():\n    return 1\n",
      "binary.py": new Uint8Array([0, 1, 2, 0, 255]),
      "half.py": new Uint8Array([...Buffer.from("def half():\n    return '"), 0xe2, 0x82]),
      "broken.go": "package p\n\nfunc before() int { return 1 }\n\nfunc broken( {{{\n\nfunc after() int { return 2 }\n",
      "crlf.ts": "\ufefffunction crlf() {\r\n  return 1;\r\n}\r\n",
      "long.js": `const text = "${"x".repeat(1_000_000)}"; function longLine() { return text; }\n`,
      ".vscode/settings.json": '{ "fathom.limits.maxFileSize": "big", ',
      "huge.py": "",
    });
    truncateSync(join(folder, "huge.py"), 50 * 1024 * 1024);
    symlinkSync(".", join(folder, "loop"));
    symlinkSync("nowhere", join(folder, "dangling.py"));
    mkdirSync(join(folder, "CLAUDE.md"));
    const { code, stdout, stderr } = fathom(["functions", folder]);
    expect(code).toBe(0);
    const rows = JSON.parse(stdout).functions.map(
      ({ path, name, startLine }: { path: string; name: string; startLine: number }) => `${path} ${name} ${startLine}`,
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        "good.py fine 1",
        "half.py half 1",
        "broken.go before 3",
        "broken.go after 7",
        "crlf.ts crlf 1",
      ]),
    );
    expect(stderr).toMatch(/settings\.json:1: not valid JSON/);
    expect(stderr).toMatch(/fathom\.limits\.maxFileSize must be a whole number/);
    expect(stderr).toMatch(/huge\.py: .*52428800 bytes/);
    expect(stderr).toMatch(/half\.py/);
    expect(stderr).toMatch(/CLAUDE\.md: .*director/);
  });

  it("says so when there is nothing to read", () => {
    const { code, stdout } = fathom(["scan", temporaryFolder({ "notes.txt": "hello" })]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/there is none here/);
  });
});

describe("output", () => {
  it("goes to a file when asked", () => {
    const file = join(temporaryFolder(), "out.sarif");
    const { code, stdout } = fathom(["scan", harbour, "--format", "sarif", "--output", file]);
    expect(code).toBe(0);
    expect(stdout).toBe("");
    expect(JSON.parse(readFileSync(file, "utf8")).version).toBe("2.1.0");
  });

  it("has no colours and no progress without a terminal", () => {
    const { stdout, stderr } = fathom(["scan", harbour]);
    expect(stdout + stderr).not.toContain("\x1b[");
  });

  it("keeps its fingerprints when lines shift", () => {
    const text = readFileSync(join(harbour, "src/berths.go"), "utf8");
    const settings = readFileSync(join(harbour, ".vscode/settings.json"), "utf8");
    const folder = temporaryFolder({ "src/berths.go": text, ".vscode/settings.json": settings });
    const fingerprints = () =>
      (JSON.parse(fathom(["scan", folder, "--format", "sarif"]).stdout) as Log).runs[0]?.results?.map(
        ({ partialFingerprints }) => partialFingerprints,
      );
    const before = fingerprints();
    writeFileSync(join(folder, "src/berths.go"), text.replace("package berths", "// A line more.\n\npackage berths"));
    expect(before).toHaveLength(1);
    expect(fingerprints()).toEqual(before);
  });
});

function sarifProblems(log: unknown): string[] {
  const schema = createRequire(import.meta.url)("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv as never);
  const validate = ajv.compile(schema);
  return validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
