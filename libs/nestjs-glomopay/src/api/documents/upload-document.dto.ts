import { buildMessage, IsString, Matches, ValidateBy } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { Wire } from '../../wire/wire.decorator.js';

/** Largest file that the gateway takes: 10 MiB (docs/gateway.md, Documents). */
const MAX_BYTES = 10_485_760;

/** A text of one line that UTF-8 can write; 128 is the gateway's limit. */
const NAME = /^[^\p{Cc}\p{Cs}]{1,128}$/u;
const NAME_RULE = { message: '$property must be 1 to 128 characters, none of them a control one' };

/** A file to upload. */
export interface UploadDocumentInput {
  /**
   * PDF, PNG or JPEG, of 1 to 10,485,760 bytes. A Blob is read while it is sent; bytes are copied, so
   * that they are the same on a second attempt.
   */
  readonly file: Blob | Uint8Array;
  /** 1 to 128 characters. The gateway stores the file under a name of its own. */
  readonly fileName: string;
  /** Label, 1 to 128 characters. */
  readonly documentName: string;
}

/** What is checked of an upload before its first bytes are read. */
@Named('UploadDocumentDto')
export class UploadDocumentDto implements UploadDocumentInput {
  @Wire('file')
  @IsFile()
  file!: Blob | Uint8Array;

  @Wire('file_name')
  @Matches(NAME, NAME_RULE)
  @IsString()
  fileName!: string;

  @Wire('document_name')
  @Matches(NAME, NAME_RULE)
  @IsString()
  documentName!: string;
}

/** A Blob or bytes, not empty and not too large. */
function IsFile(): PropertyDecorator {
  return ValidateBy({
    name: 'isFile',
    validator: {
      validate: (value) => {
        const size = value instanceof Blob ? value.size : byteLength(value);
        return size >= 1 && size <= MAX_BYTES;
      },
      defaultMessage: buildMessage(
        (prefix) => `${prefix}$property must be a Blob or a Uint8Array of 1 to ${MAX_BYTES} bytes`,
      ),
    },
  });
}

function byteLength(value: unknown): number {
  return value instanceof Uint8Array ? value.byteLength : 0;
}
