import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../scripts/lib/vscodeServer.mjs";

// The default flags a few functions out of a hundred, and a fixture has not that many.
const ORACLE_SETTINGS = { "fathom.oracleFunction.topPercent": 100, "fathom.oracleFunction.linesPerFinding": 0 };

// What would move about in pictures, or cover what they show.
const QUIET_SETTINGS = {
  "chat.disableAIFeatures": true,
  // Below, where it does not cover the lens.
  "editor.hover.above": false,
  "editor.minimap.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

export interface WorkspaceCopy {
  readonly path: string;
  remove(): Promise<void>;
}

/** The fixture workspace as a repository of its own with a short history, free to be written to. */
export async function copyWorkspace(settings: Readonly<Record<string, unknown>> = {}): Promise<WorkspaceCopy> {
  const parent = await mkdtemp(join(tmpdir(), "fathom-workspace-"));
  const path = join(parent, "usage-reports");
  await cp(join(ROOT, "test/vscode/workspace"), path, { recursive: true });
  await mkdir(join(path, ".vscode"));
  await writeFile(
    join(path, ".vscode/settings.json"),
    JSON.stringify({ ...ORACLE_SETTINGS, ...QUIET_SETTINGS, ...settings }),
  );
  await commitHistory(path);
  return { path, remove: () => rm(parent, { recursive: true, force: true, maxRetries: 3 }) };
}

/** A failure, its fix, and the rules somebody wrote after it. */
async function commitHistory(path: string): Promise<void> {
  const git = gitIn(path);
  await git(ADA, "init", "--quiet", "--initial-branch=main");
  await git(ADA, "config", "commit.gpgsign", "false");
  const commit = async (author: Author, message: string) => {
    await git(author, "add", ".");
    await git(author, "commit", "--quiet", "--no-verify", `--message=${message}`);
  };
  const [rules, report] = [join(path, "CLAUDE.md"), join(path, "reports/rollup.py")];
  const [rulesText, reportText] = [await readFile(rules, "utf8"), await readFile(report, "utf8")];
  await writeFile(rules, "# Usage reports\n");
  await writeFile(report, reportText.replaceAll("normalize_account", "fold_name"));
  await commit(ADA, "feat: reports, invoices and meters");
  await writeFile(report, reportText);
  await commit(ADA, "fix: bill each account once, whatever its case");
  await writeFile(rules, rulesText);
  await commit(GRACE, "docs: what the double bills have taught");
}

interface Author {
  name: string;
  date: string;
}

const ADA: Author = { name: "Ada Example", date: "2026-03-02T09:00:00Z" };
const GRACE: Author = { name: "Grace Example", date: "2026-03-04T09:00:00Z" };

function gitIn(path: string): ({ name, date }: Author, ...args: string[]) => Promise<unknown> {
  return ({ name, date }, ...args) => {
    const email = `${name.split(" ")[0]?.toLowerCase()}@example.com`;
    const env = {
      ...process.env,
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
      GIT_COMMITTER_DATE: date,
    };
    return promisify(execFile)("git", ["-C", path, ...args], { env });
  };
}
