export const settings = { open: true };
