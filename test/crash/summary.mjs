import { tally } from '../storm/grouped.mjs';

// What happened, as lines for a person.
export function summaryOf(result) {
  const { payments, purchases, intents, checkouts, buyers, orders } = result;
  const known = new Set(intents.map(({ requestId }) => requestId));
  const cutOff = checkouts.filter(({ ended, requestId }) => !ended && !known.has(requestId));
  const atGateway = new Set(payments.map(({ requestId }) => requestId));
  return lines({
    buyers: [buyers.length, tally(buyers.map(({ told }) => told))],
    'at the gateway': [
      `${orders.length} orders, ${payments.length} payments`,
      tally(payments.map(({ status }) => status)),
    ],
    'in the shop': [`${intents.length} intents`, tally(intents.map(({ state }) => state))],
    purchases: [purchases.length, tally(purchases.map(({ outcome }) => outcome))],
    refunds: [
      `${result.refunds.length} at the gateway, ${result.refundRecords.length} records`,
      tally(
        result.refundRecords.map(({ state, reason }) => (reason ? `${state} ${reason}` : state)),
      ),
    ],
    'refunds told': [
      result.refundsTold.length,
      tally(result.refundsTold.map(({ outcome }) => outcome)),
    ],
    operators: [
      `${result.operators.length} were told`,
      tally(result.operators.map(({ claim }) => claim)),
    ],
    milestones: [
      result.milestones.length,
      tally(result.milestones.map(({ milestone }) => milestone)),
    ],
    'paid elsewhere': [
      `${result.elsewhere.orders.length} orders, ${result.elsewhere.purchases.length} purchases`,
      tally(result.elsewhere.records.map(({ state }) => state)),
    ],
    history: [`${result.lines.length} lines of ${result.records.length} records`],
    letters: [
      result.confirmations.length,
      tally(result.confirmations.map(({ outcome }) => outcome)),
    ],
    webhooks: [
      `${result.deliveries.length} deliveries, ${result.paymentEvents.length} rows`,
      tally(result.deliveries.map(({ state }) => state)),
    ],
    'intents found again': [
      intents.filter(({ requestId, objectId }) => objectId && atGateway.has(requestId)).length -
        buyers.filter(({ told }) => told === 'redirected').length,
      { 'never arrived': intents.filter(({ reason }) => reason === 'never_arrived').length },
    ],
    'cut off before the intent': [cutOff.length],
    'buyers who came back': [
      buyers.reduce((sum, { claims }) => sum + claims.length, 0),
      tally(buyers.flatMap(({ claims }) => claims.map(({ by, claim }) => `${by}: ${claim}`))),
    ],
    kills: [
      `${result.kills}, ${result.restarts} restarts`,
      { 'in the middle of a write': result.duringWrites },
    ],
    'connections cut': [result.connectionsCut],
    'gateway faults': [
      Object.values(result.gatewayFaults).reduce((sum, count) => sum + count, 0),
      result.gatewayFaults,
    ],
    'webhook faults': [
      Object.values(result.webhookFaults).reduce((sum, count) => sum + count, 0),
      result.webhookFaults,
    ],
    duration: [`${seconds(result.durationMs)} s, calm after ${seconds(result.calmMs)} s`],
  });
}

function lines(table) {
  return Object.entries(table).map(([name, [value, details]]) => {
    const parts = Object.entries(details ?? {}).map(([key, count]) => `${key} ${count}`);
    return `  ${name.padEnd(26)} ${value}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
  });
}

function seconds(ms) {
  return (ms / 1000).toFixed(1);
}
