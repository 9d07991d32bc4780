import { expect, it } from "vitest";
import { type CallConditions, callConditions } from "../../server/src/core/model/graph/callConditions";
import { functionAt } from "../../server/src/core/model/workspaceModel";
import { linkedNamed, modelOf } from "../support/analysed";

/** The conditions of the calls of `work`, as far as they are not the usual ones. */
async function conditionsOf(body: string, parameters = "rows: Row[], persist: boolean, options: Options") {
  const text = `function f(${parameters}) { ${body} }\ndeclare function work(row?: unknown): Promise<void>;`;
  const model = await modelOf({ "a.ts": text });
  const linked = linkedNamed(model, "f");
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  return callConditions(model, linked).filter((_, i) => calls[i]?.callee === "work");
}

async function only(body: string): Promise<CallConditions> {
  const [conditions] = await conditionsOf(body);
  return conditions as CallConditions;
}

it("knows the loops over data around a call, and no others", async () => {
  const loopsOf = async (body: string) => (await only(body)).loops.map(({ over }) => over);
  expect(await loopsOf("for (const row of rows) for (const part of row.parts) work(part);")).toEqual([
    "rows",
    "row.parts",
  ]);
  expect(await loopsOf("for (let i = 0; i < rows.length; i++) work(rows[i]);")).toEqual(["rows"]);
  expect(await loopsOf("for (let i = 0; i < 3; i++) work();")).toEqual([]);
  expect(await loopsOf("for (const batch of batches(rows)) work(batch);")).toEqual([]);
  expect(await loopsOf("for (const segment of segments) work(segment);")).toEqual([]);
  expect(await loopsOf("for (const mirror of this.config.mirrors) work(mirror);")).toEqual([]);
});

it("knows the parameters that switch a call on", async () => {
  const switchesOf = async (body: string) =>
    (await only(body)).switches.map(({ parameter, value }) => `${parameter} ${value}`);
  expect(await switchesOf("if (persist) work();")).toEqual(["persist true"]);
  expect(await switchesOf("if (persist) return; work();")).toEqual(["persist false"]);
  expect(await switchesOf("persist && work();")).toEqual(["persist true"]);
  expect(await switchesOf("persist || work();")).toEqual(["persist false"]);
  expect(await switchesOf("persist ? work() : 0;")).toEqual(["persist true"]);
  expect(await switchesOf("if (!(persist && rows)) work();")).toEqual([]);
});

it("tells what runs for some elements only from what runs for all that there are", async () => {
  const isFiltered = async (body: string) => (await only(`for (const row of rows) { ${body} }`)).isFiltered;
  expect(await isFiltered("if (row.size > 3) work(row);")).toBe(true);
  expect(await isFiltered("if (row.size > 3) continue; work(row);")).toBe(true);
  expect(await isFiltered("if (row.owner) work(row);")).toBe(false);
  expect(await isFiltered("if (row.owner !== null) work(row);")).toBe(false);
  expect(await isFiltered("if (row.isNew) work(row); else work();")).toBe(false);
  expect((await only("if (rows.length > 3) for (const row of rows) work(row);")).isFiltered).toBe(false);
});

it("tells what an option asks for", async () => {
  expect((await only("if (options.signed) work();")).isOptional).toBe(true);
  expect((await only("if (!options?.signed) return; work();")).isOptional).toBe(true);
  const [ofData] = await conditionsOf("const options = load(); if (options.signed) work();", "rows: Row[]");
  expect(ofData?.isOptional).toBe(false);
});

it("knows what runs seldom, or is remembered", async () => {
  expect((await only("if (error) work();")).isSeldom).toBe(true);
  expect((await only("try { g(); } catch { work(); }")).isSeldom).toBe(true);
  expect((await only("if (deferred !== null) work();")).isSeldom).toBe(false);
  expect((await only("if (postErr !== null) work();")).isSeldom).toBe(true);
  expect((await only("if (!cache.has(1)) work();")).isRemembered).toBe(true);
});

it("takes what only gives back what is there for nothing done", async () => {
  const isConditional = async (body: string) => (await only(body)).isConditional;
  expect(await isConditional("if (persist) { work(); return rows; } else return rows;")).toBe(true);
  expect(await isConditional("if (persist) work(); else wait();")).toBe(false);
  expect(await isConditional("if (persist) work(); else throw failure;")).toBe(false);
});
