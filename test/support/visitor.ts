/** A browser without a window: keeps the cookies of one shop and follows no redirect by itself. */
export class Visitor {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly shopUrl: string) {}

  /** Someone who has opened the shop, and so has a session. */
  static async at(shopUrl: string): Promise<Visitor> {
    const visitor = new Visitor(shopUrl);
    await visitor.get('/');
    return visitor;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, { headers: { accept: 'text/html', ...headers } });
  }

  async head(path: string): Promise<Response> {
    return this.fetch(path, { method: 'HEAD' });
  }

  /** The text of a page, as a browser sees it: any run of blanks is one. */
  async read(path: string): Promise<string> {
    return (await (await this.get(path)).text()).replaceAll(/\s+/g, ' ');
  }

  async json(path: string): Promise<unknown> {
    return (await this.get(path, { accept: 'application/json' })).json();
  }

  /** Sends a body as it is; what is no text is sent as JSON. */
  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.shopUrl, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) {
      headers.set('cookie', [...this.cookies].map((pair) => pair.join('=')).join('; '));
    }
    const response = await fetch(new URL(path, this.shopUrl), {
      ...init,
      headers,
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  }
}
