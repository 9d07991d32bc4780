import { expect, it } from "vitest";
import { nearestRoundTrip } from "../../server/src/core/model/graph/roundTrips";
import { nameOf } from "../../server/src/core/model/graph/witness";
import { functionAt } from "../../server/src/core/model/workspaceModel";
import { linkedNamed, modelOf } from "../support/analysed";

/** The round trip of the last call of `f`: its effect and the functions on the way. */
async function tripOf(rest: string, call: string) {
  const text = `package m\n\nimport ("database/sql"; "time")\n\nvar db *sql.DB\nvar _ = time.Now\nfunc f() { ${call} }\n${rest}`;
  const model = await modelOf({ "go.mod": "module m\n", "a.go": text });
  const linked = linkedNamed(model, "f");
  const last = (functionAt(model, linked)?.fn.calls.length ?? 0) - 1;
  const trip = nearestRoundTrip(model, linked, last);
  return trip && { detail: trip.effect.detail, way: trip.calls.map(({ linked }) => nameOf(linked.id)), ...trip };
}

const save = 'func save(persist bool) { if persist { db.Exec("UPDATE t SET a = 1") } }';

it("is the nearest on any chain of calls", async () => {
  const found = await tripOf('func g() { h() }\nfunc h() { db.Exec("UPDATE t SET a = 1") }', "g()");
  expect(found).toMatchObject({ detail: "update t", way: ["f", "g", "h"], isWrite: true });
});

it("is switched on by a constant that is handed on, or off", async () => {
  const handsOn = `func g(on bool) { save(on) }\n${save}`;
  expect((await tripOf(handsOn, "g(true)"))?.switches).toEqual([
    { parameter: "persist", value: true, source: "on", isFlag: true },
  ]);
  expect(await tripOf(handsOn, "g(false)")).toBeUndefined();
});

it("is none where it is one of many, or works by a clock of its own", async () => {
  expect(await tripOf('func g(ids []int) { for range ids { db.Exec("UPDATE t") } }', "g(nil)")).toBeUndefined();
  const worker =
    'func w() { db.Exec("UPDATE t SET a = 1"); for { time.Sleep(time.Second); db.Exec("UPDATE t SET a = 1") } }';
  expect(await tripOf(worker, "w()")).toBeUndefined();
});

it("is none where an option would have to ask for it", async () => {
  const optional = 'type O struct { Save bool }\nfunc g(opts *O) { if opts.Save { db.Exec("UPDATE t SET a = 1") } }';
  expect(await tripOf(optional, "g(nil)")).toBeUndefined();
});
