import http from 'node:http';

// One request on a connection of its own, as a browser that has just come would make it. Never
// throws: `failure` is `refused` when nothing was sent, `lost` when the answer did not arrive.
export function request({ port, path, method = 'GET', headers = {}, body, timeoutMs = 30_000 }) {
  return new Promise((resolve) => {
    const call = http.request({ host: '127.0.0.1', port, path, method, headers, agent: false });
    call.setTimeout(timeoutMs, () => call.destroy(new Error('no answer in time')));
    call.on('error', (error) => {
      resolve({ failure: error.code === 'ECONNREFUSED' ? 'refused' : 'lost' });
    });
    call.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', () => resolve({ failure: 'lost' }));
      response.on('end', () => {
        resolve({
          status: response.statusCode,
          location: response.headers.location,
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    call.end(body);
  });
}

// The JSON of an answer, or nothing.
export function jsonOf({ text }) {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
