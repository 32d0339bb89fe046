import * as z from 'zod';
import { notify } from '../shared/alerts/notify.ts';
import { lakeEnv } from './lib/env.ts';
import { handler } from './lib/handler.ts';

/** What the function must be given: the secret that holds the address of the chat's webhook, and whether people are named. */
export const env = lakeEnv.extend({ SLACK_SECRET: z.string().min(1), SHOW_PEOPLE: z.stringbool() });
/** Its environment. */
export type Env = z.infer<typeof env>;

/** What the topic hands over: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
const event = z.object({
  Records: z.array(z.object({ Sns: z.object({ MessageId: z.string(), Message: z.string() }) })).min(1),
});

/** Posts alerts from the topic to the chat; what the chat does not take is thrown, so that it comes again. */
export const main = handler(
  { event, env },
  async ({ event: { Records }, env: { SLACK_SECRET, SHOW_PEOPLE }, platform }) => {
    const channel = { webhook: await platform.secrets.read(SLACK_SECRET), showPeople: SHOW_PEOPLE };
    let posted = 0;
    for (const { Sns } of Records) if (await notify(platform, Sns.Message, channel)) posted += 1;
    return { records: Records.length, posted };
  },
);
