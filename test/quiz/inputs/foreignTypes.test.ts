import { expect, test } from "vitest";
import { foreignTypes } from "../../../server/src/core/quiz/inputs/foreignTypes";
import { shapesOf } from "../../../server/src/core/quiz/inputs/parameterShapes";
import type { Shape } from "../../../server/src/core/quiz/inputs/shape";
import { newEngine } from "../../support/analysed";

/** The shape of the first parameter, types of other files included, which are found by their module's name. */
async function shapeOf(
  path: string,
  text: string,
  others: Readonly<Record<string, string>>,
): Promise<Shape | undefined> {
  const engine = newEngine();
  const factsOf = async (each: string, content: string) => {
    const { facts } = await engine.extractFacts(each, content);
    if (!facts) throw new Error(`no facts of ${each}`);
    return facts;
  };
  const facts = await factsOf(path, text);
  const foreign = await foreignTypes(facts, 0, {
    imported: (_, { module, member }) => {
      const found = Object.keys(others).find((each) => each.startsWith(module.replace(/^[./]+/, "")));
      return found === undefined ? undefined : { path: found, ...(member !== undefined && { member }) };
    },
    load: async (other) => ({ facts: await factsOf(other, others[other] ?? ""), text: others[other] ?? "" }),
  });
  return shapesOf(facts, text, 0, "made", { foreign })[0]?.shape;
}

test("an interface of another file says what its fields are, and of which types of its own file", async () => {
  const shape = await shapeOf(
    "plan.ts",
    `import type { Ship } from "./ships";\nexport function fits(ship: Ship) {\n  return ship.cargo.tons < ship.length;\n}\n`,
    {
      "ships.ts":
        "interface Cargo { tons: number; kind?: string }\nexport interface Ship { cargo: Cargo; length: number }\n",
    },
  );
  expect(shape).toMatchObject({
    kind: "record",
    fields: [
      { name: "cargo", shape: { kind: "record", fields: [{ name: "tons" }] } },
      { name: "length", shape: { kind: "number" } },
    ],
  });
});

test("an enum of another file is one of its members, under the name it has here", async () => {
  const shape = await shapeOf(
    "plan.ts",
    `import { Kind as ShipKind } from "./ships";\nexport function isFerry(kind: ShipKind) {\n  return kind === ShipKind.Ferry;\n}\n`,
    { "ships.ts": 'export enum Kind { Ferry = "f", Tug = "t" }\n' },
  );
  expect(shape).toEqual({ kind: "oneOf", expressions: ["ShipKind.Ferry", "ShipKind.Tug"] });
});

test("of a class of another file there are the fields that are used, with their types", async () => {
  const shape = await shapeOf(
    "plan.py",
    "from ships import Ship\n\ndef is_long(ship: Ship):\n    return ship.crew and ship.name\n",
    { "ships.py": "class Ship:\n    name: str\n    crew: list[int]\n    home: str\n" },
  );
  expect(shape).toMatchObject({
    kind: "record",
    form: "attributes",
    fields: [
      { name: "crew", shape: { kind: "list" } },
      { name: "name", shape: { kind: "string" } },
    ],
  });
});
