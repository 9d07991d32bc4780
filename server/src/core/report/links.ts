/** Where the documentation is read; the one place that knows. */
export const documentationRoot = "https://github.com/fathom-code/fathom/blob/main/docs";

export function detectorUrl(id: string): string {
  return `${documentationRoot}/detectors/${id}.md`;
}
