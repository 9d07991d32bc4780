import { expect, it } from "vitest";
import { isTestDouble, isUnusedInProduction } from "../../server/src/core/model/graph/inProduction";
import { functionAt } from "../../server/src/core/model/workspaceModel";
import { linkedNamed, modelOf } from "../support/analysed";

const isDouble = async (path: string, text: string, name: string) => {
  const model = await modelOf({ "go.mod": "module m\n", [path]: text });
  const place = functionAt(model, linkedNamed(model, name));
  return place !== undefined && isTestDouble(place.file, place.fn);
};

it("knows what stands in for something in tests, by its type, or else by its file", async () => {
  const method = (type: string) => `package m\n\ntype ${type} struct{}\n\nfunc (x *${type}) Rise() {}\n`;
  for (const type of ["fakeTide", "FakeTide", "mockTide", "MockTide", "Mock", "stubTide"])
    expect([type, await isDouble("tide.go", method(type), `(*${type}).Rise`)]).toEqual([type, true]);
  for (const type of ["Mockingbird", "Stubborn", "Fakery", "tideMocker"])
    expect([type, await isDouble("tide.go", method(type), `(*${type}).Rise`)]).toEqual([type, false]);
  expect(await isDouble("fake_tide.go", "package m\n\nfunc rise() {}\n", "rise")).toBe(true);
  expect(await isDouble("fakery.go", "package m\n\nfunc rise() {}\n", "rise")).toBe(false);
  expect(await isDouble("fake_tide.go", method("Tide"), "(*Tide).Rise")).toBe(false);
});

it("takes such a thing for unused, whoever calls it", async () => {
  const model = await modelOf({
    "go.mod": "module m\n",
    "tide.go":
      "package m\n\ntype fakeTide struct{}\n\nfunc (t *fakeTide) Rise() {}\n\nfunc Run() { (&fakeTide{}).Rise() }\n",
  });
  expect(isUnusedInProduction(model, linkedNamed(model, "(*fakeTide).Rise"))).toBe(true);
  expect(isUnusedInProduction(model, linkedNamed(model, "Run"))).toBe(false);
});
