import { describe, expect, it } from "vitest";
import { Repository } from "../history/repository";
import { fathom } from "../support/commandLine";
import { temporaryFolder } from "../support/workspaces";

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
