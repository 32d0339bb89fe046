import * as z from 'zod';
import type { Connection } from '../../shared/source.ts';
import { json } from './env.ts';

const connection: z.ZodType<Connection> = z.object({
  id: z.string(),
  vendor: z.string(),
  baseUrl: z.url(),
  secret: z.string(),
  accountId: z.string().nullable(),
  settings: z.record(z.string(), z.string()),
});

/** The connections that a function is told of, as JSON. */
export const connectionsEnv = z.object({ CONNECTIONS: json(z.array(connection)) });
