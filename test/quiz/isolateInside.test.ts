import { afterAll, describe, expect, test } from "vitest";
import type { Program } from "../../server/src/core/quiz/program";
import { callText } from "../../server/src/core/quiz/wording";
import { openBuilt } from "../sandbox/programs";
import { isolated } from "./programs";

const sandboxes = openBuilt();
afterAll(() => sandboxes.dispose());

async function taken(path: string, text: string, symbol: string, receiver?: "standIn"): Promise<Program | string> {
  const found = await isolated(path, text, symbol, {}, receiver);
  return "reason" in found ? found.reason : (found.absent?.[0]?.reason ?? found);
}

async function given(program: Program | string, ...input: string[]): Promise<unknown> {
  if (typeof program === "string") return program;
  const [[outcome] = []] = await sandboxes.run({ programs: [program], inputs: [input] });
  return outcome?.kind === "returned" ? outcome.text : { outcome, source: program.source };
}

describe("a function inside another one", { timeout: 60_000 }, () => {
  const python = `import requests

def plan(rows, hour):
    tide = 3
    depths = {}

    def draught(tons):
        if tons > tide:
            return tons / 2
        else:
            return tons

    def beam(tons):
        return draught(tons) + 1

    def late(tons):
        return tons + hour

    def known(name):
        return depths[name]

    requests.post("https://port.example.com", json=rows)
    return [draught(row) for row in rows]
`;

  test("is taken out of it where it takes nothing of one call, in Python", async () => {
    const beam = await taken("plan.py", python, "plan.beam");
    expect(await given(beam, "8")).toBe("5.0");
    expect(typeof beam === "string" ? [] : beam.lines.map(({ line }) => line)).toEqual([3, 6, 12]);
    if (typeof beam === "string") throw new Error(beam);
    expect(beam.source.slice(beam.span.start, beam.span.end)).toBe("def beam(tons):\n        return draught(tons) + 1");
  });

  test("is given what differs from call to call, in Python", async () => {
    const late = await taken("plan.py", python, "plan.late");
    expect(late).toMatchObject({ captured: ["hour"] });
    expect(await given(late, "7", "8")).toBe("15");
    expect(await given(await taken("plan.py", python, "plan.known"), '{"tug": 3}', '"tug"')).toBe("3");
    if (typeof late === "string") throw new Error(late);
    expect(late.source.slice(late.span.start, late.span.end)).toBe("def late(tons):\n        return tons + hour");
    expect(callText(late, "plan.late", ["7", "8"])).toBe("late(8) with hour = 7");
  });

  const script = `import { db } from "db";
export function plan(rows, hour) {
  const tide = 3;
  let seen = 0;
  const beam = (tons) => draught(tons) + 1;
  function draught(tons) { return tons > tide ? tons / 2 : tons; }
  const api = { twice(x) { return 2 * draught(x); } };
  const count = (x) => { seen += x; return seen; };
  const own = () => this.rows;
  const most = hour + 2;
  const deep = (x) => [x < most, draught(x)];
  return db.save(rows.map((row) => beam(row) + hour));
}
`;

  test("is taken out of it where it takes nothing of one call, in JavaScript", async () => {
    expect(await given(await taken("plan.js", script, "plan.beam"), "8")).toBe("5");
    expect(await given(await taken("plan.js", script, "plan.draught"), "8")).toBe("4");
    expect(await given(await taken("plan.js", script, "plan.api.twice"), "8")).toBe("8");
  });

  test("is given what differs from call to call, in JavaScript", async () => {
    expect(await given(await taken("plan.js", script, "plan.count"), "5", "8")).toBe("13");
    // What is worked out from that is given as well, helpers and what is the same each time are not.
    const deep = await taken("plan.js", script, "plan.deep");
    expect(deep).toMatchObject({ captured: ["most"] });
    expect(await given(deep, "9", "8")).toBe("[true, 4]");
  });

  test("cannot be run when it takes the object of the function around it", async () => {
    expect(await taken("plan.js", script, "plan.own")).toBe("it uses `this` of the function around it");
  });
});

describe("a method whose object cannot be made", { timeout: 60_000 }, () => {
  test("gets an object made from its fields, in Python", async () => {
    const text = `from fields import Model, number

@register
class Berth(Model):
    length = number(max=40)
    MARGIN = 2

    def __init__(self, row):
        super().__init__(connect(row))

    def room(self, ship):
        return self.length - ship - self.MARGIN

    def fits(self, ship):
        return self.room(ship) >= 0
`;
    expect(await taken("berth.py", text, "Berth.fits")).toBe("it needs `register`");
    const fits = await taken("berth.py", text, "Berth.fits", "standIn");
    expect(await given(fits, "Berth(length=12)", "10")).toBe("True");
    expect(await given(fits, "Berth(length=12)", "11")).toBe("False");
    expect(fits).toMatchObject({ standIn: "Berth", entry: "Berth.fits" });
    expect(typeof fits === "string" ? "" : fits.source).not.toMatch(/Model|connect|register/);
  });

  test("gets an object made from its fields, in TypeScript", async () => {
    const text = `import { Injectable, inject } from "framework";
@Injectable()
export class Berths extends Base {
  private readonly store = inject(Store);
  static readonly margin = 2;
  #open = true;
  constructor(private length: number) { super(); }
  room(ship: number) { return this.length - ship - Berths.margin; }
  fits(ship: number) { return this.room(ship) >= 0; }
  isOpen() { return this.#open; }
}
`;
    expect(await taken("berths.ts", text, "Berths.fits")).toBe("it needs `Base`");
    const fits = await taken("berths.ts", text, "Berths.fits", "standIn");
    expect(await given(fits, "new Berths({ length: 12 })", "10")).toBe("true");
    expect(await given(fits, "new Berths({ length: 12 })", "11")).toBe("false");
    expect(await taken("berths.ts", text, "Berths.isOpen", "standIn")).toBe("it needs what only its constructor sets");
  });
});

describe("a member of an object that needs more than can be had", { timeout: 60_000 }, () => {
  const text = `const most = 9;
const validators = {
  "he-IL": (tons) => tons < most,
  today: () => new Date().getFullYear(),
  self() { return this.today(); },
};
`;

  test("is taken without the others, by its own name where it has one", async () => {
    const member = await taken("a.js", text, "validators.he-IL");
    expect(await given(member, "8")).toBe("true");
    expect(typeof member === "string" ? member : member.source).not.toContain("getFullYear");
  });

  test("is taken alone where all of the object would be too much", async () => {
    const table = `const kinds = { ${Array.from({ length: 700 }, (_, i) => `"kind-${i}-${"x".repeat(90)}": ${i}`).join(",\n")} };\n`;
    const object = "const tides = { fits(tons) { return tons < 3; }, first: Object.keys(kinds)[0] };\n";
    expect(await given(await taken("a.js", table + object, "tides.fits"), "2")).toBe("true");
  });

  test("is not where it says something of the object", async () => {
    expect(await taken("a.js", text, "validators.self")).toBe("it uses `getFullYear`");
  });
});
