import { describe, expect, it } from "vitest";
import { agentOf, agentOfTool, type CommitText, isBot, isFixCommit } from "../../server/src/core/history/commitKind";
import { parseGitAiNote } from "../../server/src/core/history/gitAiNote";

function commit(message: string, author = "Mia Lund <mia@harbour.example>", committer = author): CommitText {
  const [authorName, authorEmail] = author.split(/ ?<|>/) as [string, string];
  const [committerName, committerEmail] = committer.split(/ ?<|>/) as [string, string];
  return { authorName, authorEmail, committerName, committerEmail, message };
}

describe("isFixCommit", () => {
  it.each([
    "fix: tide table off by one at the new moon",
    "fix(moorings): release the berth when a booking lapses",
    "fix!: refuse negative depths",
    "fix(api)!: return 409 for a double booking",
    "Fix: crash on empty gauge list",
    "bugfix: harbour master saw other harbours",
    "hotfix: stop double charging",
    "hotfix(billing): round up once",
    "Fix crash when the pilot list is empty",
    "Fixed a deadlock between berths and tugs",
    "Fixes the wrong order of locks",
    "fixing the race in the ferry queue",
    "Bug fix: fees were counted twice",
    "Bugfix for stale anchors",
    "[harbour] fix wrong unit of depth",
    "🐛 fix: nil buoy",
    ":bug: Fix nil buoy",
    "ferry: fix a panic when the queue is closed",
    "internal/ferry: fix a panic when the queue is closed",
    "Correct the sign of the tidal offset",
    "resolve the deadlock in berth allocation",
    'Revert "feat: cache tide tables"',
    "revert: cache tide tables",
    "Take the newer reading\n\nFixes #123",
    "Take the newer reading (fixes #7)",
    "Take the newer reading\n\nfixes: https://github.com/harbour/tides/issues/12",
    "fix: crash in the test runner when a fixture is null",
    "fixup! fix: tide table off by one",
    "fix: type of vessel is wrong for tugs",
    "fix #42",
  ])("takes %j for a fix", (message) => {
    expect(isFixCommit(message)).toBe(true);
  });

  it.each([
    "feat: fix berths to the quay in the map",
    "feat(moorings): add a prefix to berth ids",
    "prefix all berth ids",
    "Fixture for the ferry queue",
    "fixed-width columns in the tide table",
    "fix typo",
    "Fix typos in comments",
    "fix: typo in README",
    "fix lint",
    "fix(lint): unused import",
    "fix: lint errors",
    "fix formatting",
    "fix: prettier",
    "Fix whitespace and trailing spaces",
    "fix(docs): broken link",
    "docs: fix the example",
    "fix docs",
    "fix(test): wait for the ferry",
    "fix tests",
    "fix: flaky test in CI",
    "test: fix flaky ferry test",
    "fix(ci): pin the runner",
    "fix CI",
    "fix build",
    "build: fix the Docker image",
    "chore: fix the release script",
    "chore(deps): bump fixtures from 1.0 to 1.1",
    "refactor: fix naming",
    "style: fix indentation",
    "Fix merge conflicts",
    "fix: type annotations",
    "Merge pull request #12 from harbour/fix-tides",
    "Merge branch 'fix/tides' into main",
    "Add a page about how we fix things",
    "Refix the buoys",
    "Suffix for tugs",
    'Revert "Revert "feat: cache tide tables""',
    "Closes #12: show depths in fathoms",
    "Release 1.2.3",
    "",
    "\n\n",
  ])("takes %j for none", (message) => {
    expect(isFixCommit(message)).toBe(false);
  });

  it("is quick with messages made to be slow", () => {
    const started = performance.now();
    for (const message of [
      `fix${" ".repeat(100_000)}x`,
      "fix(".repeat(20_000),
      "[".repeat(50_000),
      "a:".repeat(50_000),
      `x\n${" ".repeat(60_000)}y`,
      `x\n${"fix ".repeat(20_000)}`,
    ]) {
      isFixCommit(message);
      agentOf(commit(message));
      parseGitAiNote(`a.ts\n${message}`);
      parseGitAiNote(`a.ts\n  s_1 1-2${message}`);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("agentOf", () => {
  it.each([
    [
      "Claude",
      "feat: x\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nCo-Authored-By: Claude <noreply@anthropic.com>",
    ],
    ["Claude", "feat: x\n\nCo-authored-by: Claude Opus 4.1 (1M context) <noreply@anthropic.com>"],
    ["Claude", "feat: x\n\n🤖 Generated with Claude Code"],
    ["Copilot", "feat: x\n\nCo-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>"],
    ["Copilot", "feat: x\n\nCo-authored-by: GitHub Copilot <copilot@github.com>"],
    ["Cursor", "feat: x\n\nCo-authored-by: Cursor <cursoragent@cursor.com>"],
    ["Cursor", "feat: x\n\nMade-with: Cursor"],
    ["Cursor", "feat: x\n\nMade with [Cursor](https://cursor.com)"],
    ["Codex", "feat: x\n\nCo-authored-by: Codex <noreply@openai.com>"],
    [
      "Codex",
      "feat: x\n\nCo-authored-by: chatgpt-codex-connector[bot] <199175422+chatgpt-codex-connector[bot]@users.noreply.github.com>",
    ],
    ["Aider", "feat: x\n\nCo-authored-by: aider (openai/gpt-4o) <noreply@aider.chat>"],
    [
      "Gemini",
      "feat: x\n\nCo-authored-by: gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@users.noreply.github.com>",
    ],
    ["Gemini", "feat: x\n\nCo-authored-by: Gemini <noreply@google.example>"],
    [
      "Jules",
      "feat: x\n\nCo-authored-by: google-labs-jules[bot] <161369871+google-labs-jules[bot]@users.noreply.github.com>",
    ],
    ["Devin", "feat: x\n\nCo-Authored-By: Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>"],
    ["Amp", "feat: x\n\nAmp-Thread-ID: https://ampcode.com/threads/T-1\nCo-authored-by: Amp <amp@ampcode.com>"],
    [
      "opencode",
      "feat: x\n\n🤖 Generated with [opencode](https://opencode.ai)\n\nCo-Authored-By: opencode <noreply@opencode.ai>",
    ],
    ["Cursor", "feat: x\n\nCo-authored-by: Cursor Agent <noreply@anthropic.com>"],
  ])("finds %s in %j", (agent, message) => {
    expect(agentOf(commit(message))).toBe(agent);
  });

  it.each([
    ["Copilot", "copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>"],
    ["Aider", "Mia Lund (aider) <mia@harbour.example>"],
    ["Devin", "devin-ai-integration[bot] <158243242+devin-ai-integration[bot]@users.noreply.github.com>"],
    ["Cursor", "Cursor Agent <cursoragent@cursor.com>"],
    ["Claude", "Claude <noreply@anthropic.com>"],
  ])("finds %s in the author %s", (agent, author) => {
    expect(agentOf(commit("feat: x", author))).toBe(agent);
    expect(agentOf(commit("feat: x", "Mia Lund <mia@harbour.example>", author))).toBe(agent);
  });

  it.each([
    "feat: x\n\nCo-authored-by: Claude Martin <claude.martin@harbour.example>",
    "feat: x\n\nCo-authored-by: Claude <claude@harbour-works.com>",
    "feat: x\n\nCo-authored-by: Devin Smith <devin@harbour.example>",
    "feat: x\n\nCo-authored-by: Jules Verne <jules@nautilus.fr>",
    "feat: x\n\nCo-authored-by: An Engineer <an.engineer@openai.com>",
    "feat: show what Claude Code generated",
    "docs: how to use Cursor, Copilot and Codex",
    "feat: the cursor follows the ship\n\nmade with care",
    "feat: amplitude of the tide",
    "",
  ])("finds nobody in %j", (message) => {
    expect(agentOf(commit(message))).toBeUndefined();
  });

  it("knows the tools that notes name", () => {
    expect(["claude", "github-copilot", "cursor", "codex-cli", "opencode", "sextant", ""].map(agentOfTool)).toEqual([
      "Claude",
      "Copilot",
      "Cursor",
      "Codex",
      "opencode",
      "sextant",
      "an agent",
    ]);
  });
});

describe("isBot", () => {
  it.each([
    ["dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", true],
    ["renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>", true],
    ["Renovate Bot <bot@renovateapp.com>", true],
    ["github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>", true],
    ["GitHub Action <action@github.com>", true],
    ["copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>", false],
    ["Mia Lund <mia@harbour.example>", false],
    ["Abbott Renard <abbott@harbour.example>", false],
  ])("%s: %s", (author, expected) => {
    expect(isBot(commit("chore: x", author))).toBe(expected);
  });
});
