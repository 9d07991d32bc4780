/**
 * WebAssembly modules ask the `Date` of their thread for local time. From now on local time is UTC in this thread, so
 * that a program gives the same on every machine.
 */
export function pinTimeZone(): void {
  const dates = Date.prototype as unknown as Record<string, unknown>;
  for (const part of ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"]) {
    dates[`get${part}`] = dates[`getUTC${part}`];
    if (part !== "Day") dates[`set${part}`] = dates[`setUTC${part}`];
  }
  dates.getTimezoneOffset = () => 0;
}
