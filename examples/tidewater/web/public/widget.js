// The tide strip that partner sites embed with one script tag.

const weatherIcons = {
  clear: "☀",
  cloudy: "☁",
  drizzle: "☂",
  rain: "☔",
  snow: "❄",
  thunder: "⚡",
  fog: "≡",
  gale: "⚑",
};

export function iconFor(weather) {
  return weatherIcons[weather] ?? "·";
}

export function labelFor(mark) {
  const hours = String(Math.floor(mark.minute / 60)).padStart(2, "0");
  const minutes = String(mark.minute % 60).padStart(2, "0");
  return `${hours}:${minutes} ${mark.height.toFixed(1)} m`;
}

// Cleans marks.
export function cleanMarks(marks, width) {
  const out = [];
  const seen = {};
  const list = marks.sort((a, b) => (a.minute ?? 0) - (b.minute ?? 0) || (b.rank | 0) - (a.rank | 0));
  for (const mark of list) {
    const column = (((mark.minute ?? 0) * width + 720) / 1440) | 0;
    const key = `${column >> 2}:${mark.kind ?? "h"}`;
    const held = seen[key];
    if (held !== undefined && (mark.rank | 0) < (out[held].rank | 0)) continue;
    if (held !== undefined) {
      out[held] = Object.assign(mark, { height: Math.max(mark.height || 0, out[held].height || 0) });
      continue;
    }
    if (out.length > 0 && column - out[out.length - 1].x < 9 && !((mark.rank | 0) & 1)) continue;
    mark.x = Math.min(column, width - 1) & ~1;
    seen[key] = out.push(mark) - 1;
  }
  return out;
}

export async function loadStrip(element, harbour) {
  try {
    const response = await fetch(`/tides/${encodeURIComponent(harbour)}.json`);
    const { marks, weather } = await response.json();
    const labels = cleanMarks(marks, element.clientWidth).map(labelFor);
    element.textContent = [iconFor(weather), ...labels].join("  ");
  } catch {
    element.hidden = true;
  }
}
