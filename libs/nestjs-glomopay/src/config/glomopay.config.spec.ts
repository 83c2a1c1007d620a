import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { glomopayConfig } from './glomopay.config.js';

const before = { ...process.env };

describe('glomopayConfig', () => {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (name.startsWith('GLOMOPAY_')) delete process.env[name];
    }
  });
  afterEach(() => {
    process.env = { ...before };
  });

  it('reads nothing from an empty environment', () => {
    expect(glomopayConfig()).toEqual({ secretKey: [] });
  });

  it('reads every variable', () => {
    Object.assign(process.env, {
      GLOMOPAY_SECRET_KEY: 'alpha, bravo ,,',
      GLOMOPAY_WEBHOOK_SECRET: 'whsec_1',
      GLOMOPAY_CALLBACK_URL: ' https://shop.example/cb ',
      GLOMOPAY_ENVIRONMENT: 'sandbox',
      GLOMOPAY_BASE_URL: 'http://localhost:4010',
      GLOMOPAY_PAYMENTS_PATH: '/api/v1/payment',
    });
    expect(glomopayConfig()).toEqual({
      secretKey: ['alpha', 'bravo'],
      webhookSecret: ['whsec_1'],
      callbackUrl: 'https://shop.example/cb',
      environment: 'sandbox',
      baseUrl: 'http://localhost:4010',
      paymentsPath: '/api/v1/payment',
    });
  });

  it.each(['', ' ', '\t\r\n'])('counts a variable of %j as absent', (blank) => {
    Object.assign(process.env, {
      GLOMOPAY_SECRET_KEY: 'alpha',
      GLOMOPAY_WEBHOOK_SECRET: blank,
      GLOMOPAY_CALLBACK_URL: blank,
      GLOMOPAY_ENVIRONMENT: blank,
      GLOMOPAY_BASE_URL: blank,
      GLOMOPAY_PAYMENTS_PATH: blank,
    });
    expect(glomopayConfig()).toEqual({ secretKey: ['alpha'] });
  });

  it('counts a list of commas as absent', () => {
    Object.assign(process.env, { GLOMOPAY_SECRET_KEY: ' , ', GLOMOPAY_WEBHOOK_SECRET: ',,' });
    expect(glomopayConfig()).toEqual({ secretKey: [] });
  });
});
