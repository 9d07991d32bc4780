import {
  type CancellationToken,
  type ClientCapabilities,
  CompletionRequest,
  type createConnection,
  DefinitionRequest,
  DocumentLinkRequest,
  type ServerCapabilities,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Cancellation } from "../core/base/cancellation";
import { isInstructionFile } from "../core/rules/instructionPlace";
import type { Rule } from "../core/rules/rule";
import { codeConcerned } from "../core/rules/scar/codeConcerned";
import { draftRules } from "../core/rules/scar/draftRules";
import { headingsOf, placeRule as placeRuleIn } from "../core/rules/scar/placeRule";
import { readFixCommit, recentFixCommits } from "../host/history/fixCommits";
import {
  type DraftScarParams,
  draftScar,
  instructionFileGlobs,
  type PlaceRuleParams,
  placeRule,
  type RecentFix,
  type RuleParams,
  type RulePlacement,
  recentFixes,
  ruleOrigin,
  type ScarDraft,
} from "../protocol/messages";
import type { Folder } from "./folder";
import { completionsAt, definitionsAt, linksIn } from "./instructionFile";
import { originText } from "./ruleText";

type Connection = ReturnType<typeof createConnection>;

/** What the features need of the server. */
export interface Places {
  placeOf(uri: string): { folder: Folder; path: string } | undefined;
  documentOf(uri: string): TextDocument | undefined;
  folders(): Iterable<Folder>;
}

const triggerCharacters = ["`"];

/** Help in instruction files, and what the tree of rules and a recorded scar ask for. */
export class RuleFeatures {
  constructor(
    private readonly connection: Connection,
    private readonly places: Places,
  ) {}

  listen(): void {
    const { connection } = this;
    connection.onCompletion(({ textDocument, position }) => {
      const at = this.instructionFileAt(textDocument.uri);
      return at ? completionsAt(at.folder, at.document, position) : null;
    });
    connection.onDefinition(({ textDocument, position }) => {
      const at = this.instructionFileAt(textDocument.uri);
      return at ? definitionsAt(at.folder, at.document, position) : null;
    });
    connection.onDocumentLinks(({ textDocument }) => {
      const at = this.instructionFileAt(textDocument.uri);
      return at ? linksIn(at.folder, at.path, at.document) : null;
    });
    connection.onRequest(ruleOrigin, (params: RuleParams, token) => this.origin(params, token));
    connection.onRequest(recentFixes, ({ uri }: { uri: string }, token) => this.fixes(uri, token));
    connection.onRequest(draftScar, (params: DraftScarParams, token) => this.draft(params, token));
    connection.onRequest(placeRule, (params: PlaceRuleParams) => this.place(params));
  }

  /** What an editor that registers nothing later is told at once. */
  staticCapabilities(capabilities: ClientCapabilities): ServerCapabilities {
    const { completion, definition, documentLink } = capabilities.textDocument ?? {};
    return {
      ...(!completion?.dynamicRegistration && { completionProvider: { triggerCharacters } }),
      ...(!definition?.dynamicRegistration && { definitionProvider: true }),
      ...(!documentLink?.dynamicRegistration && { documentLinkProvider: {} }),
    };
  }

  /** In code these would only be asked for in vain. */
  async register(capabilities: ClientCapabilities): Promise<void> {
    const { completion, definition, documentLink } = capabilities.textDocument ?? {};
    const documentSelector = instructionFileGlobs.map((pattern) => ({ scheme: "file", pattern }));
    const { client } = this.connection;
    if (completion?.dynamicRegistration) {
      await client.register(CompletionRequest.type, { documentSelector, triggerCharacters });
    }
    if (definition?.dynamicRegistration) await client.register(DefinitionRequest.type, { documentSelector });
    if (documentLink?.dynamicRegistration) await client.register(DocumentLinkRequest.type, { documentSelector });
  }

  private instructionFileAt(uri: string): { folder: Folder; path: string; document: TextDocument } | undefined {
    const place = this.places.placeOf(uri);
    const document = this.places.documentOf(uri);
    return place && document && isInstructionFile(place.path) ? { ...place, document } : undefined;
  }

  private ruleAt({ uri, line }: RuleParams): { folder: Folder; rule: Rule } | undefined {
    const place = this.places.placeOf(uri);
    const rule = place?.folder.workspace.rules.all.find(
      ({ source }) => source.path === place.path && source.line === line + 1,
    );
    return place && rule && { folder: place.folder, rule };
  }

  private async origin(params: RuleParams, token: CancellationToken): Promise<string | null> {
    const found = this.ruleAt(params);
    const origin = found && (await found.folder.workspace.rules.originOf(found.rule, token));
    return origin ? originText(origin) : null;
  }

  private async fixes(uri: string, token: Cancellation): Promise<RecentFix[]> {
    const folder = this.places.placeOf(uri)?.folder ?? [...this.places.folders()][0];
    if (!folder) return [];
    const commits = await recentFixCommits(folder.workspace.root, token);
    return commits.map(({ id, date, author, subject }) => ({ id, date, author, subject }));
  }

  private async draft({ uri, range, commit }: DraftScarParams, token: Cancellation): Promise<ScarDraft> {
    const folder = this.places.placeOf(uri)?.folder ?? [...this.places.folders()][0];
    if (!folder) return { rules: [], files: [] };
    const { workspace } = folder;
    const fix = commit === undefined ? undefined : await readFixCommit(workspace.root, commit, token);
    const path = folder.pathOf(uri);
    const selected = range && path !== undefined ? codeConcerned(workspace.analysis().model, path, range) : undefined;
    const rules = draftRules({
      calls: selected?.calls ?? [],
      functions: selected?.functions ?? fix?.functions ?? [],
      ...(fix && { sentence: fix.commit.subject, removed: fix.removed, added: fix.added }),
    });
    const files = [...workspace.rules.files.values()].map((file) => {
      const source = file.realPath ?? file.path;
      return { uri: folder.uriOf(source), path: source, headings: headingsOf(file.text) };
    });
    if (files.length === 0) files.push({ uri: folder.uriOf("CLAUDE.md"), path: "CLAUDE.md", headings: [] });
    return { rules, files };
  }

  private place({ uri, text, heading }: PlaceRuleParams): RulePlacement {
    const place = this.places.placeOf(uri);
    const known = place?.folder.workspace.rules.files.get(place.path)?.text;
    return placeRuleIn(this.places.documentOf(uri)?.getText() ?? known ?? "", text, heading);
  }
}
