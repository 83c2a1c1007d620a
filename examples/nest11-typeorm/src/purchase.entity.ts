import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What became of a payment, in the shop's own words. */
@Entity('purchases')
export class Purchase {
  @PrimaryColumn()
  reference: string;

  @Column()
  outcome: string;

  @Column()
  amount: number;
}
