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
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SameOriginGuard } from '../http/same-origin.guard.js';
import type { ShopResponse } from '../http/shop-request.js';
import { PageRenderer } from '../storefront/page-renderer.js';
import { OperationsGuard } from './operations.guard.js';
import { operationsPage } from './operations.page.js';
import { OperationsService } from './operations.service.js';

/** The page of whoever keeps the shop running. */
@ApiExcludeController()
@Controller('operations')
@UseGuards(OperationsGuard)
export class OperationsController {
  readonly #operations: OperationsService;
  readonly #renderer: PageRenderer;
  constructor(
    @Inject(OperationsService) operations: OperationsService,
    @Inject(PageRenderer) renderer: PageRenderer,
  ) {
    this.#operations = operations;
    this.#renderer = renderer;
  }

  @Get()
  async show(
    @Query('replay') replay: unknown,
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<string> {
    // With "no-referrer", as elsewhere, browsers would send the forms of this page without an origin.
    response.setHeader('Referrer-Policy', 'same-origin');
    return this.#renderer.render(
      response,
      operationsPage(await this.#operations.overview(), replay),
    );
  }

  @Post('events/:id/replay')
  @UseGuards(SameOriginGuard)
  @Redirect()
  async replay(@Param('id') id: string): Promise<{ url: string; statusCode: number }> {
    if (!/^[0-9a-f]{64}$/.test(id)) {
      throw new NotFoundException();
    }
    const replayed = await this.#operations.replay(id);
    return {
      url: `/operations?replay=${replayed ? 'begun' : 'none'}`,
      statusCode: HttpStatus.SEE_OTHER,
    };
  }
}
