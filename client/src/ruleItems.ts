import * as vscode from "vscode";

/** A rule where it stands. */
export interface RulePlace {
  text: string;
  uri: string;
  /** Zero-based. */
  line: number;
  /** Path relative to the workspace folder. */
  path: string;
}

/** A rule in a list to choose from. */
export interface RuleItem extends vscode.QuickPickItem {
  place: RulePlace;
}

/**
 * A list cuts what does not fit on a line: the demand comes first, its explanation on the second line.
 *
 * @param note what is said of the rule here
 */
export function ruleItem(place: RulePlace, note: string): RuleItem {
  const [demand, explanation] = parted(place.text);
  return {
    label: plain(demand),
    description: `${place.path}:${place.line + 1}`,
    detail: explanation === "" ? plain(note) : `${plain(note)} · ${plain(explanation)}`,
    place,
  };
}

/** Labels and messages are shown as they are, without Markdown. */
export function plain(markdown: string): string {
  return markdown.replaceAll("`", "");
}

/** Before the colon, dash or full stop outside code that ends the demand, and after it. */
function parted(text: string): [demand: string, explanation: string] {
  const mark = /^((?:`[^`]*`|[^`])*?)(?:[:;.]|\s[–—-])\s+(?=\S)/.exec(text);
  return mark?.[1] ? [mark[1], text.slice(mark[0].length)] : [text, ""];
}

/** Opens an instruction file where a rule begins. */
export async function openRule({ uri, line }: Pick<RulePlace, "uri" | "line">): Promise<vscode.TextEditor> {
  const start = new vscode.Position(line, 0);
  return vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(start, start) });
}
