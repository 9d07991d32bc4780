import type { Analysis } from "../../server/src/core/engine/engine";

/** Everything an analysis says, in an order of its own, to compare two of them. */
export function toldBy({ model, findings, oracles, capped, rules }: Analysis): unknown {
  const functions = [...model.functions.values()]
    .map(({ links, ...fn }) => ({
      ...fn,
      links: { ...links, handedOver: [...links.handedOver], lockOperations: [...links.lockOperations] },
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    functions,
    findings,
    capped: [...capped],
    signOffs: [...model.signOffs],
    oracles: oracles.all().map(({ file, ...rest }) => ({ path: file.path, ...rest })),
    rules: { report: [...rules.report], stale: rules.stale },
    paths: [...model.files.keys()],
  };
}
