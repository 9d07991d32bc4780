import { isAbsolute, relative, sep } from "node:path";
import type { CancellationToken, createConnection } from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import { explainFunction } from "../host/explain";
import {
  type ExplainFunctionParams,
  explainFunction as explainFunctionRequest,
  type FunctionBrief,
  type RuleAtPosition,
  type RulesAtParams,
  rulesAt as rulesAtRequest,
} from "../protocol/messages";
import { type Folder, functionAround } from "./folder";

type Connection = ReturnType<typeof createConnection>;

/** What explanations need of the server. */
export interface ExplainPlaces {
  /** Where a document belongs, with its latest text analysed. */
  upToDate(uri: string, token: CancellationToken): Promise<{ folder: Folder; path: string } | undefined>;
}

/** What is known of the function at a place: its brief, and the rules that apply to it. */
export class ExplainFeatures {
  constructor(
    private readonly connection: Connection,
    private readonly places: ExplainPlaces,
  ) {}

  listen(): void {
    const { connection } = this;
    connection.onRequest(explainFunctionRequest, (params: ExplainFunctionParams, token) => this.explain(params, token));
    connection.onRequest(rulesAtRequest, (params: RulesAtParams, token) => this.rulesAt(params, token));
  }

  private async explain(
    { uri, position, linksFrom }: ExplainFunctionParams,
    token: CancellationToken,
  ): Promise<FunctionBrief | null> {
    const place = await this.places.upToDate(uri, token);
    const file = place?.folder.file(place.path);
    const found = file && functionAround(file, position);
    if (!place || !found) return null;
    const { folder, path } = place;
    const link = (to: string, line: number) => `${linkTo(folder.uriOf(to), linksFrom)}#L${line}`;
    const markdown = await explainFunction(folder.workspace, path, found.index, link);
    return { symbol: found.fn.symbol, markdown };
  }

  private async rulesAt({ uri, position }: RulesAtParams, token: CancellationToken): Promise<RuleAtPosition[]> {
    const place = await this.places.upToDate(uri, token);
    if (!place) return [];
    const { folder, path } = place;
    const file = folder.file(path);
    const found = file && functionAround(file, position);
    const matches = found ? folder.workspace.rulesOf(path, found.index) : folder.workspace.rulesAt(path, position.line);
    return matches.map(({ rule, why }) => {
      const { source } = rule;
      return { text: rule.text, why, path: source.path, line: source.line - 1, uri: folder.uriOf(source.path) };
    });
  }
}

/** A file as a Markdown link reaches it from a folder: Markdown previews do not follow `file:` links. */
function linkTo(uri: string, folder: string | undefined): string {
  if (!folder) return uri;
  const path = relative(URI.parse(folder).fsPath, URI.parse(uri).fsPath);
  return isAbsolute(path) ? uri : path.split(sep).map(encodeURIComponent).join("/");
}
