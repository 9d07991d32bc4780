import { code } from "../../base/markdown";
import { rangeOf, type Span } from "../../base/text";
import type { WitnessStep } from "../../model/finding";
import { memberName } from "../../model/graph/effectText";
import type { Holding } from "../../model/graph/heldLocks";
import { type LockingFunction, lockAnalysis } from "../../model/graph/lockAnalysis";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { CallWhileHolding } from "../check";
import { lockSymbol } from "../names";
import type { WorkspaceForm } from "./form";
import type { Use, UsesOfNames } from "./nameUses";
import { type Governed, subjectOf } from "./outcome";
import type { Reaching } from "./reaching";

/** What is not called, directly or through others, while a lock is held. */
export const callWhileHolding: WorkspaceForm<CallWhileHolding> = {
  namesOf: ({ names, locks }) => [...names, ...locks.map(lockSymbol)],
  check(check, { model, governs, uses, reaching }) {
    const used = check.names
      .flatMap((name) => uses.of(name))
      .filter(({ file, kind }) => kind === "call" && governs(file));
    if (used.length === 0) return [];
    const isMeant = lockFilter(check.locks, uses);
    const way = reaching(check.names);
    const places = new Map(
      used.map((use) => [placeKey(use.file.path, use), { file: use.file, span: use } as Governed]),
    );
    for (const locked of lockAnalysis(model).locking) {
      if (!governs(locked.file)) continue;
      for (const governed of heldCalls(model, locked, used, way, isMeant))
        places.set(placeKey(governed.file.path, governed.span), governed);
    }
    return [...places.values()];
  },
};

function placeKey(path: string, { start, end }: Span): string {
  return `${start} ${end} ${path}`;
}

function heldCalls(
  model: WorkspaceModel,
  { linked, file, fn, regions }: LockingFunction,
  uses: readonly Use[],
  way: Reaching,
  isMeant: (lock: Holding) => boolean,
): Governed[] {
  const direct = new Map(
    uses.filter((use) => use.file === file && use.fn === linked.index).map((use) => [use.call, use]),
  );
  return regions.held.flatMap(({ step, mayHold }): Governed[] => {
    if (typeof step !== "number") return [];
    const held = mayHold.filter(isMeant);
    const span = fn.calls[step];
    if (held.length === 0 || !span) return [];
    const use = direct.get(step);
    const through = use ? { functions: [], use } : throughCallee(model, linked, step, way);
    const lock = through && stillHeld(held, through.functions);
    if (!through || !lock) return [];
    const name = memberName(lock.lock);
    const names = through.functions.map(({ id }) => code(shortName(id)));
    const via =
      names.length === 0 ? "" : ` through ${names.length > 2 ? `${names[0]} … ${names.at(-1)}` : names.join(" and ")}`;
    const claim = `${subjectOf(file, linked.index)} calls ${code(through.use.written)}${via} while it holds ${code(name)}`;
    const steps = [...takenSteps(file, fn.calls[lock.call], name), ...waySteps(model, { linked, step }, through, way)];
    return [{ file, span, offence: { claim, file, fn: linked.index, span, steps } }];
  });
}

type Linked = LockingFunction["linked"];

interface Through {
  functions: readonly Linked[];
  use: Use;
}

function throughCallee(model: WorkspaceModel, linked: Linked, call: number, way: Reaching): Through | undefined {
  const choices = linked.links.calls[call]?.functions.length ?? 0;
  if (choices > 3) return undefined;
  for (const edge of linked.edges) {
    if (edge.call !== call || edge.runs !== "now" || !model.functions.get(edge.callee)) continue;
    const found = way.way(edge.callee);
    if (found) return found;
  }
  return undefined;
}

/** The first lock that nobody on the way gives back. */
function stillHeld(held: readonly Holding[], functions: readonly Linked[]): Holding | undefined {
  return held.find(
    ({ lock }) => !functions.some(({ effects }) => effects.releases.some((given) => given.lock === lock)),
  );
}

function takenSteps(file: LockingFunction["file"], span: Span | undefined, name: string): WitnessStep[] {
  if (!span) return [];
  return [{ path: file.path, range: rangeOf(file.lineStarts, span), message: `takes ${code(name)}` }];
}

function waySteps(
  model: WorkspaceModel,
  from: { linked: Linked; step: number },
  { functions, use }: Through,
  way: Reaching,
): WitnessStep[] {
  const steps: WitnessStep[] = [];
  const note = (linked: Linked, call: number | undefined, callee: string) => {
    const file = model.files.get(linked.path);
    const span = call === undefined ? undefined : file?.functions[linked.index]?.calls[call];
    if (file && span)
      steps.push({ path: file.path, range: rangeOf(file.lineStarts, span), message: `calls ${code(callee)}` });
  };
  const [first] = functions;
  if (first) note(from.linked, from.step, shortName(first.id));
  functions.forEach((linked, i) => {
    const after = functions[i + 1];
    if (after) note(linked, way.from(linked.id)?.call, shortName(after.id));
  });
  const range = rangeOf(use.file.lineStarts, use);
  return [...steps, { path: use.file.path, range, message: `calls ${code(use.written)}` }];
}

function shortName(id: string): string {
  return (
    id
      .slice(id.indexOf("#") + 1)
      .replace(/~\d+$/, "")
      .replace(/(?:\.<anonymous>)+$/, "")
      .split(".")
      .at(-1) ?? ""
  );
}

/** Locks by the key of their declaration where the rule's name leads to one, by their last name elsewhere. */
function lockFilter(locks: readonly string[], uses: UsesOfNames): (lock: Holding) => boolean {
  if (locks.length === 0) return ({ kind, forReading }) => kind !== "semaphore" && !forReading;
  const wanted = locks.map((written) => {
    const symbol = lockSymbol(written);
    const keys = uses.meaning(symbol)?.values ?? new Set<string>();
    return { keys, name: symbol.split(/\W+/).at(-1) ?? symbol, onlyWriting: /\.Lock\(?\)?$/.test(written) };
  });
  return ({ lock, forReading }) =>
    wanted.some(({ keys, name, onlyWriting }) => {
      if (onlyWriting && forReading) return false;
      return keys.size > 0 ? keys.has(lock) : lock === name || lock.endsWith(`.${name}`);
    });
}
