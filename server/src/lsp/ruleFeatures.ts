import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeLens,
  CompletionRequest,
  type createConnection,
  DefinitionRequest,
  DocumentLinkRequest,
  type Hover,
  type ServerCapabilities,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Cancellation } from "../core/base/cancellation";
import { groupBy } from "../core/base/groupBy";
import type { Range } from "../core/base/text";
import { escapeMarkdown } from "../core/report/brief";
import { ruleRows } from "../core/report/ruleRows";
import { meaningOf } from "../core/rules/enforce/meaning";
import { RuleChecker } from "../core/rules/enforce/ruleChecker";
import { extractRules } from "../core/rules/extractRules";
import { isInstructionFile } from "../core/rules/instructionPlace";
import type { Rule, RuleSource } from "../core/rules/rule";
import { codeConcerned } from "../core/rules/scar/codeConcerned";
import { draftRules } from "../core/rules/scar/draftRules";
import { headingsFor, placeRule as placeRuleIn } from "../core/rules/scar/placeRule";
import { readFixCommit, recentFixCommits } from "../host/history/fixCommits";
import {
  commands,
  type DraftScarParams,
  describeRule,
  draftScar,
  type GovernedCode,
  headingsForRule,
  instructionFileGlobs,
  listRules,
  type PlaceRuleParams,
  type PreviewRuleParams,
  placeRule,
  previewRule,
  type RecentFix,
  type RuleFile,
  type RuleHeading,
  type RuleParams,
  type RulePlacement,
  type RulePreview,
  recentFixes,
  ruleCode,
  rulesChanged,
  type ScarDraft,
} from "../protocol/messages";
import type { Folder } from "./folder";
import { completionsAt, definitionsAt, linksIn } from "./instructionFile";
import { checkText, enforcedText, originText } from "./ruleText";

type Connection = ReturnType<typeof createConnection>;

/** What the features need of the server. */
export interface Places {
  placeOf(uri: string): { folder: Folder; path: string } | undefined;
  documentOf(uri: string): TextDocument | undefined;
  folders(): Iterable<Folder>;
}

function placeKey({ path, range }: { path: string; range: Range }): string {
  return `${path}:${range.start.line}:${range.start.character}`;
}

/** @param line zero-based */
function isOnLine(source: RuleSource, line: number): boolean {
  return source.line <= line + 1 && line + 1 <= source.endLine;
}

const triggerCharacters = ["`"];

/** Help in instruction files, and what the tree of rules and a recorded scar ask for. */
export class RuleFeatures {
  private listed = "";

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
    connection.onRequest(listRules, () => this.list());
    connection.onRequest(ruleCode, (params: RuleParams) => this.code(params));
    connection.onRequest(previewRule, (params: PreviewRuleParams) => this.preview(params));
    connection.onRequest(describeRule, (params: RuleParams, token) => this.describe(params, token));
    connection.onRequest(recentFixes, ({ uri }: { uri: string }, token) => this.fixes(uri, token));
    connection.onRequest(draftScar, (params: DraftScarParams, token) => this.draft(params, token));
    connection.onRequest(headingsForRule, ({ uri, text }: PreviewRuleParams): RuleHeading[] =>
      headingsFor(this.textOf(uri), text),
    );
    connection.onRequest(
      placeRule,
      ({ uri, text, heading }: PlaceRuleParams): RulePlacement => placeRuleIn(this.textOf(uri), text, heading),
    );
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

  /** Tells the editor when the rules, or what they say of the code, are different from what it was told last. */
  changed(): void {
    const listed = JSON.stringify(this.list());
    if (listed === this.listed) return;
    this.listed = listed;
    void this.connection.sendNotification(rulesChanged);
  }

  private list(): RuleFile[] {
    return [...this.places.folders()].flatMap((folder) => {
      const { workspace } = folder;
      const rows = ruleRows(workspace.rules.all, workspace.analysis().rules);
      return [...groupBy(rows, ({ source }) => source.path)].map(
        ([path, inFile]): RuleFile => ({
          uri: folder.uriOf(path),
          path,
          rules: inFile.map(({ text, polarity, source, status, meaning, matches, violations }) => ({
            text,
            polarity,
            line: source.line - 1,
            status,
            ...(meaning !== undefined && { meaning }),
            matches,
            violations,
          })),
        }),
      );
    });
  }

  /** What breaks a rule, then everything else it governs. */
  private code(params: RuleParams): GovernedCode[] {
    const found = this.ruleAt(params);
    const outcome = found?.folder.workspace.analysis().rules.report.get(found.rule);
    if (!found || !outcome) return [];
    const { violations, places } = outcome;
    const broken = new Set(violations.map(placeKey));
    const others = places.filter((place) => !broken.has(placeKey(place)));
    return [...violations, ...others].map(({ path, range }, i) => ({
      uri: found.folder.uriOf(path),
      range,
      isViolation: i < violations.length,
    }));
  }

  private preview({ uri, text }: PreviewRuleParams): RulePreview {
    const place = this.places.placeOf(uri);
    const [rule] = place
      ? extractRules({ path: place.path, text: `- ${text.replace(/\s+/g, " ")}` }, { globs: [] })
      : [];
    if (!place || !rule?.enforcement) return { matches: 0, violations: 0 };
    const outcome = new RuleChecker([rule]).check(place.folder.workspace.analysis().model).get(rule);
    return {
      meaning: meaningOf(rule) ?? "",
      matches: outcome?.matches ?? 0,
      violations: outcome?.violations.length ?? 0,
    };
  }

  /** On the lines of a rule: what is checked, and who wrote it. */
  async hover(
    { folder, path }: { folder: Folder; path: string },
    line: number,
    token: Cancellation,
  ): Promise<Hover | null> {
    const rule = folder.workspace.rules.all.find(({ source }) => source.path === path && isOnLine(source, line));
    if (!rule) return null;
    const value = (await this.about({ folder, rule }, token)).join("\n\n---\n\n");
    return { contents: { kind: "markdown", value } };
  }

  private async about({ folder, rule }: { folder: Folder; rule: Rule }, token: Cancellation): Promise<string[]> {
    const [row] = ruleRows([rule], folder.workspace.analysis().rules);
    const origin = await folder.workspace.rules.originOf(rule, token);
    return [row && checkText(row), origin && originText(origin)].filter((part) => part !== undefined);
  }

  /** Above rules that are checked: what they govern, and what breaks them. */
  lenses({ folder, path }: { folder: Folder; path: string }): CodeLens[] {
    const inFile = folder.workspace.rules.all.filter(({ source, enforcement }) => source.path === path && enforcement);
    return ruleRows(inFile, folder.workspace.analysis().rules).map((row): CodeLens => {
      const line = row.source.line - 1;
      const start = { line, character: 0 };
      const target: RuleParams = { uri: folder.uriOf(path), line };
      return {
        range: { start, end: start },
        command: { title: enforcedText(row), command: commands.showRuleCode, arguments: [target] },
      };
    });
  }

  private ruleAt({ uri, line }: RuleParams): { folder: Folder; rule: Rule } | undefined {
    const place = this.places.placeOf(uri);
    const rule = place?.folder.workspace.rules.all.find(
      ({ source }) => source.path === place.path && isOnLine(source, line),
    );
    return place && rule && { folder: place.folder, rule };
  }

  private async describe(params: RuleParams, token: CancellationToken): Promise<string | null> {
    const found = this.ruleAt(params);
    if (!found) return null;
    const { stale } = found.folder.workspace.analysis().rules;
    const outdated = stale.filter(({ rule }) => rule === found.rule).map(({ message }) => `**Stale:** ${message}`);
    return [escapeMarkdown(found.rule.text), ...outdated, ...(await this.about(found, token))].join("\n\n");
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
      return { uri: folder.uriOf(source), path: source };
    });
    if (files.length === 0) files.push({ uri: folder.uriOf("CLAUDE.md"), path: "CLAUDE.md" });
    return { rules, files };
  }

  /** Of an instruction file as the editor shows it; empty when there is none yet. */
  private textOf(uri: string): string {
    const place = this.places.placeOf(uri);
    const known = place?.folder.workspace.rules.files.get(place.path)?.text;
    return this.places.documentOf(uri)?.getText() ?? known ?? "";
  }
}
