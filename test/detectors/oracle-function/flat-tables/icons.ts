export function iconOf(code: number): string {
  switch (code) {
    case 200:
      return "storm";
    case 311:
      return "drizzle";
    case 502:
      return "rain";
    case 615:
      return "sleet";
    case 741:
      return "fog";
    case 804:
      return "cloud";
    default:
      return "clear";
  }
}
