import { expect, it } from 'vitest';
import { cursorSeats } from '../../../../shared/sources/cursor/seats.ts';
import { conversationOf } from '../conversations.ts';
import { converse, names } from '../recorded.ts';

const { where, vendor } = conversationOf('cursor_seats');
const seat = (address: string) => ({
  day: '2026-11-18',
  account_id: 'acct-1',
  product: 'cursor',
  plan: 'enterprise',
  principal_id: names.email(address),
  workspace_id: null,
  status: 'active',
  assigned_at: null,
  ends_on: null,
  last_active_on: null,
});

it('gives a seat to members and owners, none to whoever was removed', () => {
  expect(converse(cursorSeats, where, vendor).rows).toEqual([
    seat('ana.ruiz@acme.example'),
    seat('ben.okafor@acme.example'),
  ]);
});

it.each([
  ['free-owner', []],
  ['member', ['active']],
  ['unheard-of', ['unknown']],
])('gives the role %s the seats %j', (role, states) => {
  const told = JSON.stringify({ teamMembers: [{ id: 'user_1', email: 'a@acme.example', role }] });
  expect(converse(cursorSeats, where, () => told).rows.map(({ status }) => status)).toEqual(states);
});
