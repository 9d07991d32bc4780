import type { CodeLens } from "vscode-languageserver";
import { type Range, rangeOf } from "../core/base/text";
import { signOffOf } from "../core/model/workspaceModel";
import { signOffText } from "../core/report/signOffText";
import { commands } from "../protocol/messages";
import type { Folder } from "./folder";

/** What a lens carries until the editor asks for its text. */
interface LensData {
  uri: string;
  index: number;
  kind: "oracle" | "rules";
}

/** Lenses above functions that there is something to say of: those that are fine show nothing. */
export function lensesOf(folder: Folder, path: string): CodeLens[] {
  return [
    ...oracleLenses(folder, path),
    ...signOffLenses(folder, path),
    ...findingLenses(folder, path),
    ...ruleLenses(folder, path),
  ];
}

function findingLenses(folder: Folder, path: string): CodeLens[] {
  const uri = folder.uriOf(path);
  const file = folder.file(path);
  return folder.findingsIn(path).flatMap(({ lens, symbol, range }): CodeLens[] => {
    const fn = file?.functions.find((one) => one.symbol === symbol && isWithin(range, rangeOf(file.lineStarts, one)));
    if (lens === undefined || !file || !fn) return [];
    const name = rangeOf(file.lineStarts, fn.nameSpan);
    const command = { title: titleOf(lens), command: commands.explainFunction, arguments: [uri, name.start] };
    return [{ range: name, command }];
  });
}

/** Lenses are shown as they are, without Markdown. */
function titleOf(lens: string): string {
  const plain = lens.replace(/`/g, "");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

function isWithin(inner: Range, outer: Range): boolean {
  return inner.start.line >= outer.start.line && inner.end.line <= outer.end.line;
}

function oracleLenses(folder: Folder, path: string): CodeLens[] {
  const uri = folder.uriOf(path);
  return oraclesIn(folder, path).flatMap(({ file, index }): CodeLens[] => {
    const fn = file.functions[index];
    if (!fn) return [];
    const range = rangeOf(file.lineStarts, fn.nameSpan);
    return [
      { range, data: { uri, index, kind: "oracle" } satisfies LensData },
      { range, command: { title: "Quiz me", command: commands.quizFunction, arguments: [uri, range.start] } },
    ];
  });
}

/** Who explained a function, and whether that still holds; oracles say it in their own lens. */
function signOffLenses(folder: Folder, path: string): CodeLens[] {
  const { model } = folder.workspace.analysis();
  const file = folder.file(path);
  if (!file || model.signOffs.size === 0) return [];
  const uri = folder.uriOf(path);
  const oracles = new Set(oraclesIn(folder, path).map(({ index }) => index));
  return file.functions.flatMap((fn, index): CodeLens[] => {
    const signOff = oracles.has(index) ? undefined : signOffOf(model, file, index);
    if (!signOff) return [];
    const range = rangeOf(file.lineStarts, fn.nameSpan);
    const title = titleOf(signOff.state === "stale" ? staleTitle : signOffText(signOff, new Date().getUTCFullYear()));
    return [{ range, command: { title, command: commands.explainFunction, arguments: [uri, range.start] } }];
  });
}

const staleTitle = "explanation is stale";

/** How many rules apply, above functions that something else is said of: those that are fine show nothing. */
function ruleLenses(folder: Folder, path: string): CodeLens[] {
  const file = folder.file(path);
  if (!file) return [];
  const uri = folder.uriOf(path);
  const told = new Set([
    ...oraclesIn(folder, path).map(({ index }) => index),
    ...folder
      .findingsIn(path)
      .map(({ symbol, range }) =>
        file.functions.findIndex((fn) => fn.symbol === symbol && isWithin(range, rangeOf(file.lineStarts, fn))),
      ),
  ]);
  return [...told].flatMap((index): CodeLens[] => {
    const fn = file.functions[index];
    if (!fn || folder.workspace.rulesOf(path, index).length === 0) return [];
    return [{ range: rangeOf(file.lineStarts, fn.nameSpan), data: { uri, index, kind: "rules" } satisfies LensData }];
  });
}

function oraclesIn(folder: Folder, path: string) {
  return folder.workspace.analysis().oracles.flagged.filter(({ file }) => file.path === path);
}

const unexplainedTitle = "nobody has explained this";

function oracleTitle({ folder, path }: { folder: Folder; path: string }, index: number): string {
  const { model } = folder.workspace.analysis();
  const file = model.files.get(path);
  const signOff = file && signOffOf(model, file, index);
  if (!signOff) return unexplainedTitle;
  return signOff.state === "stale" ? staleTitle : signOffText(signOff, new Date().getUTCFullYear());
}

export function resolveLens(
  lens: CodeLens,
  folderOf: (uri: string) => { folder: Folder; path: string } | undefined,
): CodeLens {
  if (lens.command) return lens;
  const data = lens.data as LensData;
  const place = folderOf(data.uri);
  const target = [data.uri, lens.range.start];
  if (data.kind === "oracle") {
    return {
      ...lens,
      command: {
        title: `Oracle: ${place ? oracleTitle(place, data.index) : unexplainedTitle} · Explain`,
        command: commands.explainFunction,
        arguments: target,
      },
    };
  }
  const count = place ? place.folder.workspace.rulesOf(place.path, data.index).length : 0;
  return {
    ...lens,
    command: { title: count === 1 ? "1 rule" : `${count} rules`, command: commands.showRules, arguments: target },
  };
}
