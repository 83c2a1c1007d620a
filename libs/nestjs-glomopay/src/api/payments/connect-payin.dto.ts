import { Named } from '../../errors/named.decorator.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

/** Body of `POST /payment/{id}/connect-payin`. */
@Named('ConnectPayinDto')
export class ConnectPayinDto {
  /** Its name on the wire is a guess (INFERRED). */
  @Wire('payin_id')
  @IsGlomopayId(['order', 'paymentLink'])
  payinId!: string;
}
