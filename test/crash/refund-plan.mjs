// What an operator has refunded of one purchase, whatever happens to the shop meanwhile. Each share is
// one refund; no share means all that is left.
export function refundPlan(random) {
  const part = () => random.between(5, 45) / 100;
  const shares = random.weighted({
    nothing: 30,
    all: 20,
    part: 15,
    'two parts': 15,
    'a part and the rest': 10,
    elsewhere: 5,
    'elsewhere and a part': 5,
  });
  return {
    // Made at the gateway's own pages, which the shop hears of by a webhook only.
    elsewhere: shares.startsWith('elsewhere') ? part() : undefined,
    shares: {
      nothing: [],
      all: [undefined],
      part: [part()],
      'two parts': [part(), part()],
      'a part and the rest': [part(), undefined],
      elsewhere: [],
      'elsewhere and a part': [part()],
    }[shares],
    pauseMs: random.between(0, 1500),
    // Two windows, perhaps at two hosts, at the same time.
    windows: random.chance(0.25) ? 2 : 1,
    // Presses the button again when nobody can tell what became of it.
    asksAgain: random.chance(0.7),
  };
}

// What the bank makes of one refund.
export function bankPlan(random) {
  return {
    afterMs: random.chance(0.25) ? 0 : random.between(0, 2500),
    decision: random.weighted({ approve: 70, decline: 15, nothing: 15 }),
    isUnheard: random.chance(0.3),
  };
}

// How a payment gets through compliance that asks about it.
export function compliancePlan(random) {
  return {
    answers: random.chance(0.85),
    answerAfterMs: random.between(0, 1500),
    verdict: random.weighted({ approve: 55, reject: 45 }),
    verdictAfterMs: random.between(0, 1500),
    isUnheard: random.chance(0.3),
  };
}
