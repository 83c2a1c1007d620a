/** Folders and root files of the library that stand on the same floor. */
export interface Floor {
  /**
   * Folders, each sub-folder by itself, and files beside `index.ts`; as paths from `src/`. `api/*`:
   * every folder in `api/`, each a room that is beside the others.
   */
  readonly rooms: readonly string[];
  /** What lives there. */
  readonly holds: string;
  /**
   * What one folder may take from another of the same floor; a table is a file with the `shape` of
   * an object in it. Within one folder, sub-folders of this
   * floor included, imports are free.
   */
  readonly sideways: 'nothing' | 'types and tables';
}

/**
 * Who may import whom, bottom to top: a file imports its own floor and those below. A folder that is
 * not here does not pass, so a new one is a decision.
 */
export const floors: readonly Floor[] = [
  {
    rooms: ['errors', 'version.ts'],
    holds: 'What can go wrong, one class each, and which version says so.',
    sideways: 'nothing',
  },
  {
    rooms: ['values'],
    holds: 'Ids, money, secrets: values of the domain, without I/O.',
    sideways: 'nothing',
  },
  {
    rooms: ['config'],
    holds: 'What the host passed, checked once, and the tokens under which it is injected.',
    sideways: 'nothing',
  },
  {
    rooms: ['diagnostics', 'edge', 'logging', 'signing', 'wire'],
    holds:
      'Tools without a business of their own: messages, requests and answers, redaction, HMAC, JSON.',
    sideways: 'nothing',
  },
  {
    rooms: ['http', 'keys', 'telemetry'],
    holds:
      'The one client that talks to the gateway, what is told of its calls, and the keys as they change.',
    sideways: 'nothing',
  },
  {
    rooms: ['api/parts'],
    holds: 'What several objects of the gateway have in them: money, products, documents.',
    sideways: 'nothing',
  },
  {
    rooms: ['api/*', 'callback', 'exceptions', 'webhooks'],
    holds: 'One folder for each thing the gateway is asked for, or tells us.',
    sideways: 'types and tables',
  },
  {
    rooms: [
      'tracking/store',
      'tracking/store/memory',
      'tracking/store/sql',
      'tracking/store/sql/connections',
    ],
    holds: 'What a store keeps and promises: the ports, records and events, and what stores share.',
    sideways: 'nothing',
  },
  {
    rooms: ['tracking/engine'],
    holds: 'What makes work happen, and knows nothing of it.',
    sideways: 'nothing',
  },
  {
    rooms: ['tracking/config'],
    holds: 'The options of tracking, checked once, and its tokens.',
    sideways: 'nothing',
  },
  {
    rooms: ['tracking/retention'],
    holds: 'Forgets what is older than the host keeps it.',
    sideways: 'nothing',
  },
  {
    rooms: ['tracking/handlers'],
    holds: 'Finds the handlers of an application, and knows which process has which.',
    sideways: 'nothing',
  },
  {
    rooms: ['tracking/movements'],
    holds:
      'One outcome per movement of money, whatever its kind: state machine, settlement, sweeper.',
    sideways: 'nothing',
  },
  {
    rooms: ['tracking/payments', 'tracking/payments/collections'],
    holds:
      'Payments as movements, ours and those made elsewhere: tracker, witnesses, whose a payment is, who hears of it.',
    sideways: 'nothing',
  },
  {
    rooms: ['tracking/refunds'],
    holds:
      'Refunds as movements: tracker, witnesses, refunds that nobody asked for, who hears of them.',
    sideways: 'nothing',
  },
  {
    rooms: ['tracking/reconciliation'],
    holds: "Compares the gateway's lists with the records, and mends what is safe.",
    sideways: 'nothing',
  },
  {
    rooms: ['tracking/inbox'],
    holds:
      'Events of the gateway, and what follows outcomes: stored, worked off handler by handler.',
    sideways: 'nothing',
  },
  {
    rooms: ['tracking/route'],
    holds: 'The ready-made webhook route on Express and Fastify.',
    sideways: 'nothing',
  },
  {
    rooms: ['tracking'],
    holds: 'Wiring of the rooms of tracking.',
    sideways: 'nothing',
  },
  {
    rooms: ['doctor'],
    holds: 'Looks at a set-up from outside; the module starts it, the program too.',
    sideways: 'nothing',
  },
  {
    rooms: ['glomopay.module-definition.ts', 'glomopay.providers.ts'],
    holds: 'Wiring: the lists that accounts are made of, where the features meet.',
    sideways: 'nothing',
  },
  {
    rooms: ['merchants'],
    holds: 'Accounts made at run time, of the lists that the wiring makes registered ones of.',
    sideways: 'nothing',
  },
  {
    rooms: ['glomopay.module.ts'],
    holds:
      'The module that hosts register: an account of its own, merchants made at run time, or both.',
    sideways: 'nothing',
  },
  {
    rooms: [
      'bullmq',
      'index.ts',
      'operations',
      'operations/page',
      'mysql',
      'postgres',
      'sqlite',
      'terminus',
      'testing',
      'testing/contract',
      'testing/script',
      'testing/secrets',
      'testing/signing',
    ],
    holds: 'Entry points of the package. On the top floor, so no file of the library imports them.',
    sideways: 'nothing',
  },
];

/** An import that the table forbids and that stays all the same. */
export interface Exception {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

const OF_THE_PROGRAM = 'The command line makes and examines tables; no application loads it.';

export const exceptions: readonly Exception[] = [
  ...[
    'grants',
    'migrations',
    'pg.adapter',
    'postgres-store-options',
    'postgres-tracking-store',
  ].map((file) => ({
    from: 'doctor/postgres-dialect.ts',
    to: `postgres/${file}.ts`,
    reason: OF_THE_PROGRAM,
  })),
  ...['grants', 'migrations', 'mysql-store-options', 'mysql-tracking-store', 'mysql2.adapter'].map(
    (file) => ({
      from: 'doctor/mysql-dialect.ts',
      to: `mysql/${file}.ts`,
      reason: OF_THE_PROGRAM,
    }),
  ),
  ...['sqlite-database', 'sqlite-migrations', 'sqlite-store-options', 'sqlite-tracking-store'].map(
    (file) => ({
      from: 'doctor/sqlite-dialect.ts',
      to: `sqlite/${file}.ts`,
      reason: OF_THE_PROGRAM,
    }),
  ),
];
