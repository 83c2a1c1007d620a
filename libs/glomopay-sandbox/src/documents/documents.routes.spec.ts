import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { badRequest, read, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';

const client = useSandbox({ clock: new ManualClock() });
const LIMIT = 10_485_760;

function aFile(size = 64, begins = '%PDF-1.7\n'): Blob {
  return new Blob([Buffer.from(begins, 'latin1'), Buffer.alloc(size - begins.length, 0x20)]);
}

/** A whole form, spoiled in one place. */
function aForm(change: (form: FormData) => void = () => undefined): FormData {
  const form = new FormData();
  form.set('document_name', 'invoice');
  form.set('file', aFile(), 'invoice.pdf');
  change(form);
  return form;
}

async function upload(body: FormData | Blob, headers: Record<string, string> = {}) {
  const { url, secretKey } = client().sandbox;
  const answer = await fetch(`${url}/api/v1/document`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secretKey}`, ...headers },
    body,
  });
  return { status: answer.status, json: (await answer.json()) as unknown };
}

describe('POST /document', () => {
  it('takes a form and answers the document', async () => {
    const { status, json } = await upload(aForm());
    const id = read(json, 'id');
    expect({ status, json }).toEqual({
      status: 201,
      json: {
        id: expect.stringMatching(/^doc_[0-9a-f]{8}[A-Za-z0-9]{5}$/),
        document_name: 'invoice',
        file_name: expect.stringMatching(/^invoice_[0-9a-f]{7}\.pdf$/),
        preview_url: `${client().sandbox.url}/documents/${id}`,
        status: 'uploaded',
        created_at: '2026-03-01T12:00:00.000Z',
        updated_at: '2026-03-01T12:00:00.000Z',
      },
    });
    expect((await client().get(`/api/v1/document/${id}`)).json).toEqual(json);
    expect(client().sandbox.documents.get(id)).toEqual(json);
  });

  it.each([
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['\xff\xd8\xff\xe0', 'jpg'],
  ])('knows a file by its first bytes: %j', async (begins, ending) => {
    const form = aForm((each) => each.set('file', aFile(64, begins), '../../a.pdf'));
    const { json } = await upload(form);
    expect(read(json, 'file_name')).toMatch(new RegExp(`^a_[0-9a-f]{7}\\.${ending}$`));
  });

  it('takes 10,485,760 bytes and not one more', async () => {
    const whole = await upload(aForm((form) => form.set('file', aFile(LIMIT), 'a.pdf')));
    expect(whole.status).toBe(201);
    const larger = await upload(aForm((form) => form.set('file', aFile(LIMIT + 1), 'a.pdf')));
    expect(larger).toEqual({
      status: 400,
      json: badRequest('Validation failed: File is too large (maximum is 10 MB)'),
    });
  });

  it.each<[string, (form: FormData) => void]>([
    ["File can't be blank", (form) => form.delete('file')],
    ["File can't be blank", (form) => form.set('file', new Blob([]), 'a.pdf')],
    ['File is invalid', (form) => form.set('file', '%PDF-1.7')],
    ['File must be a JPEG, PNG or PDF', (form) => form.set('file', aFile(64, '<svg>'), 'a.pdf')],
    [
      'File name is too long (maximum is 128 characters)',
      (form) => form.set('file', aFile(), 'x'.repeat(129)),
    ],
    ["Document name can't be blank", (form) => form.delete('document_name')],
    ["Document name can't be blank", (form) => form.set('document_name', ' ')],
    ['Document name is invalid', (form) => form.set('document_name', aFile(), 'a.pdf')],
    [
      'Document name is too long (maximum is 128 characters)',
      (form) => form.set('document_name', 'x'.repeat(129)),
    ],
    ['Request contains an unknown field', (form) => form.set('type', 'invoice')],
    ['Request contains a repeated field', (form) => form.append('file', aFile(), 'b.pdf')],
  ])('refuses with "%s"', async (problem, change) => {
    expect(await upload(aForm(change))).toEqual({
      status: 400,
      json: badRequest(`Validation failed: ${problem}`),
    });
    expect(client().sandbox.documents.list()).toEqual([]);
  });

  it('refuses a form that is not whole, and a body that is none', async () => {
    const whole = new Response(aForm());
    const type = { 'content-type': whole.headers.get('content-type') ?? '' };
    const bytes = await whole.blob();
    for (const cut of [0, 30, bytes.size - 4]) {
      expect(await upload(bytes.slice(0, cut), type)).toEqual({
        status: 400,
        json: badRequest('Malformed form'),
      });
    }
    expect(await upload(bytes, { 'content-type': 'application/json' })).toEqual({
      status: 400,
      json: badRequest('Content-Type must be multipart/form-data'),
    });
  });

  it('asks for a key before it looks at the file', async () => {
    const { status } = await upload(aForm(), { authorization: 'Bearer nobody' });
    expect(status).toBe(401);
  });
});

describe('A document', () => {
  it('is shown at its preview, with its names as text and its hash', async () => {
    const form = aForm((each) => each.set('document_name', '<script>alert(1)</script>'));
    const { json } = await upload(form);
    const page = await (await fetch(read(json, 'preview_url'))).text();
    expect(page).not.toContain('<script>');
    const bytes = Buffer.from(await aFile().arrayBuffer());
    expect(page).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect((await fetch(`${client().sandbox.url}/documents/doc_unknown`)).status).toBe(404);
  });

  it('is listed by time, newest first', async () => {
    const first = read((await upload(aForm())).json, 'id');
    const second = read((await upload(aForm())).json, 'id');
    const { json } = await client().get('/api/v1/document?per_page=1');
    expect(read(json, 'data', '0', 'id')).toBe(second);
    const next = await client().get('/api/v1/document?per_page=1&page=2');
    expect(read(next.json, 'data', '0', 'id')).toBe(first);
    expect((await client().get('/api/v1/document?status=uploaded')).status).toBe(400);
    expect((await client().get('/api/v1/document/order_1')).status).toBe(400);
    expect((await client().get('/api/v1/document/doc_1')).json).toEqual({
      error: 'Not Found',
      message: 'Document not found',
    });
  });

  it.each([
    ['approve', 'approved', 'reject'],
    ['reject', 'rejected', 'approve'],
  ] as const)('can be decided on once: %s', async (decision, status, other) => {
    const { sandbox } = client();
    const id = read((await upload(aForm())).json, 'id');
    const path = `/_sandbox/documents/${id}/review`;
    expect((await client().post(path, { decision })).json).toMatchObject({ id, status });
    sandbox.reviewDocument(id, decision);
    expect(sandbox.documents.get(id)?.status).toBe(status);
    expect(await client().post(path, { decision: other })).toMatchObject({
      status: 400,
      json: badRequest('State change not allowed'),
    });
    expect(() => sandbox.reviewDocument('doc_unknown', decision)).toThrow('Document not found');
    expect((await client().post(path, {})).status).toBe(400);
  });
});
