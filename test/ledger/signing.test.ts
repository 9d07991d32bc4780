import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import { resolveSettings } from "../../server/src/core/base/settings";
import { type Settings, settingDefinitions } from "../../server/src/core/engine/settings";
import type { Person } from "../../server/src/core/model/signOff";
import { signOffOf } from "../../server/src/core/model/workspaceModel";
import {
  answerExplanation,
  changeSinceExplained,
  listWaiting,
  signOff,
  waive,
} from "../../server/src/host/ledger/signing";
import { Workspace } from "../../server/src/host/workspace";
import { mia, ola, Repository } from "../history/repository";
import { tempTree } from "../host/tempTree";
import { syntaxHost } from "../support/workspaces";

const loans = "def due(loan, days):\n    limit = loan.start + 21\n    return limit < days\n";
const explanation = { graded: "questions", score: 90, peeks: 0, text: "Three weeks, the last day included." } as const;

function iAm({ name, email }: Person): void {
  const home = tempTree({ config: `[user]\n\tname = ${name}\n\temail = ${email}\n` });
  vi.stubEnv("GIT_CONFIG_GLOBAL", join(home, "config"));
}

async function open(root: string): Promise<Workspace> {
  const { values } = resolveSettings(settingDefinitions, () => undefined);
  const workspace = await Workspace.open(root, values as Settings, { syntaxHost });
  await workspace.scan({ cancellation: neverCancelled });
  return workspace;
}

function target(workspace: Workspace, path: string) {
  const fn = workspace.summaryOf(path)?.functions[0];
  if (!fn) throw new Error(`no function in ${path}`);
  return { path, symbol: fn.symbol, shapeHash: fn.shapeHash };
}

function stateOf(workspace: Workspace, path: string) {
  const { model } = workspace.analysis();
  const file = model.files.get(path);
  return file && signOffOf(model, file, 0);
}

describe("signing off", () => {
  let repository: Repository;
  let workspace: Workspace;

  beforeEach(async () => {
    iAm(mia);
    repository = Repository.create();
    repository.commit("start", { "desk/loans.py": loans });
    workspace = await open(repository.root);
  });

  afterEach(() => void vi.unstubAllEnvs());

  it("counts at once, and in the next session", async () => {
    const written = await signOff(workspace, target(workspace, "desk/loans.py"), explanation);
    expect(written).toMatchObject({ path: ".fathom/ledger/desk/loans.py.jsonl", line: 1 });
    expect(stateOf(workspace, "desk/loans.py")).toMatchObject({ state: "explained", by: mia });
    expect(stateOf(await open(repository.root), "desk/loans.py")).toMatchObject({ state: "explained", by: mia });
  });

  it("is of what was explained: not of what the function has become meanwhile", async () => {
    const quizzed = target(workspace, "desk/loans.py");
    await workspace.setOverlay("desk/loans.py", loans.replace("21", "28"));
    await expect(signOff(workspace, quizzed, explanation)).rejects.toThrow("has changed meanwhile");
    await expect(waive(workspace, quizzed, "Goes in May.")).rejects.toThrow("has changed meanwhile");
  });

  it("goes stale with the function, and git tells what has changed since", async () => {
    await signOff(workspace, target(workspace, "desk/loans.py"), explanation);
    repository.commit("explained", {});
    repository.commit("longer", { "desk/loans.py": `# Loans.\n\n${loans.replace("21", "28")}` });
    repository.commit("moved on", { "desk/loans.py": `# All loans.\n\n${loans.replace("21", "30")}` });
    await workspace.scan({ cancellation: neverCancelled });
    expect(stateOf(workspace, "desk/loans.py")).toMatchObject({ state: "stale", by: mia });
    const change = await changeSinceExplained(workspace, "desk/loans.py", 0, neverCancelled);
    expect(change?.split("\n")).toEqual([
      "@@ -1 +1 @@",
      " def due(loan, days):",
      "-    limit = loan.start + 21",
      "+    limit = loan.start + 30",
      "     return limit < days",
    ]);
  });

  it("finds the function as it was when the file has moved, and says nothing where git does not have it", async () => {
    await signOff(workspace, target(workspace, "desk/loans.py"), explanation);
    repository.commit("explained", {});
    repository.write({ "lending.py": loans.replace("<", "<=") });
    repository.git("rm", "--quiet", "desk/loans.py");
    repository.commit("moved", {});
    await workspace.scan({ cancellation: neverCancelled });
    expect(await changeSinceExplained(workspace, "lending.py", 0, neverCancelled)).toContain(
      "+    return limit <= days",
    );
    const bare = await open(tempTree({ "desk/loans.py": loans }));
    await signOff(bare, target(bare, "desk/loans.py"), explanation);
    await bare.setOverlay("desk/loans.py", loans.replace("21", "28"));
    expect(stateOf(bare, "desk/loans.py")?.state).toBe("stale");
    expect(await changeSinceExplained(bare, "desk/loans.py", 0, neverCancelled)).toBeUndefined();
  });

  it("waits for a colleague, who accepts or asks; nobody accepts their own", async () => {
    const { hash } = await signOff(workspace, target(workspace, "desk/loans.py"), explanation);
    expect(await listWaiting(workspace)).toMatchObject([{ function: "desk/loans.py#due", isMine: true }]);
    await expect(answerExplanation(workspace, hash)).rejects.toThrow("a colleague must judge it");
    iAm(ola);
    expect(await listWaiting(workspace)).toMatchObject([{ isMine: false, asked: [] }]);
    await answerExplanation(workspace, hash, "And leap years?");
    expect(await listWaiting(workspace)).toMatchObject([{ asked: [{ by: ola, text: "And leap years?" }] }]);
    await answerExplanation(workspace, hash);
    expect(await listWaiting(workspace)).toEqual([]);
    expect(stateOf(workspace, "desk/loans.py")).toMatchObject({ state: "peer-accepted", by: mia, acceptedBy: ola });
    await expect(answerExplanation(workspace, "f".repeat(32))).rejects.toThrow("not in the ledger any more");
  });
});
