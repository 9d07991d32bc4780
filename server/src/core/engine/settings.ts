import type { SettingDefinition, SettingDefinitions, SettingValues } from "../base/settings";
import { catalogSchema, problemWithCatalog } from "../catalog/catalogSetting";
import { type DetectorInfo, settingsSectionOf } from "../detectors/detector";
import { detectors } from "../detectors/registry.generated";
import { defaultMistakes } from "../quiz/grade";
import { misattributedSignOff } from "./ledgerFindings";
import { ruleDetectors } from "./ruleFindings";

export const severityChoices = ["error", "warning", "info", "off"] as const;
export type SeverityChoice = (typeof severityChoices)[number];

const general = {
  exclude: {
    type: "strings",
    default: [],
    description: "Globs, relative to the workspace folder, of files and folders that are not analysed.",
  },
  catalog: {
    type: "object",
    default: {},
    schema: catalogSchema,
    problem: problemWithCatalog,
    description:
      "What APIs of libraries that Fathom does not know mean: locks, database calls, handlers, timers. By language, module and symbol; see [the catalog](https://github.com/fathom-code/fathom/blob/main/docs/catalog.md).",
  },
  maxFindingsPerFile: {
    type: "integer",
    default: 5,
    minimum: 1,
    maximum: 1000,
    description:
      "How many findings of one file are shown; the most important come first. JSON, SARIF and Markdown hold all of them.",
  },
  "codeLens.enabled": {
    type: "boolean",
    default: true,
    description: "Show a lens above functions nobody has explained.",
  },
  "history.enabled": {
    type: "boolean",
    default: true,
    description: "Read the git history: who changed a function, how often, and which fixes touched it.",
  },
  "history.maxCommits": {
    type: "integer",
    default: 5000,
    minimum: 1,
    maximum: 1_000_000,
    description: "How many commits are read, newest first.",
  },
  "rules.enabled": {
    type: "boolean",
    default: true,
    description: "Show the rules of CLAUDE.md, AGENTS.md and their kin where they apply.",
  },
  "rules.userFiles": {
    type: "boolean",
    default: false,
    scope: "machine",
    description:
      "Also read your own instruction files outside the workspace, as Claude Code does: those in `~/.claude`, those in folders above the workspace, and those your organisation manages.",
  },
  "quiz.mistakes": {
    type: "integer",
    default: defaultMistakes,
    minimum: 0,
    maximum: 5,
    description: "How many answers of a quiz may be wrong for it to be passed.",
  },
  "quiz.repetition": {
    type: "boolean",
    default: true,
    description:
      "Show in the status bar when something you have explained is due to be explained again, before you forget it.",
  },
  "limits.maxFileSize": {
    type: "integer",
    default: 2048,
    minimum: 1,
    maximum: 51_200,
    description: "Larger files are not analysed, in KiB.",
  },
  "limits.maxFiles": {
    type: "integer",
    default: 50_000,
    minimum: 1,
    maximum: 1_000_000,
    description: "How many files of one workspace folder are analysed.",
  },
  "limits.maxFunctionsPerFile": {
    type: "integer",
    default: 5000,
    minimum: 1,
    maximum: 1_000_000,
    description: "Functions beyond this number in one file are left out.",
  },
  "limits.maxNestingDepth": {
    type: "integer",
    default: 400,
    minimum: 20,
    maximum: 1000,
    description: "Code nested deeper than this in the syntax tree is left out.",
  },
  "limits.parseTimeout": {
    type: "integer",
    default: 5000,
    minimum: 50,
    maximum: 600_000,
    description: "A file that takes longer to parse is left out, in milliseconds.",
  },
} as const satisfies SettingDefinitions;

/** What has a severity of its own. */
const configurable: readonly (DetectorInfo & { options?: SettingDefinitions })[] = [
  ...detectors,
  ...ruleDetectors,
  misattributedSignOff,
];

/** Every setting below `fathom.`, those of the detectors included. */
export const settingDefinitions: SettingDefinitions = {
  ...general,
  ...Object.fromEntries(
    configurable.flatMap((detector) => {
      const section = settingsSectionOf(detector.id);
      const severity: SettingDefinition = {
        type: "string",
        enum: severityChoices,
        default: detector.defaultSeverity,
        description: `Severity of \`${detector.id}\` findings.`,
      };
      return [
        [`${section}.severity`, severity],
        ...Object.entries(detector.options ?? {}).map(([key, option]) => [`${section}.${key}`, option]),
      ];
    }),
  ),
};

export type Settings = SettingValues<typeof general> & Readonly<Record<string, unknown>>;

export function severityOf(settings: Settings, detectorId: string): SeverityChoice {
  return settings[`${settingsSectionOf(detectorId)}.severity`] as SeverityChoice;
}

/** The settings of one detector, without their section. */
export function detectorOptions(settings: Settings, detectorId: string): SettingValues<SettingDefinitions> {
  const prefix = `${settingsSectionOf(detectorId)}.`;
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  ) as SettingValues<SettingDefinitions>;
}
