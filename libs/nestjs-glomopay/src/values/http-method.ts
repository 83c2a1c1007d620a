/** The methods by which the gateway is asked. */
export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';
