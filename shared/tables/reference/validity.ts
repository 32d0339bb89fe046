import { date } from '../../table.ts';

/** First day on which a line of reference data holds. */
export const validFrom = date('first day it holds; 0001-01-01: since ever');
/** First day on which it no longer does. */
export const validTo = date('first day it no longer holds; 9999-12-31: still holds');
