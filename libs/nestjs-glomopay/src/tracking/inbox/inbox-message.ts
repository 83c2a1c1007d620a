import type { Listener } from '../handlers/listener.js';

/** What an event in the inbox says, and who is to hear it. */
export interface InboxMessage {
  /** `payment.success`, `after.payment.succeeded` */
  readonly type: string;
  /** The gateway's id of what it is about, when it has one. */
  readonly objectId: string | null;
  readonly listeners: readonly Listener[];
}
