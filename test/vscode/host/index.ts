import { writeFile } from "node:fs/promises";
import Mocha from "mocha";
import { type HostOutcome, type HostReport, REPORT_VARIABLE } from "./report";

const TEST_TIMEOUT = 45_000;

/** Called by VS Code inside the extension host. Rejects when a test failed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: TEST_TIMEOUT, reporter: "spec", color: false });
  // Makes mocha's `describe` and `it` register with this instance; loading files would do it by itself.
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, "fathom.suite", mocha);
  await import("./fathom.suite");
  const outcomes = await runMocha(mocha);
  await writeReport({ outcomes });
  const failed = outcomes.filter(({ state }) => state === "failed");
  if (failed.length > 0) throw new Error(`${failed.length} of ${outcomes.length} tests failed.`);
  if (outcomes.length === 0) throw new Error("No test ran.");
}

function runMocha(mocha: Mocha): Promise<HostOutcome[]> {
  const outcomes: HostOutcome[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(outcomes));
    const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING } = Mocha.Runner.constants;
    runner.on(EVENT_TEST_PASS, (test) => outcomes.push(outcomeOf(test, "passed")));
    runner.on(EVENT_TEST_PENDING, (test) => outcomes.push(outcomeOf(test, "pending")));
    // A failing hook arrives here too, under a title of its own.
    runner.on(EVENT_TEST_FAIL, (test, error) => outcomes.push(outcomeOf(test, "failed", error)));
  });
}

function outcomeOf(test: Mocha.Runnable, state: HostOutcome["state"], error?: Error): HostOutcome {
  const outcome = { title: test.title, state, milliseconds: test.duration ?? 0 };
  return error ? { ...outcome, failure: error.stack ?? String(error) } : outcome;
}

async function writeReport(report: HostReport): Promise<void> {
  const file = process.env[REPORT_VARIABLE];
  if (!file) throw new Error(`${REPORT_VARIABLE} does not say where the report goes.`);
  await writeFile(file, JSON.stringify(report, undefined, 2));
}
