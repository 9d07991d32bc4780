import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import type { Notice } from "../base/notice";
import type { Range } from "../base/text";
import type { DetectorInfo } from "../detectors/detector";
import type { Finding, Severity, WitnessStep } from "../model/finding";
import { detectorUrl } from "./links";

const levels: Record<Severity, "error" | "warning" | "note"> = { error: "error", warning: "warning", info: "note" };

/** SARIF 2.1.0. Every URI is relative to the scanned root. */
export function toSarif(
  findings: readonly Finding[],
  notices: readonly Notice[],
  rules: readonly DetectorInfo[],
  version: string,
): Log {
  const ruleIndex = new Map(rules.map((rule, index) => [rule.id, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Fathom",
            version,
            semanticVersion: version,
            informationUri: "https://github.com/fathom-code/fathom",
            rules: rules.map(toRule),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { ROOT: { description: { text: "The folder that was scanned." } } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notices.map(toNotification) }],
        results: findings.map((finding) => toResult(finding, ruleIndex.get(finding.detector) ?? -1)),
      },
    ],
  };
}

function toRule(info: DetectorInfo): ReportingDescriptor {
  const { docs } = info;
  return {
    id: info.id,
    name: info.title.replace(/(^|[\s-])(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: info.title },
    fullDescription: { text: docs.whatItDoes },
    help: { text: `${docs.whatItDoes}\n\n${docs.whyIsThisBad}` },
    helpUri: detectorUrl(info.id),
    defaultConfiguration: { level: levels[info.defaultSeverity] },
  };
}

function toResult(finding: Finding, ruleIndex: number): Result {
  const location: Location = {
    ...locationOf(finding.path, finding.range),
    ...(finding.symbol && { logicalLocations: [{ fullyQualifiedName: finding.symbol, kind: "function" }] }),
  };
  return {
    ruleId: finding.detector,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [location],
    partialFingerprints: { "fathom/v1": finding.fingerprint },
    ...(finding.steps.length > 0 && {
      codeFlows: [{ threadFlows: [{ locations: finding.steps.map((step) => ({ location: stepLocation(step) })) }] }],
    }),
  };
}

function stepLocation(step: WitnessStep): Location {
  return { ...locationOf(step.path, step.range), message: { text: step.message } };
}

function locationOf(path: string, range: Range): Location {
  const isPoint = range.start.line === range.end.line && range.start.character === range.end.character;
  const region = isPoint
    ? { startLine: range.start.line + 1 }
    : {
        startLine: range.start.line + 1,
        startColumn: range.start.character + 1,
        endLine: range.end.line + 1,
        endColumn: range.end.character + 1,
      };
  return { physicalLocation: { artifactLocation: { uri: encodePath(path), uriBaseId: "ROOT" }, region } };
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function toNotification(notice: Notice) {
  return {
    level: levels[notice.severity],
    message: { text: notice.message },
    ...(notice.path && {
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodePath(notice.path), uriBaseId: "ROOT" },
            ...(notice.line && { region: { startLine: notice.line } }),
          },
        },
      ],
    }),
  };
}
