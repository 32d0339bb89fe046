import type { Dialect } from '../faults.ts';
import { json } from '../http-server.ts';
import { openaiFaults } from '../openai/faults.ts';

/** What goes wrong on the way, in OpenAI's words; pages do not slip here. */
export const chatgptFaults: Dialect = {
  ...openaiFaults,
  formerPage: () => null,
  emptyReport: ({ query }) =>
    query.has('page') ? null : json(200, { object: 'page', data: [], has_more: false, next_page: null }),
};
