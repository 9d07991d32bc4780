import { type Cancellation, neverCancelled, throwIfCancelled } from "../../core/base/cancellation";
import { InputError } from "../../core/base/errors";
import { Random } from "../../core/base/random";
import { lineStartsOf } from "../../core/base/text";
import type { FileFacts, FunctionFacts } from "../../core/model/facts";
import { linkedFunction, type WorkspaceModel } from "../../core/model/workspaceModel";
import { askByFacts } from "../../core/quiz/ask/facts/askByFacts";
import { type Exploration, type ExploredMutant, explore } from "../../core/quiz/explore";
import { InputSource } from "../../core/quiz/inputs/candidates";
import { foreignConstants } from "../../core/quiz/inputs/foreignConstants";
import { foreignTypes, type TypeFiles } from "../../core/quiz/inputs/foreignTypes";
import { type ObjectForm, type ShapeOptions, shapesOf } from "../../core/quiz/inputs/parameterShapes";
import { allInputs, documentedInputs, seenInputs } from "../../core/quiz/inputs/seenCalls";
import { namesMentioned, type ParameterShape } from "../../core/quiz/inputs/shape";
import type { IsolationFiles } from "../../core/quiz/isolate/gathering";
import { textsOfProgram } from "../../core/quiz/isolate/programTexts";
import { programOf } from "../../core/quiz/isolate/runnable";
import { mutantsOf } from "../../core/quiz/mutants/mutants";
import { tracedSource } from "../../core/quiz/mutants/traced";
import type { Input, NotRunnable } from "../../core/quiz/program";
import type { Question, Quiz } from "../../core/quiz/question";
import { askByRunning, questionCount, unnoticedSlips } from "../../core/quiz/quiz";
import type { Sandbox } from "../../core/quiz/sandbox";
import { unnoticedBy } from "../../core/quiz/unnoticed";
import type { SyntaxNode } from "../../core/syntax/syntaxNode";
import type { Workspace } from "../workspace";

export interface QuizRequest {
  path: string;
  /** In the functions of the file. */
  index: number;
  /** The same seed asks the same questions, as long as the code is the same. */
  seed: number;
}

/** Inputs of the first round; as many again come from those that matter. */
const firstInputs = 160;
/** Files that call the function, read for what they call it with. */
const maxCallingFiles = 12;

export interface MadeQuiz {
  quiz: Quiz;
  /**
   * Slips that the tests which call the function would not notice, as Markdown: ``with `<` for `<=` in line 12``. Found
   * when asked for, since nobody is told before the last answer.
   */
  unnoticed(): Promise<readonly string[]>;
}

/** What is known of a function, and the shapes of what it is called with. */
interface ExploredFunction extends Exploration {
  called: readonly ParameterShape[];
}

/**
 * Questions about one function, as it is now.
 *
 * @throws InputError when the function is not there any more
 * @throws CancelledError
 */
export async function makeQuiz(
  workspace: Workspace,
  sandbox: Sandbox,
  request: QuizRequest,
  cancellation: Cancellation = neverCancelled,
): Promise<MadeQuiz> {
  const subject = await subjectOf(workspace, request);
  const explored = await exploreFunction(workspace, sandbox, subject, cancellation);
  const byRunning = "reason" in explored ? [] : askByRunning(subject, explored, request.seed);
  const questions = together(byRunning, byFacts(workspace, subject));
  return {
    quiz: { function: subject.symbol, seed: request.seed, questions, ...noticeOf(explored, byRunning) },
    unnoticed: async () =>
      "reason" in explored ? [] : unnoticedSlips(explored, await unnoticedOf(workspace, sandbox, subject, explored)),
  };
}

async function unnoticedOf(
  workspace: Workspace,
  sandbox: Sandbox,
  { facts, fn, index }: QuizSubject,
  { program, mutants, called }: ExploredFunction,
): Promise<ExploredMutant[]> {
  const tested = await inputsTested(workspace, facts, fn, index, called);
  return unnoticedBy(sandbox, program, mutants, tested);
}

/** What running cannot tell, such as who calls a function and what it does outside, has some room beside the rest. */
const factsBesideRunning = 2;

function together(byRunning: readonly Question[], facts: readonly Question[]): Question[] {
  const besides = facts.slice(0, Math.max(factsBesideRunning, questionCount.most - byRunning.length));
  return [...byRunning.slice(0, questionCount.most - besides.length), ...besides];
}

function byFacts(workspace: Workspace, { path, index, seed, facts, text }: QuizSubject): Question[] {
  const { model } = workspace.analysis();
  const summary = model.files.get(path);
  return summary ? askByFacts({ model, summary, facts, text, index }, new Random(seed)) : [];
}

/** A function as it is now, with all that questions about it are made of. */
export interface QuizSubject extends QuizRequest {
  symbol: string;
  parameters: readonly string[];
  text: string;
  facts: FileFacts;
  fn: FunctionFacts;
}

/** @throws InputError when the function is not there any more */
export async function subjectOf(workspace: Workspace, request: QuizRequest): Promise<QuizSubject> {
  const { path, index } = request;
  const text = await workspace.textOf(path);
  const facts = await workspace.factsOf(path);
  const fn = facts?.functions[index];
  if (text === undefined || !facts || !fn) throw new InputError(`${path}: cannot be read any more`);
  return { ...request, symbol: fn.symbol, parameters: parameterNames(fn), text, facts, fn };
}

function noticeOf(explored: Exploration | NotRunnable, questions: readonly Question[]): { notice?: string } {
  if ("reason" in explored) return { notice: `It cannot be run by itself: ${explored.reason}.` };
  if (questions.length === 0)
    return { notice: "No input was found that tells it from a function that is nearly right." };
  const { standIn } = explored.program;
  return standIn === undefined
    ? {}
    : { notice: `Objects of \`${standIn}\` are made from their fields here: its constructor cannot be run by itself.` };
}

/** A method's object is the first argument. */
function parameterNames(fn: FunctionFacts): string[] {
  const names = fn.parameters.map(({ name }) => name);
  return fn.receiver ? [fn.receiver.name, ...names] : names;
}

/**
 * Runs a function and its mutants with everything they might be called with. Objects are made by their constructors, and
 * from what is used of their fields where that does not work.
 */
export async function exploreFunction(
  workspace: Workspace,
  sandbox: Sandbox,
  subject: QuizSubject,
  cancellation: Cancellation,
): Promise<ExploredFunction | NotRunnable> {
  const root = await workspace.parse(subject.path, subject.text);
  if (!root) return { reason: "its text does not parse" };
  const elsewhere = await elsewhereOf(workspace, subject);
  const made = await exploreAs("made", root, elsewhere, workspace, sandbox, subject, cancellation);
  if ("cases" in made && made.cases.length > 0) return made;
  const standIn = await exploreAs("standIn", root, elsewhere, workspace, sandbox, subject, cancellation);
  const best = "reason" in standIn || standIn.cases.length === 0 ? made : standIn;
  return ("unanswered" in best && best.unanswered) || best;
}

/** What other files say of what a function is called with. */
async function elsewhereOf(workspace: Workspace, { facts, fn, index, text }: QuizSubject): Promise<ShapeOptions> {
  const files = typeFilesOf(workspace);
  const maker = facts.functions.find(({ form, typeName }) => form === "constructor" && typeName === fn.typeName);
  const read = [fn, ...(fn.typeName !== undefined && maker ? [maker] : [])];
  const mentioned = read.map(({ start, end }) => text.slice(start, end)).join("\n");
  const foreign = await foreignTypes(facts, index, files);
  return { foreign, constants: await foreignConstants(facts, mentioned, files) };
}

async function exploreAs(
  receiver: ObjectForm,
  root: SyntaxNode,
  elsewhere: ShapeOptions,
  workspace: Workspace,
  sandbox: Sandbox,
  { path, index, seed, text, facts, fn }: QuizSubject,
  cancellation: Cancellation,
): Promise<ExploredFunction | NotRunnable> {
  const files = filesOf(workspace);
  const captured = fn.parent === undefined ? [] : await capturedBy(root, facts, index, files);
  const parameters = shapesOf(facts, text, index, receiver, { ...elsewhere, captured });
  const language =
    facts.language === "python" ? "python" : facts.language === "javascript" ? "javascript" : "typescript";
  const source = new InputSource(parameters, { language, seed, limit: firstInputs });
  const candidates = source.candidates();
  const names = namesUsed(parameters, candidates);
  const program = await programOf(root, facts, index, names, files, receiver);
  if ("reason" in program) return program;
  const seen = await inputsSeen(workspace, facts, fn, index, parameters);
  const programRoot = await workspace.parse(path, program.source);
  if (!programRoot) return { reason: "its text does not parse" };
  const traced = language === "python" ? program : { ...program, traced: tracedSource(programRoot) };
  throwIfCancelled(cancellation);
  const mutants = mutantsOf(program, programRoot);
  const texts = textsOfProgram(programRoot, program.span);
  const withTexts = texts.length > 0 ? source.vary(candidates, texts, firstInputs / 2) : [];
  const inputs = [...seen, ...candidates, ...withTexts];
  const vary = (told: readonly Input[]) => source.vary(told, texts);
  const explored = await explore(sandbox, traced, mutants, inputs, vary, new Random(seed), cancellation);
  return { ...explored, called: parameters };
}

/** What a function inside another one takes of it. */
async function capturedBy(
  root: SyntaxNode,
  facts: FileFacts,
  index: number,
  files: IsolationFiles,
): Promise<readonly string[]> {
  const program = await programOf(root, facts, index, new Set(), files);
  return "reason" in program ? [] : (program.captured ?? []);
}

function filesOf(workspace: Workspace): IsolationFiles {
  return {
    imported: (from, imported) => workspace.importedFile(from, imported),
    load: async (path) => {
      const text = await workspace.textOf(path);
      const root = text === undefined ? undefined : await workspace.parse(path, text);
      return root && { path, root, lineStarts: lineStartsOf(root.source) };
    },
  };
}

function typeFilesOf(workspace: Workspace): TypeFiles {
  return {
    imported: (from, imported) => workspace.importedFile(from, imported),
    load: async (path) => {
      const [facts, text] = [await workspace.factsOf(path), await workspace.textOf(path)];
      return facts && text !== undefined ? { facts, text } : undefined;
    },
  };
}

function namesUsed(parameters: readonly ParameterShape[], inputs: readonly Input[]): ReadonlySet<string> {
  const names = new Set(namesMentioned(parameters));
  if (inputs.some((input) => input.some((argument) => argument.includes("SimpleNamespace("))))
    names.add("SimpleNamespace");
  return names;
}

/** What the doc comment and the workspace, its tests above all, call a function with. */
async function inputsSeen(
  workspace: Workspace,
  facts: FileFacts,
  fn: FunctionFacts,
  index: number,
  parameters: readonly ParameterShape[],
): Promise<Input[]> {
  const { model } = workspace.analysis();
  const found = documentedInputs(fn, parameters, facts.language === "python");
  const file = model.files.get(facts.path);
  const linked = file && linkedFunction(model, file, index);
  for (const path of callingFiles(model, linked?.callers ?? [])) {
    const [callerFacts, text] = [await workspace.factsOf(path), await workspace.textOf(path)];
    if (!callerFacts || text === undefined) continue;
    // Who calls it is known of the function; which of its calls that is, by its name.
    const reaches = ({ callee }: { callee: string }) => callee.split(".").at(-1) === fn.name;
    found.push(...seenInputs({ facts: callerFacts, text }, parameters, reaches));
  }
  return found;
}

/** What tests call a function with; nothing unless that is known of every call of it. */
async function inputsTested(
  workspace: Workspace,
  facts: FileFacts,
  fn: FunctionFacts,
  index: number,
  parameters: readonly ParameterShape[],
): Promise<Input[]> {
  const { model } = workspace.analysis();
  const file = model.files.get(facts.path);
  const linked = file && linkedFunction(model, file, index);
  const tests = callingFiles(model, linked?.callers ?? []).filter((path) => model.files.get(path)?.isTest);
  const found: Input[] = [];
  for (const path of tests) {
    const [testFacts, text] = [await workspace.factsOf(path), await workspace.textOf(path)];
    const reaches = ({ callee }: { callee: string }) => callee.split(".").at(-1) === fn.name;
    const inputs =
      testFacts && text !== undefined ? allInputs({ facts: testFacts, text }, parameters, reaches) : undefined;
    if (!inputs) return [];
    found.push(...inputs);
  }
  return found;
}

function callingFiles(model: WorkspaceModel, callers: readonly string[]): string[] {
  const paths = new Set(callers.flatMap((id) => model.functions.get(id)?.path ?? []));
  const isTest = (path: string) => model.files.get(path)?.isTest === true;
  return [...paths].sort((a, b) => Number(isTest(b)) - Number(isTest(a))).slice(0, maxCallingFiles);
}
