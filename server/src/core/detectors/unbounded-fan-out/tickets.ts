import { type Flow, flowsInside } from "../../model/fileSummary";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";

/** Whether one of these calls is made only behind a send to a channel, which has room for so many: `case sem <- token: go run()`. */
export function takesTicket(model: WorkspaceModel, calls: readonly ReachedCall[]): boolean {
  return calls.some(({ linked, call }) => isBehindSend(functionAt(model, linked)?.fn.flow ?? [], call, false));
}

/** What was sent before a loop says nothing of its rounds. */
function isBehindSend(flow: readonly Flow[], call: number, hasSent: boolean): boolean {
  let sent = hasSent;
  for (const node of flow) {
    if (typeof node === "number") {
      if (node === call) return sent;
    } else if (node.kind === "channel") sent ||= node.form === "send";
    else if (flowsInside(node).some((inside) => isBehindSend(inside, call, node.kind !== "loop" && sent))) return true;
  }
  return false;
}

/** Whether what a call starts does nothing but tell somebody who waits: `go func() { waiting <- ref }()`. */
export function onlyTells(model: WorkspaceModel, calls: readonly ReachedCall[]): boolean {
  const at = calls.at(-1);
  const started = (at?.linked.edges ?? []).filter(({ call, runs }) => call === at?.call && runs === "later");
  return (
    started.length > 0 &&
    started.every(({ callee }) => {
      const linked = model.functions.get(callee);
      const fn = linked && functionAt(model, linked)?.fn;
      return (
        fn !== undefined &&
        fn.calls.length === 0 &&
        fn.flow.some((node) => typeof node === "object" && node.kind === "channel" && node.form === "send")
      );
    })
  );
}
