import type {
  CancellationToken,
  ClientCapabilities,
  createConnection,
  Diagnostic,
  DocumentDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { isSameData } from "../core/base/sameData";
import type { Finding } from "../core/model/finding";
import { toDiagnostic } from "./diagnostics";
import type { Folder } from "./folder";

type Connection = ReturnType<typeof createConnection>;

/** What diagnostics need of the server. */
export interface DiagnosticPlaces {
  /** Where a document belongs, with its latest text analysed. */
  upToDate(uri: string, token: CancellationToken): Promise<{ folder: Folder; path: string } | undefined>;
  folders(): Iterable<Folder>;
  /** What editors show. */
  documents(): readonly TextDocument[];
  /** Whether somebody is being quizzed on a function: its findings would tell them what it does. */
  isAsking(folder: Folder, path: string, symbol: string): boolean;
}

/** Findings as an editor wants them: asked for, or sent when they are others. */
export class DiagnosticFeatures {
  private isPulling = false;
  private canRefresh = false;
  /** What was sent last, by URI. */
  private readonly published = new Map<string, { version: number | undefined; findings: readonly Finding[] }>();

  constructor(
    private readonly connection: Connection,
    private readonly places: DiagnosticPlaces,
  ) {}

  /** An editor that asks for diagnostics is not sent any: it would show both. */
  capabilities({ textDocument, workspace }: ClientCapabilities) {
    this.isPulling = textDocument?.diagnostic !== undefined;
    this.canRefresh = workspace?.diagnostics?.refreshSupport === true;
    return this.isPulling
      ? { diagnosticProvider: { identifier: "fathom", interFileDependencies: true, workspaceDiagnostics: true } }
      : {};
  }

  listen(): void {
    const { diagnostics } = this.connection.languages;
    diagnostics.on(({ textDocument }, token) => this.ofDocument(textDocument.uri, token));
    diagnostics.onWorkspace(({ previousResultIds }) => this.ofWorkspace(previousResultIds));
  }

  /** Sends what is another than before, to an editor that does not ask. */
  publish(): void {
    if (this.isPulling) return;
    const current = new Set<string>();
    for (const folder of this.places.folders()) {
      const documents = new Map<string, TextDocument>();
      for (const document of this.places.documents()) {
        const path = folder.pathOf(document.uri);
        if (path !== undefined) documents.set(path, document);
      }
      for (const path of new Set([...folder.findingsByPath.keys(), ...documents.keys()])) {
        const uri = folder.uriOf(path);
        current.add(uri);
        const document = documents.get(path);
        // What is known of an older text would be shown in the wrong places.
        if (!document || folder.isCurrent(path)) this.publishFile(folder, path, document);
      }
    }
    for (const uri of [...this.published.keys()]) if (!current.has(uri)) this.unpublish(uri);
  }

  /** A file is gone. */
  unpublish(uri: string): void {
    if (!this.published.delete(uri)) return;
    void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** Has an editor that asks do so again. */
  refresh(): void {
    if (this.isPulling && this.canRefresh) this.connection.languages.diagnostics.refresh();
  }

  private publishFile(folder: Folder, path: string, document: TextDocument | undefined): void {
    const uri = folder.uriOf(path);
    const version = document?.version;
    const findings = this.shownFindings(folder, path);
    const last = this.published.get(uri);
    if (last && last.version === version && isSameData(last.findings, findings)) return;
    this.published.set(uri, { version, findings });
    void this.connection.sendDiagnostics({
      uri: document?.uri ?? uri,
      diagnostics: this.inFile(folder, path),
      ...(document && { version: document.version }),
    });
  }

  private inFile(folder: Folder, path: string): Diagnostic[] {
    return this.shownFindings(folder, path).map((finding) => toDiagnostic(finding, (to) => folder.uriOf(to)));
  }

  private shownFindings(folder: Folder, path: string): readonly Finding[] {
    return folder.findingsIn(path).filter(({ symbol }) => !this.places.isAsking(folder, path, symbol));
  }

  private async ofDocument(uri: string, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    const place = await this.places.upToDate(uri, token);
    return { kind: "full", items: place ? this.inFile(place.folder, place.path) : [] };
  }

  private ofWorkspace(previous: readonly { uri: string; value: string }[]): {
    items: WorkspaceDocumentDiagnosticReport[];
  } {
    const known = new Map(previous.map(({ uri, value }) => [uri, value]));
    const documents = new Map(this.places.documents().map((document) => [canonical(document.uri), document]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const folder of this.places.folders()) {
      const withFindings = new Set(folder.findingsByPath.keys());
      for (const uri of known.keys()) {
        const path = folder.pathOf(uri);
        if (path !== undefined) withFindings.add(path);
      }
      for (const path of withFindings) {
        const uri = folder.uriOf(path);
        const version = documents.get(canonical(uri))?.version ?? null;
        const diagnostics = this.inFile(folder, path);
        const resultId = JSON.stringify(diagnostics.map(({ range, severity, message }) => [range, severity, message]));
        if (known.get(uri) === resultId) items.push({ kind: "unchanged", uri, version, resultId });
        else items.push({ kind: "full", uri, version, resultId, items: diagnostics });
      }
    }
    return { items };
  }
}

/** Editors encode the same URI in different ways. */
function canonical(uri: string): string {
  return URI.parse(uri).toString();
}
