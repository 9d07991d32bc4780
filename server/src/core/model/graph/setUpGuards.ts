import { wordsOf } from "../../base/words";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { conditionsAt } from "./conditionsAt";
import type { WayFromOutside } from "./wayFromOutside";

/**
 * Whether something happens only while its object is set up: a function of it on the way there, or the one that does
 * it, goes on only then, by the name of the state it asks for: `if (!this.initializing) throw …`, `if (this.started) return`.
 *
 * @param at what happens there, as far as it is a call: its index
 */
export function isOnlyInSetUp(
  model: WorkspaceModel,
  { calls }: WayFromOutside,
  linked: LinkedFunction,
  at: { call?: number },
): boolean {
  const type = functionAt(model, linked)?.fn.typeName;
  return [...calls, { linked, call: at.call }].some(({ linked: one, call }) => {
    const { fn } = functionAt(model, one) ?? {};
    if (!fn || type === undefined || fn.typeName !== type) return false;
    // What is no call stands behind what the function leaves at.
    const step = call ?? fn.flow.at(-1);
    const own = [fn.receiver?.name ?? "this", "self"];
    return step !== undefined && conditionsAt(fn.flow, step).some(({ test, holds }) => asksForSetUp(test, holds, own));
  });
}

/** Whether a condition that comes out so says that an object, by what it is called, is being set up. */
function asksForSetUp(test: string, holds: boolean, own: readonly string[]): boolean {
  const [, not, root = "", path = "", compared] =
    /^(!|not )?(\w+)\.([\w$]+)(?:\(\))?( (?:===?|is) (?:null|undefined|nil|None|false|False))?$/.exec(test) ?? [];
  if (!own.includes(root)) return false;
  const isSet = ((not === undefined) === (compared === undefined)) === holds;
  return wordsOf(path).some((word) => (isSet ? settingUp : setUp).test(word));
}

const settingUp = /^(?:(?:re)?initiali[sz]ing|starting|booting|bootstrapping|registering|configuring)$/;
const setUp = /^(?:initiali[sz]ed|started|booted|bootstrapped|sealed|frozen|configured)$/;
