// The books of both sides; what was paid elsewhere apart from what the shop has charged itself.
export async function readBooks({ sandbox, gateway, shop }) {
  const payments = await gateway.payments();
  const purchases = await shop.purchases();
  const records = await shop.records();
  const orders = gateway.orders.map((order) => ({ ...order, reference: order.request_id }));
  const kindOf = (wanted) => records.filter(({ kind }) => kind === wanted);
  return {
    payments: payments.filter((payment) => !isElsewhere(payment)),
    orders: orders.filter((order) => !isElsewhere(order)),
    purchases: purchases.filter((purchase) => !isElsewhere(purchase)),
    records,
    lines: await shop.lines(),
    confirmations: await shop.confirmations(),
    checkouts: await shop.checkouts(),
    paymentEvents: await shop.paymentEvents(),
    inbox: await shop.inbox(),
    deliveries: sandbox.webhooks.deliveries(),
    intents: kindOf('payment'),
    refundRecords: kindOf('refund'),
    refunds: await gateway.refunds(),
    refundRows: await shop.refundRows(),
    refundsTold: await shop.refundsTold(),
    milestones: await shop.milestones(),
    elsewhere: {
      orders: orders.filter(isElsewhere),
      payments: payments.filter(isElsewhere),
      purchases: purchases.filter(isElsewhere),
      records: kindOf('collection'),
    },
  };
}

function isElsewhere({ reference, requestId }) {
  return (reference ?? requestId).startsWith('elsewhere-');
}
