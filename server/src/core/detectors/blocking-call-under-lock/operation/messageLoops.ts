import { memoized } from "../../../base/memoized";
import { fileList } from "../../../model/fileIndex";
import { type FileSummary, type Flow, flowsInside } from "../../../model/fileSummary";
import { isChannelFlow, waysOut } from "../../../model/graph/effects";
import { type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";

/** Functions that run whenever a message comes in, found in loops that wait for one after the other. */
export const runForMessages = memoized((model: WorkspaceModel): ReadonlySet<LinkedFunction> => {
  const found = new Set<LinkedFunction>();
  const add = (linked: LinkedFunction, calls?: ReadonlySet<number>) => {
    for (const { call, callee } of linked.edges) {
      const target = calls && !calls.has(call) ? undefined : model.functions.get(callee);
      if (target) found.add(target);
    }
  };
  for (const { file, index, calls } of loopsForMessages(model.files)) {
    const linked = linkedFunction(model, file, index);
    if (linked) add(linked, calls);
  }
  for (const linked of found) add(linked);
  return found;
});

/** The calls of a function that one of its loops makes for each message, behind the arm of a `select` that receives it. */
interface LoopForMessages {
  file: FileSummary;
  index: number;
  calls: ReadonlySet<number>;
}

/** Those outside tests. */
const loopsForMessages = fileList(function* (file): Iterable<LoopForMessages> {
  for (const [index, { flow }] of file.isTest ? [] : file.functions.entries()) {
    const calls = new Set<number>();
    addCalls(flow, { inLoop: false, isForMessage: false }, calls);
    if (calls.size > 0) yield { file, index, calls };
  }
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
