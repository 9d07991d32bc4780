import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type DocumentLink,
  type LocationLink,
  type Position,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Declaration, declarationsIn, declarationsNamed } from "../core/model/declaredNames";
import { importsIn, importTargets } from "../core/rules/imports";
import { parseMarkdown } from "../core/rules/markdown";
import { pathPatternOf } from "../core/rules/pathPattern";
import type { Folder } from "./folder";
import { mentionsOn, openMentionAt } from "./mentions";

/** An editor filters what it has; more than this it asks for again. */
const maxCompletions = 200;
const maxLinks = 2000;

const completionKinds: Record<Declaration["kind"], CompletionItemKind> = {
  function: CompletionItemKind.Function,
  type: CompletionItemKind.Class,
  field: CompletionItemKind.Field,
  variable: CompletionItemKind.Variable,
};

/** After a backtick: what the workspace declares, and its files. */
export function completionsAt(folder: Folder, document: TextDocument, { line, character }: Position): CompletionList {
  const open = openMentionAt(document, line, character);
  if (!open) return { isIncomplete: false, items: [] };
  const typed = open.text.toLowerCase();
  const items = new Map<string, CompletionItem>();
  const { model } = folder.workspace.analysis();
  const add = (label: string, kind: CompletionItemKind, detail?: string) => {
    if (items.has(label)) return;
    const last = label.slice(label.lastIndexOf(".") + 1);
    items.set(label, {
      label,
      kind,
      // What begins like what is typed comes first, also when only its last part does.
      filterText: last.toLowerCase().startsWith(typed) ? last : label,
      textEdit: { range: open.range, newText: label },
      ...(detail !== undefined && { detail }),
    });
  };
  for (const [path, file] of model.files) {
    if (path.toLowerCase().includes(typed)) add(path, CompletionItemKind.File);
    for (const { name, kind } of declarationsIn(file)) {
      if (name.toLowerCase().includes(typed)) add(name, completionKinds[kind], path);
      if (items.size >= maxCompletions) return { isIncomplete: true, items: [...items.values()] };
    }
  }
  return { isIncomplete: typed === "", items: [...items.values()] };
}

/** From a code span to what it names: a file, or declarations of that name. */
export function definitionsAt(folder: Folder, document: TextDocument, { line, character }: Position): LocationLink[] {
  const mention = mentionsOn(document, line).find(
    ({ range }) => range.start.character <= character && character <= range.end.character,
  );
  if (!mention) return [];
  const path = fileNamed(folder, mention.text);
  if (path !== undefined) return [linkTo(folder, path, startOfFile, mention.range)];
  const { model } = folder.workspace.analysis();
  return declarationsNamed(model, mention.text).map(({ path, range }) => linkTo(folder, path, range, mention.range));
}

const startOfFile = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function linkTo(folder: Folder, path: string, target: LocationLink["targetRange"], from: LocationLink["targetRange"]) {
  return {
    targetUri: folder.uriOf(path),
    targetRange: target,
    targetSelectionRange: target,
    originSelectionRange: from,
  };
}

/** Code spans that name a file, and imports. */
export function linksIn(folder: Folder, path: string, document: TextDocument): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (let line = 0; line < document.lineCount && links.length < maxLinks; line++) {
    for (const { text, range } of mentionsOn(document, line)) {
      const named = /[./]/.test(text) ? fileNamed(folder, text) : undefined;
      if (named !== undefined) links.push({ range, target: folder.uriOf(named) });
    }
  }
  return [...links, ...importLinks(folder, path, document)];
}

function importLinks(folder: Folder, path: string, document: TextDocument): DocumentLink[] {
  if (!document.getText().includes("@")) return [];
  return importsIn(parseMarkdown(document.getText())).flatMap((candidate): DocumentLink[] => {
    const target = importTargets(candidate, path).find((each) => folder.workspace.rules.files.has(each));
    const line = candidate.line - 1;
    const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
    const at = text.indexOf(`@${candidate.path}`);
    if (target === undefined || at < 0) return [];
    const end = at + 1 + candidate.path.length;
    return [{ range: { start: { line, character: at }, end: { line, character: end } }, target: folder.uriOf(target) }];
  });
}

/** The one file of the workspace that a path in prose means. */
function fileNamed(folder: Folder, written: string): string | undefined {
  if (/[\s*{}]/.test(written)) return undefined;
  const { matches, lastName } = pathPatternOf(written);
  if (lastName === undefined || written.endsWith("/")) return undefined;
  let found: string | undefined;
  for (const path of folder.workspace.paths) {
    if (!path.endsWith(lastName) || !matches(path)) continue;
    if (path === written) return path;
    if (found !== undefined) return undefined;
    found = path;
  }
  return found;
}
