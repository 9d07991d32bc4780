import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { Finding, Severity } from "../core/model/finding";
import { detectorUrl } from "../core/report/links";

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

export function toDiagnostic(finding: Finding, uriOf: (path: string) => string): Diagnostic {
  return {
    source: "fathom",
    code: finding.detector,
    codeDescription: { href: detectorUrl(finding.detector) },
    severity: severities[finding.severity],
    range: finding.range,
    message: plainText(finding.message),
    relatedInformation: finding.steps.map((step) => ({
      location: { uri: uriOf(step.path), range: step.range },
      message: plainText(step.message),
    })),
    data: { fingerprint: finding.fingerprint },
  };
}

/** Editors show messages and titles as they are, without Markdown. */
export function plainText(message: string): string {
  return message.replace(/`/g, "'");
}
