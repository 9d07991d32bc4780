import * as vscode from "vscode";
import type { ExplainFunctionParams } from "../../server/src/protocol/messages";

type Place = Pick<ExplainFunctionParams, "uri" | "position">;

/** From a lens's arguments, else from the cursor. */
export function placeOf([uri, position]: unknown[]): Place | undefined {
  if (typeof uri === "string" && isPosition(position)) return { uri, position };
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

function isPosition(value: unknown): value is Place["position"] {
  const position = value as Place["position"] | undefined;
  return typeof position?.line === "number" && typeof position.character === "number";
}
