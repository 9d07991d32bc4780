import { describe, expect, it } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import { extractRules } from "../../server/src/core/rules/extractRules";
import { RuleHistory } from "../../server/src/host/history/ruleHistory";
import { ola, Repository } from "./repository";

const lockRule = "- Never call `store.save` while holding `ledger.mu`: the tide page stood still for an hour.\n";

async function originOf(repository: Repository, path: string, text: string, start: string) {
  const rule = extractRules({ path, text }, { globs: [] }).find((candidate) => candidate.text.startsWith(start));
  if (!rule) throw new Error(`no rule ${start}`);
  const lines = text.split("\n").slice(rule.source.line - 1, rule.source.endLine);
  return new RuleHistory(repository.root).originOf(rule, lines, neverCancelled);
}

describe("where a rule comes from", () => {
  it("is the commit that wrote it, though it was moved and its file renamed since", async () => {
    const repository = Repository.create();
    repository.commit("start", { "CLAUDE.md": "# Harbour\n" });
    const written = repository.commit("docs: rules after the outage", { "CLAUDE.md": `# Harbour\n\n${lockRule}` }, ola);
    repository.commit("more rules", {
      "CLAUDE.md": `# Harbour\n\n- Always log the berth.\n\n## Locks\n\n  ${lockRule}`,
    });
    const text = `# Harbour\n\n- Always log the berth.\n\n## Locks\n\n  ${lockRule}`;
    const origin = await originOf(repository, "CLAUDE.md", text, "Never call");
    expect(origin?.commit).toMatchObject({ id: written, author: "Ola Berg", subject: "docs: rules after the outage" });
  });

  it("tells the fix that came just before, preferring one about the same thing", async () => {
    const repository = Repository.create();
    repository.commit("start", { "CLAUDE.md": "# Harbour\n" });
    const outage = repository.commit("fix: tide page hangs while the ledger saves", { "a.py": "x = 1\n" });
    repository.commit("fix: wrong colour of the ferry", { "b.py": "y = 1\n" });
    repository.commit("write it down", { "CLAUDE.md": `# Harbour\n\n${lockRule}` });
    const origin = await originOf(repository, "CLAUDE.md", `# Harbour\n\n${lockRule}`, "Never call");
    expect(origin?.fix?.id).toBe(outage);
  });

  it("is unknown for a rule that is not committed, and outside a repository", async () => {
    const repository = Repository.create();
    repository.commit("start", { "CLAUDE.md": "# Harbour\n" });
    expect(await originOf(repository, "CLAUDE.md", `# Harbour\n\n${lockRule}`, "Never call")).toBeUndefined();
    expect(await originOf(repository, "AGENTS.md", lockRule, "Never call")).toBeUndefined();
  });

  it("takes a path for a path, whatever stands in it", async () => {
    const repository = Repository.create();
    const path = "docs*/CLAUDE.md";
    const written = repository.commit("start", { [path]: lockRule });
    expect((await originOf(repository, path, lockRule, "Never call"))?.commit.id).toBe(written);
  });
});
