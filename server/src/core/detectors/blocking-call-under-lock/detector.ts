import { rangeOf } from "../../base/text";
import { effectText, memberName } from "../../model/graph/effectText";
import type { Effect, EffectKind } from "../../model/graph/functionEffects";
import { effectsOfCall } from "../../model/graph/graphFunction";
import { type LockingFunction, lockAnalysis } from "../../model/graph/lockAnalysis";
import type { Holding } from "../../model/graph/lockWalk";
import { effectSteps, stepAt } from "../../model/graph/witness";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";

const blocking: readonly EffectKind[] = ["database", "network", "process", "sleep", "channel", "wait", "file"];

export const blockingCallUnderLock: Detector<undefined> = {
  id: "blocking-call-under-lock",
  title: "Blocking call under a lock",
  defaultSeverity: "warning",
  options: {},
  docs: {
    whatItDoes: "TODO",
    whyIsThisBad: "TODO",
    example: "",
    exampleLanguage: "go",
    instead: "",
    knownMisses: [],
  },
  check(model) {
    const { locking } = lockAnalysis(model);
    return locking.flatMap((locked) => (locked.file.isTest ? [] : findingsIn(model, locked)));
  },
};

function findingsIn(model: WorkspaceModel, { linked, file, fn, regions }: LockingFunction): DetectorFinding[] {
  const findings: DetectorFinding[] = [];
  for (const { step, mayHold } of regions.held) {
    if (typeof step !== "number") continue;
    const worst = blockingEffect(effectsOfCall(model, linked, step));
    const lock = mayHold.at(-1) as Holding;
    const site = fn.calls[step];
    if (!worst || !site) continue;
    const taken = lock.call >= 0 ? fn.calls[lock.call] : undefined;
    const first = stepAt(
      model,
      linked,
      taken ?? { start: lock.scope?.start ?? 0, end: lock.scope?.start ?? 0 },
      `takes \`${memberName(lock.lock)}\``,
    );
    findings.push({
      path: file.path,
      range: rangeOf(file.lineStarts, site),
      symbol: fn.symbol,
      message: `\`${fn.name}\` ${effectText(worst)} while it holds \`${memberName(lock.lock)}\`.`,
      steps: [...(first ? [first] : []), ...effectSteps(model, linked, worst)],
      rank: 1,
    });
  }
  return findings;
}

function blockingEffect(effects: readonly Effect[]): Effect | undefined {
  return effects.find((effect) => blocking.includes(effect.kind));
}
