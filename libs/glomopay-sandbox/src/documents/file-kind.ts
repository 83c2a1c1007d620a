/** A kind of file that the gateway takes. */
export interface FileKind {
  readonly type: string;
  /** What the names of such files end in. */
  readonly ending: string;
  readonly begins: Buffer;
}

const KINDS: readonly FileKind[] = [
  { type: 'application/pdf', ending: 'pdf', begins: Buffer.from('255044462d', 'hex') },
  { type: 'image/png', ending: 'png', begins: Buffer.from('89504e470d0a1a0a', 'hex') },
  { type: 'image/jpeg', ending: 'jpg', begins: Buffer.from('ffd8ff', 'hex') },
];

/** The kind of a file by its first bytes. */
export function fileKind(bytes: Buffer): FileKind | undefined {
  return KINDS.find(({ begins }) => bytes.subarray(0, begins.length).equals(begins));
}
