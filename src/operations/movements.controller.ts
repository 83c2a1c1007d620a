import {
  Controller,
  Get,
  HttpStatus,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
  Redirect,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { MovementKey, TrackedKind } from 'nestjs-glomopay';
import { readForm } from '../http/read-form.js';
import { SameOriginGuard } from '../http/same-origin.guard.js';
import type { ShopRequest, ShopResponse } from '../http/shop-request.js';
import { PageRenderer } from '../storefront/page-renderer.js';
import { nameOf } from './basic-credentials.js';
import { addressOf } from './movement-case.js';
import { MovementDesk } from './movement-desk.js';
import { movementPage } from './movement.page.js';
import { OperationsGuard } from './operations.guard.js';
import { readResolution } from './resolution-form.js';

const kinds: readonly TrackedKind[] = ['payment', 'refund', 'collection'];

/** One movement of money, for whoever has to find out what became of it. */
@ApiExcludeController()
@Controller('operations/movements/:kind/:requestId')
@UseGuards(OperationsGuard)
export class MovementsController {
  readonly #desk: MovementDesk;
  readonly #renderer: PageRenderer;
  constructor(
    @Inject(MovementDesk) desk: MovementDesk,
    @Inject(PageRenderer) renderer: PageRenderer,
  ) {
    this.#desk = desk;
    this.#renderer = renderer;
  }

  @Get()
  async show(
    @Param() params: Readonly<Record<keyof MovementKey, string>>,
    @Query() query: { readonly answer?: unknown },
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<string> {
    const movement = await this.#desk.find(keyOf(params));
    if (!movement) {
      throw new NotFoundException();
    }
    // With "no-referrer", as elsewhere, browsers would send the form of this page without an origin.
    response.setHeader('Referrer-Policy', 'same-origin');
    return this.#renderer.render(response, movementPage(movement, query));
  }

  @Post('resolution')
  @UseGuards(SameOriginGuard)
  @Redirect()
  async resolve(
    @Param() params: Readonly<Record<keyof MovementKey, string>>,
    @Req() request: ShopRequest,
  ): Promise<{ url: string; statusCode: number }> {
    const key = keyOf(params);
    const wish = readResolution(await readForm(request));
    const by = nameOf(request.headers.authorization ?? '') ?? '';
    const answer = wish ? await this.#desk.close(key, { ...wish, by }) : 'unreadable';
    if (answer === undefined) {
      throw new NotFoundException();
    }
    return { url: `${addressOf(key)}?answer=${answer}`, statusCode: HttpStatus.SEE_OTHER };
  }
}

function keyOf({ kind, requestId }: Readonly<Record<keyof MovementKey, string>>): MovementKey {
  const known = kinds.find((name) => name === kind);
  if (known === undefined) {
    throw new NotFoundException();
  }
  return { kind: known, requestId };
}
