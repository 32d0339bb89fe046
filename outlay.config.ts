import { defineConfig } from './shared/config.ts';

/** Everything an operator chooses. Keys are never here: `npm run secret -- put CONNECTION` stores them. */
export default defineConfig({
  company: 'Example',
  connections: [
    { id: 'anthropic.main' },
    { id: 'openai.main' },
    { id: 'github.main', settings: { organization: 'example' } },
  ],
  historyDays: 90,
});
