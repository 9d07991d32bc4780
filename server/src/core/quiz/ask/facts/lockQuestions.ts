import { code } from "../../../base/markdown";
import { lockName } from "../../../model/graph/effectText";
import type { Holding } from "../../../model/graph/heldLocks";
import { lockAnalysis } from "../../../model/graph/lockAnalysis";
import { functionAt } from "../../../model/workspaceModel";
import type { CallSite } from "./callSites";
import { askableCalls, callOptions, strangeCalls } from "./calls";
import { chooseOne, declaredAt, type FactsAsked, type FactsDraft, lineText, type Option } from "./factsAsked";

/** Which calls are made with a lock held, and which lock that is. */
export function lockQuestions(asked: FactsAsked): FactsDraft[] {
  const locks = lockAnalysis(asked.model);
  const regions = locks.regionsOf(asked.linked.id);
  const entered = locks.onEntry(asked.linked.id);
  if (!regions?.isComplete) return [];
  const calls = askableCalls(asked).filter(({ inDefer, index }) => !inDefer && regions.isReached(index));
  const heldAt = ({ index }: CallSite) => regions.at(index);
  const locksHeld = calls.flatMap((site) => heldAt(site).holds.filter(({ isUncertain }) => !isUncertain));
  // What it gives back without having taken it was held before: by whom, and since when, is not known.
  const lent = new Set(
    [...regions.unheldReleases.map(({ lock }) => lock), ...asked.linked.effects.releases].map(lockName),
  );
  const names = [...new Set(locksHeld.map(lockName))].filter((name) => !lent.has(name));
  const strange = strangeCalls(asked);
  const drafts = asked.random.shuffled(names).flatMap((name): FactsDraft[] => {
    const isIt = (lock: Holding) => lockName(lock) === name;
    const under = calls.filter((site) => heldAt(site).holds.some(isIt));
    const free = calls.filter((site) => ![...heldAt(site).mayHold, ...entered].some((lock) => lockName(lock) === name));
    if (under.length === 0 || free.length === 0) return [];
    const taken = takenText(asked, locksHeld.find(isIt) as Holding);
    const inside = callOptions(asked, under, `is made between taking ${code(name)} and giving it back`);
    const outside = callOptions(asked, free, `is made where it has not taken ${code(name)}`);
    const why = ({ reason }: Option) => `${reason} ${taken}`;
    return asked.random.shuffled([
      ...chooseOne(asked, {
        prompt: `Which of these calls does it make between taking the lock ${code(name)} itself and giving it back?`,
        right: inside,
        wrong: [outside, strange],
        why,
      }),
      ...chooseOne(asked, {
        prompt: `It takes the lock ${code(name)} itself. Which of these calls does it make before that or after giving it back?`,
        right: outside,
        wrong: [inside, strange],
        why,
      }),
    ]);
  });
  return [...drafts, ...whichLock(asked, calls, heldAt, lent)];
}

/** The lock that is held at a call, among others of the code around. */
function whichLock(
  asked: FactsAsked,
  calls: readonly CallSite[],
  heldAt: (site: CallSite) => { holds: readonly Holding[]; mayHold: readonly Holding[] },
  lent: ReadonlySet<string>,
): FactsDraft[] {
  const others = otherLocks(asked);
  const entered = lockAnalysis(asked.model).onEntry(asked.linked.id).map(lockName);
  const own = asked.linked.effects.effects.flatMap(({ lock }) => (lock ? lockName(lock) : []));
  const elsewhere = [...new Set(own)].filter((name) => !lent.has(name) && !entered.includes(name));
  const wrong = (name: string): Option => ({
    text: code(name),
    reason: `${code(name)} is not taken on the way there.`,
  });
  return asked.random.shuffled(calls).flatMap((site) => {
    const { holds, mayHold } = heldAt(site);
    const [held] = holds;
    if (!held || holds.length !== 1 || mayHold.length !== 1 || held.isUncertain || lent.has(lockName(held))) return [];
    return chooseOne(asked, {
      prompt: `Which of these locks has it taken, and not given back yet, when it calls ${code(site.callee)}?`,
      right: [{ text: code(lockName(held)), about: "which lock" }],
      wrong: [elsewhere.filter((name) => name !== lockName(held)).map(wrong), others.map(wrong)],
      why: () => `${code(site.callee)} is called in ${lineText(asked, site.start)}. ${takenText(asked, held)}`,
    });
  });
}

/** Locks of the workspace that the function neither takes nor has taken for it, those of its own folder first. */
function otherLocks(asked: FactsAsked): string[] {
  const { model, linked, facts } = asked;
  const locks = lockAnalysis(model);
  const own = linked.effects.effects.flatMap(({ lock }) => (lock ? lockName(lock) : []));
  const excluded = new Set([...own, ...locks.onEntry(linked.id).map(lockName)]);
  const folder = facts.path.slice(0, facts.path.lastIndexOf("/") + 1);
  const [near, far] = [new Set<string>(), new Set<string>()];
  for (const { linked: other, file } of locks.locking) {
    if (file.isTest || file.leftOut || file.language !== facts.language) continue;
    for (const { lock } of other.effects.effects) {
      const name = lock && lockName(lock);
      if (!name || excluded.has(name) || !/^[\p{L}_$][\p{L}\p{N}_$.]*$/u.test(name)) continue;
      if (file.path.startsWith(folder)) near.add(name);
      else if (far.size < maxFar) far.add(name);
    }
  }
  return [...new Set([...near, ...asked.random.shuffled([...far])])].slice(0, 9);
}

const maxFar = 50;

function takenText(asked: FactsAsked, held: Holding): string {
  const fn = functionAt(asked.model, asked.linked)?.fn;
  const name = code(lockName(held));
  const callee = held.callee === undefined ? undefined : asked.model.functions.get(held.callee);
  const by = callee ? `, through ${declaredAt(asked.model, callee)}` : "";
  const start = held.scope?.start ?? (held.call >= 0 ? fn?.calls[held.call]?.start : undefined);
  return start === undefined ? `${name} is held there${by}.` : `${name} is taken in ${lineText(asked, start)}${by}.`;
}
