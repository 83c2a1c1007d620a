import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The answer to a checkout that reached the gateway. */
export class CheckoutStartedDto {
  @ApiProperty({ description: 'The unguessable name of this purchase.' })
  readonly reference!: string;

  @ApiProperty({ example: '/payments/REFERENCE' })
  readonly statusUrl!: string;

  @ApiPropertyOptional({
    description: "The bank's page. Absent when there is no step left for the buyer.",
  })
  readonly redirectUrl?: string;

  @ApiPropertyOptional({ description: 'What to tell the buyer, when there is no redirect.' })
  readonly message?: string;
}
