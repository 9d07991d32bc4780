import { code } from "../../base/markdown";
import { rangeOf } from "../../base/text";
import { isLocalLock } from "../../model/graph/acquisitions";
import { memberName } from "../../model/graph/effectText";
import { isUnusedInProduction } from "../../model/graph/inProduction";
import { lockAnalysisInTurns } from "../../model/graph/lockAnalysis";
import { acquiringSteps, capitalised, spanOfAcquisition, subjectOf, takenStep } from "../../model/graph/lockWitness";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import { type Circle, circlesIn } from "./circles";
import { docs } from "./docs";
import { detectorId, type KeyNotes, keyNotes } from "./keyedLocks";
import { exchangeableIn, nameOfRoot, type OrderSite, ordersIn } from "./orders";

export const lockOrderInversion: Detector<KeyNotes> = {
  id: detectorId,
  title: "Locks taken in different orders",
  defaultSeverity: "warning",
  options: {},
  docs,
  observe: keyNotes,
  *check(model) {
    const analysis = yield* lockAnalysisInTurns(model);
    const orders = yield* ordersIn(model, analysis);
    return [
      ...circlesIn(model, analysis, orders).map((circle) => ofCircle(model, circle)),
      ...exchangeableIn(model, orders).map((site) => ofExchangeable(model, site)),
    ];
  },
};

function ofCircle(model: WorkspaceModel, circle: Circle): DetectorFinding {
  const { sites, alike, readOnBothSides, doubt } = circle;
  const odd = sites.at(-1) as OrderSite;
  const { locked } = odd.acquisition;
  const others = sites.slice(0, -1);
  const told = others.map(
    (site) => `${subjectOf(site.acquisition.locked)} takes ${toName(site)} while it holds ${fromName(site)}`,
  );
  const more =
    sites.length === 2 && alike > 1
      ? `, as ${alike === 2 ? "one other place does" : `${alike - 1} other places do`}`
      : "";
  const writer = readOnBothSides > 0 ? " and a writer waits" : "";
  return {
    path: locked.file.path,
    range: rangeOf(locked.file.lineStarts, spanOfAcquisition(odd.acquisition)),
    symbol: locked.fn.symbol,
    message: `${capitalised(subjectOf(locked))} takes ${toName(odd)} while it holds ${fromName(odd)}, and ${told.join(", and ")}${more}. When ${sites.length === 2 ? "both run" : "all of them run"} at once${writer}, each waits for the other's lock for ever.`,
    steps: [...others, odd].flatMap((site) => stepsOf(model, site)),
    rank: 10 - 4 * readOnBothSides - Math.min(4, sites.length - 2),
    lens: `takes ${fromName(odd)} before ${toName(odd)}, elsewhere it is the other way round`,
    mild: doubt,
    ...(readOnBothSides > 1 && { atMost: "info" }),
  };
}

function ofExchangeable(model: WorkspaceModel, site: OrderSite): DetectorFinding {
  const { locked, lock } = site.acquisition;
  const { step } = site.acquisition;
  const call = isLocalLock(lock) && typeof step === "number" ? locked.fn.calls[step] : undefined;
  const name = code(call?.callee ?? memberName(lock.lock));
  const isOnlyRead = site.held.forReading && lock.forReading;
  const mild = isUnusedInProduction(model, locked.linked)
    ? "Nothing outside tests calls it."
    : isOnlyRead
      ? "Both only read, so that it takes writers that wait as well."
      : undefined;
  return {
    path: locked.file.path,
    range: rangeOf(locked.file.lineStarts, spanOfAcquisition(site.acquisition)),
    symbol: locked.fn.symbol,
    message: `${capitalised(subjectOf(locked))} takes ${name} of ${objectName(site, site.held.instance)} and then of ${objectName(site, lock.instance)}, in the order its caller names them. Two calls with the same two the other way round wait for each other for ever.`,
    steps: stepsOf(model, site),
    rank: 3,
    mild,
  };
}

function objectName({ acquisition: { locked } }: OrderSite, instance: string | undefined): string {
  return code(nameOfRoot(locked.fn, instance));
}

function fromName({ from, held }: OrderSite): string {
  return lockName(from, held.lock);
}

function toName({ to, acquisition }: OrderSite): string {
  return lockName(to, acquisition.lock.lock);
}

/** Where two locks are of one declaration, they go by where they are. */
function lockName(name: string, declaration: string): string {
  return code(name === declaration ? memberName(declaration) : name.slice(declaration.length + 1));
}

function stepsOf(model: WorkspaceModel, site: OrderSite): DetectorFinding["steps"] {
  const { acquisition, held } = site;
  const [taken] = takenStep(model, acquisition.locked, held);
  const first = taken && { ...taken, message: `${subjectOf(acquisition.locked)}: ${taken.message}` };
  const mode = acquisition.lock.forReading ? " for reading" : "";
  return [
    ...(first ? [first] : []),
    ...acquiringSteps(model, acquisition, `takes ${toName(site)}${mode}, ${fromName(site)} held`),
  ];
}
