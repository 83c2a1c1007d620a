/** How a file begins, for each kind that the gateway takes (docs/gateway.md, Documents). */
const beginnings = [
  { type: 'application/pdf', bytes: Buffer.from('%PDF-', 'latin1') },
  { type: 'image/png', bytes: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
  { type: 'image/jpeg', bytes: Buffer.from('\xff\xd8\xff', 'latin1') },
] as const;

/** The media types that the gateway takes. */
export type DocumentMediaType = (typeof beginnings)[number]['type'];

const LONGEST = Math.max(...beginnings.map(({ bytes }) => bytes.length));

/** The kind of a file by its first bytes; undefined when it is of none, null when it cannot be read. */
export async function mediaTypeOf(file: Blob): Promise<DocumentMediaType | undefined | null> {
  const head = await file
    .slice(0, LONGEST)
    .arrayBuffer()
    .catch(() => null);
  if (head === null) return null;
  return beginnings.find(({ bytes }) => bytes.equals(Buffer.from(head).subarray(0, bytes.length)))
    ?.type;
}
