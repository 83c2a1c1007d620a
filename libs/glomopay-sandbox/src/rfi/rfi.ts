/** What the gateway calls it, and how its ids begin. */
export const RFI = { kind: 'Rfi', idPrefix: 'rfi' } as const;

/** A request for information, as the gateway answers it (INFERRED in part). */
export interface Rfi {
  readonly id: string;
  readonly status: RfiStatus;
  readonly reason_code: string;
  readonly reason_code_description: string;
  readonly response_deadline: string;
  readonly documents_required: readonly DocumentRequirement[];
}

export interface DocumentRequirement {
  readonly rfi_doc_id: string;
  readonly description: string;
  readonly multiple_allowed: boolean;
  readonly max_count: number;
}

/** INFERRED, but for `under_review`. */
export type RfiStatus = 'action_required' | 'under_review' | 'closed' | 'expired';

/** A document that answers a requirement. */
export interface RfiAnswer {
  readonly rfiDocId: string;
  readonly documentId: string;
}

/** What became of an RFI: asked (again), answered, and how the review or the time ended it. */
export type RfiNews = 'asked' | 'answered' | 'approved' | 'rejected' | 'expired';

/** An RFI with what the gateway does not tell. */
export interface RfiRecord {
  readonly id: string;
  readonly created_at: string;
  readonly rfi: Rfi;
  /** The object that it is about. */
  readonly objectId: string;
  /** The last there was. */
  readonly news: RfiNews;
  readonly told: (news: RfiNews, rfi: Rfi) => void;
}
