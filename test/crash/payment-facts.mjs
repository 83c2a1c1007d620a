// What the invariants say about a payment of the gateway.

export function succeeded({ status }) {
  return status === 'success';
}

export function failed({ status }) {
  return status === 'failed';
}

export function named({ id, requestId, status }) {
  return `${id} (${requestId}, ${status})`;
}

export function referenceOf({ requestId }) {
  return requestId.replace(/^payment-/, '');
}
