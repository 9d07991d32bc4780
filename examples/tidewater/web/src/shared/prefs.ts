export interface AlertPrefs {
  harbours: string[];
  kinds: string[];
  units: "metric" | "imperial";
  /** Local hours between which nothing is sent, for example [22, 7]. */
  quietHours?: [number, number];
  email?: string;
}

export const defaultPrefs: AlertPrefs = {
  harbours: [],
  kinds: ["tide.high", "surge"],
  units: "metric",
};

/** Reads what `encodePrefs` wrote. Anything unreadable gives the defaults. */
export function decodePrefs(text: string): AlertPrefs {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { ...defaultPrefs };
  }
  if (typeof raw !== "object" || raw === null) {
    return { ...defaultPrefs };
  }
  const fields = raw as Record<string, unknown>;
  return {
    harbours: stringsOf(fields.harbours) ?? defaultPrefs.harbours,
    kinds: stringsOf(fields.kinds) ?? defaultPrefs.kinds,
    units: fields.units === "imperial" ? "imperial" : "metric",
    email: typeof fields.email === "string" ? fields.email : undefined,
  };
}

export function encodePrefs(prefs: AlertPrefs): string {
  return JSON.stringify({
    harbours: prefs.harbours,
    kinds: prefs.kinds,
    units: prefs.units,
    quietHours: prefs.quietHours,
    email: prefs.email,
  });
}

/** Changes some preferences and keeps the others. */
export function updatePrefs(text: string, change: Partial<AlertPrefs>): string {
  return encodePrefs({ ...decodePrefs(text), ...change });
}

function stringsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}
