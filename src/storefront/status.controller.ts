import {
  Controller,
  Get,
  Inject,
  type MessageEvent,
  NotFoundException,
  Param,
  Res,
  Sse,
} from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  connect,
  endWith,
  ignoreElements,
  interval,
  map,
  merge,
  type Observable,
  takeUntil,
} from 'rxjs';
import type { ShopResponse } from '../http/shop-request.js';
import {
  type PurchaseProgress,
  PurchaseProgressService,
} from '../payment-events/purchase-progress.service.js';
import { PaymentConfirmationService } from '../purchases/payment-confirmation.service.js';
import type { Purchase } from '../purchases/purchase.js';
import { PurchasesService } from '../purchases/purchases.service.js';
import { RefundLooks } from '../refunds/refund-looks.js';
import { Session } from '../session/session.decorator.js';
import type { SessionHash } from '../session/session-cookie.js';
import { PageRenderer } from './page-renderer.js';
import { purchasePage } from './pages/purchase.page.js';
import { PurchaseState } from './purchase-state.js';

const HEARTBEAT_MS = 15_000;

/** The live status of a purchase, for the browser that made it. For any other it does not exist. */
@ApiTags('payments')
@ApiNotFoundResponse({ description: 'No such payment, or not one of this browser.' })
@Controller('payments/:reference')
export class StatusController {
  readonly #purchases: PurchasesService;
  readonly #confirmation: PaymentConfirmationService;
  readonly #progress: PurchaseProgressService;
  readonly #refunds: RefundLooks;
  readonly #renderer: PageRenderer;
  constructor(
    @Inject(PurchasesService) purchases: PurchasesService,
    @Inject(PaymentConfirmationService) confirmation: PaymentConfirmationService,
    @Inject(PurchaseProgressService) progress: PurchaseProgressService,
    @Inject(RefundLooks) refunds: RefundLooks,
    @Inject(PageRenderer) renderer: PageRenderer,
  ) {
    this.#purchases = purchases;
    this.#confirmation = confirmation;
    this.#progress = progress;
    this.#refunds = refunds;
    this.#renderer = renderer;
  }

  @Get()
  @ApiOperation({ summary: 'Status page' })
  async show(
    @Param('reference') reference: string,
    @Session() session: SessionHash | undefined,
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<string> {
    const progress = await this.#progressOf(session, reference);
    return this.#renderer.render(response, purchasePage(progress, true));
  }

  @Get('state')
  @ApiOperation({ summary: 'Status as JSON' })
  @ApiOkResponse({ type: PurchaseState })
  async state(
    @Param('reference') reference: string,
    @Session() session: SessionHash | undefined,
  ): Promise<PurchaseState> {
    return new PurchaseState(await this.#progressOf(session, reference));
  }

  @Sse('events')
  @ApiOperation({ summary: 'Status as server-sent events; ends with the outcome' })
  async events(
    @Param('reference') reference: string,
    @Session() session: SessionHash | undefined,
  ): Promise<Observable<MessageEvent>> {
    const purchase = await this.#owned(session, reference);
    return this.#progress.watch(purchase.reference).pipe(
      map((current): MessageEvent => ({ data: new PurchaseState(current) })),
      connect((states) => merge(states, heartbeatDuring(states))),
    );
  }

  /** A page gives reason to ask the gateway: events may be late, or lost. */
  async #progressOf(
    session: SessionHash | undefined,
    reference: string,
  ): Promise<PurchaseProgress> {
    const purchase = await this.#confirmation.confirm(await this.#owned(session, reference));
    await this.#refunds.refresh(purchase.reference);
    return this.#progress.of(purchase);
  }

  async #owned(session: SessionHash | undefined, reference: string): Promise<Purchase> {
    const purchase = await this.#purchases.ownedBy(session, reference);
    if (!purchase) {
      throw new NotFoundException();
    }
    return purchase;
  }
}

/** Tells proxies that the connection lives, and us when the browser has gone. */
function heartbeatDuring(states: Observable<unknown>): Observable<MessageEvent> {
  return interval(HEARTBEAT_MS).pipe(
    map((): MessageEvent => ({ comment: 'still waiting' })),
    takeUntil(states.pipe(ignoreElements(), endWith(undefined))),
  );
}
