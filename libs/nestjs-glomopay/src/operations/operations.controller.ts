import { Get, Inject, Logger, Post, Req, Res } from '@nestjs/common';
import { WebhookInbox } from '../tracking/inbox/webhook-inbox.js';
import { TrackedMovements } from '../tracking/movements/tracked-movements.js';
import { Input } from './input.js';
import { LineStream } from './line-stream.js';
import { OperationsDesk, viewOf } from './operations-desk.js';
import type { OperationsConfig } from './operations-options.js';
import { errorAnswerOf, isKnown, OperationsRefusal } from './operations-refusal.js';
import { bodyOf, type OperationsRequest, queryOf } from './operations-request.js';
import { GLOMOPAY_OPERATIONS_CONFIG } from './operations.tokens.js';
import { OperationsPages, type PageAnswer, pageOf } from './page/operations-pages.js';
import { pageOfEvents } from './page-of-events.js';
import * as read from './read-wishes.js';
import { ReconciliationDesk } from './reconciliation-desk.js';
import { replayMany } from './replay-many.js';
import { type OperationsResponse, sendError, sendJson, sendPage } from './respond.js';
import { assertMayChange, assertMayOpen, assertMayRead } from './trusted-request.js';
import { whoAsks, whoCloses } from './who-asks.js';

const HEARTBEAT_MS = 5_000;

/**
 * The routes. They read requests and answer by themselves, so that no pipe, interceptor or filter of the
 * host changes what the page relies on; its guards stand before every one of them.
 */
export class OperationsRoutes {
  readonly #logger = new Logger('Glomopay');
  readonly #desk: OperationsDesk;
  readonly #reconciliations: ReconciliationDesk;
  readonly #config: OperationsConfig;
  readonly #pages: OperationsPages;

  constructor(
    @Inject(OperationsDesk) desk: OperationsDesk,
    @Inject(ReconciliationDesk) reconciliations: ReconciliationDesk,
    @Inject(GLOMOPAY_OPERATIONS_CONFIG) config: OperationsConfig,
  ) {
    this.#desk = desk;
    this.#reconciliations = reconciliations;
    this.#config = config;
    this.#pages = new OperationsPages(desk, reconciliations, config);
  }

  @Get()
  async page(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    const { status, markup, policy } = await this.#page(request);
    sendPage(response, status, markup, policy);
  }

  @Get('api/accounts')
  accounts(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#look(request, response, async (query) => {
      const { after, limit } = read.accountsWish(query);
      const names = this.#desk.accounts();
      const shown = namesAfter(names, after).slice(0, limit);
      const [accounts, closedLeft] = await Promise.all([
        this.#desk.healthOf(shown),
        this.#desk.closedLeft(),
      ]);
      return { accounts, total: names.length, closedLeft };
    });
  }

  @Get('api/movements')
  movements(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#look(request, response, async (query) => {
      const { account, limit } = read.listWish(query);
      const [found, { needsAttention }] = await this.#desk.with(account, (of) =>
        Promise.all([of(TrackedMovements).needingAttention(limit), of(TrackedMovements).counts()]),
      );
      return { movements: found.map(viewOf), total: needsAttention };
    });
  }

  @Get('api/movement')
  movement(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#look(request, response, (query) => {
      const { account, key } = read.movementWish(query);
      return this.#desk.file(account, key);
    });
  }

  @Post('api/movement/resolve')
  resolve(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#change(request, response, async (body) => {
      const { account, key, as, note } = read.closingWish(body);
      const by = await whoCloses(this.#config, request);
      return this.#desk.close(account, key, { as, note, by });
    });
  }

  @Get('api/look-up')
  lookUp(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#look(request, response, async (query) => {
      const { account, text } = read.lookUpWish(query);
      const found = await this.#desk.with(account, (of) => of(TrackedMovements).lookUp(text));
      return { movements: found.map(viewOf) };
    });
  }

  @Get('api/events')
  events(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#look(request, response, async (query) => {
      const { account, filter } = read.eventsWish(query);
      return this.#desk.with(account, (of) => pageOfEvents(of(WebhookInbox), filter));
    });
  }

  @Get('api/event')
  event(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#look(request, response, async (query) => {
      const { account, id } = read.eventWish(query);
      const event = await this.#desk.with(account, (of) => of(WebhookInbox).find(id));
      if (event === undefined) throw new OperationsRefusal('not_found');
      return { event };
    });
  }

  @Get('api/event/payload')
  payload(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#look(request, response, async (query) => {
      const { account, id } = read.eventWish(query);
      const payload = await this.#desk.with(account, async (of) =>
        this.#config.payloads ? of(WebhookInbox).payload(id) : undefined,
      );
      if (payload === undefined) throw new OperationsRefusal('not_found');
      return { payload: payload.toString('utf8') };
    });
  }

  @Post('api/event/replay')
  replay(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#change(request, response, async (body) => {
      const { account, id } = read.eventWish(body);
      const by = await whoAsks(this.#config, request);
      return { replayed: await this.#desk.replay(account, id, by) };
    });
  }

  @Post('api/events/replay')
  replayMany(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#change(request, response, async (body) => {
      const { account, filter } = read.replayWish(body);
      const by = await whoAsks(this.#config, request);
      const done = await this.#desk.with(account, (of) => replayMany(of(WebhookInbox), filter));
      this.#logger.log(`${by} has ${done.replayed} parked events of ${account} handled again`);
      return done;
    });
  }

  @Get('api/reconciliation')
  lastReconciliation(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#look(request, response, async (query) => {
      const { account } = read.accountWish(query);
      const last = this.#reconciliations.last(account);
      // There was one, so there is the account.
      if (last === undefined) await this.#desk.with(account, async () => undefined);
      else this.#desk.assertShown(account);
      return { last: last ?? null };
    });
  }

  @Post('api/reconciliation')
  reconcile(@Req() request: OperationsRequest, @Res() response: OperationsResponse) {
    return this.#do(response, async () => {
      assertMayChange(request.headers);
      const { account, ...wish } = read.reconciliationWish(await bodyOf(request), Date.now());
      const by = await whoAsks(this.#config, request);
      const leaving = new AbortController();
      let lines: LineStream | undefined;
      const { ended } = await this.#reconciliations.begin(
        account,
        { ...wish, by },
        leaving.signal,
        async (finding) => lines?.write({ type: 'finding', finding }),
      );
      // Only now is it sure that it has begun, and nothing happens in it before the next turn.
      lines = new LineStream(response);
      lines.gone.addEventListener('abort', () => leaving.abort());
      if (lines.gone.aborted) leaving.abort();
      await this.#tell(lines, account, ended);
    });
  }

  async #tell(lines: LineStream, account: string, ended: Promise<object>): Promise<void> {
    const tellNow = (): void => {
      const now = this.#reconciliations.last(account);
      void lines.write({ type: 'progress', summary: now?.summary });
    };
    const heartbeat = setInterval(tellNow, HEARTBEAT_MS);
    tellNow();
    try {
      await lines.write({ type: 'end', report: await ended });
    } finally {
      clearInterval(heartbeat);
      lines.end();
    }
  }

  async #page(request: OperationsRequest): Promise<PageAnswer> {
    try {
      assertMayOpen(request.headers);
      return await this.#pages.answer(queryOf(request));
    } catch (thrown) {
      this.#note(thrown);
      return pageOf(thrown);
    }
  }

  #look(
    request: OperationsRequest,
    response: OperationsResponse,
    look: (query: Input) => Promise<object>,
  ): Promise<void> {
    return this.#do(response, async () => {
      assertMayRead(request.headers);
      sendJson(response, await look(queryOf(request)));
    });
  }

  #change(
    request: OperationsRequest,
    response: OperationsResponse,
    change: (body: Input) => Promise<object>,
  ): Promise<void> {
    return this.#do(response, async () => {
      assertMayChange(request.headers);
      sendJson(response, await change(await bodyOf(request)));
    });
  }

  async #do(response: OperationsResponse, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.#note(thrown);
      sendError(response, errorAnswerOf(thrown));
    }
  }

  #note(thrown: unknown): void {
    if (isKnown(thrown)) return;
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    this.#logger.error('A request to the operations failed', stack);
  }
}

/** Accounts that are made at run time come and go: one that has gone still has its place in the order. */
function namesAfter(names: readonly string[], after: string | undefined): readonly string[] {
  if (after === undefined) return names;
  const at = names.indexOf(after);
  return at >= 0 ? names.slice(at + 1) : names.filter((name) => name > after);
}
