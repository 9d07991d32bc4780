import { memoized } from "../../../base/memoized";
import { type Flow, flowsInside } from "../../../model/fileSummary";
import { isChannelFlow, waysOut } from "../../../model/graph/effects";
import type { LinkedFunction, WorkspaceModel } from "../../../model/workspaceModel";

/** Functions that run whenever a message comes in, found in loops that wait for one after the other. */
export const runForMessages = memoized((model: WorkspaceModel): ReadonlySet<LinkedFunction> => {
  const found = new Set<LinkedFunction>();
  const add = (linked: LinkedFunction, calls?: ReadonlySet<number>) => {
    for (const { call, callee } of linked.edges) {
      const target = calls && !calls.has(call) ? undefined : model.functions.get(callee);
      if (target) found.add(target);
    }
  };
  for (const linked of model.functions.values()) {
    const file = model.files.get(linked.path);
    const flow = file?.isTest ? undefined : file?.functions[linked.index]?.flow;
    const calls = flow && callsForMessages(flow);
    if (calls && calls.size > 0) add(linked, calls);
  }
  for (const linked of found) add(linked);
  return found;
});

/** The calls of a function that one of its loops makes for each message, behind the arm of a `select` that receives it. */
const callsForMessages = memoized((flow: readonly Flow[]): ReadonlySet<number> => {
  const calls = new Set<number>();
  addCalls(flow, { inLoop: false, isForMessage: false }, calls);
  return calls;
});

interface Around {
  /** Inside a loop that does not go over data. */
  inLoop: boolean;
  isForMessage: boolean;
}

function addCalls(flow: readonly Flow[], around: Around, calls: Set<number>): void {
  for (const node of flow) {
    if (typeof node === "number") {
      if (around.isForMessage) calls.add(node);
    } else if (node.kind === "branch" && node.select === "waits" && around.inLoop) {
      for (const arm of node.arms)
        addCalls(arm, { ...around, isForMessage: around.isForMessage || receivesMessages(arm) }, calls);
    } else {
      const goesOverData = node.kind === "loop" && (node.form === "each" || node.bound !== undefined);
      const inLoop = around.inLoop || (node.kind === "loop" && !goesOverData);
      for (const inner of flowsInside(node)) addCalls(inner, { ...around, inLoop }, calls);
    }
  }
}

function receivesMessages(arm: readonly Flow[]): boolean {
  const waitedFor = arm.find(isChannelFlow);
  return waitedFor?.form === "receive" && !waysOut.test(waitedFor.path);
}
