import type { CodeLens } from "vscode-languageserver";
import { rangeOf } from "../core/base/text";
import { rulesForFunction } from "../host/explain";
import { commands } from "../protocol/messages";
import type { Folder } from "./folder";

/** What a lens carries until the editor asks for its text. */
interface LensData {
  uri: string;
  index: number;
  kind: "oracle" | "rules";
}

/** Lenses above oracles only: functions that are fine show nothing. */
export function lensesOf(folder: Folder, path: string): CodeLens[] {
  const uri = folder.uriOf(path);
  return folder.workspace
    .analysis()
    .oracles.flagged.filter(({ file }) => file.path === path)
    .flatMap(({ file, index }) => {
      const fn = file.functions[index];
      if (!fn) return [];
      const range = rangeOf(file.lineStarts, fn.nameSpan);
      const kinds: LensData["kind"][] =
        rulesForFunction(folder.workspace, path, fn).length > 0 ? ["oracle", "rules"] : ["oracle"];
      return kinds.map((kind): CodeLens => ({ range, data: { uri, index, kind } satisfies LensData }));
    });
}

export function resolveLens(
  lens: CodeLens,
  folderOf: (uri: string) => { folder: Folder; path: string } | undefined,
): CodeLens {
  const data = lens.data as LensData;
  const place = folderOf(data.uri);
  const fn = place?.folder.file(place.path)?.functions[data.index];
  const target = [data.uri, lens.range.start];
  if (data.kind === "oracle") {
    return {
      ...lens,
      command: {
        title: "Oracle: nobody has explained this · Explain",
        command: commands.explainFunction,
        arguments: target,
      },
    };
  }
  const count = place && fn ? rulesForFunction(place.folder.workspace, place.path, fn).length : 0;
  return {
    ...lens,
    command: { title: count === 1 ? "1 rule" : `${count} rules`, command: commands.showRules, arguments: target },
  };
}
