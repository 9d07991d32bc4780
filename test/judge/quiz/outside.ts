import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "sucrase";
import type { Exploration } from "../../../server/src/core/quiz/explore";

/** What came of running every case of one function outside the sandbox. */
export interface Outside {
  /** Cases that come out differently. */
  differ: readonly string[];
  /** Whether the file itself was loaded, or only what was taken out of it: what it imports may not be installed. */
  ran: "file" | "program";
}

/** Where a function really is, and how its runners are found. */
export interface RealFile {
  root: string;
  path: string;
  /** The folder with the bundled runner of JavaScript. */
  runners: string;
}

/** Runs every case in the language's own interpreter, of the real file where that loads. */
export function runOutside({ program, cases }: Exploration, { root, path, runners }: RealFile): Outside {
  if (cases.length === 0) return { differ: [], ran: "program" };
  const isPython = program.language === "python";
  const work = {
    file: join(root, path),
    source: isPython ? program.source : transform(program.source, { transforms: ["typescript"] }).code,
    entry: program.entry,
    standIn: program.standIn,
    absent: (program.absent ?? []).map(({ name }) => name),
    describer: isPython ? describerText() : undefined,
    cases: cases.map(({ input, outcome }) => ({ input, outcome: { ...outcome, lines: undefined } })),
  };
  const [command, args] = isPython
    ? ["python3", [join(sources, "outside.py")]]
    : [process.execPath, [join(runners, "outsideRunner.cjs")]];
  let problem = "";
  for (const ran of ["file", "program"] as const) {
    const { stdout, stderr } = spawnSync(command, args, {
      input: JSON.stringify({ ...work, ran }),
      timeout: 30_000,
      maxBuffer: 1 << 26,
      cwd: runners,
      env: {
        PATH: process.env.PATH,
        FATHOM_JUDGE_SOURCES: `${sources}/`,
        TZ: "UTC",
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONHASHSEED: "3",
      },
    });
    const [last = ""] = stdout.toString().trimEnd().split("\n").slice(-1);
    try {
      return { differ: JSON.parse(last) as string[], ran };
    } catch {
      problem = stderr.toString().slice(-200);
    }
  }
  return { differ: [`does not run: ${problem}`], ran: "program" };
}

/** Bundled into one file far from here: `run.mjs` says where the sources are. */
const sources = process.env.FATHOM_JUDGE_SOURCES ?? __dirname;

/** The part of the sandbox that tells values, which needs nothing of the rest. */
function describerText(): string {
  const text = readFileSync(join(sources, "../../../server/src/host/sandbox/python/sandbox.py"), "utf8");
  return text.slice(text.indexOf("class Undescribable"), text.indexOf('PROGRAM = "program"'));
}
