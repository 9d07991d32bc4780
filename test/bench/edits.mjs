// Edits as people make them, from a seed: the same in every run.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Where a function's name stands, and what new code looks like. */
const syntaxes = {
  go: {
    name: /^func (?:\([^)]*\) )?(\w+)/,
    statement: /^\t+[\w.]+(\(.*\)| :?= .*[\w)\]])$/,
    call: (name) => `${name}(nil)`,
    function: (name, other) =>
      `func ${name}(items []string) int {\n\tfor range items {\n\t\t${other}()\n\t}\n\treturn 1\n}`,
  },
  python: {
    name: /^ *(?:async )?def (\w+)/,
    statement: /^ +[\w.]+(\(.*\)| = .*[\w)\]])$/,
    call: (name) => `${name}(None)`,
    function: (name, other) => `def ${name}(items):\n    for _ in items:\n        ${other}()\n    return 1`,
  },
  typescript: {
    name: /^(?:\s*(?:export )?(?:async )?function | {2}(?:(?:public|private|protected|static|async) )*)(\w+)(?=[(<].*\{$)/,
    statement: /^\s+[\w.]+(\(.*\)| = .*);$/,
    call: (name) => `${name}(null);`,
    function: (name, other) =>
      `function ${name}(items: string[]) {\n  for (const _ of items) ${other}();\n  return 1;\n}`,
  },
  java: {
    name: /^ {4}(?:(?:public|private|protected|static|final) )*[\w<>[\]]+ (\w+)(?=\(.*\{$)/,
    statement: /^\s+[\w.]+(\(.*\)| = .*);$/,
    call: (name) => `${name}(null);`,
    function: (name, other) => `class ${name} {\n  int count() {\n    ${other}();\n    return 1;\n  }\n}`,
  },
};
const keywords = new Set(["if", "for", "while", "switch", "catch", "return", "constructor"]);
const languageIds = { ".tsx": "typescriptreact" };

/** Numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An open document. Edits and their taking back take turns, so that it stays the file it is. */
export class EditedDocument {
  version = 1;
  /** Changes that take the last edits back, the last one at the end. */
  undo = [];

  constructor(tree, path, random) {
    this.path = path;
    this.uri = pathToFileURL(join(tree.folder, path)).toString();
    this.languageId = languageIds[/\.\w+$/.exec(path)?.[0]] ?? tree.language;
    this.lines = readFileSync(join(tree.folder, path), "utf8").split("\n");
    this.syntax = syntaxes[tree.language];
    this.random = random;
  }

  get text() {
    return this.lines.join("\n");
  }

  /** Functions of the file, by the line their name stands on. */
  functions() {
    return this.lines.flatMap((line, index) => {
      const found = this.syntax.name.exec(line);
      return found && !keywords.has(found[1])
        ? [{ line: index, name: found[1], character: line.indexOf(found[1], found[0].length - found[1].length) }]
        : [];
    });
  }

  /** One edit within a function: characters, a line, a call. */
  typing() {
    return this.replace(this.pick([insertWord, deleteWord, replaceCharacter, insertLine, deleteLine, addCall])(this));
  }

  /** One edit that makes, renames or removes a whole function. */
  restructuring() {
    return this.replace(this.pick([createFunction, renameFunction, deleteFunction])(this));
  }

  takeBack() {
    const change = this.replace(this.undo.pop());
    this.undo.pop();
    return change;
  }

  /** @returns the change as the protocol has it */
  replace({ start, end, text }) {
    const { lines } = this;
    const removed = textBetween(lines, start, end);
    const first = lines[start.line].slice(0, start.character);
    const inserted = (first + text).split("\n");
    const newEnd = { line: start.line + inserted.length - 1, character: inserted.at(-1).length };
    inserted.push(inserted.pop() + lines[end.line].slice(end.character));
    lines.splice(start.line, end.line - start.line + 1, ...inserted);
    this.undo.push({ start, end: newEnd, text: removed });
    this.version++;
    return { range: { start, end }, text };
  }

  /** A line that is a statement by itself. */
  statement() {
    const from = Math.floor(this.random() * this.lines.length);
    for (let step = 0; step < this.lines.length; step++) {
      const line = (from + step) % this.lines.length;
      if (this.syntax.statement.test(this.lines[line])) return line;
    }
    return from;
  }

  pick(values) {
    return values[Math.floor(this.random() * values.length)];
  }

  newName() {
    return `edited${Math.floor(this.random() * 1e6)}`;
  }
}

function insertWord(document) {
  const { at } = wordOf(document);
  return { start: at, end: at, text: document.newName() };
}

function deleteWord(document) {
  const { at, length } = wordOf(document);
  return { start: at, end: { ...at, character: at.character + length }, text: "" };
}

function replaceCharacter(document) {
  const { at } = wordOf(document);
  return { start: at, end: { ...at, character: at.character + 1 }, text: document.pick([..."abcdefgh"]) };
}

/** Where a word of a statement stands. */
export function wordOf(document) {
  const line = document.statement();
  const words = [...document.lines[line].matchAll(/[A-Za-z_]\w*/g)];
  const word = words.length > 0 ? document.pick(words) : { 0: "", index: 0 };
  return { at: { line, character: word.index }, length: word[0].length };
}

function insertLine(document) {
  return lineBefore(document.statement(), "");
}

function addCall(document) {
  const line = document.statement();
  const functions = document.functions();
  const name = functions.length > 0 ? document.pick(functions).name : document.newName();
  return lineBefore(line, /^\s*/.exec(document.lines[line])[0] + document.syntax.call(name));
}

function lineBefore(line, text) {
  const at = { line, character: 0 };
  return { start: at, end: at, text: `${text}\n` };
}

function deleteLine(document) {
  return withoutLines(document, document.statement(), 1);
}

function createFunction(document) {
  const functions = document.functions();
  const other = functions.length > 0 ? document.pick(functions).name : document.newName();
  const line = document.lines.length - 1;
  const end = { line, character: document.lines[line].length };
  return { start: end, end, text: `\n${document.syntax.function(document.newName(), other)}\n` };
}

function renameFunction(document) {
  const functions = document.functions();
  if (functions.length === 0) return createFunction(document);
  const { line, character, name } = document.pick(functions);
  const start = { line, character };
  return { start, end: { line, character: character + name.length }, text: document.newName() };
}

/** To where the next one starts. */
function deleteFunction(document) {
  const functions = document.functions();
  if (functions.length < 2) return createFunction(document);
  const index = Math.floor(document.random() * (functions.length - 1));
  const { line } = functions[index];
  return withoutLines(document, line, functions[index + 1].line - line);
}

function withoutLines({ lines }, line, count) {
  const end =
    line + count < lines.length ? { line: line + count, character: 0 } : { line, character: lines[line].length };
  return { start: { line, character: 0 }, end, text: "" };
}

function textBetween(lines, start, end) {
  if (start.line === end.line) return lines[start.line].slice(start.character, end.character);
  const middle = lines.slice(start.line + 1, end.line);
  return [lines[start.line].slice(start.character), ...middle, lines[end.line].slice(0, end.character)].join("\n");
}
