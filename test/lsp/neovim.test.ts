import { access, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { spawnLeashed } from "../../scripts/lib/leash.mjs";
import { ensureNeovim, ROOT } from "../../scripts/lib/vscodeServer.mjs";
import { copyWorkspace } from "../vscode/copyWorkspace";

// The first run on a machine may install Neovim.
const INSTALL_TIMEOUT = 10 * 60_000;
const TEST_TIMEOUT = 60_000;
const SCRIPT = join(ROOT, "test/lsp/neovim/attach.lua");
const SERVER = join(ROOT, "dist/cli.js");
const ORACLE = { file: "reports/rollup.py", name: "merge_usage_windows" };

interface NeovimResult {
  /** As `vim.diagnostic.get` returns them: lines count from 0. */
  readonly diagnostics: readonly {
    lnum: number;
    severity: number;
    source: string;
    message: string;
    code?: string;
    user_data?: { lsp?: { code?: string; codeDescription?: { href: string } } };
  }[];
  readonly hover: { contents: { kind: string; value: string } };
  readonly lenses: readonly { range: { start: { line: number } } }[];
  readonly exitCode: number;
}

let neovim: string;

beforeAll(async () => {
  await access(SERVER).catch(() => {
    throw new Error("dist/cli.js is missing. Run `npm run build` first.");
  });
  neovim = await ensureNeovim();
}, INSTALL_TIMEOUT);

test("Neovim shows an oracle function", { timeout: TEST_TIMEOUT }, async () => {
  const { diagnostics, hover, lenses, exitCode } = await openInNeovim();
  const oracle = diagnostics.find(({ code, user_data }) => (code ?? user_data?.lsp?.code) === "oracle-function");
  expect(oracle).toMatchObject({ source: "fathom", lnum: 3, message: expect.stringContaining(ORACLE.name) });
  expect(oracle?.user_data?.lsp?.codeDescription?.href).toMatch(/oracle-function\.md$/);
  expect(hover.contents.value).toMatch(/oracle/i);
  expect(lenses.map(({ range }) => range.start.line)).toContain(oracle?.lnum);
  expect(exitCode).toBe(0);
});

async function openInNeovim(): Promise<NeovimResult> {
  const workspace = await copyWorkspace();
  onTestFinished(() => workspace.remove());
  const home = await mkdtemp(join(tmpdir(), "fathom-neovim-"));
  const editor = spawnLeashed(neovim, ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", SCRIPT], {
    remove: [home],
    env: {
      ...process.env,
      // Away from the user's own configuration and state.
      HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_DATA_HOME: home,
      XDG_STATE_HOME: home,
      XDG_CACHE_HOME: home,
      FATHOM_SERVER: JSON.stringify([process.execPath, SERVER, "lsp", "--stdio"]),
      FATHOM_ROOT: workspace.path,
      FATHOM_FILE: join(workspace.path, ORACLE.file),
      FATHOM_HOVER: ORACLE.name,
    },
  });
  onTestFinished(() => editor.stop());
  const [output, problems, { code }] = await Promise.all([text(editor.stdout), text(editor.stderr), editor.exited]);
  if (code !== 0) throw new Error(`Neovim ended with code ${code}.\n${problems}`);
  return JSON.parse(output) as NeovimResult;
}
