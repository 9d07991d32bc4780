import { lineAt } from "../base/text";
import type { Evidence } from "../detectors/oracle-function/evidence";
import type { Analysis } from "../engine/engine";
import type { FunctionMetrics, LanguageId } from "../model/facts";
import type { FunctionSummary } from "../model/fileSummary";
import type { FunctionHistory } from "../model/functionHistory";
import type { SignOff, SignOffState } from "../model/signOff";
import { historyOf, type LinkedFunction, linkedFunction, signOffOf } from "../model/workspaceModel";

/** One entry of `fathom functions`; lines are 1-based. */
export interface FunctionRow {
  path: string;
  name: string;
  startLine: number;
  endLine: number;
  language: LanguageId;
  metrics: FunctionMetrics;
  /** `null` for functions that cannot be oracles: tests and code that did not parse. */
  oracle: { score: number; rank: number; flagged: boolean; evidence: Evidence[] } | null;
  /** Who explained or waived it and when (ISO 8601, UTC); `null` for what nobody has explained. */
  signOff: { state: SignOffState; by: string; at: string } | null;
  /** What git says of it; `null` where there is no history. */
  history: FunctionHistory | null;
}

export function functionRows(analysis: Analysis): FunctionRow[] {
  const oracles = new Map(analysis.oracles.all().map((oracle) => [`${oracle.file.path}\n${oracle.index}`, oracle]));
  const files = [...analysis.model.files.values()].filter(({ leftOut }) => !leftOut);
  return files.flatMap((file) =>
    file.functions.map((fn, index): FunctionRow => {
      const oracle = oracles.get(`${file.path}\n${index}`);
      return {
        path: file.path,
        name: fn.symbol,
        startLine: lineAt(file.lineStarts, fn.start) + 1,
        endLine: lineAt(file.lineStarts, Math.max(fn.start, fn.end - 1)) + 1,
        language: file.language,
        metrics: metricsOf(fn, linkedFunction(analysis.model, file, index)),
        oracle: oracle
          ? { score: oracle.score, rank: oracle.rank, flagged: oracle.flagged, evidence: oracle.evidence }
          : null,
        signOff: signOffRow(signOffOf(analysis.model, file, index)),
        history: historyOf(analysis.model, file, index) ?? null,
      };
    }),
  );
}

/** A sign-off as JSON tells it. */
export function signOffRow(signOff: SignOff | undefined): FunctionRow["signOff"] {
  return signOff ? { state: signOff.state, by: signOff.by.name, at: signOff.at } : null;
}

/**
 * The white paper adds one to every method in a recursion cycle. Direct recursion is counted where functions are
 * measured; a cycle of several functions is known only when calls are linked.
 */
function metricsOf({ metrics, callsItself }: FunctionSummary, linked: LinkedFunction | undefined): FunctionMetrics {
  return linked?.isInCycle && !callsItself ? { ...metrics, cognitive: metrics.cognitive + 1 } : metrics;
}
