import { createHash, randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { newId } from '../books/object-id.js';
import { GatewayError } from '../http/gateway-error.js';
import { multipartForm } from '../http/multipart-body.js';
import { isBlank } from '../http/text-rule.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { DOCUMENT } from './document.js';
import type { DocumentRecord } from './document.js';
import { fileKind } from './file-kind.js';
import type { FileKind } from './file-kind.js';
import { previewAddress } from './preview.routes.js';

export const MAX_FILE_BYTES = 10_485_760;
const MAX_NAME = 128;

/**
 * Reads and checks the form of `POST /document`. All texts are INFERRED; that an upload which breaks a
 * rule is answered 400 is documented.
 *
 * @param origin of the sandbox, for the preview.
 */
export async function readNewDocument(
  request: FastifyRequest,
  clock: Clock,
  origin: string,
): Promise<DocumentRecord> {
  const form = await multipartForm(request, ['file', 'document_name']);
  const file = form.get('file');
  const name = form.get('document_name');
  const bytes = file instanceof File ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
  const kind = fileKind(bytes);
  const problems = [...nameProblems(name), ...fileProblems(file, bytes, kind)];
  if (problems.length > 0 || !(file instanceof File) || !kind || typeof name !== 'string') {
    throw GatewayError.validation(problems);
  }
  const id = newId(DOCUMENT.idPrefix, clock);
  const now = timestamp(clock);
  return {
    id,
    document_name: name,
    file_name: storedName(file.name, kind),
    preview_url: previewAddress(origin, id),
    status: 'uploaded',
    created_at: now,
    updated_at: now,
    file: {
      type: kind.type,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  };
}

function nameProblems(name: File | string | null): string[] {
  if (isBlank(name)) return ["Document name can't be blank"];
  if (typeof name !== 'string') return ['Document name is invalid'];
  return isTooLong(name) ? ['Document name is too long (maximum is 128 characters)'] : [];
}

function fileProblems(
  file: File | string | null,
  bytes: Buffer,
  kind: FileKind | undefined,
): string[] {
  if (typeof file === 'string') return ['File is invalid'];
  if (!file || bytes.length === 0) return ["File can't be blank"];
  if (bytes.length > MAX_FILE_BYTES) return ['File is too large (maximum is 10 MB)'];
  if (!kind) return ['File must be a JPEG, PNG or PDF'];
  return isTooLong(file.name) ? ['File name is too long (maximum is 128 characters)'] : [];
}

function isTooLong(name: string): boolean {
  return [...name].length > MAX_NAME;
}

/** As the published sample looks: `invoice_BC8tFdE.pdf`. No name is a path, and none is used as one. */
function storedName(name: string, { ending }: FileKind): string {
  const stem = name
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[^A-Za-z0-9-]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return `${stem || 'file'}_${randomBytes(4).toString('hex').slice(1)}.${ending}`;
}
