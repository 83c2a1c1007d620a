type Body = Record<string, unknown>;

/** An order as the gateway answers it. */
export function anOrderBody(change: Body = {}): Body {
  return {
    id: 'order_68c00b7btsthf',
    customer_id: 'cust_E602dMzgjpDC',
    document_id: 'doc_nYUqLpuYQ0M8',
    status: 'active',
    currency: 'USD',
    amount: 1000,
    purpose_code: 'P1401',
    invoice_number: 'RG12FF590',
    invoice_description: 'Payment requested for services provided',
    invoice_amount: 1000,
    reference_number: 'R0001',
    product: { name: 'ShieldGuard Insurance', description: 'Insurance for belongings' },
    notes: { key1: 'value1' },
    payment_methods: ['card'],
    created_at: '2025-09-09T11:11:55Z',
    updated_at: '2025-09-09T11:11:55Z',
    ...change,
  };
}

/** A payment as the gateway answers it. */
export function aPaymentBody(change: Body = {}): Body {
  return {
    id: 'payt_691eeb9aV79Uk',
    payin_id: 'order_68c00b7btsthf',
    payin_type: 'orders',
    subscription_id: null,
    status: 'success',
    compliance_status: null,
    payment_currency: 'AED',
    payment_amount: 3746,
    converted_currency: 'USD',
    converted_amount: 1000,
    requested_currency: 'USD',
    requested_amount: 1000,
    purpose_code: 'P1401',
    sender_name: 'John Doe',
    notes: { internal_ref: 'ref_12345' },
    error_code: null,
    error_description: null,
    customer_error_description: null,
    paid_at: '2025-11-20T10:22:37.130Z',
    fee_bearer: 'merchant',
    customer_id: 'cust_E602dMzgjpDC',
    merchant_id: 'merch_68c777fcOOMpl',
    funds_available: true,
    payment_method: {
      type: 'card',
      details: {
        card_network: 'Visa',
        card_type: 'credit',
        end_digits: '1111',
        country_code: 'US',
        card_holder_name: 'John Doe',
        card_bin: '453249',
        issuer_name: 'Chase Bank',
      },
    },
    created_at: '2025-11-20T10:21:14.004Z',
    updated_at: '2025-11-20T10:22:37.130Z',
    ...change,
  };
}

/** The answer to a card payment. */
export function aStartedPaymentBody(change: Body = {}): Body {
  return {
    payment_id: 'payt_691eeb9aV79Uk',
    status: 'pending',
    next_steps: [aRedirectStep(), aPollStep()],
    ...change,
  };
}

export function aRedirectStep(
  url: unknown = 'https://secure.glomopay.com?paymentId=payt_123&authToken=ey-sample&redirectUrl=x',
): Body {
  return { action: 'redirect', payload: { url } };
}

export function aPollStep(payload: Body = {}): Body {
  return {
    action: 'poll',
    payload: {
      url: 'https://api.glomopay.com/api/v1/payments/payt_691eeb9aV79Uk',
      interval_in_ms: 5000,
      ...payload,
    },
  };
}

/** A customer as the gateway answers it. */
export function aCustomerBody(change: Body = {}): Body {
  return {
    id: 'cust_5JU9yv0lGSUP',
    name: 'John Doe',
    customer_type: 'individual',
    email: 'john.doe@example.com',
    phone: '+91-9023456789',
    dob: '2003-11-29',
    nationality: 'IND',
    address: '123 Main St',
    city: 'Anytown',
    state: 'Anystate',
    country: 'IND',
    pincode: '560048',
    status: 'active',
    created_at: '2021-06-01T12:00:00Z',
    updated_at: '2021-06-01T12:00:00Z',
    ...change,
  };
}

/** A document as the gateway answers it. */
export function aDocumentBody(change: Body = {}): Body {
  return {
    id: 'doc_nYUqLpuYQ0M8',
    document_name: 'invoice',
    file_name: 'invoice_BC8tFdE.pdf',
    preview_url: 'https://documents.example.com/12345_invoice',
    status: 'uploaded',
    created_at: '2021-06-01T12:00:00Z',
    updated_at: '2021-06-01T12:00:00Z',
    ...change,
  };
}

/** One page of a list. */
export function aPageBody(data: readonly unknown[], meta: Body = {}): Body {
  return {
    data,
    page_meta: {
      current: 1,
      previous: null,
      next: null,
      per_page: 20,
      pages: 1,
      count: data.length,
      ...meta,
    },
  };
}

/** A refund as the gateway answers it. */
export function aRefundBody(change: Body = {}): Body {
  return {
    id: 'refund_6776d57dnbTWj',
    customer_id: 'cust_E602dMzgjpDC',
    payment_id: 'payt_691eeb9aV79Uk',
    reason: 'Requested By Customer',
    fees: {
      fx_fees: { amount: 0, currency: 'USD' },
      txn_fees: { amount: 0, currency: 'USD' },
    },
    balance_used: { currency: 'USD', amount: 1000 },
    documents: [],
    status: 'in_progress',
    currency: 'AED',
    amount: 3746,
    utr: null,
    partial_refund: false,
    created_at: '2025-11-21T12:00:00Z',
    updated_at: '2025-11-21T12:00:00Z',
    ...change,
  };
}
