import { expect, it } from 'vitest';
import { keyedCrypto } from '../../../functions/lib/crypto.ts';
import { principalOf } from '../../../shared/cloud-bill/principals.ts';
import { pseudonyms } from '../../../shared/pseudonym.ts';

const names = pseudonyms(keyedCrypto('test'));

it.each([
  ['assumed-role/ClaudeCode/Ana.Ruiz@acme.example', 'person', names.email('ana.ruiz@acme.example')],
  ['assumed-role/SupportBotRole/support-bot', 'role', 'role/SupportBotRole'],
  ['user/alice', 'user', names.login('aws', 'alice')],
  ['user/division/alice', 'user', names.login('aws', 'alice')],
  ['user/BedrockAPIKey-234s', 'key', 'key/BedrockAPIKey-234s'],
] as const)('knows the caller %s as a %s, never by name', (caller, kind, principal_id) => {
  const arn = `arn:aws:sts::123456789012:${caller}`;
  expect(principalOf(arn, names)).toEqual({ iam_principal: arn, kind, principal_id });
});
