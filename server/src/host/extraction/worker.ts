import { FileExtractor } from "../../core/engine/extractor";
import { createSyntaxHost } from "../syntaxHost";
import { batchTask } from "./batchTask";

/** Found by its name in `dist/extraction.js`, which the pool's threads load. */
export const extractBatch = batchTask(() => FileExtractor.create(createSyntaxHost()));
