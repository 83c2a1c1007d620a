import {
  Controller,
  Get,
  Inject,
  NotFoundException,
  Param,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { ShopResponse } from '../http/shop-request.js';
import { Assets } from './assets.js';

/** Serves the shop's own files. */
@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  readonly #assets: Assets;
  constructor(@Inject(Assets) assets: Assets) {
    this.#assets = assets;
  }

  @Get(':name')
  send(
    @Param('name') name: string,
    @Res({ passthrough: true }) response: ShopResponse,
  ): StreamableFile {
    const asset = this.#assets.find(name);
    if (!asset) {
      throw new NotFoundException();
    }
    // The address changes with the content.
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    return new StreamableFile(asset.bytes, { type: asset.type, length: asset.bytes.length });
  }
}
