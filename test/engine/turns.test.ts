import { describe, expect, it } from "vitest";
import { resolveSettings } from "../../server/src/core/base/settings";
import { allAtOnce, inTurns, type Turns } from "../../server/src/core/base/turns";
import { detectors } from "../../server/src/core/detectors/registry.generated";
import type { Engine } from "../../server/src/core/engine/engine";
import { noRules, RuleJudge } from "../../server/src/core/engine/ruleJudge";
import { detectorOptions, type Settings, settingDefinitions } from "../../server/src/core/engine/settings";
import { guardedFieldsInTurns } from "../../server/src/core/model/graph/guards";
import { loadRules } from "../../server/src/core/rules/loadRules";
import { linkedNamed, modelOf, newEngine, setFiles } from "../support/analysed";
import { toldBy } from "../support/told";

function* counting(to: number): Turns<number> {
  let sum = 0;
  for (let i = 1; i <= to; i++) {
    yield;
    sum += i;
  }
  return sum;
}

describe("work in turns", () => {
  it("gives what it gives when it is done at once", async () => {
    expect(allAtOnce(counting(4))).toBe(10);
    let pauses = 0;
    expect(
      await inTurns(counting(4), () => {
        pauses++;
        return pauses % 2 === 0 ? Promise.resolve() : undefined;
      }),
    ).toBe(10);
    expect(pauses).toBe(4);
  });

  it("fails when it fails, and is told when a pause does", async () => {
    // biome-ignore lint/correctness/useYield: fails before its first turn
    function* failing(): Turns<void> {
      throw new Error("inside");
    }
    await expect(inTurns(failing(), () => undefined)).rejects.toThrow("inside");
    let told: unknown;
    function* listening(): Turns<void> {
      try {
        yield;
      } catch (error) {
        told = error;
        throw error;
      }
    }
    await expect(inTurns(listening(), () => Promise.reject(new Error("pause")))).rejects.toThrow("pause");
    expect((told as Error).message).toBe("pause");
  });
});

const files = (callee: string) => ({
  "go.mod": "module m\n",
  "a.go": `package p\nimport "time"\nfunc one() { ${callee}() }\nfunc two() { time.Sleep(1) }\nfunc three() {}\n`,
  "b/b.py": "def four():\n    five()\ndef five():\n    four()\n",
  "c.ts": "export class A { m() { this.n(); } n() {} }\n",
});

function nothingLost(engine: Engine, fresh: Engine): void {
  expect(toldBy(engine.analysis())).toEqual(toldBy(fresh.analysis()));
}

async function freshWith(given: Readonly<Record<string, string>>, settings = {}): Promise<Engine> {
  const fresh = newEngine(settings);
  await setFiles(fresh, given);
  return fresh;
}

describe("preparing an analysis", () => {
  it("comes to what an analysis at once comes to", async () => {
    const engine = newEngine();
    await setFiles(engine, files("two"));
    let turns = 0;
    await engine.prepare(() => {
      turns++;
      return turns % 3 === 0 ? Promise.resolve() : undefined;
    });
    expect(turns).toBeGreaterThan(3);
    const prepared = engine.analysis();
    expect(engine.analysis()).toBe(prepared);
    nothingLost(engine, await freshWith(files("two")));
  });

  it("says what was known before while it is at work", async () => {
    const engine = newEngine();
    await setFiles(engine, files("two"));
    const before = engine.analysis();
    await setFiles(engine, files("three"));
    const seen = new Set<unknown>();
    await engine.prepare(() => {
      seen.add(engine.analysis());
      return undefined;
    });
    expect([...seen]).toEqual([before]);
    expect(engine.analysis()).not.toBe(before);
    expect(linkedNamed(engine.analysis().model, "one").effects.effects).toEqual([]);
    expect(linkedNamed(before.model, "one").effects.effects).toHaveLength(1);
  });

  it.each([0, 1, 2, 5, 9, 14, 20])("loses nothing that changes at turn %d", async (turn) => {
    const engine = newEngine();
    await setFiles(engine, files("two"));
    const added = {
      "d.go": "package p\nfunc six() { one() }\n",
      "b/c.py": "from .b import four\ndef seven():\n    four()\n",
    };
    const { "c.ts": _, ...kept } = files("three");
    let turns = 0;
    let changed: Promise<void> | undefined;
    await engine.prepare(() => {
      if (turns++ !== turn) return undefined;
      engine.removeFile("c.ts");
      changed = (async () => {
        await setFiles(engine, { ...kept, ...added });
      })();
      return changed;
    });
    await (changed ?? setFiles(engine, { ...kept, ...added }));
    engine.removeFile("c.ts");
    await engine.prepare(() => undefined);
    nothingLost(engine, await freshWith({ ...kept, ...added }));
  });

  it.each([0, 1, 2, 5, 9, 14])("takes a new catalog and a file that goes at turn %d", async (turn) => {
    const catalog = { go: { m: { x: { role: "log" } }, "example.com/lib": { Wait: { role: "sleep" } } } };
    const source = 'package q\nimport "example.com/lib"\nfunc eight() { lib.Wait() }\n';
    const engine = newEngine();
    await setFiles(engine, { ...files("two"), "q/q.go": source });
    const other = newEngine({ catalog });
    let turns = 0;
    await engine.prepare(() => {
      if (turns++ === turn) {
        engine.configure((other as unknown as { settings: Parameters<Engine["configure"]>[0] }).settings);
        engine.removeFile("a.go");
        engine.removeFile("b/b.py");
      }
      return undefined;
    });
    const { "a.go": _, "b/b.py": __, ...kept } = files("two");
    const fresh = await freshWith({ ...kept, "q/q.go": source }, { catalog });
    nothingLost(engine, fresh);
    expect(linkedNamed(engine.analysis().model, "eight").effects.effects.map(({ kind }) => kind)).toEqual(["sleep"]);
  });

  it("begins again after a pause that failed", async () => {
    for (const turn of [0, 2, 6]) {
      const engine = newEngine();
      await setFiles(engine, files("two"));
      let turns = 0;
      const failed = engine.prepare(() => (turns++ === turn ? Promise.reject(new Error("pause")) : undefined));
      await expect(failed).rejects.toThrow("pause");
      nothingLost(engine, await freshWith(files("two")));
    }
  });

  it("waits for its turn among several", async () => {
    const engine = newEngine();
    await setFiles(engine, files("two"));
    const pause = () => Promise.resolve();
    const first = engine.prepare(pause);
    await setFiles(engine, files("three"));
    await Promise.all([first, engine.prepare(pause), engine.prepare(pause)]);
    nothingLost(engine, await freshWith(files("three")));
  });
});

const count = 40;
const shelf = (i: number) => `package p
import ("net/http"; "sync"; "time")
type shelf${i} struct { mu sync.Mutex; jars map[string]int }
func (s *shelf${i}) put(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.jars[r.URL.Path] = ${i}
	time.Sleep(${i})
	s.mu.Unlock()
}
func (s *shelf${i}) serve() { http.HandleFunc("/${i}", s.put) }
`;
const shelves = {
  "go.mod": "module m\n",
  ...Object.fromEntries(Array.from({ length: count }, (_, i) => [`p/shelf${i}.go`, shelf(i)])),
};

/** How often work lets others have their turns. */
function turnsOf(work: Turns<unknown>): number {
  let turns = 0;
  while (!work.next().done) turns++;
  return turns;
}

/** Of the ranking of oracles, which is made before, its detector only takes the first ones. */
const longDetectors = detectors.filter(({ id }) => id !== "oracle-function");

it.each(longDetectors.map((detector) => [detector.id, detector] as const))(
  "%s gives others their turns",
  async (id, detector) => {
    const model = await modelOf(shelves);
    const { values } = resolveSettings(settingDefinitions, () => undefined);
    const work = detector.check(model, detectorOptions(values as Settings, id) as never);
    expect(turnsOf(work)).toBeGreaterThanOrEqual(count);
  },
);

it("what locks guard is looked for in turns", async () => {
  const model = { ...(await modelOf(shelves)) };
  // What an analysis begins with is the one before.
  await modelOf(files("two"));
  expect(turnsOf(guardedFieldsInTurns(model))).toBeGreaterThan(2 * count);
});

it.each([
  ["where a name is used", "- Never call `s.put`."],
  ["whether a name is still there", "- Call `shelfHolder` first."],
])("rules give others their turns: %s", async (_, text) => {
  const file = { path: "CLAUDE.md", text };
  const { rules } = loadRules([file], () => undefined);
  const judge = new RuleJudge({ ...noRules, rules, files: [file] });
  expect(turnsOf(judge.judge(await modelOf(shelves), 10))).toBeGreaterThanOrEqual(count);
});
