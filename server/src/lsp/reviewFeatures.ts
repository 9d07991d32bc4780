import type { CancellationToken, createConnection } from "vscode-languageserver/node";
import { rangeOf } from "../core/base/text";
import type { WaitingExplanation as Waiting } from "../core/ledger/acceptance";
import { personName } from "../core/model/signOff";
import { functionAt } from "../core/model/workspaceModel";
import { escapeMarkdown, quoted } from "../core/report/brief";
import { answerExplanation, listWaiting, waive } from "../host/ledger/signing";
import {
  type AnswerExplanationParams,
  answerExplanation as answerExplanationRequest,
  type WaitingExplanation,
  type WaiveFunctionParams,
  type WrittenAnswer,
  waitingExplanations,
  waiveFunction,
} from "../protocol/quizMessages";
import { answerRequest } from "./answerRequest";
import { type Folder, functionAround } from "./folder";

type Connection = ReturnType<typeof createConnection>;

/** What reviews need of the server. */
export interface ReviewPlaces {
  placeOf(uri: string): { folder: Folder; path: string } | undefined;
  /** Where a document belongs, with its latest text analysed. */
  upToDate(uri: string, token: CancellationToken): Promise<{ folder: Folder; path: string } | undefined>;
  folders(): Iterable<Folder>;
  /** The ledger says something else now. */
  changed(): void;
}

/** Colleagues who judge explanations, and the team that does without one. */
export class ReviewFeatures {
  constructor(
    private readonly connection: Connection,
    private readonly places: ReviewPlaces,
  ) {}

  listen(): void {
    answerRequest(this.connection, waitingExplanations, (_: unknown, token) => this.list(token));
    answerRequest(this.connection, answerExplanationRequest, (params: AnswerExplanationParams, token) =>
      this.answer(params, token),
    );
    answerRequest(this.connection, waiveFunction, (params: WaiveFunctionParams, token) => this.waive(params, token));
  }

  private async waive(
    { uri, position, reason }: WaiveFunctionParams,
    token: CancellationToken,
  ): Promise<WrittenAnswer | null> {
    const place = await this.places.upToDate(uri, token);
    const file = place?.folder.file(place.path);
    const found = file && functionAround(file, position);
    if (!place || !found) return null;
    const { symbol, shapeHash } = found.fn;
    const { path } = await waive(place.folder.workspace, { path: place.path, symbol, shapeHash }, reason, token);
    this.places.changed();
    return { ledger: path };
  }

  private async list(token: CancellationToken): Promise<WaitingExplanation[]> {
    const all: WaitingExplanation[] = [];
    for (const folder of this.places.folders()) {
      for (const waiting of await listWaiting(folder.workspace, token)) {
        const found = toMessage(folder, waiting);
        if (found) all.push(found);
      }
    }
    return all;
  }

  private async answer(
    { uri, hash, question }: AnswerExplanationParams,
    token: CancellationToken,
  ): Promise<WrittenAnswer | null> {
    const folder = this.places.placeOf(uri)?.folder;
    if (!folder) return null;
    const { path } = await answerExplanation(folder.workspace, hash, question, token);
    this.places.changed();
    return { ledger: path };
  }
}

function toMessage(folder: Folder, { function: id, line, asked, isMine }: Waiting): WaitingExplanation | undefined {
  const { model } = folder.workspace.analysis();
  const linked = model.functions.get(id);
  const found = linked && functionAt(model, linked);
  if (!found) return undefined;
  const { file, fn } = found;
  const { who, when, text } = line.entry;
  const by = personName(who);
  const questions = asked.map((one) => `${escapeMarkdown(personName(one.by))} asks for more:\n\n${quoted(one.text)}`);
  const parts = [
    `# ${escapeMarkdown(fn.symbol)}`,
    `${escapeMarkdown(by)} explains, ${when.slice(0, 10)}:`,
    quoted(text),
    ...questions,
    "Could you write it again from this?",
  ];
  return {
    hash: line.hash,
    uri: folder.uriOf(file.path),
    path: file.path,
    symbol: fn.symbol,
    position: rangeOf(file.lineStarts, fn.nameSpan).start,
    by,
    at: when,
    markdown: parts.join("\n\n"),
    isMine,
  };
}
