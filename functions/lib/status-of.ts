import type { Connection } from '../../shared/source.ts';
import { SOURCES } from '../../shared/sources/index.ts';
import type { StatusOf } from '../../shared/status.ts';

/** Every source of every connection, as the status names them. */
export const statusOf = (connections: readonly Connection[]): StatusOf[] =>
  connections.flatMap(({ id, vendor }) =>
    SOURCES.filter((source) => source.vendor === vendor).map((source) => ({
      source: source.id,
      connection: id,
      provider: vendor,
      target: source.table.name,
      worst_lag_hours: source.lag.worstHours,
    })),
  );
