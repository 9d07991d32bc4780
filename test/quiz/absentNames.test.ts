import { afterAll, describe, expect, test } from "vitest";
import type { Outcome } from "../../server/src/core/quiz/sandbox";
import { openBuilt } from "../sandbox/programs";
import { program } from "./programs";

const sandboxes = openBuilt();
afterAll(() => sandboxes.dispose());

async function outcome(path: string, text: string, symbol: string, ...input: string[]): Promise<Outcome | undefined> {
  const [[found] = []] = await sandboxes.run({ programs: [await program(path, text, symbol)], inputs: [input] });
  return found;
}

describe("a function that needs a package nobody has", { timeout: 60_000 }, () => {
  const python = `import tidelib
from tidelib.errors import TideError

GAUGE = tidelib.Gauge("north")
DEPTH = GAUGE.depth

class Station(tidelib.Base):
    pass

def level(hour, station=None):
    if hour < 0:
        return -1
    try:
        return GAUGE.level(hour)
    except BaseException:
        return 0

def clearance(draught):
    if draught > 9:
        raise TideError("too deep")
    return 9 - draught

def is_station(value):
    return value is not None and value is not DEPTH

def closest(hours):
    from tidelib.search import nearest
    return nearest(hours) if hours else None

def around(hour):
    if hour > 24:
        return None
    from . import clock
    return clock.round(hour)
`;

  test("runs where its way does not come by it", async () => {
    expect(await outcome("t.py", python, "level", "-2")).toMatchObject({ kind: "returned", text: "-1" });
    expect(await outcome("t.py", python, "clearance", "4")).toMatchObject({ kind: "returned", text: "5" });
    expect(await outcome("t.py", python, "is_station", "None")).toMatchObject({ kind: "returned", text: "False" });
    expect(await outcome("t.py", python, "around", "25")).toMatchObject({ kind: "returned", text: "None" });
  });

  test("has no answer elsewhere, whatever it catches and compares", async () => {
    for (const [symbol, argument] of [
      ["level", "2"],
      ["clearance", "10"],
      ["is_station", "3"],
      ["closest", "[3]"],
      ["around", "3"],
    ] as const)
      expect(await outcome("t.py", python, symbol, argument)).toMatchObject({ kind: "stopped", by: "outside" });
  });

  const extended = `import errno
import tidelib
from pathlib import Path

@tidelib.station
def mean(levels):
    return sum(levels) / len(levels)

class Gauge(tidelib.Gauge):
    SIGNS = {"low": tidelib.LOW}

    def __init__(self, height):
        self.height = height

    def room(self, draught, least=tidelib.LEAST):
        if draught < 0:
            return 0
        return self.height - draught - (least if draught > 9 else 1)

    def spare(self, draught):
        return self.clearance(draught)

    def again(self):
        return super().read()

@tidelib.Sensor.register
class Buoy:
    def level(self, hour):
        return hour + 1

def name_of(place):
    return place.stem if isinstance(place, Path) else str(place)
`;

  test("loads all the same, with what extends it or stands before it", async () => {
    expect(await outcome("x.py", extended, "Gauge.room", "Gauge(9)", "3")).toMatchObject({ text: "5" });
    expect(await outcome("x.py", extended, "Gauge.room", "Gauge(9)", "10")).toMatchObject({ by: "outside" });
    expect(await outcome("x.py", extended, "Gauge.spare", "Gauge(9)", "3")).toMatchObject({ by: "outside" });
    expect(await outcome("x.py", extended, "Gauge.again", "Gauge(9)")).toMatchObject({ by: "outside" });
    expect(await outcome("x.py", extended, "mean", "[1]")).toMatchObject({ by: "outside" });
    expect(await outcome("x.py", extended, "Buoy.level", "Buoy()", "3")).toMatchObject({ text: "4" });
    expect(await outcome("x.py", extended, "name_of", 'Path("pier/3.txt")')).toMatchObject({ text: "'3'" });
  });

  const script = `import { gauge, Base } from "tidelib";
const readings = gauge.open("north");
class Station extends Base {}
export function level(hour) {
  if (hour < 0) return -1;
  try { return readings.level(hour); } catch { return 0; }
}
export function kind(value) {
  if (value === null) return "none";
  return typeof Station === "function" && value instanceof Station ? "station" : "other";
}
export function stamp(hour) {
  return hour > 24 ? null : new Date();
}
`;

  test("is the same in JavaScript", async () => {
    expect(await outcome("t.js", script, "level", "-2")).toMatchObject({ kind: "returned", text: "-1" });
    expect(await outcome("t.js", script, "level", "2")).toEqual({
      kind: "stopped",
      by: "outside",
      detail: "asks for `readings`",
    });
    expect(await outcome("t.js", script, "kind", "null")).toMatchObject({ kind: "returned", text: '"none"' });
    expect(await outcome("t.js", script, "kind", "{}")).toMatchObject({ kind: "stopped", by: "outside" });
    expect(await outcome("t.js", script, "stamp", "25")).toMatchObject({ kind: "returned", text: "null" });
    expect(await outcome("t.js", script, "stamp", "3")).toMatchObject({ kind: "stopped", by: "outside" });
  });
});
