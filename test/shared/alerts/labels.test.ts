import { expect, it } from 'vitest';
import { withoutPeople } from '../../../shared/alerts/labels.ts';

const PERSON = `p_${'0123456789abcdef'.repeat(2)}`;
const ACCOUNT = `u_${'0123456789abcdef'.repeat(2)}`;

it('names keys and teams, and no person, where people are not to be shown', () => {
  const labels = withoutPeople((id) => `name of ${id}`);
  expect([PERSON, ACCOUNT, 'apikey_01', 'search'].map(labels)).toEqual([
    null,
    null,
    'name of apikey_01',
    'name of search',
  ]);
});
