/** What the gateway calls it, and how its ids begin. */
export const DOCUMENT = { kind: 'Document', idPrefix: 'doc' } as const;

/** A file that was uploaded, as the gateway answers it. */
export interface Document {
  readonly id: string;
  readonly document_name: string;
  /** The name under which it is stored. */
  readonly file_name: string;
  readonly preview_url: string;
  readonly status: DocumentStatus;
  readonly created_at: string;
  readonly updated_at: string;
}

export type DocumentStatus = 'uploaded' | 'approved' | 'rejected';

/** A document with what is known of its file, whose bytes are not kept. */
export interface DocumentRecord extends Document {
  readonly file: FileFacts;
}

/** What can be said of a file without keeping it. */
export interface FileFacts {
  readonly type: string;
  readonly bytes: number;
  /** In hex, so that a test can tell what has arrived. */
  readonly sha256: string;
}
