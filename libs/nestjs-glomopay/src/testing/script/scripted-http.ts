import { HttpService } from '@nestjs/axios';
import { Axios, AxiosHeaders, type AxiosAdapter, type AxiosInstance } from 'axios';
import { Exchange } from '../../http/exchange.js';
import type { GlomopayScript } from './glomopay-script.js';
import type { GlomopayScripts } from './glomopay-scripts.js';
import { formFields } from './form-fields.js';

/** The library's `HttpService` with a script in the place of the network; the rest of it is the real one. */
export class ScriptedHttp extends HttpService {
  constructor(script: GlomopayScript) {
    const adapter: AxiosAdapter = async (config) => {
      const exchange: unknown = Reflect.get(config, 'exchange');
      if (!(exchange instanceof Exchange)) throw new TypeError('Only the GatewayClient may send.');
      const data = script.exchange(exchange, await formFields(exchange.open().body));
      return { data, status: data.status, statusText: '', headers: {}, config };
    };
    const instance = new Axios({
      adapter,
      headers: new AxiosHeaders(),
      transformRequest: [],
      transformResponse: [],
      validateStatus: null,
    });
    super(instance as AxiosInstance);
  }
}

/** What each account sends through: its script. */
export function scriptedHttpOf(scripts: GlomopayScripts): (account: string) => ScriptedHttp {
  return (account) => new ScriptedHttp(scripts.of(account));
}
