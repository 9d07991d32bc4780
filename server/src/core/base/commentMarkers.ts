/** Words that people leave in comments for work still to be done. A "to do" is asked for in many more forms. */
const others = "FIXME|HACK|XXX";
const markers = `TODO|${others}`;

/** A marker somewhere in a comment. */
export const containsMarker = new RegExp(`\\b(?:${markers})\\b`);

/** A text that begins with a marker: it stands in comments alone. */
export const beginsWithMarker = new RegExp(`^(?:${markers})\\b`);

/** A marker other than "to do", by itself. */
export const isOtherMarker = new RegExp(`^(?:${others})$`);

/** A text by which a comment silences a checker: it stands in comments alone. */
export const silencesChecker = /^(?:@ts-(?:ignore|expect-error|nocheck)|eslint-disable|biome-ignore|noqa|nolint)\b/;
