/**
 * Follows one payment and shows what the gateway tells about it, and its result. Reads the state of
 * the own payment; sends nothing.
 */
const RETRY_MS = 4000;
const live = document.getElementById('live');
const title = document.getElementById('state-title');
const text = document.getElementById('state-text');
const lines = document.getElementById('events');
const noLines = document.getElementById('no-events');
const address = `/payments/${encodeURIComponent(live.dataset.reference)}`;

/** Adds what the gateway has told since. Whatever it says becomes text. */
const addLines = (events) => {
  for (const { text: words, receivedAt, time } of events.slice(lines.children.length)) {
    const line = document.createElement('li');
    const moment = document.createElement('time');
    moment.dateTime = receivedAt;
    moment.textContent = time;
    line.append(words, ' ', moment);
    lines.append(line);
  }
  noLines.hidden = lines.children.length > 0;
};

/** Shows a state; says whether it was the last one. */
const show = (state) => {
  // One may change without the other, as with a second refund; what stays is not read out again.
  if (title.textContent !== state.title) {
    title.textContent = state.title;
  }
  if (text.textContent !== state.text) {
    text.textContent = state.text;
  }
  addLines(state.events);
  // Only ever a page of this shop.
  if (typeof state.resultUrl === 'string' && /^\/payment\/[a-z]+\?ref=/.test(state.resultUrl)) {
    location.replace(state.resultUrl);
    return true;
  }
  return false;
};

const ask = async () => {
  try {
    const answer = await fetch(`${address}/state`, { headers: { accept: 'application/json' } });
    if (answer.ok && show(await answer.json())) {
      return;
    }
  } catch {
    // Offline for a moment: the next try will tell.
  }
  setTimeout(ask, RETRY_MS);
};

const events = new EventSource(`${address}/events`);
events.addEventListener('message', (event) => {
  if (show(JSON.parse(event.data))) {
    events.close();
  }
});
events.addEventListener('error', () => {
  // Also the end of a long watch: from here on ask, which needs no open connection.
  events.close();
  setTimeout(ask, RETRY_MS);
});
