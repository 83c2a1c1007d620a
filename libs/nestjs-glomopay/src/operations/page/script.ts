/**
 * What runs in the page, as text: no bundler of a host touches it. It sends the forms as JSON to the API
 * beside the page, which a form by itself cannot, and tells what became of it. Text from the API is
 * only ever set as text.
 */
export const script = `'use strict';
(() => {
  const api = location.pathname.replace(/\\/+$/, '') + '/api/';
  const status = document.getElementById('status');
  const KEY = 'glomopay-operations-notice';

  function tell(text, isBad) {
    status.textContent = text;
    status.classList.toggle('bad', isBad === true);
    if (isBad) status.focus();
  }
  function tellAfterReload(text) {
    try { sessionStorage.setItem(KEY, text); } catch { /* then it is not told */ }
    location.reload();
  }
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (kept) tell(kept);
  } catch { /* no storage, no notice */ }

  async function send(path, body, signal) {
    const answer = await fetch(api + path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
      redirect: 'manual',
    });
    // A page to log in is answered with 200 too, and says nothing of what was to be done.
    const isOurs = /^application\\/(?:json|x-ndjson)\\b/.test(answer.headers.get('content-type'));
    if (answer.ok && isOurs) return answer;
    const told = isOurs ? await answer.json().catch(() => ({})) : {};
    throw Error(told.message || strange(answer.status));
  }
  function strange(status) {
    return status >= 500
      ? 'The answer was ' + status + '. It may have been done all the same: load this page again before you repeat it.'
      : 'Something in between has answered. Nothing was done; you may have to log in again.';
  }
  function bodyOf(form) {
    const body = {};
    for (const [name, value] of new FormData(form)) if (value !== '') body[name] = value;
    return body;
  }

  const work = {
    async 'movement/resolve'(form) {
      await send('movement/resolve', bodyOf(form));
      tellAfterReload('It is closed. Should the gateway say something new of it, it comes back to the list.');
    },
    async 'event/replay'(form) {
      const { replayed } = await (await send('event/replay', bodyOf(form))).json();
      tellAfterReload(replayed
        ? 'The event is being handled again. If it fails again, it comes back to this page.'
        : 'This event was not parked any more, so nothing was done.');
    },
    async 'events/replay'(form) {
      const body = { ...bodyOf(form), limit: 100 };
      let count = 0;
      for (;;) {
        const { replayed, next } = await (await send('events/replay', body)).json();
        count += replayed;
        if (next === null) break;
        body.before = next;
        tell(count + ' events are being handled again so far …');
      }
      tellAfterReload(count + (count === 1 ? ' event is' : ' events are') + ' being handled again.');
    },
    reconciliation,
  };

  async function reconciliation(form) {
    const given = bodyOf(form);
    const body = { account: given.account, from: given.from + ':00Z', repair: given.repair === 'on' };
    if (given.to) body.to = given.to + ':00Z';
    const leaving = new AbortController();
    const cancel = document.getElementById('cancel');
    const list = document.getElementById('found');
    list.replaceChildren();
    cancel.hidden = false;
    cancel.onclick = () => leaving.abort();
    try {
      const answer = await send('reconciliation', body, leaving.signal);
      let isEnded = false;
      for await (const line of linesOf(answer.body)) {
        if (line.type === 'finding') list.append(finding(line.finding));
        if (line.type === 'progress') tell(counted('Comparing …', line.summary));
        if (line.type === 'end') {
          isEnded = true;
          const { state, summary, error } = line.report;
          if (state === 'ended') tell(counted('The comparison has ended.', summary));
          else tell(error ? error.message : 'The comparison was cancelled. What was mended stays.', true);
        }
      }
      if (!isEnded) tell('The connection broke, so the comparison was cancelled. What was mended stays.', true);
    } catch (thrown) {
      if (!leaving.signal.aborted) throw thrown;
      tell('The comparison was cancelled. What was mended stays.', true);
    } finally {
      cancel.hidden = true;
    }
  }
  function counted(text, { compared, findings, repaired }) {
    return text + ' ' + compared + ' compared, ' + findings + ' differ, ' + repaired + ' of them mended.';
  }
  function finding({ kind, movement, objectId, requestId, repaired, here, there }) {
    const item = document.createElement('li');
    const side = (entry) => entry === null ? 'nothing' : [entry.status, entry.amount, entry.currency].filter((part) => part !== null).join(' ');
    item.className = 'panel case';
    item.textContent = (repaired ? 'Mended: ' : 'Left: ') + movement + ' ' + (objectId || requestId || '') + ', ' + kind + '. Here ' + side(here) + ', there ' + side(there) + '.';
    return item;
  }
  async function* linesOf(stream) {
    const decoder = new TextDecoder();
    const reader = stream.getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (rest + decoder.decode(value, { stream: true })).split('\\n');
      rest = parts.pop();
      for (const part of parts) if (part !== '') yield JSON.parse(part);
    }
  }

  for (const button of document.querySelectorAll('form[data-api] button')) button.disabled = false;
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    const name = form.dataset.api;
    if (name === undefined) return;
    event.preventDefault();
    const chosen = form.querySelector('input[type=radio]:checked');
    const asked = (chosen && chosen.dataset.confirm) || form.dataset.confirm;
    if (asked && !confirm(asked)) return;
    const buttons = form.querySelectorAll('button');
    for (const button of buttons) button.disabled = button.id !== 'cancel';
    try {
      await work[name](form);
    } catch (thrown) {
      tell(thrown instanceof Error ? thrown.message : 'It failed.', true);
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  });
})();
`;
