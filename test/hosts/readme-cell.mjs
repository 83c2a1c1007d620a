import assert from 'node:assert/strict';
import path from 'node:path';
import { ecosystems } from './ecosystems.mjs';
import { HostFolder } from './host-folder.mjs';
import { readmeHost } from './readme.mjs';
import { talkTo } from './runtime-cell.mjs';
import { callbackOf } from './signed.mjs';

const card = {
  holderName: 'John Doe',
  number: '4111111111111111',
  expiryMonth: '09',
  expiryYear: '2031',
  cvv: '839',
};

// A host made of the README's own words: its install line and its three classes. Added are a list of
// controllers and providers, and the sandbox's address, without which it would call the real gateway.
export async function readmeCell({ place, ecosystem, node }) {
  const { packages, sources } = await readmeHost(ecosystem.replace('nest', ''));
  const host = new HostFolder(place.own(`${ecosystem}-readme`), ecosystems[ecosystem]);
  const { typescript, '@types/node': nodeTypes } = host.ecosystem.tools;
  await host.create({
    packages: [await place.library(), ...packages],
    tools: { typescript, '@types/node': nodeTypes },
    options: place.options,
  });
  await host.add('readme');
  for (const [name, text] of Object.entries(sources)) {
    await host.write(path.join('src', name), host.spelled(atSandbox(text)));
  }
  await host.compile();
  const { file } = await place.node(node);
  const args = [path.join(host.folder, 'dist/main.js')];
  return talkTo({ place, node: file, args, folder: host.folder, checks, callback });
}

const callback = '/payment/callback';
const atSandbox = (text) =>
  text.replace(/( *)secretKey: .*\n/, "$&$1baseUrl: config.getOrThrow('GLOMOPAY_BASE_URL'),\n");

const pageOf = async (answer) => {
  const { status, headers } = await answer;
  return `${status} ${headers.get('location')}`;
};

async function checkOut({ host, home }, reference) {
  const answer = await host.fetch('/checkout', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reference, customerId: home.demoCustomerId, card }),
  });
  assert.equal(answer.status, 201, await answer.clone().text());
  const { redirectUrl } = await answer.json();
  assert.equal(new URL(redirectUrl).origin, home.url);
  return home.payments.list()[0].id;
}

async function comeBack(subject, decision) {
  const paymentId = await checkOut(subject, decision);
  const { pathname, search } = new URL(subject.home.completePayment(paymentId, decision));
  return pageOf(subject.host.fetch(pathname + search));
}

const checks = [
  { title: 'boots', isNeeded: true, check: ({ host }) => host.start('/') },
  {
    title: 'sends the buyer of a payment that succeeded to its page',
    check: async (subject) =>
      assert.equal(await comeBack(subject, 'approve'), '303 /payment/success'),
  },
  {
    title: 'sends the buyer of a payment that failed to its page',
    check: async (subject) =>
      assert.equal(await comeBack(subject, 'decline'), '303 /payment/failed'),
  },
  {
    title: 'sends whoever brings a forged or a malformed callback to the error page',
    check: async ({ host, home }) => {
      const [{ id: paymentId, payin_id: orderId }] = home.payments.list();
      const forged = callbackOf({ orderId, paymentId }, 'somebody-else');
      for (const query of ['', forged]) {
        assert.equal(await pageOf(host.fetch(callback + query)), '303 /payment/error');
      }
    },
  },
];
