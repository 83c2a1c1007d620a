// What a careless or hostile module of the host can do to axios and to every object, before the
// library sends. Imported by one-call.mjs.
import axios from 'axios';

const { ELSEWHERE } = process.env;
const { hostname, port } = new URL(ELSEWHERE);

axios.defaults.baseURL = ELSEWHERE;
axios.defaults.proxy = { host: hostname, port: Number(port), protocol: 'http' };
axios.defaults.headers.common['x-host'] = 'of the host';
axios.defaults.headers.post['authorization'] = 'Bearer of the host';
axios.defaults.maxRedirects = 20;
axios.defaults.auth = { username: 'host', password: 'host' };
const seen = (config) => fetch(`${ELSEWHERE}/interceptor`).then(() => config);
axios.interceptors.request.use(seen);
axios.interceptors.response.use(seen);

const polluted = {
  proxy: { host: hostname, port: Number(port) },
  baseURL: ELSEWHERE,
  url: `${ELSEWHERE}/url`,
  auth: 'polluted:polluted',
  adapter: 'http',
  transport: { request: () => fetch(`${ELSEWHERE}/transport`) },
  headers: { 'x-polluted': 'yes' },
  params: { polluted: 'yes' },
  paramsSerializer: () => 'polluted=yes',
  transformRequest: [() => 'polluted'],
  transformResponse: [() => 'polluted'],
  validateStatus: () => true,
  maxRedirects: 20,
  allowAbsoluteUrls: true,
  socketPath: '/tmp/polluted.sock',
  host: hostname,
  hostname,
  port: Number(port),
  lookup: (_, __, done) => done(null, '127.0.0.1', 4),
  path: '/polluted',
  insecureHTTPParser: true,
  rejectUnauthorized: false,
  beforeRedirect: () => fetch(`${ELSEWHERE}/redirect`),
};
Object.assign(Object.prototype, polluted);
