import { describe, expect, it } from '@jest/globals';
import { multipart } from './multipart.js';

/** Read by the form reader of Node's fetch. */
async function formOf(body: Blob): Promise<FormData> {
  return new Response(body, { headers: { 'content-type': body.type } }).formData();
}

async function fileOf(body: Blob): Promise<File> {
  const file = (await formOf(body)).get('file');
  if (!(file instanceof File)) throw new TypeError('There is no file.');
  return file;
}

const content = new Blob(['%PDF-1.7\r\n--not-the-boundary\r\n']);

describe('multipart', () => {
  it('writes the fields in their order, byte for byte', async () => {
    const body = multipart({
      document_name: 'Invoice ä',
      file: { content: new Blob(['%PDF-']), fileName: 'a.pdf', type: 'application/pdf' },
    });
    const boundary = body.type.slice('multipart/form-data; boundary='.length);
    expect(boundary).toMatch(/^glomopay-[\da-f]{32}$/);
    const text = [
      `--${boundary}`,
      'Content-Disposition: form-data; name="document_name"',
      '',
      'Invoice ä',
      `--${boundary}`,
      'Content-Disposition: form-data; name="file"; filename="a.pdf"',
      'Content-Type: application/pdf',
      '',
      '%PDF-',
      `--${boundary}--`,
      '',
    ].join('\r\n');
    expect(await body.text()).toBe(text);
    expect(body.size).toBe(Buffer.byteLength(text));
  });

  it('can be read again, and has another boundary each time it is made', async () => {
    const make = () => multipart({ file: { content, fileName: 'a', type: 'image/png' } });
    const body = make();
    expect(await body.text()).toBe(await body.text());
    expect(make().type).not.toBe(body.type);
  });

  it('keeps the bytes of a view, not those of the pool around it', async () => {
    const pool = Buffer.from('secret-%PDF-secret');
    const file = { content: pool.subarray(7, 12), fileName: 'a', type: 'application/pdf' };
    expect(await (await fileOf(multipart({ file }))).text()).toBe('%PDF-');
  });

  it.each([
    'invoice "final".pdf',
    'a\r\nContent-Type: text/html\r\n\r\n<script>.pdf',
    'x"; filename="other.pdf',
    '../../etc/passwd',
    'ലെഡ്ജർ 📄.pdf',
    'a;b=c\\"d.pdf',
    '%22%0D%0A.pdf',
  ])('carries the name %j inside its quotes', async (fileName) => {
    const body = multipart({
      document_name: 'label',
      file: { content, fileName, type: 'application/pdf' },
    });
    const form = await formOf(body);
    expect([...form.keys()]).toEqual(['document_name', 'file']);
    const file = await fileOf(body);
    expect(file.type).toBe('application/pdf');
    expect(await file.text()).toBe(await content.text());
    const line = /filename="([^"\r\n]*)"\r\nContent-Type/.exec(await body.text());
    expect(line?.[1]).toBe(fileName.replace(/["\r\n]/g, encodeURIComponent));
  });
});
