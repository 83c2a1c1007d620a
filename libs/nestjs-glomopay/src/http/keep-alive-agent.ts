import http from 'node:http';
import https from 'node:https';

/**
 * Idle sockets are closed after this time, before the usual idle limits of servers and
 * load balancers: a write on a socket that the other side is just closing has an unknown outcome.
 */
const IDLE_SOCKET_MS = 4_000;

/** An agent of our own, which keeps connections for a while. */
export function keepAliveAgent(secure: boolean): http.Agent {
  const options = { keepAlive: true, timeout: IDLE_SOCKET_MS };
  return secure ? new https.Agent(options) : new http.Agent(options);
}
