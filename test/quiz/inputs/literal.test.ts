import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { type Datum, renderDatum } from "../../../server/src/core/quiz/inputs/literal";

const text = (value: string): Datum => ({ kind: "string", value });
const number = (value: number, real?: true): Datum => ({ kind: "number", value, ...(real && { real }) });

test("values as Python writes them", () => {
  const write = (datum: Datum) => renderDatum(datum, true);
  expect(write({ kind: "tuple", items: [number(1)] })).toBe("(1,)");
  expect(write({ kind: "set", items: [] })).toBe("set()");
  expect(write({ kind: "set", items: [number(1), number(2)] })).toBe("{1, 2}");
  expect(
    write({ kind: "list", items: [{ kind: "none" }, { kind: "missing" }, { kind: "boolean", value: true }] }),
  ).toBe("[None, None, True]");
  expect(write(number(3, true))).toBe("3.0");
  expect(write(number(1e21))).toBe("1000000000000000000000");
  expect(write(number(Number.NaN))).toBe('float("nan")');
  expect(write(number(Number.NEGATIVE_INFINITY))).toBe('float("-inf")');
  expect(write({ kind: "bytes", value: 'a"\x00\xff' })).toBe('b"a\\"\\x00\\xff"');
  expect(write({ kind: "map", form: "Map", entries: [[number(1), text("a")]] })).toBe('{1: "a"}');
  expect(write({ kind: "record", form: "keys", fields: [["at", number(5)]] })).toBe('{"at": 5}');
  expect(write({ kind: "record", form: "attributes", fields: [["at", number(5)]] })).toBe("SimpleNamespace(at=5)");
  expect(
    write({
      kind: "object",
      className: "Berth",
      arguments: [
        [undefined, text("north")],
        ["depth", number(3)],
      ],
    }),
  ).toBe('Berth("north", depth=3)');
});

test("values as JavaScript writes them are those values", () => {
  const read = (datum: Datum) => JSON.parse(runInNewContext(`JSON.stringify(${renderDatum(datum, false)})`));
  const awkward = 'a"b\\c\n\t\u2028\ud800$\u007bx}`\x07';
  expect(read({ kind: "list", items: [text(awkward), number(-0), { kind: "none" }] })).toEqual([awkward, 0, null]);
  expect(
    read({
      kind: "record",
      form: "keys",
      fields: [
        ["odd key", number(1)],
        ["__proto__", number(2)],
        ["at", number(3)],
      ],
    }),
  ).toEqual(JSON.parse('{"odd key": 1, "__proto__": 2, "at": 3}'));
  expect(renderDatum({ kind: "missing" }, false)).toBe("undefined");
  expect(renderDatum({ kind: "map", form: "Map", entries: [[text("a"), number(1)]] }, false)).toBe(
    'new Map([["a", 1]])',
  );
  expect(renderDatum({ kind: "set", items: [number(1)] }, false)).toBe("new Set([1])");
  expect(renderDatum({ kind: "bytes", value: "a\xff" }, false)).toBe("new Uint8Array([97, 255])");
});
