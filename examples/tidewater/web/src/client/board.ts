import { decodePrefs, encodePrefs, updatePrefs } from "../shared/prefs.js";

const storageKey = "tidewater.prefs";

export interface BoardAlert {
  kind: string;
  text: string;
}

/** Feet and inches for a length in metres, for example 1.5 -> 4 ft 11 in. */
export function feetAndInches(metres: number): string {
  const inches = Math.round(metres / 0.0254);
  return `${Math.floor(inches / 12)} ft ${inches % 12} in`;
}

export function formatHeight(metres: number, units: "metric" | "imperial"): string {
  return units === "imperial" ? feetAndInches(metres) : `${metres.toFixed(1)} m`;
}

/** Shows alerts of one harbour as they arrive. Returns a function that stops. */
export function watchHarbour(harbour: string, list: HTMLElement): () => void {
  const source = new EventSource(`/stream/${encodeURIComponent(harbour)}`);
  const show = (event: MessageEvent<string>) => {
    const alert = JSON.parse(event.data) as BoardAlert;
    const item = document.createElement("li");
    item.dataset.kind = alert.kind;
    item.textContent = alert.text;
    list.prepend(item);
    while (list.children.length > 30) {
      list.lastElementChild?.remove();
    }
  };
  for (const kind of ["tide.high", "tide.low", "tide.turning", "surge", "berth.freed"]) {
    source.addEventListener(kind, show);
  }
  return () => source.close();
}

export function savePrefs(form: HTMLFormElement): void {
  const data = new FormData(form);
  const stored = localStorage.getItem(storageKey) ?? "{}";
  const changed = updatePrefs(stored, {
    harbours: data.getAll("harbour").map(String),
    units: data.get("units") === "imperial" ? "imperial" : "metric",
  });
  localStorage.setItem(storageKey, changed);
}

export function resetPrefs(): void {
  const { email } = decodePrefs(localStorage.getItem(storageKey) ?? "{}");
  localStorage.setItem(storageKey, encodePrefs({ ...decodePrefs("{}"), email }));
}

/** One line per berth for the list, the widest berths first. */
export function berthLines(berths: { id: string; length_cm: number; mooringClass?: string }[]): string[] {
  return [...berths]
    .sort((a, b) => b.length_cm - a.length_cm)
    .map((berth) => `${berth.id}, ${(berth.length_cm / 100).toFixed(1)} m, ${berth.mooringClass ?? "standard"}`);
}
