import http from 'node:http';
import https from 'node:https';
import { HttpService } from '@nestjs/axios';
import type { OnApplicationShutdown } from '@nestjs/common';
import {
  Axios,
  AxiosHeaders,
  type AxiosAdapter,
  type AxiosInstance,
  type InternalAxiosRequestConfig,
} from 'axios';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import { leanAdapter } from './lean-adapter.js';

/**
 * Idle sockets are closed after this time, before the usual idle limits of servers and
 * load balancers: a write on a socket that the other side is just closing has an unknown outcome.
 */
const IDLE_SOCKET_MS = 4_000;

/**
 * The library's own `HttpService`. Made from the `Axios` class, not by `axios.create`, which would
 * copy whatever the host has put into `axios.defaults`; every setting is written out.
 */
export class GlomopayHttp extends HttpService implements OnApplicationShutdown {
  readonly #ownAgent: http.Agent | undefined;

  constructor({ baseUrl, http: agents }: GlomopayConfig) {
    const secure = baseUrl.startsWith('https:');
    const hostAgent = secure ? agents.httpsAgent : agents.httpAgent;
    const agent = hostAgent ?? keepAliveAgent(secure);
    const adapter = leanAdapter({ baseUrl, agent });
    const instance = new Axios({
      adapter,
      headers: new AxiosHeaders(),
      transformRequest: [],
      transformResponse: [],
      validateStatus: null,
      maxRedirects: 0,
      proxy: false,
      timeout: 0,
      allowAbsoluteUrls: false,
    });
    instance.request = shortWay(instance, adapter);
    // HttpService calls the methods of an instance only, never the instance itself.
    super(instance as AxiosInstance);
    this.#ownAgent = hostAgent === undefined ? agent : undefined;
  }

  /** Closes our connections, so that the process can end. An agent of the host is the host's. */
  onApplicationShutdown(): void {
    this.#ownAgent?.destroy();
  }
}

/**
 * Straight to the adapter while no interceptor is registered. Merging settings that never differ,
 * copying headers and running empty lists of transformers costs a quarter of what the request itself
 * does. With an interceptor it is axios as ever.
 */
function shortWay(instance: Axios, adapter: AxiosAdapter): Axios['request'] {
  const throughAxios = instance.request.bind(instance);
  const { request, response } = instance.interceptors;
  const send = (config: InternalAxiosRequestConfig): Promise<unknown> =>
    request.handlers?.length || response.handlers?.length ? throughAxios(config) : adapter(config);
  return send as Axios['request'];
}

function keepAliveAgent(secure: boolean): http.Agent {
  const options = { keepAlive: true, timeout: IDLE_SOCKET_MS };
  return secure ? new https.Agent(options) : new http.Agent(options);
}
