import type { SettingDefinitions, SettingValues } from "../base/settings";
import type { Turns } from "../base/turns";
import type { FileFacts, FunctionFacts } from "../model/facts";
import type { Finding, Severity } from "../model/finding";
import type { WorkspaceModel } from "../model/workspaceModel";

/** What is told about a kind of finding: its page in docs/detectors, its SARIF rule. */
export interface DetectorInfo {
  /** Kebab case; never changes once released. */
  id: string;
  title: string;
  defaultSeverity: Severity;
  /** Markdown, except for `example` and `instead`, which are code. */
  docs: {
    whatItDoes: string;
    whyIsThisBad: string;
    example: string;
    exampleLanguage: string;
    instead: string;
    knownMisses: string[];
  };
}

/** One kind of finding. Sees facts and the model, never syntax, never another detector. */
export interface Detector<Observation = unknown, Options extends SettingDefinitions = SettingDefinitions>
  extends DetectorInfo {
  /** Settings of its own, below `fathom.<camelCaseId>.`; `severity` comes with every detector. */
  options: Options;
  /** Notes on one function while its steps are at hand: plain data, kept until the file changes. */
  observe?(facts: FunctionFacts, file: FileFacts): Observation | undefined;
  /** Findings in the whole workspace, with turns for others; linear in the number of functions. */
  check(model: WorkspaceModel, options: SettingValues<Options>): Turns<DetectorFinding[]>;
}

/** A finding before the engine adds what is the same for every detector. */
export interface DetectorFinding extends Omit<Finding, "detector" | "severity" | "fingerprint"> {
  /** Why it only informs, as a whole sentence, which is told after the message; absent where it does not. */
  mild?: string | undefined;
  /** At most this severe where no reason is to be told. */
  atMost?: Severity;
  /** True to itself but beyond the slice that is shown: it only keeps a suppression from counting as unused. */
  belowCut?: boolean;
}

/** `oracle-function` is configured below `fathom.oracleFunction`. */
export function settingsSectionOf(detectorId: string): string {
  return detectorId.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
