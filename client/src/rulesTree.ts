import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  describeRule,
  listRules,
  type RuleEntry,
  type RuleFile,
  rulesChanged,
} from "../../server/src/protocol/messages";
import { ruleItem as listedRule, openRule, plain } from "./ruleItems";

/** A rule where it stands. */
export interface PlacedRule {
  uri: string;
  rule: RuleEntry;
}

type Node = { file: RuleFile } | PlacedRule;

/** All rules of the workspace by file, with what they govern and what breaks them. */
export class RulesTree implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private files: Promise<RuleFile[]> | undefined;

  constructor(private readonly client: () => Promise<LanguageClient>) {}

  /** Shows the tree and keeps it up to date. */
  show(context: vscode.ExtensionContext): void {
    const view = vscode.window.createTreeView("fathom.rules", { treeDataProvider: this, showCollapseAll: true });
    context.subscriptions.push(view, this.changed, vscode.window.registerFileDecorationProvider(ruleDecorations));
    void this.client().then((client) => {
      const refresh = async () => {
        this.refresh();
        // Asked for only while somebody looks: the badge is of what the tree shows.
        if (view.visible) view.badge = badgeOf(await this.rules());
      };
      context.subscriptions.push(
        client.onNotification(rulesChanged, () => void refresh()),
        view.onDidChangeVisibility(() => void refresh()),
      );
      void refresh();
    });
  }

  refresh(): void {
    this.files = undefined;
    this.changed.fire();
  }

  /** Asked for once until something changes. */
  rules(): Promise<RuleFile[]> {
    this.files ??= this.client().then((client) => client.sendRequest<RuleFile[]>(listRules));
    return this.files;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node === undefined) return (await this.rules()).map((file) => ({ file }));
    return "file" in node ? node.file.rules.map((rule) => ({ uri: node.file.uri, rule })) : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return "file" in node ? fileItem(node.file) : ruleItem(node);
  }

  /** What a rule is checked as, and who wrote it, is asked for when somebody rests on it. */
  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    if ("file" in node) return item;
    const { uri, rule } = node;
    const markdown = await (await this.client()).sendRequest<string | null>(describeRule, { uri, line: rule.line });
    if (markdown !== null) item.tooltip = new vscode.MarkdownString(markdown);
    return item;
  }
}

function badgeOf(files: readonly RuleFile[]): vscode.ViewBadge | undefined {
  const value = files.flatMap(({ rules }) => rules).reduce((sum, { violations }) => sum + violations, 0);
  return value === 0 ? undefined : { value, tooltip: vscode.l10n.t("{0} places break a rule", value) };
}

function fileItem({ uri, path, rules }: RuleFile): vscode.TreeItem {
  const item = new vscode.TreeItem(path, vscode.TreeItemCollapsibleState.Expanded);
  const enforced = rules.filter(({ status }) => status === "enforced").length;
  item.id = uri;
  item.description = vscode.l10n.t("{0} rules, {1} enforced", rules.length, enforced);
  item.resourceUri = vscode.Uri.parse(uri);
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = "file";
  return item;
}

function ruleItem({ uri, rule }: PlacedRule): vscode.TreeItem {
  const item = new vscode.TreeItem(plain(rule.text), vscode.TreeItemCollapsibleState.None);
  const start = new vscode.Position(rule.line, 0);
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(start, start) };
  item.id = `${uri}#${rule.line}`;
  item.description = stateOf(rule);
  item.iconPath = iconOf(rule);
  item.contextValue = rule.matches > 0 ? "ruleWithCode" : "rule";
  item.command = {
    command: "vscode.open",
    title: vscode.l10n.t("Open"),
    arguments: [vscode.Uri.parse(uri), options],
  };
  item.resourceUri = uriOfState(rule);
  item.accessibilityInformation = { label: `${plain(rule.text)}, ${item.description}` };
  return item;
}

function stateOf({ status, matches, violations }: RuleEntry): string {
  if (status === "stale") return vscode.l10n.t("stale");
  if (status === "lookup") return vscode.l10n.t("shown where it applies");
  if (violations > 0) return vscode.l10n.t("{0} of {1} places break it", violations, Math.max(matches, violations));
  return matches === 0 ? vscode.l10n.t("enforced") : vscode.l10n.t("enforced in {0} places", matches);
}

function iconOf({ status, violations }: RuleEntry): vscode.ThemeIcon {
  if (status === "stale")
    return new vscode.ThemeIcon("question", new vscode.ThemeColor("problemsWarningIcon.foreground"));
  if (status === "lookup") return new vscode.ThemeIcon("book");
  if (violations > 0) return new vscode.ThemeIcon("error", new vscode.ThemeColor("problemsErrorIcon.foreground"));
  return new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed"));
}

const stateScheme = "fathom-rule-state";

/** Rules in the same state look the same, so the state is all there is to tell their decorations apart. */
function uriOfState({ status, matches, violations }: RuleEntry): vscode.Uri {
  return vscode.Uri.from({ scheme: stateScheme, path: `/${status}/${matches}/${violations}` });
}

/** Counts at the right edge of the tree, where they are seen however narrow it is. */
const ruleDecorations: vscode.FileDecorationProvider = {
  provideFileDecoration({ scheme, path }) {
    if (scheme !== stateScheme) return undefined;
    const [, status, matches, violations] = path.split("/");
    if (status === "stale") return new vscode.FileDecoration("?", undefined, new vscode.ThemeColor(warningColor));
    if (violations !== "0")
      return new vscode.FileDecoration(atMostTwoDigits(violations), undefined, new vscode.ThemeColor(errorColor));
    return matches === "0" ? undefined : new vscode.FileDecoration(atMostTwoDigits(matches));
  },
};

const errorColor = "list.errorForeground";
const warningColor = "list.warningForeground";

/** A decoration has room for no more. */
function atMostTwoDigits(count: string | undefined): string {
  return String(Math.min(99, Number(count)));
}

/** Lists every rule to be searched, and goes to the one that is chosen. */
export async function searchRules(tree: RulesTree): Promise<void> {
  const items = (await tree.rules()).flatMap(({ uri, path, rules }) =>
    rules.map((rule) => listedRule({ text: rule.text, line: rule.line, uri, path }, stateOf(rule))),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is no CLAUDE.md, AGENTS.md or other instruction file with rules in this workspace."),
    );
    return;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Rules of this workspace"),
    placeHolder: vscode.l10n.t("Words of a rule, its file, or its state, such as “stale”"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen) await openRule(chosen.place);
}
