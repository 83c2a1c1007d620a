// Test cards of the gateway: what the bank decides when the buyer approves.
const cards = {
  good: ['4532442222222222', '4376702222222222', '4111111111111111', '3469122222222222'],
  bad: ['4597262222222223', '4556822222222223', '3790802222222223'],
};

// Four digits that stand nowhere else, so that a find is a leak.
export const canaryCvv = '8317';
export const canaryNumbers = [...cards.good, ...cards.bad];

const products = ['house-blend', 'tasting-box', 'brew-kit'];
const currencies = ['USD', 'EUR', 'GBP'];

// What one buyer will do, whatever happens to the shop meanwhile.
export function buyerPlan(random) {
  return {
    arrivalMs: random.between(0, 500),
    product: random.pick(products),
    currency: random.pick(currencies),
    cardNumber: random.pick(random.chance(0.8) ? cards.good : cards.bad),
    // At the bank's page.
    decision: random.weighted({ approve: 70, decline: 15, abandon: 15 }),
    thinkMs: random.chance(0.15) ? random.between(1000, 4000) : random.between(0, 500),
    // How the browser brings the result back, if it does.
    callback: random.weighted({ once: 40, twice: 10, 'at once twice': 10, late: 15, never: 25 }),
    callbackDelayMs: random.between(500, 3000),
    reloads: random.chance(0.7),
    watches: random.chance(0.3),
    // The shop's answer was lost, or had no redirect: does the bank end the payment all the same?
    endsWithoutRedirect: random.chance(0.6),
    // A load balancer may still send a buyer to a host that is down.
    waitsForShop: random.chance(0.9),
  };
}

// Each buyer's name stands on the card, so that the gateway's books tell whose payment it is.
export function holderName(index) {
  const letters = [...String(index)].map((digit) => 'abcdefghij'[digit]);
  return `Buyer ${letters.join('').toUpperCase()}`;
}
