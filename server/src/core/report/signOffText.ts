import { personName, type SignOff } from "../model/signOff";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** What the ledger says of a function in a few plain words: `explained by Ada Lund, 3 Mar`. Names are not escaped. */
export function signOffText(signOff: SignOff | undefined, thisYear?: number): string {
  if (!signOff) return "unexplained";
  const { state, by, at, acceptedBy } = signOff;
  const who = `${personName(by)}, ${dayText(at, thisYear)}`;
  switch (state) {
    case "explained":
      return `explained by ${who}`;
    case "explained-with-looks":
      return `explained by ${who}, looking at the code`;
    case "peer-accepted":
      return `explained by ${who}${acceptedBy ? `, accepted by ${personName(acceptedBy)}` : ""}`;
    case "waived":
      return `waived by ${who}`;
    case "stale":
      return `explanation is stale (${who})`;
  }
}

/** A day as people write it; the year is left out when it is this one. */
function dayText(at: string, thisYear?: number): string {
  const date = new Date(at);
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
  return date.getUTCFullYear() === thisYear ? day : `${day} ${date.getUTCFullYear()}`;
}
