import type { EffectPlace } from "../../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";
import { namesAt, type Told } from "../conditions";

const over: Told = {
  by: /^(?:[\w.$]+ !==? (?:null|None) && |[\w.]+ is not None and )?([\w.$]+)\.(?:isDone|done)\(\)$|^([\w.$]+)\.peek\(\) !==? null$/,
  byOpposite: /^!([\w.$]+)\.(?:isDone|done)\(\)$|^not ([\w.]+)\.done\(\)$/,
};

/** Whether what is waited for was asked before whether it is over: `if (future.isDone()) future.get()`. */
export function isOver(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return chain.some(({ linked, effect }) => {
    const fn = functionAt(model, linked)?.fn;
    const site = fn?.calls[effect.call];
    if (!fn || !site) return false;
    const isAbout = (name: string) => site.callee.startsWith(`${name}.`);
    return namesAt(fn.flow, effect.call, over).some(isAbout);
  });
}
