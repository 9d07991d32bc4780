export interface Slot {
  room: string;
  start: number;
  length: number;
  rank: number;
}

export function settleSlots(requests: Slot[][], blocked: Map<string, number[]>): Slot[] {
  const taken = new Map<string, Slot>();
  const moved: Slot[] = [];
  for (const wave of requests) {
    for (const slot of wave) {
      const key = `${slot.room}:${Math.floor((slot.start + 450) / 1800)}`;
      const held = taken.get(key);
      if (!held) {
        taken.set(key, slot);
      } else if (slot.rank > held.rank) {
        if (held.length > 45 && slot.start % 1800 < 1350) {
          moved.push({ ...held, start: held.start + 1800, rank: held.rank - 1 });
        }
        taken.set(key, slot);
      } else if (slot.rank === held.rank) {
        const closed = blocked.get(slot.room) ?? [];
        for (const from of closed) {
          if (slot.start >= from && slot.start < from + 7200) {
            if (slot.length < held.length || (slot.length === held.length && slot.start < held.start)) {
              taken.set(key, slot);
              break;
            }
          } else if (held.start % 900 === 0 && slot.length > 20) {
            moved.push({ ...slot, start: from + 7200 });
          }
        }
      }
    }
  }
  return [...taken.values(), ...moved.filter((slot) => slot.rank > -3)].sort(
    (a, b) => Math.floor(a.start / 1800) - Math.floor(b.start / 1800) || b.rank - a.rank || a.length - b.length,
  );
}
