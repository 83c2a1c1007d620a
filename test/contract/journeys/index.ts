import type { Journey } from './journey.js';
import { moneyOutJourneys } from './money-out.js';
import { payinJourneys } from './payins.js';
import { paymentJourneys } from './payments.js';
import { subscriptionJourneys } from './subscriptions.js';

/** Ways through every status that the gateway documents and the sandbox reaches. */
export const journeys: readonly Journey[] = [
  ...payinJourneys,
  ...paymentJourneys,
  ...subscriptionJourneys,
  ...moneyOutJourneys,
];
