import { expect, test } from "vitest";
import { sharedObject } from "../../server/src/core/quiz/ask/sharedObject";
import type { Case } from "../../server/src/core/quiz/explore";
import type { Program, RunnableLanguage } from "../../server/src/core/quiz/program";

const program = (language: RunnableLanguage): Program => ({
  language,
  source: "",
  entry: "f",
  span: { start: 0, end: 0 },
  lines: [],
});
const given = (...input: string[]): Case => ({ input, outcome: { kind: "returned", text: "1" } });
const plan = 'TidePlan(port="north", hours=[3, 9])';

test("a long object that all calls have in common is given a name", () => {
  const shared = sharedObject(program("python"), [given(plan, "3"), given(plan, "4")]);
  expect(shared?.line).toBe(`tide_plan = ${plan}`);
  expect(shared?.named(`${plan}.fits(4)`)).toBe("tide_plan.fits(4)");
  const made = sharedObject(program("typescript"), [given(`new ${plan}`, "3"), given(`new ${plan}`, "4")]);
  expect(made?.line).toBe(`const tidePlan = new ${plan}`);
  expect(made?.named(`(new ${plan}).fits(4)`)).toBe("tidePlan.fits(4)");
});

test("a class that is handed over is named by itself", () => {
  const text = "class Item { constructor(given) { Object.assign(this, given); } }";
  const shared = sharedObject(program("javascript"), [given(text, "3"), given(text, "4")]);
  expect([shared?.line, shared?.named(`f(${text}, 4)`)]).toEqual([text, "f(Item, 4)"]);
});

test("none is where calls differ in it, where one changes it, or where its name says something else", () => {
  const other = plan.replace("north", "south");
  expect(sharedObject(program("python"), [given(plan, "3"), given(other, "4")])).toBeUndefined();
  const changed = { kind: "returned", text: "1", changed: [{ index: 0, text: "x" }] } as const;
  expect(sharedObject(program("python"), [given(plan), { input: [plan], outcome: changed }])).toBeUndefined();
  expect(sharedObject(program("python"), [given(plan, "lambda tide_plan: 1")])).toBeUndefined();
});
