import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { layerFaults } from './layer-faults.js';
import { exceptions, floors } from './layers.js';
import { filesBelow, type SourceFile } from './source-file.js';

const library = filesBelow(fileURLToPath(new URL('../src', import.meta.url)), ['.ts']).filter(
  // A test may look into any room.
  ({ path }) => !/\.spec(-d)?\.ts$/.test(path),
);

const faultsWith = (...planted: readonly SourceFile[]): readonly string[] =>
  layerFaults([...library, ...planted], floors, exceptions);

describe('the layers of the library', () => {
  it('are kept by every file', () => {
    expect(library.length).toBeGreaterThan(200);
    expect(faultsWith()).toEqual([]);
  });

  it.each([
    ['a new folder', 'refunds/refund.ts', '', 'refunds is on no floor'],
    ['a new sub-folder', 'payments/cards/card.ts', '', 'payments/cards is on no floor'],
    ['a new file beside index.ts', 'helpers.ts', '', 'helpers.ts is on no floor'],
  ])('have no place for %s', (_what, path, text, fault) => {
    expect(faultsWith({ path, text })).toEqual([`${path}: ${fault}`]);
  });

  it.each([
    ["import { GatewayClient } from '../http/gateway-client.js';"],
    ["import type { GatewayClient } from '../http/gateway-client.js';"],
    ["export { GatewayClient } from '../http/gateway-client.js';"],
    ["export * from '../http/gateway-client.js';"],
    ["import '../http/gateway-client.js';"],
    ["import client = require('../http/gateway-client.js');"],
    ["const client = await import('../http/gateway-client.js');"],
    ["const client = require('../http/gateway-client.js');"],
    ["let client: import('../http/gateway-client.js').GatewayClient;"],
  ])('refuse an import upward as %s', (text) => {
    expect(faultsWith({ path: 'values/planted.ts', text })).toEqual([
      'values/planted.ts: ../http/gateway-client.js is on a higher floor',
    ]);
  });

  it.each([
    ['../index.js', 'is an index: import the file'],
    ['./index.js', 'is an index: import the file'],
    ['nestjs-glomopay', 'is the package itself'],
    ['nestjs-glomopay/testing', 'is the package itself'],
    ['../../../glomopay-sandbox/src/sandbox.js', 'is no file of the library'],
    ['./gone.js', 'is no file of the library'],
  ])('refuse an import of %s', (specifier, fault) => {
    const path = 'testing/planted.ts';
    const text = `import { something } from '${specifier}';`;
    expect(faultsWith({ path, text })).toEqual([`${path}: ${specifier} ${fault}`]);
  });

  it('let a resource take types and tables of another, never its service', () => {
    const path = 'api/orders/planted.ts';
    const beside = (statement: string): readonly string[] => faultsWith({ path, text: statement });
    expect(beside("import type { Payment } from '../payments/payment.js';")).toEqual([]);
    expect(beside("import { type Payment } from '../payments/payment.js';")).toEqual([]);
    expect(beside("import { paymentShape } from '../payments/payment.js';")).toEqual([]);
    expect(beside("import { IsCvv } from '../payments/card-rules.js';")).toHaveLength(1);
    const fault = 'is beside: only types and tables, never a service';
    for (const statement of [
      "import { PaymentsService } from '../payments/payments.service.js';",
      "import type { PaymentsService } from '../payments/payments.service.js';",
    ]) {
      expect(beside(statement)).toEqual([`${path}: ../payments/payments.service.js ${fault}`]);
    }
  });

  it('let no other folder import one beside it, not even its types', () => {
    const text = "import type { Wire } from '../wire/wire.decorator.js';";
    expect(faultsWith({ path: 'signing/planted.ts', text })).toEqual([
      'signing/planted.ts: ../wire/wire.decorator.js is beside',
    ]);
  });

  it('have no row that nothing needs', () => {
    const reason = 'None.';
    const floor = { rooms: ['attic'], holds: 'Nothing.', sideways: 'nothing' } as const;
    const exception = { from: 'api/orders/order.ts', to: 'api/payments/payment.ts', reason };
    expect(layerFaults(library, [...floors, floor], [...exceptions, exception])).toEqual([
      'attic: no such room',
      'api/orders/order.ts: the exception for api/payments/payment.ts is not needed',
    ]);
  });
});
