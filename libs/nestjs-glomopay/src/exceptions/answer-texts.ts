/** What a client is told. Nothing here depends on what was sent, or on what the gateway has said. */
export const texts = {
  validation: 'The payment request breaks a rule. Nothing was sent to the payment provider.',
  refused: 'The payment provider refused the request. Nothing was charged.',
  notFound: 'The payment provider does not know this object.',
  conflict: 'The object is in another state than this request needs. Nothing was charged.',
  // Does not mention keys and allow lists: that is between the host and its operator.
  unavailable: 'Payments are not available at the moment. Nothing was charged.',
  busy: 'The payment provider is busy. Nothing was charged; try again later.',
  notSent: 'The payment provider could not be reached. Nothing was charged; try again later.',
  unknown:
    'The payment provider gave no clear answer: the request may have been carried out. Do not start again under a new request id; look the payment up, or repeat the request with the same request id.',
  noAnswer:
    'The payment provider gave no usable answer. Nothing was changed by this request; ask again later.',
  differs:
    'This request id belongs to another request. Nothing was done; look at both before using a new one.',
  notResolvable: 'The record cannot be closed in this way, or not any more. Nothing was changed.',
  notErasable:
    'Nothing was erased: a movement of money is not over, or an event of it waits to be handled.',
  malformedSignature: 'This is not a payment message.',
  wrongSignature: 'The signature of this payment message does not hold.',
  pending: 'The payment has no final status yet. It is pending, not failed; ask again later.',
  aborted: 'The request was ended before it was complete. Nothing was charged.',
  noAccount: 'There is no such merchant account. Nothing was charged.',
  notStored: 'The message could not be stored; deliver it again.',
  internal: 'Payments are not set up correctly.',
} as const;
