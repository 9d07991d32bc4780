import { spawnSync } from "node:child_process";
import { transform } from "sucrase";
import type { Exploration } from "../../../server/src/core/quiz/explore";

/** Runs every case of one program in the language's own interpreter, and tells those that come out differently. */
export function mismatches({ program, cases }: Exploration): string[] {
  if (cases.length === 0) return [];
  const isPython = program.language === "python";
  const source = isPython ? program.source : transform(program.source, { transforms: ["typescript"] }).code;
  const work = {
    source,
    entry: program.entry,
    cases: cases.map(({ input, outcome }) => ({ input, outcome: { ...outcome, lines: undefined } })),
  };
  const [command, args] = isPython ? ["python3", ["-c", pythonRunner]] : [process.execPath, ["-e", scriptRunner]];
  const { stdout, stderr } = spawnSync(command, args, {
    input: JSON.stringify(work),
    timeout: 20_000,
    maxBuffer: 1 << 26,
    env: { PATH: process.env.PATH, TZ: "UTC" },
  });
  try {
    return JSON.parse(stdout.toString()) as string[];
  } catch {
    return [`does not run: ${stderr.toString().slice(-200)}`];
  }
}

/** A value and what the sandbox said of it are the same when evaluating the text gives an equal one. */
const pythonRunner = `
import json, sys, math, io, contextlib
work = json.load(sys.stdin)
names = {"__name__": "program"}
differ = []
def same(a, b):
    if isinstance(a, float) and isinstance(b, float) and math.isnan(a) and math.isnan(b): return True
    return type(a) is type(b) and (a == b or repr(a) == repr(b))
for case in work["cases"]:
    names = {"__name__": "program"}
    exec(work["source"], names)
    call = "(" + work["entry"] + ")(" + ", ".join(case["input"]) + ")"
    expected = case["outcome"]
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            value = eval(call, names)
            if hasattr(value, "__next__"): value = list(value)
    except Exception as error:
        if expected["kind"] != "threw" or expected["type"] != type(error).__name__:
            differ.append(f"{call}: {type(error).__name__}: {error}, not {expected}")
        continue
    if expected["kind"] == "threw":
        differ.append(f"{call}: {value!r}, not {expected}")
        continue
    text = expected["text"]
    try: told = eval(text, names)
    except Exception: told = None
    if hasattr(told, "__next__"): told = list(told)
    if repr(value) != text and not same(value, told): differ.append(f"{call}: {value!r}, not {text}")
print(json.dumps(differ))
`;

const scriptRunner = `
const { isDeepStrictEqual, inspect } = require("node:util");
let text = "";
process.stdin.on("data", (part) => { text += part; });
process.stdin.on("end", async () => {
  const { source, entry, cases } = JSON.parse(text);
  const differ = [];
  const log = console.log;
  console.log = console.info = console.debug = console.warn = console.error = () => {};
  for (const { input, outcome } of cases) {
    const call = "(" + entry + ")(" + input.join(", ") + ")";
    let value, told;
    try {
      value = await new Function('"use strict";' + source + "\\nreturn " + call)();
      if (value && typeof value.next === "function") value = [...value];
    } catch (error) {
      const type = error?.constructor?.name ?? typeof error;
      if (outcome.kind !== "threw" || outcome.type !== type) differ.push(call + ": " + error + ", not " + JSON.stringify(outcome));
      continue;
    }
    if (outcome.kind === "threw") { differ.push(call + ": " + inspect(value) + ", not " + JSON.stringify(outcome)); continue; }
    try {
      told = new Function('"use strict";' + source + "\\nreturn (" + outcome.text + ")")();
      if (told && typeof told.next === "function") told = [...told];
    } catch { told = undefined; }
    if (!isDeepStrictEqual(value, told) && JSON.stringify(value) !== JSON.stringify(told)) differ.push(call + ": " + inspect(value) + ", not " + outcome.text);
  }
  log(JSON.stringify(differ));
});
`;
