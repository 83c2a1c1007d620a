import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Inject, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { DocumentsService, GlomopayModule, type UploadDocumentInput } from 'nestjs-glomopay';
import { GlomopayScript, GlomopayTestingModule } from 'nestjs-glomopay/testing';
import { aDocumentBody } from '../support/library/bodies.js';
import { cleanUp } from '../support/library/clean-up.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary } from '../support/library/open-library.js';
import { printedEverywhere } from '../support/library/sinks.js';
import { LARGEST, pdfBytes, sha256, testFiles } from '../support/library/test-files.js';
import { UploadServer, whole, type Receive } from '../support/library/upload-server.js';

const opened = cleanUp();
const aFile = testFiles();
const OPERATION = 'POST /api/v1/document';

async function aSandbox() {
  const sandbox = opened(await GlomopaySandbox.start());
  const options = { secretKey: sandbox.secretKey };
  return { sandbox, ...opened(await openLibrary(sandbox.url, { options })) };
}

function anUpload(change: object = {}): UploadDocumentInput {
  return { file: pdfBytes(64), fileName: 'invoice.pdf', documentName: 'Invoice', ...change };
}

describe('documents.upload', () => {
  it('sends the largest file from disk, byte for byte', async () => {
    const { documents } = await aSandbox();
    const { blob } = await aFile(LARGEST);
    const document = await documents.upload(anUpload({ file: blob }));
    expect(document).toMatchObject({
      id: expect.stringMatching(/^doc_/),
      documentName: 'Invoice',
      fileName: expect.stringMatching(/^invoice_\w+\.pdf$/),
      status: 'uploaded',
    });
    const preview = await (await fetch(document.previewUrl ?? '')).text();
    expect(preview).toContain(sha256(pdfBytes(LARGEST)));
    expect(await documents.get(document.id)).toEqual(document);
    expect((await documents.list({ perPage: 1 })).data).toEqual([document]);
    expect(await failureOf(documents.get('order_68c00b7btsthf'))).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
    });
    const all: unknown[] = [];
    for await (const each of documents.listAll()) all.push(each);
    expect(all).toEqual([document]);
  });

  it('takes the bytes of a view, and sends what they were when it was called', async () => {
    const { documents } = await aSandbox();
    const bytes = pdfBytes(200_000);
    const hash = sha256(bytes.subarray(0, 100_000));
    const uploading = documents.upload(anUpload({ file: bytes.subarray(0, 100_000) }));
    bytes.fill(0);
    const { previewUrl } = await uploading;
    expect(await (await fetch(previewUrl ?? '')).text()).toContain(hash);
  });

  it.each([
    ['a PDF', '%PDF-1.4', 'application/pdf'],
    ['a PNG', '\x89PNG\r\n\x1a\n', 'image/png'],
    ['a JPEG', '\xff\xd8\xff\xe1', 'image/jpeg'],
  ])('names %s by its first bytes, whatever is claimed', async (_, begins, type) => {
    let text = '';
    const server = opened(
      await UploadServer.start((incoming, response, upload) => {
        incoming.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
        whole(201, aDocumentBody())(incoming, response, upload);
      }),
    );
    const { documents } = opened(await openLibrary(server.url));
    const file = new Blob([Buffer.from(begins, 'latin1')], { type: 'text/html' });
    await documents.upload(anUpload({ file, fileName: 'page.html' }));
    expect(/Content-Type: (.*)\r\n/.exec(text)?.[1]).toBe(type);
    const { headers = {}, bytes } = server.uploads[0] ?? {};
    expect(headers).toMatchObject({ 'content-length': String(bytes) });
    expect(headers).not.toHaveProperty('transfer-encoding');
  });

  const rest = { fileName: 'invoice.pdf', documentName: 'Invoice' };
  it.each<[string, unknown, string]>([
    ['one byte too many', anUpload({ file: pdfBytes(LARGEST + 1) }), 'isFile'],
    ['no byte', anUpload({ file: new Uint8Array() }), 'isFile'],
    ['an empty Blob', anUpload({ file: new Blob([]) }), 'isFile'],
    ['a text', anUpload({ file: '%PDF-1.7' }), 'isFile'],
    ['a path', anUpload({ file: '/etc/passwd' }), 'isFile'],
    ['no file', rest, 'isFile'],
    ['what looks like a Blob', anUpload({ file: { size: 5, slice: () => null } }), 'isFile'],
    ['16-bit numbers', anUpload({ file: new Uint16Array([0x5025, 0x4644]) }), 'isFile'],
    ['HTML', anUpload({ file: new Blob(['<html>'], { type: 'application/pdf' }) }), 'isDocument'],
    ['a PDF that begins late', anUpload({ file: Buffer.from('\n%PDF-1.7') }), 'isDocument'],
    ['half a PNG signature', anUpload({ file: Buffer.from('\x89PNG', 'latin1') }), 'isDocument'],
    ['no file name', anUpload({ fileName: '' }), 'matches'],
    ['a file name of 129 characters', anUpload({ fileName: 'x'.repeat(129) }), 'matches'],
    ['a file name with a line end', anUpload({ fileName: 'a\r\nX: y\r\n\r\n.pdf' }), 'matches'],
    ['a file name with NUL', anUpload({ fileName: 'a.pdf\0.exe' }), 'matches'],
    ['a name with half a character', anUpload({ documentName: 'a\ud83d' }), 'matches'],
    ['a document name of another kind', anUpload({ documentName: ['Invoice'] }), 'isString'],
    ['a member that does not exist', anUpload({ name: 'x' }), 'knownMembersOnly'],
    ['nothing', undefined, 'isObject'],
  ])('refuses %s before anything is sent', async (_, upload, rule) => {
    const { sandbox, documents } = await aSandbox();
    const failure = await failureOf(documents.upload(upload as UploadDocumentInput));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_VALIDATION', outcome: 'not_sent' });
    expect(failure).toHaveProperty(
      'violations',
      expect.arrayContaining([expect.objectContaining({ rule })]),
    );
    expect(failure.message).not.toMatch(/passwd|xxx|X: y/);
    expect(sandbox.requests.list()).toEqual([]);
  });

  it.each([
    'invoice "final".pdf',
    'x"; filename="evil.exe"; name="other.pdf',
    '../../../etc/passwd',
    'C:\\temp\\a.pdf',
    'ലെഡ്ജർ 📄 ﷽.pdf',
    '%0D%0A%22.pdf',
    `${'📄'.repeat(124)}.pdf`,
  ])('sends the name %j as one name', async (name) => {
    const { sandbox, documents } = await aSandbox();
    const document = await documents.upload(anUpload({ fileName: name, documentName: name }));
    expect(document.documentName).toBe(name);
    expect(document.fileName).toMatch(/^[\w-]+\.pdf$/);
    expect(sandbox.documents.list()).toHaveLength(1);
  });

  it('sends the same bytes again after a server error', async () => {
    const { blob } = await aFile(300_000);
    const answers = [whole(503, {}), whole(201, aDocumentBody())];
    const receive: Receive = (...arrived) => answers.shift()?.(...arrived);
    const server = opened(await UploadServer.start(receive));
    const { documents } = opened(await openLibrary(server.url));
    await documents.upload(anUpload({ file: blob }));
    const [first, second] = server.uploads;
    expect(second?.headers['content-type']).toBe(first?.headers['content-type']);
    expect(second?.hash.digest('hex')).toBe(first?.hash.digest('hex'));
    expect(answers).toEqual([]);
  });

  it('leaves a document that nothing names when its answer got lost', async () => {
    const { sandbox, documents } = await aSandbox();
    sandbox.faults.next(OPERATION, 'drop-after-commit');
    const { id } = await documents.upload(anUpload());
    expect(sandbox.requests.count(OPERATION)).toBe(2);
    expect(sandbox.documents.list().map((each) => each.id)).toEqual([id, expect.any(String)]);
  });

  it.each(['server-error', 'rate-limit', 'reset-before-processing', 'truncated-json'] as const)(
    'gets over a %s',
    async (fault) => {
      const { sandbox, documents } = await aSandbox();
      const { blob } = await aFile(2_000_000);
      sandbox.faults.next(OPERATION, fault);
      expect(await documents.upload(anUpload({ file: blob }))).toMatchObject({
        status: 'uploaded',
      });
    },
  );

  it('shows its names in no error and in nothing that is told of the call', async () => {
    const fileName = 'passport-of-jane-roe.pdf';
    const documentName = 'Passport of Jane Roe';
    const message = `Validation failed: File ${fileName} of "${documentName}" is unreadable`;
    const told: unknown[] = [];
    const channels = ['start', 'asyncEnd', 'error'].map(
      (each) => `tracing:nestjs-glomopay:call:${each}`,
    );
    const listen = (each: unknown): void => void told.push(each);
    for (const each of channels) subscribe(each, listen);
    const server = opened(await UploadServer.start(whole(400, { message })));
    const { documents } = opened(await openLibrary(server.url));
    const failure = await failureOf(documents.upload(anUpload({ fileName, documentName })));
    for (const each of channels) unsubscribe(each, listen);
    expect(failure).toMatchObject({
      gatewayMessage: 'Validation failed: File [removed] of "[removed]" is unreadable',
    });
    expect(told).toHaveLength(3);
    for (const [sink, text] of printedEverywhere([failure, told])) {
      expect(`${sink}: ${Buffer.from(text).toString('latin1')}`).not.toMatch(/passport|jane/i);
    }
  });
});

@Controller()
class UploadController {
  constructor(@Inject(DocumentsService) private readonly documents: DocumentsService) {}

  @Post('documents')
  @UseInterceptors(FileInterceptor('file'))
  async upload(@UploadedFile() { buffer, originalname }: { buffer: Buffer; originalname: string }) {
    return this.documents.upload({ file: buffer, fileName: originalname, documentName: 'Invoice' });
  }
}

describe('what a host has', () => {
  let sandbox: GlomopaySandbox;
  beforeAll(async () => {
    sandbox = await GlomopaySandbox.start();
  });
  afterAll(() => sandbox.stop());

  it('can be the buffer of Multer', async () => {
    const module = await Test.createTestingModule({
      imports: [GlomopayModule.forRoot({ secretKey: sandbox.secretKey, baseUrl: sandbox.url })],
      controllers: [UploadController],
    }).compile();
    const host = opened(module.createNestApplication({ logger: false }));
    await host.listen(0, '127.0.0.1');
    const form = new FormData();
    form.set('file', new Blob([pdfBytes(5_000)]), 'invoice.pdf');
    const answer = await fetch(`${await host.getUrl()}/documents`, { method: 'POST', body: form });
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status: 201,
      body: { status: 'uploaded', documentName: 'Invoice' },
    });
  });

  it('can be a web stream', async () => {
    const options = { secretKey: sandbox.secretKey };
    const { documents } = opened(await openLibrary(sandbox.url, { options }));
    const stream = new Blob([pdfBytes(5_000)]).stream();
    const file = await new Response(stream).blob();
    expect(await documents.upload(anUpload({ file }))).toMatchObject({ status: 'uploaded' });
  });

  it('can be tried without a gateway', async () => {
    const module = opened(
      await Test.createTestingModule({ imports: [GlomopayTestingModule.forRoot()] }).compile(),
    );
    const documents = module.get(DocumentsService);
    const document = await documents.upload(anUpload());
    expect(await documents.get(document.id)).toMatchObject({
      documentName: 'Invoice',
      status: 'uploaded',
    });
    expect(module.get(GlomopayScript).requests[0]?.body).toEqual({
      document_name: 'Invoice',
      file: { file_name: 'invoice.pdf', type: 'application/pdf', size: 64 },
    });
  });
});
