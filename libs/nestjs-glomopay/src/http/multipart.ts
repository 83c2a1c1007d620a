import { randomBytes } from 'node:crypto';

/** A file as a part of a form. */
export interface FilePart {
  readonly content: Blob | Uint8Array;
  readonly fileName: string;
  /** Its media type. */
  readonly type: string;
}

/**
 * A form as `multipart/form-data`, in the order of its fields. It is a Blob like its files: of a known
 * size, read from where they are when it is sent, and as often as it is sent. Its type names the boundary.
 *
 * @param fields Texts of one line, and files.
 */
export function multipart(fields: Readonly<Record<string, string | FilePart>>): Blob {
  // In lower case, as the type of a Blob always is. 128 random bits: no file has them in it.
  const boundary = `glomopay-${randomBytes(16).toString('hex')}`;
  const parts = Object.entries(fields).flatMap(([name, value]) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${quotable(name)}"`,
    ...(typeof value === 'string' ? ['\r\n\r\n', value] : filePart(value)),
    '\r\n',
  ]);
  return new Blob([...parts, `--${boundary}--\r\n`], {
    type: `multipart/form-data; boundary=${boundary}`,
  });
}

function filePart({ fileName, type, content }: FilePart): (string | Blob | Uint8Array)[] {
  return [`; filename="${quotable(fileName)}"\r\nContent-Type: ${type}\r\n\r\n`, content];
}

/** What would end the name or its line, as browsers write it (WHATWG HTML, Multipart form data). */
function quotable(name: string): string {
  return name.replace(/["\r\n]/g, encodeURIComponent);
}
