import { type BranchFlow, type Flow, type FunctionSummary, flowsInside } from "../fileSummary";
import type { FunctionLinks, LockRef } from "../link/links";
import { heldIndex } from "./heldLocks";
import { outcomeOf, type Way, type WayLimits } from "./lockWays";

/** The conditions of one function, and which ways go on where they hold. */
export class WayConditions {
  /** Calls whose result a branch or loop looks at. */
  private readonly tested = new Set<number>();
  /** How many branches ask for each condition; one that is asked for once says nothing about another. */
  private readonly asked = new Map<string, number>();
  /** Locals by which branches ask whether a call got its lock: `if (!got)`. */
  private readonly outcomes = new Map<string, ReadonlySet<number>>();

  constructor(
    private readonly fn: Pick<FunctionSummary, "flow" | "calls">,
    private readonly lockOperations: FunctionLinks["lockOperations"],
    private readonly movingLocks: ReadonlySet<number>,
    private readonly limits: WayLimits,
  ) {
    const deciding = new Set<string>();
    this.prepare(fn.flow, deciding);
    limits.deciding = deciding;
  }

  isTested(call: number): boolean {
    return this.tested.has(call);
  }

  /** The ways on which a condition comes out as wanted, and what that says. */
  into(
    { test, call, negatesCall }: Pick<BranchFlow, "test" | "call" | "negatesCall">,
    holds: boolean,
    ways: readonly Way[],
  ): readonly Way[] {
    if (test === undefined) return ways;
    const { simple, areJoined, isWhole } = conditionsIn(test);
    const wanted = simple.map(({ name, isNegated }): [string, boolean] => [name, holds !== isNegated]);
    let possible = ways;
    if (call !== undefined && this.lockOperations.get(call)?.action === "acquire") {
      const isTaken = holds !== (negatesCall === true);
      possible = possible.filter(({ known }) => (known.get(outcomeOf(call)) === true) === isTaken);
    }
    const asked = this.lockAskedFor(call);
    if (asked) {
      const isHeld = holds !== (negatesCall === true);
      // Whoever calls what only gives it back has it.
      const isOfCaller = ![...this.lockOperations.values()].some(
        ({ action, lock }) => action === "acquire" && lock === asked.lock,
      );
      possible = possible.filter(({ held }) => (isOfCaller || heldIndex(held, asked) >= 0) === isHeld);
    }
    // Of `a && b` that does not hold it is not known which does not.
    const saysAll = areJoined === holds || (simple.length === 1 && isWhole);
    const isRuledOut = ({ known }: Way, [name, outcome]: [string, boolean]) => known.get(name) === !outcome;
    if (saysAll)
      possible = possible.filter((way) => !wanted.some((one) => isRuledOut(way, one) || this.isOtherOutcome(way, one)));
    else if (isWhole) possible = possible.filter((way) => !wanted.every((one) => isRuledOut(way, one)));
    const said = saysAll ? wanted : [];
    if (isWhole && simple.length > 1) {
      possible = possible.filter((way) => !isRuledOut(way, [test, holds]));
      said.push([test, holds]);
    }
    const remembered = said.filter(([name]) => (this.asked.get(name) ?? 0) > 1);
    return remembered.length === 0
      ? possible
      : possible.map((way) => ({ ...way, known: this.limits.remembering(way, remembered) }));
  }

  /** A way after a call on an object, which is there then, as is what it was reached through. */
  afterUse(callee: string, way: Way): Way {
    const said: [string, boolean][] = [];
    for (let dot = callee.indexOf("."); dot > 0; dot = callee.indexOf(".", dot + 1))
      for (const isMissing of missing) {
        const test = `${callee.slice(0, dot)} ${isMissing}`;
        if (this.asked.has(test)) said.push([test, false]);
      }
    return said.length === 0 ? way : { ...way, known: this.limits.remembering(way, said) };
  }

  /** Whether a local says otherwise than the one call that gave it its value and tried to get a lock. */
  private isOtherOutcome({ known }: Way, [name, outcome]: [string, boolean]): boolean {
    const [call, ...others] = this.outcomes.get(name) ?? [];
    return call !== undefined && others.length === 0 && known.get(outcomeOf(call)) === !outcome;
  }

  /** The lock of which a call asks whether it is held here, as some other call of the function takes or releases it. */
  private lockAskedFor(call: number | undefined): LockRef | undefined {
    const [, receiver] = asksWhetherHeld.exec(this.fn.calls[call ?? -1]?.callee ?? "") ?? [];
    if (receiver === undefined) return undefined;
    for (const [other, operation] of this.lockOperations)
      if (this.fn.calls[other]?.callee.startsWith(`${receiver}.`)) return operation;
    return undefined;
  }

  /** @returns whether locks are taken or given back in these steps */
  private prepare(flow: readonly Flow[], deciding: Set<string>): boolean {
    let movesLocks = false;
    for (const node of flow) {
      if (typeof node === "number") {
        movesLocks ||= this.movingLocks.has(node);
        continue;
      }
      const movesInside = flowsInside(node)
        .map((inner) => this.prepare(inner, deciding))
        .includes(true);
      movesLocks ||= movesInside;
      if (node.kind === "branch" || node.kind === "loop") {
        const { simple, isWhole } = conditionsIn(node.test);
        if (node.call !== undefined) {
          this.tested.add(node.call);
          const [local] = simple;
          if (local && isWhole && simple.length === 1)
            this.outcomes.set(local.name, new Set([...(this.outcomes.get(local.name) ?? []), node.call]));
        }
        const names = [...simple.map(({ name }) => name), ...(simple.length > 1 ? [node.test as string] : [])];
        for (const name of names) {
          this.ask(name);
          if (movesInside) deciding.add(name);
        }
      }
      if (node.kind === "assign" && node.value !== undefined) this.ask(node.target);
    }
    return movesLocks;
  }

  private ask(name: string): void {
    this.asked.set(name, (this.asked.get(name) ?? 0) + 1);
  }
}

const asksWhetherHeld = /^(.+)\.(?:is(?:Write)?(?:Held|Locked)ByCurrentThread|locked|_is_owned)$/;

/** What says that something is not there, behind its name. */
export const missing = ["== nil", "== null", "=== null", "=== undefined", "is None"];

/** The simple conditions that a condition is made of. */
interface Conditions {
  simple: readonly { name: string; isNegated: boolean }[];
  /** All of them must hold, rather than one. */
  areJoined: boolean;
  /** It is made of nothing else. */
  isWhole: boolean;
}

const simpleCondition =
  /^(!?)((?:len\()?[\w$.]+(?:\.(?:size|length|isEmpty)\(|\b)\)?)(?: (==|!=|===|!==|is|is not|<|>=|>|<=) ([\w$."-]+))?$/;

/** Java's `Objects.isNull(a)` is `a == null`. */
const asksForNull = /^(!?)Objects\.(is|non)Null\(([\w$.]+)\)$/;

function asComparison(_: string, not: string, asks: string, name: string): string {
  return `${name} ${(asks === "is") === (not === "") ? "==" : "!="} null`;
}

/** Of two comparisons that say the opposite, the one that is kept is to the right. */
const opposites: Readonly<Record<string, string>> = {
  "!=": "==",
  "!==": "===",
  "is not": "is",
  ">=": "<",
  "<=": ">",
};

/** Takes a condition that is written in short apart. */
export function conditionsIn(test: string | undefined): Conditions {
  const areJoined = !test?.includes(" || ");
  if (test === undefined || (!areJoined && test.includes(" && "))) return { simple: [], areJoined, isWhole: false };
  const parts = test.split(areJoined ? " && " : " || ");
  const simple = parts.flatMap((part) => {
    const [, not, name, operator, value] = simpleCondition.exec(part.replace(asksForNull, asComparison)) ?? [];
    if (name === undefined || (not && operator)) return [];
    if (operator === undefined) return [{ name, isNegated: not === "!" }];
    const isNegated = Object.hasOwn(opposites, operator);
    return [{ name: `${name} ${isNegated ? opposites[operator] : operator} ${value}`, isNegated }];
  });
  return { simple, areJoined, isWhole: simple.length === parts.length };
}
