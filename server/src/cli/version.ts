/** Put in by the build. */
declare const FATHOM_VERSION: string;

export const version = FATHOM_VERSION;
