import { afterAll, describe, expect, test } from "vitest";
import { openBuilt } from "../sandbox/programs";
import { program } from "./programs";

const sandboxes = openBuilt();
afterAll(() => sandboxes.dispose());

type Files = Readonly<Record<string, string>>;

/** What a function gives that needs other files. */
async function given(path: string, text: string, symbol: string, others: Files, input: string[]): Promise<unknown> {
  const taken = await program(path, text, symbol, others);
  const [[outcome] = []] = await sandboxes.run({ programs: [taken], inputs: [input] });
  return outcome?.kind === "returned" ? outcome.text : { outcome, source: taken.source };
}

describe("a function of Python that needs other files", { timeout: 60_000 }, () => {
  const others: Files = {
    "port/__init__.py": "from .tides import height as tide_height\nfrom . import piers\n",
    "port/tides.py": `import math
import requests

BASE = 3

def height(hour):
    return BASE + math.floor(hour / 6)

def fetch():
    return requests.get("https://tides.example.com")
`,
    "port/piers.py": "BASE = 10\n\ndef length(name):\n    return BASE * len(name)\n",
  };

  test("takes what it needs of them, and nothing else", async () => {
    const text = "from port import tide_height as tide\n\ndef fits(ship, hour):\n    return ship <= tide(hour)\n";
    const { source, lines } = await program("plan.py", text, "fits", others);
    expect(source).toContain("def height(hour)");
    expect(source).not.toContain("requests");
    expect(lines.map(({ path }) => path)).toEqual(["port/tides.py", "port/tides.py", "plan.py"]);
    expect(await given("plan.py", text, "fits", others, ["4", "6"])).toBe("True");
  });

  test("has what two files call by the same name under two names", async () => {
    const text = `from port.tides import height
from port import piers

BASE = 100

def total(hour, name):
    return BASE + height(hour) + piers.length(name)
`;
    expect(await given("plan.py", text, "total", others, ["6", '"ab"'])).toBe("124");
  });

  test("says which name of which package it cannot have", async () => {
    const text = "from port.tides import fetch\n\ndef now(x):\n    return fetch()\n";
    const { absent } = await program("plan.py", text, "now", others);
    expect(absent).toEqual([{ name: "requests", reason: "it needs `requests` of `requests`" }]);
  });
});

describe("a function of JavaScript or TypeScript that needs other files", { timeout: 60_000 }, () => {
  test("follows exports under other names, through files that hand them on", async () => {
    const others: Files = {
      "lib/index.ts": 'export * from "./fees";\nexport { default as round } from "./round";\n',
      "lib/fees.ts":
        'import { load } from "db";\nconst rate = 2;\nfunction fee(x: number) { return x * rate; }\nexport { fee as feeOf };\nexport const all = () => load();\n',
      "lib/round.ts": "export default (x: number): number => Math.round(x);\n",
    };
    const text = `import { feeOf, round } from "./lib";
import * as lib from "./lib/fees";
const rate = 5;
export function total(days: number) { return round(feeOf(days) + rate + lib.feeOf(1)); }
`;
    expect(await given("total.ts", text, "total", others, ["2.2"])).toBe("11");
  });

  test("knows the older module system", async () => {
    const others: Files = {
      "lib/piers.js": `const fs = require("fs");
const Piers = module.exports;
Piers.read = function (path) { return fs.readFileSync(path); };
Piers.length = function (name) { return name.length * unit; };
const unit = 3;
`,
      "lib/ships.js":
        "exports.draught = (tons) => tons / 10;\nmodule.exports.beam = function (tons) { return tons / 20; };\n",
      "lib/whole.js": "function whole(x) { return Math.floor(x); }\nmodule.exports = whole;\n",
    };
    const text = `const piers = require("./lib/piers");
const { draught, beam: width } = require("./lib/ships");
const whole = require("./lib/whole");
const Plan = module.exports;
Plan.fits = function (name, tons) { return whole(piers.length(name) - draught(tons) - width(tons)); };
`;
    expect(await given("plan.js", text, "Plan.fits", others, ['"ab"', "12"])).toBe("4");
  });

  test("is reached where an object or a default export holds it", async () => {
    const text = "export default { fits(x) { return x > 3; } };\n";
    expect(await given("a.js", text, "default.fits", {}, ["4"])).toBe("true");
    expect(await given("b.js", "exports.twice = (x) => 2 * x;\n", "twice", {}, ["4"])).toBe("8");
    const prototype = "function Pier(n) { this.n = n; }\nPier.prototype.room = function (x) { return this.n - x; };\n";
    expect(await given("c.js", prototype, "Pier.room", {}, ["new Pier(4)", "1"])).toBe("3");
  });

  describe("an object of functions", () => {
    const quay = (more: string) =>
      `const { dredge } = require("dredger");
module.exports = { depth(x) { return this.under(x) + 1; }, under: (x) => x * 2, dig: (x) => dredge(x),${more} };
`;

    test("gives only those that are reached, also by each other", async () => {
      const others = { "lib/quay.js": quay("") };
      const text = 'const quay = require("./lib/quay");\nexports.floats = (x) => quay.depth(x) > 4;\n';
      const { source, absent } = await program("a.js", text, "floats", others);
      expect(source).toContain('"dig": undefined');
      expect(absent).toBeUndefined();
      expect(await given("a.js", text, "floats", others, ["2"])).toBe("true");
    });

    test("is taken as it is where it is used as a whole", async () => {
      const held = { "lib/quay.js": quay("") };
      const counted = 'import quay from "./lib/quay";\nexport const count = (x) => Object.keys(quay)[x];\n';
      expect((await program("a.js", counted, "count", held)).source).toContain("dredge(x)");
      const chosen = 'import quay from "./lib/quay";\nexport const choose = (name) => quay[name](3);\n';
      expect(await given("b.js", chosen, "choose", held, ['"under"'])).toBe("6");
      const inside = { "lib/quay.js": quay(" any(name, x) { return this[name](x); }") };
      const through = 'const quay = require("./lib/quay");\nexports.ask = (x) => quay.any("under", x);\n';
      expect(await given("c.js", through, "ask", inside, ["3"])).toBe("6");
      const own = quay(" names(x) { return Object.keys(module.exports)[x]; }");
      expect((await program("own.js", own, "names", {})).source).toContain("dredge(x)");
      const table = "const signs = { a: (x) => x + 1, b: (x) => x - 1 };\n";
      const looked = `${table}export function sign(name, x) { return signs[name](x); }\n`;
      expect(await given("d.js", looked, "sign", {}, ['"b"', "3"])).toBe("2");
    });
  });
});
