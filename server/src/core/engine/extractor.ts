import type { Notice } from "../base/notice";
import { detectors } from "../detectors/registry.generated";
import { languageOfPath, leftOutReason } from "../languages/languages";
import { parseSource } from "../languages/parseSource";
import type { FileFacts, FunctionFacts } from "../model/facts";
import type { FileSummary } from "../model/fileSummary";
import { summarizeFile } from "../model/summarizeFile";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { type ParseLimits, type SyntaxHost, SyntaxParser } from "../syntax/syntaxParser";

export interface ExtractionLimits extends ParseLimits {
  maxFunctionsPerFile: number;
}

/** Turns the text of one file into what is kept of it. Remembers nothing but its grammars, so many can work at once. */
export class FileExtractor {
  private constructor(private readonly parser: SyntaxParser) {}

  static async create(host: SyntaxHost): Promise<FileExtractor> {
    return new FileExtractor(await SyntaxParser.create(host));
  }

  /** What the model needs of a file; no summary when it is in no language Fathom knows, or could not be read. */
  async extract(
    path: string,
    text: string,
    limits: ExtractionLimits,
  ): Promise<{ summary: FileSummary | undefined; facts: FileFacts | undefined; notices: Notice[] }> {
    return guarded(path, async () => {
      const { facts, notices } = await this.parseAndLower(path, text, limits);
      return { summary: facts && summarizeFile(facts, observeAll), facts, notices };
    });
  }

  /** The facts of one file with their steps. */
  async extractFacts(
    path: string,
    text: string,
    limits: ExtractionLimits,
  ): Promise<{ facts: FileFacts | undefined; notices: Notice[] }> {
    return guarded(path, () => this.parseAndLower(path, text, limits));
  }

  /** The syntax of a text, for what facts do not tell. */
  async parse(path: string, text: string, limits: ParseLimits): Promise<SyntaxNode | undefined> {
    const language = languageOfPath(path);
    if (!language) return undefined;
    await this.parser.loadGrammar(language.grammar);
    return parseSource(this.parser, language, text, limits, path)?.root;
  }

  private async parseAndLower(
    path: string,
    text: string,
    limits: ExtractionLimits,
  ): Promise<{ facts: FileFacts | undefined; notices: Notice[] }> {
    const language = languageOfPath(path);
    if (!language) return { facts: undefined, notices: [] };
    const leftOut = leftOutReason(path, text);
    if (leftOut && !isCalledByOthers(leftOut, path, text))
      return { facts: emptyFacts(path, language.id, leftOut), notices: [] };
    await this.parser.loadGrammar(language.grammar);
    const parsed = parseSource(this.parser, language, text, limits, path);
    if (!parsed) {
      const message = `parsing took longer than ${limits.parseTimeout / 1000} s; left out (fathom.limits.parseTimeout)`;
      return { facts: undefined, notices: [{ severity: "warning", path, message }] };
    }
    const maxFunctions = limits.maxFunctionsPerFile;
    const lowerer = new language.lowerer({
      path,
      language: language.id,
      text,
      root: parsed.root,
      hasErrors: parsed.hasErrors,
      maxFunctions,
    });
    const { facts: lowered, functionsLeftOut } = lowerer.lower();
    const facts: FileFacts = leftOut ? { ...lowered, leftOut, comments: [] } : lowered;
    const notices: Notice[] = [];
    if (parsed.truncatedAt !== undefined) {
      const line = 1 + text.slice(0, parsed.truncatedAt).split(/\r\n|\r|\n/).length - 1;
      const message = `code nested deeper than ${limits.maxNestingDepth} levels is left out (fathom.limits.maxNestingDepth)`;
      notices.push({ severity: "warning", path, line, message });
    }
    if (functionsLeftOut > 0) {
      const message = `${functionsLeftOut} functions beyond the first ${maxFunctions} are left out (fathom.limits.maxFunctionsPerFile)`;
      notices.push({ severity: "warning", path, message });
    }
    return { facts, notices };
  }
}

/** Larger ones are tables and descriptors for the most part. */
const maxGeneratedLength = 500_000;
const standIn = /mock|fake|deepcopy/i;

/** Nothing is told of generated code, but calls go through it: to a database, to another service, to a handler. */
function isCalledByOthers(leftOut: FileFacts["leftOut"], path: string, text: string): boolean {
  if (leftOut !== "generated" || text.length > maxGeneratedLength) return false;
  return !standIn.test(path) && !standIn.test(text.slice(0, 300));
}

/** A mistake of ours in one file becomes a notice, so that the others are still analysed. */
async function guarded<T extends { notices: Notice[] }>(path: string, work: () => Promise<T>) {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `left out because of a mistake in Fathom: ${reason}`;
    return { facts: undefined, summary: undefined, notices: [{ severity: "error" as const, path, message }] };
  }
}

function observeAll(fn: FunctionFacts, file: FileFacts): Readonly<Record<string, unknown>> {
  const observations: Record<string, unknown> = {};
  for (const detector of detectors) {
    const observation = detector.observe?.(fn, file);
    if (observation !== undefined) observations[detector.id] = observation;
  }
  return observations;
}

function emptyFacts(path: string, language: FileFacts["language"], leftOut: FileFacts["leftOut"]): FileFacts {
  return {
    path,
    language,
    lineStarts: [0],
    packageName: undefined,
    leftOut,
    isTest: false,
    hasSyntaxErrors: false,
    imports: [],
    types: [],
    constants: [],
    comments: [],
    functions: [],
    steps: [],
  };
}
