import { afterEach, expect, test } from "vitest";
import { CancelledError } from "../../server/src/core/base/cancellation";
import { openSandboxes, type Sandboxes } from "../../server/src/host/sandbox/sandboxes";
import { openBuilt, program, textOf } from "./programs";

let sandboxes: Sandboxes;
afterEach(() => sandboxes.dispose());

const js = (source: string) => program("javascript", source);
const endless = js("function f(n) { if (n === 1) { const gaps = []; gaps[1e9] = 0; gaps.sort(); } return n; }");
const honest = js("function f(n) { return n + 1; }");

test("a call that is stuck in a built-in ends alone", async () => {
  sandboxes = openBuilt({ callDeadline: 1500 });
  const outcomes = await sandboxes.run({ programs: [honest, endless, honest], inputs: [["0"], ["1"], ["2"]] });
  expect(outcomes[1]).toEqual([
    { kind: "returned", text: "0" },
    { kind: "stopped", by: "time" },
    { kind: "returned", text: "2" },
  ]);
  for (const row of [outcomes[0], outcomes[2]])
    expect(row).toEqual(["1", "2", "3"].map((text) => ({ kind: "returned", text })));
});

test("a program that gets stuck twice is given up", async () => {
  sandboxes = openBuilt({ callDeadline: 1000 });
  const [row = []] = await sandboxes.run({ programs: [endless], inputs: [["1"], ["1"], ["1"], ["1"]] });
  expect(row.map((outcome) => outcome.kind === "stopped" && outcome.by)).toEqual(["time", "time", "time", "time"]);
  expect(row.filter((outcome) => outcome.kind === "stopped" && outcome.detail?.startsWith("given up"))).toHaveLength(2);
});

test("two requests at once get their own answers", async () => {
  sandboxes = openBuilt();
  const ask = (n: number) => textOf(sandboxes, honest, [String(n)]);
  expect(await Promise.all([1, 2, 3, 4].map(ask))).toEqual(["2", "3", "4", "5"]);
});

test("who cancels in the middle of a call is told at once, and the next request is answered", async () => {
  sandboxes = openBuilt();
  await textOf(sandboxes, honest, ["0"]);
  const cancellation = { isCancellationRequested: false };
  const result = sandboxes.run({ programs: [endless], inputs: [["1"]] }, cancellation);
  setTimeout(() => {
    cancellation.isCancellationRequested = true;
  }, 100);
  await expect(result).rejects.toThrow(CancelledError);
  expect(await textOf(sandboxes, honest, ["5"])).toBe("6");
});

test("a thread that was ended for want of work is started again", async () => {
  sandboxes = openBuilt({ idleTime: 1 });
  expect(await textOf(sandboxes, honest, ["1"])).toBe("2");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await textOf(sandboxes, honest, ["2"])).toBe("3");
});

test("nothing is loaded before the first request, and a missing bundle is an error", async () => {
  sandboxes = openSandboxes({ directory: "/nowhere" });
  await expect(sandboxes.run({ programs: [honest], inputs: [["1"]] })).rejects.toThrow("cannot be started");
});

test("many calls take little, and a warm request is quick", async () => {
  sandboxes = openBuilt();
  await textOf(sandboxes, honest, ["0"]);
  const begun = performance.now();
  await textOf(sandboxes, honest, ["1"]);
  expect(performance.now() - begun).toBeLessThan(1000);
});
