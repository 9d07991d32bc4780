import type { CallStep, FileFacts, FunctionFacts, Step, Value } from "../../model/facts";
import { stepsInside, walkSteps } from "../../model/walkSteps";
import type { Input } from "../program";
import type { ParameterShape } from "./shape";

/** A file that calls the function, with its text. */
export interface CallingFile {
  facts: FileFacts;
  text: string;
}

/** Somebody else's inputs are shown as they are: longer ones are not read. */
const maxCharacters = 400;
const maxInputs = 40;
const maxCalls = 120;
/** Locals whose values are locals whose values ... */
const maxDepth = 4;

/**
 * What a function is called with in a file, where that is made of literals alone: written in the call, or in locals
 * that were given a value once before it. Each once, in source order.
 *
 * @param parameters of the function; a receiver that is not written in the call makes its inputs useless
 * @param reaches whether a call in a function of the file (`undefined` outside all of them) ends in the function
 */
export function seenInputs(
  { facts, text }: CallingFile,
  parameters: readonly ParameterShape[],
  reaches: (call: CallStep, caller: FunctionFacts | undefined) => boolean,
): Input[] {
  if (parameters[0]?.passing === "receiver") return [];
  const found = new Map<string, Input>();
  for (const input of callsIn({ facts, text }, parameters, reaches))
    if (input && found.size < maxInputs) found.set(input.join("\n"), input);
  return [...found.values()];
}

/**
 * What a file calls the function with, as of `seenInputs`, where that is so for every call of it; nothing where some
 * call is made of more than literals.
 */
export function allInputs(
  file: CallingFile,
  parameters: readonly ParameterShape[],
  reaches: (call: CallStep, caller: FunctionFacts | undefined) => boolean,
): Input[] | undefined {
  if (parameters[0]?.passing === "receiver") return undefined;
  const found = callsIn(file, parameters, reaches);
  const known = found.filter((input) => input !== undefined);
  return known.length === found.length && found.length < maxCalls ? known : undefined;
}

/** By call of the function in the file; `undefined` for one that is made of more than literals. */
function callsIn(
  { facts, text }: CallingFile,
  parameters: readonly ParameterShape[],
  reaches: (call: CallStep, caller: FunctionFacts | undefined) => boolean,
): (Input | undefined)[] {
  const reader = new ArgumentReader(facts, text, parameters);
  const bodies: [FunctionFacts | undefined, readonly Step[]][] = [
    [undefined, facts.steps],
    ...facts.functions.map((fn): [FunctionFacts, readonly Step[]] => [fn, fn.steps]),
  ];
  const found: (Input | undefined)[] = [];
  for (const [caller, steps] of bodies) {
    let locals: ReadonlyMap<string, Value> | undefined;
    walkSteps(steps, (step) => {
      if (step.kind !== "call" || found.length >= maxCalls || !reaches(step, caller)) return;
      locals ??= assignedOnce(steps);
      found.push(reader.inputOf(step.arguments, locals));
    });
  }
  return found;
}

/**
 * What the doc comment of a function calls it with: `>>> fee(3, "tug")` of a doctest, `fee(3, "tug")` of an
 * `@example`.
 */
export function documentedInputs(fn: FunctionFacts, parameters: readonly ParameterShape[], isPython: boolean): Input[] {
  if (fn.doc === undefined || fn.name === "" || parameters[0]?.passing === "receiver") return [];
  const found = new Map<string, Input>();
  for (const line of exampleLines(fn.doc.slice(0, 20_000), isPython)) {
    const input = callIn(line, fn.name, parameters, isPython);
    if (input && found.size < maxInputs) found.set(input.join("\n"), input);
  }
  return [...found.values()];
}

/** Locals that get one value, where they are declared and nowhere else. */
function assignedOnce(steps: readonly Step[]): ReadonlyMap<string, Value> {
  const values = new Map<string, Value | undefined>();
  const visit = (list: readonly Step[]): void => {
    for (const step of list) {
      if (step.kind === "assign") {
        const isFirst = !values.has(step.target) && step.operator === "=";
        values.set(step.target, isFirst ? step.value : undefined);
      } else if (step.kind === "write") values.set(rootName(step.path), undefined);
      else if (step.kind === "loop") for (const { name } of step.variables) values.set(name, undefined);
      // A method may change what it is called on.
      if (step.kind === "call") {
        const root = /^[\p{L}_$][\p{L}\p{N}_$]*(?=[.[])/u.exec(step.callee)?.[0];
        if (root !== undefined && values.has(root)) values.set(root, undefined);
      }
      for (const inner of stepsInside(step)) visit(inner);
    }
  };
  visit(steps);
  return new Map([...values].filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

function rootName(path: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(path)?.[0] ?? path;
}

class ArgumentReader {
  private readonly isPython: boolean;

  constructor(
    private readonly facts: FileFacts,
    private readonly text: string,
    private readonly parameters: readonly ParameterShape[],
  ) {
    this.isPython = facts.language === "python";
  }

  inputOf(args: readonly Value[], locals: ReadonlyMap<string, Value>): Input | undefined {
    const input: string[] = [];
    for (const argument of args) {
      const named = this.isPython ? keywordOf(argument) : undefined;
      const written = this.expression(named?.value ?? argument, locals, maxDepth);
      if (written === undefined) return undefined;
      if (named) input.push(`${named.name}=${written}`);
      else input.push(written);
    }
    return this.isPython ? placed(input, this.parameters) : fits(input, this.parameters);
  }

  /** The text of a value that is made of literals, with locals replaced by what they are. */
  private expression(value: Value, locals: ReadonlyMap<string, Value>, depth: number): string | undefined {
    if (value.end - value.start > maxCharacters) return undefined;
    const written = this.text.slice(value.start, value.end);
    if (value.kind === "path") {
      const local = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(value.path) ? locals.get(value.path) : undefined;
      if (local && local.start < value.start) return depth > 0 ? this.expression(local, locals, depth - 1) : undefined;
      const constant = this.constant(value.path);
      return constant !== undefined && isLiteralText(constant, this.isPython) ? constant : undefined;
    }
    return isLiteralText(written, this.isPython) ? oneLine(written) : undefined;
  }

  private constant(path: string): string | undefined {
    const constant = this.facts.constants.find(({ name }) => name === path);
    return constant && !constant.mutable && !constant.value?.endsWith("…") ? constant.value : undefined;
  }
}

function keywordOf(argument: Value): { name: string; value: Value } | undefined {
  if (argument.kind !== "composite" || argument.form !== "object") return undefined;
  const [key] = argument.keys ?? [];
  const [value] = argument.parts;
  return key?.kind === "path" && value ? { name: key.path, value } : undefined;
}

/** Named arguments at their place where all before them are given. */
function placed(input: readonly string[], parameters: readonly ParameterShape[]): Input | undefined {
  const result: string[] = [];
  const named = new Map<string, string>();
  for (const argument of input) {
    const [, name, value] = /^([\p{L}_][\p{L}\p{N}_]*)=(?!=)([\s\S]*)$/u.exec(argument) ?? [];
    if (name === undefined) result.push(argument);
    else named.set(name, value as string);
  }
  const takesAny = parameters.some(({ passing }) => passing === "keywords");
  const known = new Set(parameters.map(({ name }) => name));
  for (const name of named.keys()) if (!known.has(name) && !takesAny) return undefined;
  for (const { name, passing } of parameters.slice(result.length)) {
    const value = named.get(name);
    if (value === undefined || passing !== "positional") break;
    result.push(value);
    named.delete(name);
  }
  return fits([...result, ...[...named].map(([name, value]) => `${name}=${value}`)], parameters);
}

function fits(input: readonly string[], parameters: readonly ParameterShape[]): Input | undefined {
  const most = parameters.some(({ passing }) => passing === "rest" || passing === "keywords")
    ? Number.POSITIVE_INFINITY
    : parameters.length;
  const least = parameters.filter(({ optional, passing }) => !optional && passing === "positional").length;
  return input.length <= most && input.length >= least ? input : undefined;
}

function oneLine(text: string): string {
  return /["'`]/.test(text) && /[\r\n]/.test(text) ? text.replace(/\s*[\r\n]\s*/g, " ") : text.replace(/\s+/g, " ");
}

const pythonWords = /^(?:None|True|False)$/;
const scriptWords = /^(?:null|undefined|true|false|NaN|Infinity)$/;

/**
 * Whether an expression is made of literals alone: numbers, texts, lists, records. No call, no operator but a sign,
 * no name but the words for nothing and truth.
 */
export function isLiteralText(text: string, isPython: boolean): boolean {
  const tokens =
    /\s+|[rRuUbB]{0,2}"(?:[^"\\\r\n]|\\.)*"|[rRuUbB]{0,2}'(?:[^'\\\r\n]|\\.)*'|`[^`\\$]*`|0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:[eE][-+]?\d+)?n?|[\p{L}_$][\p{L}\p{N}_$]*|[[\](){},:+-]|(.)/gsu;
  const words = isPython ? pythonWords : scriptWords;
  let previous = "";
  let depth = 0;
  for (const [token, other] of text.matchAll(tokens)) {
    if (/^\s/.test(token)) continue;
    if (other !== undefined) return false;
    if (
      /^[\p{L}_$]/u.test(token) &&
      !/["'`]$/.test(token) &&
      !words.test(token) &&
      !isKey(text, token, previous, isPython)
    )
      return false;
    if ((token === "+" || token === "-") && previous !== "" && !/^[[({,:]$/.test(previous)) return false;
    // A bracket behind a value is a call or an element of it.
    if (/^[[(]$/.test(token) && previous !== "" && !/^[[({,:]$/.test(previous)) return false;
    if (/^[[({]$/.test(token)) depth++;
    else if (/^[\])}]$/.test(token)) depth--;
    previous = token;
  }
  return previous !== "" && depth === 0;
}

/** A key of a JavaScript object stands without quotes. */
function isKey(text: string, token: string, previous: string, isPython: boolean): boolean {
  return (
    !isPython && (previous === "{" || previous === ",") && new RegExp(`${token.replace(/\$/g, "\\$")}\\s*:`).test(text)
  );
}

function exampleLines(doc: string, isPython: boolean): string[] {
  const lines = doc.split(/\r\n|\r|\n/);
  if (isPython) return joinedDoctests(lines);
  const examples: string[] = [];
  let isExample = false;
  for (const line of lines) {
    const tag = /^\s*@(\w+)\s*(.*)$/.exec(line);
    if (tag) isExample = tag[1] === "example";
    if (isExample) examples.push(tag ? (tag[2] as string) : line);
  }
  return examples;
}

/** `>>>` with the lines behind `...` that belong to it. */
function joinedDoctests(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const [, prompt, rest = ""] = /^\s*(>>>|\.\.\.) ?(.*)$/.exec(line) ?? [];
    if (prompt === ">>>") joined.push(rest);
    else if (prompt === "..." && joined.length > 0) joined.push(`${joined.pop()} ${rest.trim()}`);
  }
  return joined;
}

/** The arguments of the first call of the function in a line of an example. */
function callIn(
  line: string,
  name: string,
  parameters: readonly ParameterShape[],
  isPython: boolean,
): Input | undefined {
  const at = new RegExp(`(?<![\\p{L}\\p{N}_$])${name.replace(/\$/g, "\\$")}\\(`, "u").exec(line.slice(0, 2000));
  if (!at) return undefined;
  const args = argumentsAt(line, at.index + at[0].length);
  if (!args) return undefined;
  const input = args.map((argument) => argument.trim()).filter((argument) => argument !== "");
  const isGood = input.every((argument) =>
    isLiteralText(isPython ? argument.replace(/^[\p{L}_][\p{L}\p{N}_]*=(?!=)/u, "") : argument, isPython),
  );
  if (!isGood) return undefined;
  return isPython ? placed(input, parameters) : fits(input, parameters);
}

/** What stands between the commas from behind an opening parenthesis to the closing one. */
function argumentsAt(text: string, start: number): string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let from = start;
  for (let i = start; i < Math.min(text.length, start + maxCharacters); i++) {
    const character = text[i] as string;
    if (character === '"' || character === "'" || character === "`") {
      let end = i + 1;
      while (end < text.length && text[end] !== character) end += text[end] === "\\" ? 2 : 1;
      i = end;
    } else if ("([{".includes(character)) depth++;
    else if (character === ")" && depth === 0) return [...parts, text.slice(from, i)];
    else if (")]}".includes(character)) depth--;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return undefined;
}
