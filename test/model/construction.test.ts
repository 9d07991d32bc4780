import { expect, it } from "vitest";
import { isConstruction, isOnlyRunOnce } from "../../server/src/core/model/graph/construction";
import { linkedNamed, modelOf } from "../support/analysed";

const go = (body: string) => ({ "go.mod": "module m\n", "a.go": `package m\n\nimport "sync"\n\n${body}` });

const constructs = async (body: string, name: string) => {
  const model = await modelOf(go(body));
  return isConstruction(model, linkedNamed(model, name));
};

it("knows constructors, and what only they call", async () => {
  const shop = `
type Shop struct { n int }
func NewShop() *Shop { s := &Shop{}; s.stock(); return s }
func (s *Shop) stock() { s.count() }
func (s *Shop) count() { s.n = 1 }
func (s *Shop) Sell() { s.n-- }
`;
  expect(await constructs(shop, "NewShop")).toBe(true);
  expect(await constructs(shop, "(*Shop).count")).toBe(true);
  expect(await constructs(shop, "(*Shop).Sell")).toBe(false);
  expect(await constructs(`${shop}func (s *Shop) Restock() { s.stock() }`, "(*Shop).count")).toBe(false);
  expect(await constructs(shop.replace("s.stock(); return", "go s.stock(); return"), "(*Shop).stock")).toBe(false);
});

it("answers the same whatever was asked before", async () => {
  const chain = (length: number) =>
    Array.from({ length }, (_, i) => `func f${i + 1}() { f${i + 2}() }`)
      .join("\n")
      .concat(`\nfunc f${length + 1}() {}\n`);
  const body = `func NewChain() { f1() }\n${chain(9)}`;
  const names = Array.from({ length: 10 }, (_, i) => `f${i + 1}`);
  const answers = async (order: readonly string[]) => {
    const model = await modelOf(go(body));
    return new Map(order.map((name) => [name, isConstruction(model, linkedNamed(model, name))]));
  };
  const down = await answers(names);
  const up = await answers(names.toReversed());
  expect(new Map(names.map((name) => [name, up.get(name)]))).toEqual(down);
  expect(down.get("f4")).toBe(true);
  expect(down.get("f9")).toBe(false);
});

it("knows what sync.Once runs", async () => {
  const once = (call: string) => `
type Shop struct { once sync.Once; n int }
func (s *Shop) Open() { ${call} }
func (s *Shop) fit() { s.n = 1 }
`;
  const runsOnce = async (call: string) => {
    const model = await modelOf(go(once(call)));
    return isOnlyRunOnce(model, linkedNamed(model, "(*Shop).fit"));
  };
  expect(await runsOnce("s.once.Do(s.fit)")).toBe(true);
  expect(await runsOnce("s.once.Do(s.fit); s.fit()")).toBe(false);
  expect(await runsOnce("")).toBe(false);
});
