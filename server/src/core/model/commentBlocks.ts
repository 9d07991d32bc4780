import { lineAt } from "../base/text";
import type { CommentFacts } from "./facts";
import type { FileSummary } from "./fileSummary";

const known = new WeakMap<FileSummary, readonly CommentFacts[]>();

/** Comments on lines that follow one another are one text. */
export function commentBlocks(file: FileSummary): readonly CommentFacts[] {
  let blocks = known.get(file);
  if (!blocks) {
    blocks = joined(file);
    known.set(file, blocks);
  }
  return blocks;
}

function joined({ comments, lineStarts }: FileSummary): CommentFacts[] {
  const blocks: CommentFacts[] = [];
  for (const { text, start, end } of comments) {
    const last = blocks.at(-1);
    if (last && lineAt(lineStarts, start) - lineAt(lineStarts, last.end) <= 1)
      blocks[blocks.length - 1] = { text: `${last.text}\n${text}`, start: last.start, end };
    else blocks.push({ text, start, end });
  }
  return blocks;
}
