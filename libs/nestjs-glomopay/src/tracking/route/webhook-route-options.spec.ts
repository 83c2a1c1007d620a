import { describe, expect, it } from '@jest/globals';
import { GlomopayConfigurationError } from '../../errors/configuration.error.js';
import { checkedRoute } from './webhook-route-options.js';

const decorator: MethodDecorator = () => undefined;

describe('checkedRoute', () => {
  it.each(['/webhooks/glomopay', 'webhooks/glomopay'])('takes the path %s', (path) => {
    expect(checkedRoute({ path, decorators: undefined })).toEqual({ path: '/webhooks/glomopay' });
    expect(checkedRoute({ path, decorators: [decorator] })).toEqual({
      path: '/webhooks/glomopay',
      decorators: [decorator],
    });
  });

  it.each([
    null,
    [],
    'x',
    {},
    { path: undefined },
    { path: null },
    { path: 7 },
    { path: '' },
    { path: '/:id' },
    { path: '/a', decorator: [] },
    { path: '/a', decorators: null },
    { path: '/a', decorators: [undefined] },
    { path: '/a', decorators: decorator },
  ])('refuses %j', (options) => {
    expect(() => checkedRoute(options)).toThrow(GlomopayConfigurationError);
  });
});
