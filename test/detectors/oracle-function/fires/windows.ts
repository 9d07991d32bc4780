interface Reading {
  station?: string;
  at?: number;
  level?: number;
  flags?: number;
}

export function foldReadings(readings: Reading[]): Reading[] { // want "`foldReadings` is hard to explain"
  const out = new Map<string, Reading>();
  readings.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  for (const r of readings) {
    const key = `${r.station}:${Math.floor((r.at ?? 0) / 720)}`; // want-step "dividing by `720`"
    const old = out.get(key);
    if (((r.flags ?? 0) & 12) !== 8 && old && (old.level ?? -1) >= (r.level ?? -1)) { // want-step "single bits"
      continue;
    }
    r.flags = (r.flags ?? 0) | 4;
    out.set(key, r);
  }
  return [...out.values()];
}
