import { ApiProperty } from '@nestjs/swagger';

/** How the card looks in the OpenAPI document. Every field goes in and none ever comes out. */
export class CardSchema {
  @ApiProperty({ writeOnly: true, example: 'Asha Rao' })
  readonly holderName!: string;

  @ApiProperty({
    writeOnly: true,
    description: 'Digits only. The example is a test card of the gateway.',
    example: '4532491111111111',
    minLength: 12,
    maxLength: 19,
  })
  readonly number!: string;

  @ApiProperty({ writeOnly: true, example: '09', pattern: '^(0[1-9]|1[0-2])$' })
  readonly expiryMonth!: string;

  @ApiProperty({ writeOnly: true, example: '2030', pattern: '^\\d{4}$' })
  readonly expiryYear!: string;

  @ApiProperty({ writeOnly: true, minLength: 3, maxLength: 4 })
  readonly cvv!: string;
}
