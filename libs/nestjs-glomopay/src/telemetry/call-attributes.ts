import type { Attributes } from '@opentelemetry/api';
import type {
  CallRetry,
  GlomopayCallEndMessage,
  GlomopayCallMessage,
} from '../diagnostics/call-messages.js';

/** What names a call, in the words of the HTTP conventions. Fit for metrics. */
export function callLabels(call: GlomopayCallMessage): Attributes {
  return {
    'http.request.method': call.method,
    'url.template': call.path,
    'server.address': call.serverAddress,
    'server.port': call.serverPort,
    'glomopay.account': call.account,
  };
}

/** What is known when a span starts: the same, and the ids. */
export function callStartAttributes(call: GlomopayCallMessage): Attributes {
  return {
    ...callLabels(call),
    ...given('glomopay.id', call.id),
    ...given('glomopay.request_id', call.requestId),
  };
}

/** How a call ended. Fit for metrics. */
export function callEndLabels(end: GlomopayCallEndMessage): Attributes {
  return {
    'glomopay.outcome': end.outcome,
    ...given('http.response.status_code', end.status),
    ...given('error.type', errorType(end)),
  };
}

/** The same, and what only a span has room for. */
export function callEndAttributes(end: GlomopayCallEndMessage): Attributes {
  return {
    ...callEndLabels(end),
    'glomopay.attempts': end.attempts,
    ...(end.retries.length > 0 && { 'http.request.resend_count': end.retries.length }),
    ...given('glomopay.fault', end.fault),
    ...given('glomopay.error.code', end.errorCode),
  };
}

/** One further attempt, as the event of a span. */
export function retryAttributes(retry: CallRetry): Attributes {
  return {
    'glomopay.retry.reason': retry.reason,
    'glomopay.retry.attempt': retry.attempt,
    'glomopay.retry.pause_ms': Math.round(retry.pauseMs),
    ...given('http.response.status_code', retry.status),
  };
}

/** The status of a refusal, as the conventions ask; else our code. */
function errorType({ outcome, status, errorCode }: GlomopayCallEndMessage): string | undefined {
  if (outcome === 'ok') return undefined;
  return status !== undefined && status >= 400 ? String(status) : (errorCode ?? '_OTHER');
}

/** The attribute, where there is a value for it. */
export function given(name: string, value: string | number | undefined): Attributes {
  return value === undefined ? {} : { [name]: value };
}
