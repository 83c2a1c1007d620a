/** A statement as Kysely compiles it. */
export interface KyselyStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly query: {
    readonly kind: 'RawNode';
    readonly sqlFragments: readonly string[];
    readonly parameters: readonly never[];
  };
  readonly queryId: { readonly queryId: string };
}

/** What a statement gives. */
export interface KyselyResult {
  readonly rows: unknown[];
  readonly numAffectedRows?: bigint;
}

/** Whatever runs statements of Kysely. */
export interface KyselyRunner {
  withoutPlugins(): {
    executeQuery(statement: KyselyStatement): Promise<KyselyResult>;
  };
}

/** A statement of ours, which passes by the plugins of the host. */
export function runKysely(
  runner: KyselyRunner,
  sql: string,
  parameters: readonly (string | number)[],
): Promise<KyselyResult> {
  return runner.withoutPlugins().executeQuery({
    sql,
    parameters,
    query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] },
    queryId: { queryId: 'glomopay' },
  });
}
