import { expect, test } from "vitest";
import { foreignConstants } from "../../../server/src/core/quiz/inputs/foreignConstants";
import { shapesOf } from "../../../server/src/core/quiz/inputs/parameterShapes";
import { newEngine } from "../../support/analysed";

const files: Readonly<Record<string, string>> = {
  "keys.py": 'KEY_CREW = "crew"\nMOST = 12\n',
  "port.py": "from keys import KEY_CREW\nimport keys\n",
};

async function constantsOf(text: string): Promise<[ReadonlyMap<string, string>, unknown]> {
  const engine = newEngine();
  const factsOf = async (path: string, content: string) => {
    const { facts } = await engine.extractFacts(path, content);
    if (!facts) throw new Error(`no facts of ${path}`);
    return facts;
  };
  const facts = await factsOf("plan.py", text);
  const constants = await foreignConstants(facts, text, {
    imported: (_, { module, member }) => {
      const path = `${module}.py`;
      return path in files ? { path, ...(member !== undefined && { member }) } : undefined;
    },
    load: async (path) => ({ facts: await factsOf(path, files[path] ?? ""), text: files[path] ?? "" }),
  });
  return [constants, shapesOf(facts, text, 0, "made", { constants })[0]?.shape];
}

test("constants of other files are keys and boundaries, also where a file hands them on", async () => {
  const [constants, shape] = await constantsOf(
    "from port import KEY_CREW\nimport keys\n\ndef fits(ship):\n    return ship[KEY_CREW] < keys.MOST\n",
  );
  expect([...constants]).toEqual([
    ["KEY_CREW", '"crew"'],
    ["keys.MOST", "12"],
  ]);
  expect(shape).toMatchObject({ kind: "record", form: "keys", fields: [{ name: "crew", shape: { near: [12] } }] });
});

test("what no file says is left out", async () => {
  const [constants] = await constantsOf(
    "from port import NOBODY\nfrom gone import X\n\ndef f(a):\n    return a[X] + NOBODY\n",
  );
  expect(constants.size).toBe(0);
});
