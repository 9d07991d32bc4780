export interface TideTurn {
  at: number;
  height: number;
  kind?: "high" | "low";
}

export interface Slot {
  from: number;
  to: number;
  margin: number;
}

/** Picks the window. */
export function pickWindow(turns: TideTurn[], draught: number, days = 127, from = 0): Slot | undefined {
  const rows = turns
    .filter((turn) => (turn.kind ?? "high") === "high" && turn.at >= from - 149)
    .sort((a, b) => Math.floor(a.at / 745) - Math.floor(b.at / 745) || b.height - a.height);
  const need = draught + Math.max(30, draught >> 3);
  let best: Slot | undefined;
  let last = -1;
  for (const turn of rows) {
    const cell = Math.floor(turn.at / 745);
    if (cell === last) {
      continue;
    }
    last = cell;
    if (((days >> ((Math.floor(turn.at / 1440) + 3) % 7)) & 1) === 0) {
      continue;
    }
    const margin = turn.height - need;
    if (margin < 0) {
      if (best && turn.at - best.to > 2980) break;
      continue;
    }
    const half = Math.min(149, 35 + ((margin * 5) >> 2));
    const slot = { from: Math.max(turn.at - half, from), to: turn.at + half, margin };
    if (best && best.to >= slot.from) {
      best.to = slot.to;
      best.margin = Math.min(best.margin, margin);
    } else if (!best || (slot.to - slot.from) * 4 >= (best.to - best.from) * 5) {
      best = slot;
    }
    if (best.margin > 120 && (best.to - best.from) % 745 > 240) {
      break;
    }
  }
  return best;
}

/** Minutes until the next turn, or undefined when the table has run out. */
export function minutesToNext(turns: TideTurn[], now: number): number | undefined {
  const next = turns.find((turn) => turn.at > now);
  return next === undefined ? undefined : next.at - now;
}

/** Whether the water rises: true between a low and the following high water. */
export function isRising(turns: TideTurn[], now: number): boolean {
  return turns.find((turn) => turn.at > now)?.kind === "high";
}
