/** Answers every POST with the gateway's answer to a card payment; in a process of its own. */
import http from 'node:http';
import { serve } from './worker.mjs';

const sampleId = 'payt_691eeb9aV79Uk';
const sample = JSON.stringify({
  payment_id: sampleId,
  status: 'pending',
  next_steps: [
    {
      action: 'redirect',
      payload: {
        url: `https://secure.glomopay.com?paymentId=${sampleId}&authToken=ey-sample&redirectUrl=https%3A%2F%2Fshop.example%2Fpayment%2Fcallback`,
      },
    },
    {
      action: 'poll',
      payload: {
        url: `https://api.glomopay.com/api/v1/payments/${sampleId}`,
        interval_in_ms: 5000,
      },
    },
  ],
});

let payments = 0;

/** The sample with an id of its own, of the same length. */
function nextAnswer() {
  payments += 1;
  return sample.replaceAll(sampleId, `payt_${String(payments).padStart(13, '0')}`);
}

const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume().once('end', () => {
    const answer = nextAnswer();
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer),
    });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => serve({ port: () => server.address().port }));
