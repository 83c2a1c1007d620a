import path from 'node:path';
import { carryOut } from './checks.mjs';
import { conversation } from './conversation.mjs';
import { freePort, RunningHost } from './running-host.mjs';

// One server of a compiled host under one Node, talked to as a buyer and the gateway would.
export async function runtimeCell({ place, ecosystem, server, node }) {
  const { file } = await place.node(node);
  const { folder } = await place.host(ecosystem);
  return talkTo({ place, node: file, args: [path.join(folder, 'dist', `${server}.js`)], folder });
}

// Starts a host between two gateways and carries out the checks of a conversation with it.
export async function talkTo({
  place,
  node,
  args,
  folder,
  checks = conversation,
  callback = '/api/payment/callback',
}) {
  const [home, emea] = [await place.gateway(), await place.gateway()];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${callback}`;
  const environment = {
    ...accountOf('GLOMOPAY', home),
    ...accountOf('EMEA', emea),
    CALLBACK_URL: url,
    GLOMOPAY_CALLBACK_URL: url,
  };
  const host = new RunningHost({ node, args, cwd: folder, port, environment });
  try {
    return await carryOut(checks, { host, home, emea });
  } finally {
    await host.stop();
    await Promise.all([home.stop(), emea.stop()]);
  }
}

// An account's gateway as the host's environment names it.
export function accountOf(prefix, { secretKey, webhookSecret, url }) {
  return {
    [`${prefix}_SECRET_KEY`]: secretKey,
    [`${prefix}_WEBHOOK_SECRET`]: webhookSecret,
    [`${prefix}_BASE_URL`]: url,
  };
}
