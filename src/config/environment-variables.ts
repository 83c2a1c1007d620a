import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, MinLength } from 'class-validator';

/** Whole numbers only: `Number('')` is 0 and `Number('0x50')` is 80, neither of which was meant. */
const WholeNumber = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  );

const WholeRange = (name: string, least: number, most: number) => {
  const message = `${name} must be a whole number from ${least} to ${most}`;
  return applyDecorators(
    WholeNumber(),
    IsInt({ message }),
    Min(least, { message }),
    Max(most, { message }),
  );
};

/** What the shop reads from its environment; `.env.example` explains each variable. */
export class EnvironmentVariables {
  @WholeRange('PORT', 1, 65_535)
  readonly PORT: number = 3000;

  @IsOptional()
  @IsString()
  readonly PUBLIC_URL?: string;

  @IsString()
  readonly DATA_DIR: string = '.data';

  @IsOptional()
  @IsString()
  readonly DATABASE_URL?: string;

  @IsOptional()
  @IsString()
  readonly REDIS_URL?: string;

  @IsOptional()
  @IsString()
  @MinLength(16, { message: 'OPERATIONS_TOKEN must have 16 characters or more' })
  readonly OPERATIONS_TOKEN?: string;

  @WholeNumber()
  @IsInt({ message: 'TRUST_PROXY must be the number of proxies in front of the shop, 0 to 10' })
  @Min(0, { message: 'TRUST_PROXY must be the number of proxies in front of the shop, 0 to 10' })
  @Max(10, { message: 'TRUST_PROXY must be the number of proxies in front of the shop, 0 to 10' })
  readonly TRUST_PROXY: number = 0;

  @IsOptional()
  @IsString()
  readonly GLOMOPAY_SECRET_KEY?: string;

  @IsOptional()
  @IsString()
  readonly GLOMOPAY_WEBHOOK_SECRET?: string;

  @IsOptional()
  @IsString()
  readonly GLOMOPAY_BASE_URL?: string;

  @IsOptional()
  @IsString()
  readonly GLOMOPAY_CALLBACK_URL?: string;

  @IsOptional()
  @IsIn(['sandbox', 'production'], {
    message: 'GLOMOPAY_ENVIRONMENT must be "sandbox" or "production"',
  })
  readonly GLOMOPAY_ENVIRONMENT?: 'sandbox' | 'production';

  @IsOptional()
  @IsIn(['/api/v1/payments', '/api/v1/payment'], {
    message: 'GLOMOPAY_PAYMENTS_PATH must be "/api/v1/payments" or "/api/v1/payment"',
  })
  readonly GLOMOPAY_PAYMENTS_PATH?: '/api/v1/payments' | '/api/v1/payment';

  @IsOptional()
  @Matches(/^cust_[A-Za-z0-9_-]{1,64}$/, {
    message: 'SHOP_CUSTOMER_ID must be a customer id, "cust_" and letters or digits',
  })
  readonly SHOP_CUSTOMER_ID?: string;

  @WholeRange('CHECKOUTS_PER_MINUTE', 1, 1_000_000)
  readonly CHECKOUTS_PER_MINUTE: number = 10;

  @WholeRange('SWEEP_EVERY_MS', 10, 3_600_000)
  readonly SWEEP_EVERY_MS: number = 10_000;

  @WholeRange('SWEEP_FIRST_CHECK_MS', 0, 3_600_000)
  readonly SWEEP_FIRST_CHECK_MS: number = 30_000;

  @WholeRange('SANDBOX_PORT', 0, 65_535)
  readonly SANDBOX_PORT: number = 4010;

  @IsOptional()
  @IsString()
  readonly NODE_ENV?: string;
}
