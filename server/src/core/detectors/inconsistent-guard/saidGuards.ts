import { lineAt, type Span } from "../../base/text";
import { lastPart } from "../../model/accessPath";
import { commentBlocks } from "../../model/commentBlocks";
import { fieldDeclaration } from "../../model/graph/fieldTypes";
import type { GuardedField } from "../../model/graph/guards";
import type { WorkspaceModel } from "../../model/workspaceModel";

const saysGuarded =
  /\b(?:guarded|protected|synchroni[sz]ed)\s+by\s+(?:the\s+)?[`'"]?([\w$.]+)|\baccess(?:ed|es)?\b[^.]*\b(?:with|while|under|holding)\s+(?:the\s+)?[`'"]?([\w$.]+)/gi;
const saysGuards = /\b(?:guards?|protects?|synchroni[sz]es|covers)\b\s+(.*)/i;

/** Whether a comment at a field says that its lock guards it, or one at the lock that it guards the field. */
export function isSaidToBeGuarded(model: WorkspaceModel, { field, lock }: GuardedField): boolean {
  const [name, lockName] = [lastPart(field), lastPart(lock)];
  const ofField = commentAt(model, field);
  for (const [, by = "", under = ""] of ofField.matchAll(saysGuarded))
    if (lastPart(by || under) === lockName) return true;
  const named: readonly string[] = saysGuards.exec(commentAt(model, lock))?.[1]?.match(/[\w$]+/g) ?? [];
  return named.includes(name);
}

/** What is written on the line of a field's declaration, or just above it. */
function commentAt(model: WorkspaceModel, key: string): string {
  const declaration = fieldDeclaration(model, key);
  if (!declaration) return "";
  const { file, facts } = declaration;
  const lineOf = ({ start }: { start: number }) => lineAt(file.lineStarts, start);
  const line = lineOf(facts);
  const isAbove = (comment: Span) => comment.end <= facts.start && line - lineAt(file.lineStarts, comment.end) === 1;
  // Comments on lines that follow one another are one text, each with what is said of its own line.
  const beside = file.comments.filter((comment) => comment.start > facts.start && lineOf(comment) === line);
  const above = commentBlocks(file).filter(isAbove);
  return [...above, ...beside].map(({ text }) => text).join("\n");
}
