import * as z from 'zod';
import { COPY_NAMES } from '../../shared/tables/copies.ts';
import { json } from './env.ts';

/** The copies for other tools that a function is told of, as JSON. */
export const copiesEnv = z.object({ COPIES: json(z.array(z.enum(COPY_NAMES))) });
