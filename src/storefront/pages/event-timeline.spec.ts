import { describe, expect, it } from '@jest/globals';
import { eventTimeline } from './event-timeline.js';

const event = (type: string) => ({ type, status: null, receivedAt: '2026-11-25T12:01:03.456Z' });
const pageOf = (...args: Parameters<typeof eventTimeline>) =>
  eventTimeline(...args)?.markup.replaceAll(/\s+/g, ' ');

describe('eventTimeline', () => {
  it('says what was received and when, to the second', () => {
    expect(pageOf([event('payment.success')], false)).toContain(
      '<li>Webhook payment.success received <time datetime="2026-11-25T12:01:03.456Z">12:01:03 UTC</time></li>',
    );
  });

  it('shows whatever the gateway says as text', () => {
    const page = pageOf([event('payment.<script>"')], true);
    expect(page).toContain('payment.&lt;script&gt;&quot;');
    expect(page).not.toContain('<script');
  });

  it('is there for the script of a live page before anything was told, and not elsewhere', () => {
    expect(pageOf([], true)).toMatch(/id="no-events"(?! hidden).*id="events"/);
    expect(pageOf([], false)).toBeUndefined();
  });
});
