/** Text from a repository as Markdown code, cut. */
export function code(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return `\`${short.replace(/`/g, "'")}\``;
}
