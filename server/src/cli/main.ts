import { existsSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { CancelledError, neverCancelled } from "../core/base/cancellation";
import { InputError } from "../core/base/errors";
import { detectorInfos } from "../core/engine/engine";
import type { FunctionSummary } from "../core/model/fileSummary";
import type { Finding } from "../core/model/finding";
import { checkMarkdown } from "../core/report/checkMarkdown";
import { checkJson, isBlocked } from "../core/report/checkReport";
import { functionRows } from "../core/report/functionsJson";
import { toSarif } from "../core/report/sarif";
import { type ScanReport, scanReport } from "../core/report/scanReport";
import { userCacheFolder } from "../host/cache/cacheFolder";
import { checkChanges } from "../host/check";
import { explainFunction } from "../host/explain";
import { approveDependency } from "../host/ledger/signing";
import { reasonOf } from "../host/readSource";
import { readSettingsFile } from "../host/settingsFile";
import { folderOf } from "../host/walkWorkspace";
import { type ScanProgress, Workspace, type ScanOptions as WorkspaceScanOptions } from "../host/workspace";
import { dependenciesText, functionsText } from "./checkText";
import type { QuizOptions } from "./quiz";
import { scanText } from "./scanText";
import { colorsFor, Progress, printNotices } from "./terminal";
import { version } from "./version";

/** Exit codes scripts rely on. */
const exitCodes = { fine: 0, findings: 1, usage: 2, internal: 3 } as const;
/** Signals that end the work in good order, with the exit codes shells give them. */
const interrupts = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const severities = ["error", "warning", "info"] as const;

let interruptedBy: keyof typeof interrupts | undefined;

async function run(argv: string[]): Promise<number> {
  let exitCode: number = exitCodes.fine;
  const program = new Command("fathom")
    .description("Finds code nobody on the team can explain, and the failures such code ships with.")
    .version(version)
    .option("--verbose", "show every notice")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(fathom --help tells what can be said)");

  program
    .command("scan")
    .description("look for findings below PATH")
    .argument("[path]", "folder or file", ".")
    .addOption(
      new Option("--format <format>", "form of the results").choices(["text", "json", "sarif"]).default("text"),
    )
    .option("--output <file>", "write the results to a file")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when a finding is at least this severe").choices(severities),
    )
    .option("--detectors <ids>", "only these, separated by commas", parseDetectors)
    .option("--no-cache", "read every file anew, and keep nothing")
    .addOption(new Option("--jobs <n>", "threads that read files, one per core at most").argParser(parseJobs))
    .action(async (path: string, options: ScanOptions) => {
      exitCode = await scan(path, options, Boolean(program.opts().verbose));
    });

  program
    .command("functions")
    .description("list every function with its metrics and its place among the oracles")
    .argument("[path]", "folder or file", ".")
    .addOption(new Option("--format <format>", "form of the results").choices(["json"]).default("json"))
    .option("--output <file>", "write the results to a file")
    .action(async (path: string, options: { output?: string }) => {
      const workspace = await openAndScan(path);
      printNotices(workspace.notices, Boolean(program.opts().verbose));
      write(`${JSON.stringify({ functions: functionRows(workspace.analysis()) }, null, 2)}\n`, options.output);
    });

  program
    .command("explain")
    .description("tell what one function takes, returns, calls, and how it fails")
    .argument("<file#function>", "for example src/berths.go#(*Planner).Arrange")
    .action(async (target: string) => {
      write(await explain(target, Boolean(program.opts().verbose)));
    });

  program
    .command("quiz")
    .description("ask about one function, and sign it off in the ledger when it is understood")
    .argument("[file#function]", "for example src/events.py#normalize")
    .option("--due", "list what you have explained and are about to forget")
    .addOption(new Option("--seed <n>", "ask the same questions again").argParser(parseSeed))
    .addOption(new Option("--format <format>", "take the quiz, or print it").choices(["text", "json"]).default("text"))
    .option("--with-answers", "with --format json, print the answers too")
    .action(async (target: string | undefined, options: QuizOptions & { due?: boolean }) => {
      const { listDue, quiz } = await import("./quiz");
      if (options.due) {
        write(await listDue(await openAndScan(target ?? "."), options.format));
        return;
      }
      if (target === undefined)
        throw new InputError("Name a function, for example src/events.py#normalize; or ask for --due");
      const { workspace, file, index } = await openFunction(target, Boolean(program.opts().verbose));
      write(await quiz(workspace, { file, index }, options, neverCancelled));
    });

  program
    .command("rules")
    .description("list the rules of CLAUDE.md, AGENTS.md and their kin")
    .argument("[path]", "folder", ".")
    .option("--for <file[:line]>", "only the rules that apply there")
    .addOption(new Option("--format <format>", "form of the results").choices(["text", "json"]).default("text"))
    .action(async (path: string, options: { for?: string; format: string }) => {
      const { listRules } = await import("./rules");
      const workspace = await openAndScan(path);
      printNotices(workspace.notices, Boolean(program.opts().verbose));
      write(listRules(workspace, options));
    });

  program
    .command("check")
    .description(
      "look at what the working tree changes since REV: new findings, rules about changes, and who can explain the changed functions",
    )
    .argument("[path]", "folder", ".")
    .requiredOption("--base <rev>", "the branch or commit to compare with, such as origin/main")
    .addOption(
      new Option("--format <format>", "form of the results")
        .choices(["text", "json", "sarif", "markdown"])
        .default("text"),
    )
    .option("--output <file>", "write the results to a file")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when a finding is at least this severe").choices(severities),
    )
    .option("--blocking", "exit with 1 when a change leaves behind what nobody can explain")
    .action(async (path: string, options: CheckOptions) => {
      exitCode = await check(path, options, Boolean(program.opts().verbose));
    });

  program
    .command("approve")
    .description("approve of a new dependency, under your git name, in the ledger")
    .argument("<manifest#dependency>", "for example package.json#left-pad")
    .option("--reason <text>", "why it is needed, and why this one")
    .action(async (target: string, options: { reason?: string }) => {
      write(await approve(target, options));
    });

  program
    .command("lsp")
    .description("serve an editor")
    .option("--stdio", "over standard input and output")
    .addOption(new Option("--node-ipc").hideHelp())
    .addOption(new Option("--clientProcessId <pid>").hideHelp())
    .action(async () => {
      const { serve } = await import("../lsp/server");
      await serve(version);
    });

  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
    if (error instanceof CancelledError) {
      process.stderr.write("Stopped.\n");
      return interrupts[interruptedBy ?? "SIGINT"];
    }
    if (error instanceof InputError) {
      process.stderr.write(`${colorsFor(process.stderr).red("error")} ${error.message}\n`);
      return exitCodes.usage;
    }
    process.stderr.write(
      `${colorsFor(process.stderr).red("internal error")} ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return exitCodes.internal;
  }
}

interface ScanOptions extends ReadingOptions {
  format: "text" | "json" | "sarif";
  output?: string;
  failOn?: (typeof severities)[number];
}

async function scan(path: string, options: ScanOptions, isVerbose: boolean): Promise<number> {
  const start = performance.now();
  const { workspace, result: report } = await openAnd(path, options, (opened, scanning) => opened.report(scanning));
  const seconds = (performance.now() - start) / 1000;
  printNotices(workspace.notices, isVerbose);
  tell(report, workspace, { ...options, seconds, path });
  return exitCodeOf(report.findings, options);
}

function tell(
  report: ScanReport,
  workspace: Workspace,
  { format, output, seconds, path }: ScanOptions & { seconds: number; path: string },
  before = "",
): void {
  const { findings } = report;
  if (format === "sarif") {
    write(`${JSON.stringify(toSarif(findings, workspace.notices, detectorInfos, version), null, 2)}\n`, output);
  } else if (format === "json") {
    write(`${JSON.stringify({ findings, notices: workspace.notices }, null, 2)}\n`, output);
  } else {
    const stream = process.stdout;
    const colors = colorsFor(output ? process.stderr : stream);
    write(`${before}${scanText(report, { colors, width: stream.columns ?? 100, seconds, folder: path })}`, output);
  }
}

function exitCodeOf(findings: readonly Finding[], { failOn }: Pick<ScanOptions, "failOn">): number {
  const threshold = failOn && severities.indexOf(failOn);
  const fails = threshold !== undefined && findings.some(({ severity }) => severities.indexOf(severity) <= threshold);
  return fails ? exitCodes.findings : exitCodes.fine;
}

interface CheckOptions extends Omit<ScanOptions, "format"> {
  base: string;
  format: ScanOptions["format"] | "markdown";
  blocking?: boolean;
}

/** As `scan`, of what has changed. */
async function check(path: string, options: CheckOptions, isVerbose: boolean): Promise<number> {
  const start = performance.now();
  const { workspace, result } = await openAnd(path, options, (opened, scanning) =>
    checkChanges(opened, options.base, scanning),
  );
  const { report, policy } = result;
  const notices = [...workspace.notices, ...result.notices];
  printNotices(notices, isVerbose);
  const { format, output } = options;
  if (format === "markdown") write(checkMarkdown(report), output);
  else if (format === "json") write(`${JSON.stringify(checkJson(report, notices), null, 2)}\n`, output);
  else {
    const findings = { ...scanReport(workspace.analysis()), findings: report.findings, capped: {} };
    const seconds = (performance.now() - start) / 1000;
    const colors = colorsFor(output ? process.stderr : process.stdout);
    const parts = format === "text" ? [functionsText(report, colors), dependenciesText(report, colors)] : [];
    const before = parts.filter(Boolean).map((part) => `${part}\n`);
    tell(findings, workspace, { ...options, format, seconds, path }, before.join(""));
  }
  const isStopped = (options.blocking || policy.blocking) && isBlocked(report);
  return isStopped ? exitCodes.findings : exitCodeOf(report.findings, { ...policy, ...options });
}

interface ReadingOptions {
  /** What is not text is read by programs, which must not lack what a person is spared. */
  format?: string;
  detectors?: ReadonlySet<string>;
  cache?: boolean;
  jobs?: number;
}

/** Opens a folder or file, reads it, and adds what git knows. */
async function openAndScan(path: string, options: ReadingOptions = {}): Promise<Workspace> {
  const { workspace } = await openAnd(path, options, async (opened, scanning) => {
    await opened.scan(scanning);
    await opened.readHistory(scanning.cancellation);
  });
  return workspace;
}

/** Runs `work` with progress on the terminal; an interrupt ends it in good order. */
async function openAnd<T>(
  path: string,
  { format = "text", detectors, cache = true, jobs }: ReadingOptions,
  work: (workspace: Workspace, scanning: WorkspaceScanOptions) => Promise<T>,
): Promise<{ workspace: Workspace; result: T }> {
  const { settings, notices } = await readSettingsFile(folderOf(path));
  printNotices(notices, true);
  const cacheFolder = cache ? userCacheFolder() : undefined;
  const told = format !== "text" ? { ...settings, maxFindingsPerFile: Number.MAX_SAFE_INTEGER } : settings;
  const workspace = await Workspace.open(resolve(path), told, { only: detectors, cacheFolder, threads: jobs });
  const progress = new Progress("Fathom reads");
  const interrupt = { isCancellationRequested: false };
  const signals = Object.keys(interrupts) as (keyof typeof interrupts)[];
  // The second one ends the process at once: nobody listens any more.
  const stopListening = () => {
    for (const signal of signals) process.removeListener(signal, onInterrupt);
  };
  const onInterrupt = (signal: NodeJS.Signals) => {
    interruptedBy = signal as keyof typeof interrupts;
    interrupt.isCancellationRequested = true;
    stopListening();
  };
  for (const signal of signals) process.on(signal, onInterrupt);
  try {
    const onProgress = ({ done, total }: ScanProgress) => progress.update(done, total);
    return { workspace, result: await work(workspace, { cancellation: interrupt, onProgress }) };
  } finally {
    progress.end();
    stopListening();
  }
}

async function approve(target: string, { reason }: { reason?: string }): Promise<string> {
  const hash = target.indexOf("#");
  if (hash < 1 || hash === target.length - 1)
    throw new InputError(`${target}: write MANIFEST#DEPENDENCY, for example package.json#left-pad`);
  const file = resolve(target.slice(0, hash));
  const root = repositoryRoot(file);
  const manifest = relative(root, file).split(sep).join("/");
  const { path, line } = await approveDependency(root, { manifest, dependency: target.slice(hash + 1), reason });
  return `Approved in ${path}, line ${line}. Commit it with your work.\n`;
}

async function explain(target: string, isVerbose: boolean): Promise<string> {
  const { workspace, file, index } = await openFunction(target, isVerbose);
  return `${await explainFunction(workspace, file.path, index, (to, line) => `${to}#L${line}`)}\n`;
}

/** Reads the repository around a function. */
async function openFunction(target: string, isVerbose: boolean) {
  const hash = target.indexOf("#");
  if (hash < 1 || hash === target.length - 1)
    throw new InputError(`${target}: write FILE#FUNCTION, for example src/api.ts#Server.handle`);
  const absolute = resolve(target.slice(0, hash));
  const missing = new InputError(`${target.slice(0, hash)}: no such source file, or one that Fathom leaves out`);
  // What is around it takes a while to read.
  if (!existsSync(absolute)) throw missing;
  const root = repositoryRoot(absolute);
  const workspace = await openAndScan(relative(process.cwd(), root) || ".");
  const path = relative(workspace.root, absolute).split(sep).join("/");
  const concerned = workspace.notices.filter((notice) => notice.path === undefined || notice.path === path);
  printNotices(concerned, isVerbose);
  const file = workspace.analysis().model.files.get(path);
  if (!file) throw missing;
  return { workspace, file, index: findFunction(file.functions, target.slice(hash + 1), path) };
}

function findFunction(functions: readonly FunctionSummary[], name: string, path: string): number {
  const exact = functions.flatMap((fn, index) => (fn.symbol === name ? [index] : []));
  if (exact.length > 0) return exact[0] as number;
  const loose = functions.flatMap((fn, index) =>
    fn.name === name || fn.symbol.replace(/[(*)]/g, "") === name ? [index] : [],
  );
  if (loose.length === 1) return loose[0] as number;
  const among =
    loose.length > 1 ? loose.map((index) => functions[index]?.symbol) : functions.map(({ symbol }) => symbol);
  const listed = among.slice(0, 12).join(", ");
  const problem = loose.length > 1 ? `several functions are called ${name}` : `there is no function ${name}`;
  throw new InputError(`${path}: ${problem}; this file has ${listed || "no functions"}`);
}

/** The nearest folder above with a `.git`, else the working folder or the file's own. */
function repositoryRoot(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (statSync(join(folder, ".git"), { throwIfNoEntry: false })) return folder;
    if (folder === dirname(folder)) break;
  }
  return file.startsWith(process.cwd() + sep) ? process.cwd() : dirname(file);
}

function write(text: string, output?: string): void {
  if (!output) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(output, text);
  } catch (error) {
    throw new InputError(`${output}: cannot be written: ${reasonOf(error)}`);
  }
}

function parseDetectors(text: string): ReadonlySet<string> {
  const known = new Set(detectorInfos.map(({ id }) => id));
  const ids = text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  for (const id of ids)
    if (!known.has(id))
      throw new InvalidArgumentError(`there is no detector ${id}; known are ${[...known].join(", ")}`);
  if (ids.length === 0) throw new InvalidArgumentError("name at least one detector");
  return new Set(ids);
}

function parseJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1) throw new InvalidArgumentError("must be a whole number from 1");
  return jobs;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31)
    throw new InvalidArgumentError("must be a whole number from 0");
  return seed;
}

// A reader that stops early, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.fine);
  throw error;
});

void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
