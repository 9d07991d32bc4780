import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatEntry, type LedgerEntry } from "../../server/src/core/ledger/entry";
import { mia, ola, Repository } from "../history/repository";
import { explained, waived } from "../ledger/lines";
import { fathom } from "../support/commandLine";
import { scannedWorkspace, temporaryFolder, writeFiles } from "../support/workspaces";

const rules = `# Harbour

- NEVER call \`os.system\` in Python files.
- Never edit files in \`migrations/\`.
- When you change \`routes.py\`, also update \`docs/api.md\`.
`;
const clean = "import os\n\n\ndef moor(ship):\n    return ship\n";
const broken = `${clean}\n\ndef sail(ship):\n    os.system("sail " + ship)\n`;

function harbour(): Repository {
  const repository = Repository.create();
  repository.commit("start", {
    "CLAUDE.md": rules,
    "old.py": broken,
    "new.py": clean,
    "routes.py": clean,
    "docs/api.md": "# API\n",
    "migrations/001.sql": "create table ships ();\n",
  });
  return repository;
}

describe("fathom check", () => {
  it("tells what a change breaks, and nothing of what was there before", () => {
    const repository = harbour();
    repository.write({
      "new.py": broken,
      "routes.py": `${clean}\n\nX = 1\n`,
      "migrations/001.sql": "drop table ships;\n",
    });
    const { code, stdout } = fathom([
      "check",
      repository.root,
      "--base",
      "main",
      "--format",
      "json",
      "--fail-on",
      "error",
    ]);
    const { findings } = JSON.parse(stdout) as { findings: { path: string; message: string; severity: string }[] };
    expect(findings.map(({ path, severity }) => `${path} ${severity}`).sort()).toEqual([
      "migrations/001.sql warning",
      "new.py error",
      "routes.py warning",
    ]);
    expect(code).toBe(1);
  });

  it("has nothing to say once everything belongs together", () => {
    const repository = harbour();
    repository.write({ "routes.py": `${clean}\n\nX = 1\n`, "docs/api.md": "# API\n\nX\n" });
    const { code, stdout } = fathom(["check", repository.root, "--base", "main", "--format", "markdown"]);
    expect([code, stdout.split("\n")[0]]).toEqual([0, "### Fathom: nothing to say"]);
  });

  it("names a base it does not find, and a folder without git", () => {
    const gone = fathom(["check", harbour().root, "--base", "gone"]);
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining("no commit gone here")]);
    const bare = fathom(["check", temporaryFolder({ "a.py": clean }), "--base", "main"]);
    expect([bare.code, bare.stderr]).toEqual([2, expect.stringContaining("no git repository")]);
    expect(fathom(["check", harbour().root]).code).toBe(2);
  });
});

const oracle = (slot: number) => `_seen = {}


def fold(events):
    kept = {}
    for e in sorted(events, key=lambda e: (e.get("at", 0), e.get("id", ""))):
        k = (e.get("berth"), e.get("at", 0) // ${slot})
        if k not in kept or e.get("rank", 0) >= kept[k].get("rank", 0):
            if e.get("state") == "left" and k in _seen:
                continue
            for other in list(kept):
                if other[0] == k[0] and abs(other[1] - k[1]) <= 1 and kept[other].get("rank", 0) < 7:
                    del kept[other]
                    break
            kept[k] = e
            _seen[k] = e.get("id", "")
    return [kept[k] for k in sorted(kept)]
`;

interface Checked {
  blocked: boolean;
  findings: { path: string; detector: string; message: string; range: { start: { line: number } } }[];
  functions: {
    name: string;
    change: string;
    signOff: Record<"before" | "after", { state: string; by: string } | null>;
    oracle: Record<"before" | "after", boolean>;
    unsettled: boolean;
  }[];
  notices: { message: string }[];
}

function checked(root: string, ...more: string[]): Checked & { code: number | null } {
  const { code, stdout, stderr } = fathom(["check", root, "--base", "main", "--format", "json", ...more]);
  if (stdout === "") throw new Error(stderr);
  return { code, ...(JSON.parse(stdout) as Checked) };
}

/** The function of a file as the ledger names it. */
async function functionIn(root: string, path: string): Promise<{ symbol: string; shapeHash: string }> {
  const found = (await scannedWorkspace(root)).summaryOf(path)?.functions.find(({ name }) => name !== "");
  if (!found) throw new Error(`no function in ${path}`);
  return found;
}

function ledgerOf(path: string, ...entries: LedgerEntry[]): Record<string, string> {
  return { [`.fathom/ledger/${path}.jsonl`]: entries.map((entry) => `${formatEntry(entry)}\n`).join("") };
}

function statesOf({ functions }: Checked): string[] {
  return functions.map(
    ({ name, change, signOff: { before, after }, oracle: { before: was, after: is }, unsettled }) =>
      `${name} ${change}: ${before?.state ?? "none"} ${was} -> ${after?.state ?? "none"} ${is}${unsettled ? " !" : ""}`,
  );
}

describe("fathom check of who can explain it", () => {
  it("tells new oracles, what went stale, what was explained, and nothing of what has only moved", async () => {
    const repository = Repository.create();
    repository.commit("start", {
      "fold.py": oracle(900),
      "ship.py": clean,
      ".vscode/settings.json": '{ "fathom.oracleFunction.topPercent": 100 }',
      "port.py": "def call(x):\n    return x + 1\n",
    });
    const fold = await functionIn(repository.root, "fold.py");
    repository.commit("explained", { ...ledgerOf("fold.py", explained(fold, mia)) });
    repository.git("checkout", "--quiet", "-b", "work");
    expect(statesOf(checked(repository.root))).toEqual([]);
    repository.write({
      "fold.py": oracle(60),
      "bay.py": oracle(3600).replaceAll("fold", "sweep").replaceAll("rank", "depth"),
      "ship.py": `# Ships.\n\n\n${clean}`,
      "harbour.py": "def call(x):\n    return x + 1\n",
    });
    repository.git("rm", "--quiet", "port.py");
    repository.commit("shorter", {});
    const { code, ...report } = checked(repository.root, "--blocking");
    expect(statesOf(report)).toEqual([
      "sweep new: none false -> none true !",
      "fold changed: explained false -> stale true !",
    ]);
    expect([code, report.blocked, checked(repository.root).code]).toEqual([1, true, 0]);
    const { stdout } = fathom(["check", repository.root, "--base", "main", "--format", "markdown"]);
    expect(stdout).toContain("2 functions to explain");
    expect(stdout).toMatch(
      /\| ❗ `fold` \| `fold\.py:4` \| changed \| explained by Mia Lund, 3 Mar 2026 \| explanation is stale/,
    );
    const text = fathom(["check", repository.root, "--base", "main"]).stdout;
    expect(text).toContain(
      "explained by Mia Lund, 3 Mar 2026 → explanation is stale (Mia Lund, 3 Mar 2026), an oracle",
    );
    const again = await functionIn(repository.root, "fold.py");
    const bay = await functionIn(repository.root, "bay.py");
    repository.commit("explained again", {
      ...ledgerOf("fold.py", explained(fold, mia), explained(again, mia)),
      ...ledgerOf("bay.py", waived(bay, mia)),
    });
    const settled = checked(repository.root, "--blocking");
    expect(statesOf(settled)).toEqual([
      "sweep new: none false -> waived false",
      "fold changed: explained false -> explained false",
    ]);
    expect([settled.code, settled.findings]).toEqual([0, []]);
  });

  it("is blocking when the team says so, even where the change itself says otherwise", () => {
    const repository = Repository.create();
    repository.commit("start", { "ship.py": clean, ".fathom/config.json": '{ "check": { "blocking": true } }' });
    repository.git("checkout", "--quiet", "-b", "work");
    repository.commit("oracle", {
      "fold.py": oracle(900),
      ".fathom/config.json": '{ "check": { "blocking": false } }',
    });
    expect(checked(repository.root).code).toBe(1);
    repository.commit("wrong", {
      "fold.py": "x = 1\n",
      ".fathom/config.json": '{ "check": { "blocking": "yes" }, "a": 1 }',
    });
    const { code, notices } = checked(repository.root);
    expect([code, notices.map(({ message }) => message)]).toEqual([
      0,
      expect.arrayContaining(["`check.blocking` must be true or false.", "There is no `a` here, only `check`."]),
    ]);
  });

  it("finds sign-offs in somebody else's name, with file and line", async () => {
    const repository = Repository.create();
    repository.commit("start", { "fold.py": oracle(900) });
    const fold = await functionIn(repository.root, "fold.py");
    repository.git("checkout", "--quiet", "-b", "work");
    const first = explained(fold, mia);
    repository.commit("mine", ledgerOf("fold.py", first), mia);
    const forged = explained(fold, ola, { when: "2026-03-04T10:00:00Z" });
    repository.commit("forged", ledgerOf("fold.py", first, forged), mia);
    repository.git("config", "user.name", mia.name);
    repository.git("config", "user.email", mia.email);
    const loose = waived(fold, ola);
    repository.write(ledgerOf("fold.py", first, forged, loose));
    const { findings, code } = checked(repository.root, "--fail-on", "error");
    expect(
      findings.map(({ path, detector, range, message }) => `${path}:${range.start.line + 1} ${detector} ${message}`),
    ).toEqual([
      expect.stringMatching(
        /fold\.py\.jsonl:2 misattributed-sign-off This line speaks for Ola Berg .*, but Mia Lund .* committed it/,
      ),
      expect.stringMatching(/fold\.py\.jsonl:3 misattributed-sign-off .* is not committed, and git calls you Mia Lund/),
    ]);
    expect(code).toBe(1);
  });

  it("works in a folder of a repository", async () => {
    const repository = Repository.create();
    repository.commit("start", { "desk/fold.py": oracle(900), "other/fold.py": oracle(60) });
    const desk = join(repository.root, "desk");
    const fold = await functionIn(desk, "fold.py");
    repository.git("checkout", "--quiet", "-b", "work");
    const [[path, text]] = Object.entries(ledgerOf("fold.py", explained(fold, ola))) as [[string, string]];
    repository.commit("forged", { [`desk/${path}`]: text, "other/fold.py": oracle(61) }, mia);
    const report = checked(desk);
    expect(report.findings.map(({ path: at, detector }) => `${at} ${detector}`)).toEqual([
      `${path} misattributed-sign-off`,
    ]);
    expect(statesOf(report)).toEqual(["fold same: none true -> explained false"]);
  });

  it("says in a shallow clone what it could not verify", async () => {
    const repository = Repository.create();
    repository.commit("start", { "fold.py": oracle(900) });
    const fold = await functionIn(repository.root, "fold.py");
    repository.git("checkout", "--quiet", "-b", "work");
    repository.commit("forged", ledgerOf("fold.py", explained(fold, ola)), mia);
    repository.commit("more", { "ship.py": clean });
    const clone = temporaryFolder();
    repository.git(
      "clone",
      "--quiet",
      "--depth",
      "1",
      "--branch",
      "work",
      `file://${repository.root}`,
      join(clone, "c"),
    );
    const shallow = join(clone, "c");
    repository.git("-C", shallow, "fetch", "--quiet", "--depth", "1", "origin", "main:main");
    const { findings, notices } = checked(shallow);
    expect(findings.filter(({ detector }) => detector === "misattributed-sign-off")).toEqual([]);
    expect(notices.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("1 new line of the ledger was not compared"),
    );
  });
});

describe("fathom check of new dependencies", () => {
  const packageJson = (...names: string[]) =>
    `${JSON.stringify({ name: "quay", scripts: { pad: "left-pad ." }, dependencies: Object.fromEntries(names.map((name) => [name, "^1.0.0"])) }, null, 2)}\n`;

  it("tells those nobody has approved, and who has approved the others", () => {
    const repository = Repository.create();
    repository.commit("start", {
      "package.json": packageJson("tides"),
      "tools/package.json": packageJson("moons"),
      "requirements.txt": "Py_Tides==1\npy-tides-harbour-less==1\n",
    });
    repository.git("checkout", "--quiet", "-b", "work");
    repository.commit("more", {
      "package.json": packageJson("tides", "moons", "left-pad"),
      "requirements.txt": "py-tides==2 # for harbours\npy-tides-harbour-less==1\nharbour[maps]>=1 # charts\n",
    });
    const run = (...args: string[]) => fathom(["check", ".", "--base", "main", ...args], { cwd: repository.root });
    const told = () => JSON.parse(run("--format", "json").stdout);
    // `moons` was there already, and a name is the same however it is written.
    expect(told().dependencies).toEqual([
      { path: "package.json", line: 9, dependency: "left-pad", approved: null },
      { path: "requirements.txt", line: 3, dependency: "harbour", approved: null },
    ]);
    expect(run("--blocking").code).toBe(1);
    const text = run().stdout;
    expect(text).toContain("left-pad package.json:9");
    expect(text).toContain("nobody has approved it (fathom approve 'package.json#left-pad' --reason \"...\")");
    expect(run("--format", "markdown").stdout).toContain("### Fathom: 2 dependencies to approve");

    repository.git("config", "user.name", mia.name);
    repository.git("config", "user.email", mia.email);
    const approve = (...args: string[]) => fathom(["approve", ...args], { cwd: repository.root });
    expect(approve("package.json#right-pad")).toMatchObject({ code: 2 });
    expect(approve("quay.txt#left-pad")).toMatchObject({ code: 2 });
    const approved = approve("package.json#left-pad", "--reason", "Pads the berth numbers.");
    expect(approved.stdout).toBe("Approved in .fathom/ledger/package.json.jsonl, line 1. Commit it with your work.\n");
    expect(approve("requirements.txt#harbour").code).toBe(0);
    expect(told().dependencies).toMatchObject([
      { dependency: "left-pad", approved: { by: mia.name, reason: "Pads the berth numbers." } },
      { dependency: "harbour", approved: { by: mia.name } },
    ]);
    expect(run("--blocking").code).toBe(0);
    expect(run("--format", "markdown").stdout).toContain(`\`left-pad\` in \`package.json:9\`: approved by ${mia.name}`);
  });
});

describe("a scan", () => {
  it("knows a new sign-off and a taken back one, though it kept its last result", async () => {
    const folder = temporaryFolder({ "fold.py": oracle(900) });
    const env = { XDG_CACHE_HOME: temporaryFolder() };
    const found = () =>
      (JSON.parse(fathom(["scan", folder, "--format", "json"], { env }).stdout) as Checked).findings.length;
    expect([found(), found()]).toEqual([1, 1]);
    const ledger = ledgerOf("fold.py", explained(await functionIn(folder, "fold.py"), mia));
    writeFiles(folder, ledger);
    expect(found()).toBe(0);
    writeFiles(folder, { [Object.keys(ledger)[0] as string]: "" });
    expect(found()).toBe(1);
  });
});
