import { once } from 'node:events';
import { connect, type IncomingHttpHeaders, type IncomingHttpStatusHeader } from 'node:http2';
import { text } from 'node:stream/consumers';

/** Posts over HTTP/2 in plain text, with prior knowledge; no header is added. */
export async function postHttp2(
  port: number,
  path: string,
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    const stream = session.request({ ':method': 'POST', ':path': path, ...headers });
    stream.end(body);
    const [answered] = (await once(stream, 'response')) as [
      IncomingHttpHeaders & IncomingHttpStatusHeader,
    ];
    return { status: answered[':status'], body: await text(stream) };
  } finally {
    session.destroy();
  }
}
