import { localPayments, localStripe } from './local-clients.mjs';

const LIMIT = 100;

/** Each client: from a port to a function that fetches one page of a hundred there. */
export const clients = {
  glomopay: async (port) => {
    const { payments, hurry } = await localPayments(port);
    return async () => {
      hurry();
      const { data } = await payments.list({ perPage: LIMIT });
      checkTotal(data.map(({ requestedAmount }) => requestedAmount));
    };
  },

  stripe: async (port) => {
    const stripe = localStripe(port);
    return async () => {
      const { data } = await stripe.paymentIntents.list({ limit: LIMIT });
      checkTotal(data.map(({ amount }) => amount));
    };
  },
};

/** Both pages ask for 1,000 minor units a hundred times, so nothing may be missing or unread. */
function checkTotal(amounts) {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  if (total !== LIMIT * 1_000) throw new Error(`the page is about ${total}`);
}
