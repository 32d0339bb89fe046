import { describe, expect, it } from 'vitest';
import { connectionsOf, parseConfig } from '../../shared/config.ts';
import { VENDORS } from '../../shared/sources/index.ts';

const config = (connections: unknown[], more: object = {}) => parseConfig({ company: 'Example', connections, ...more });

describe('outlay.config.ts', () => {
  it('needs a company and connections; the rest has its usual value', () => {
    expect(config([{ id: 'anthropic.main' }])).toEqual({
      company: 'Example',
      connections: [{ id: 'anthropic.main', settings: {} }],
      copies: [],
      historyDays: 90,
      alerts: { slack: false, emails: [], form: 'data' },
      report: { showPeople: true },
      cloudBill: [],
      aws: {
        tags: {},
        name: 'outlay',
        existing: {},
        retention: { rawDays: 90, formerDays: 30, resultDays: 7, logDays: 30 },
        settleMinutes: 5,
        scanLimitGb: 20,
        alarmEmails: [],
      },
    });
  });

  it("gives each connection its vendor's address, and a secret named after it", () => {
    const given = config([
      { id: 'anthropic.main' },
      {
        id: 'anthropic.eu',
        baseUrl: 'https://proxy.example/anthropic/',
        secret: 'ai/anthropic-eu',
        accountId: 'acc-1',
      },
    ]);
    expect(connectionsOf(given, VENDORS)).toEqual([
      {
        id: 'anthropic.main',
        vendor: 'anthropic',
        baseUrl: 'https://api.anthropic.com',
        secret: 'outlay/anthropic#main',
        accountId: null,
        settings: {},
      },
      {
        id: 'anthropic.eu',
        vendor: 'anthropic',
        baseUrl: 'https://proxy.example/anthropic',
        secret: 'ai/anthropic-eu',
        accountId: 'acc-1',
        settings: {},
      },
    ]);
  });

  it.each([
    [[{ id: 'anthropic' }], {}, 'connections.0.id: must look like anthropic.main'],
    [[{ id: 'anthropic.main' }, { id: 'anthropic.main' }], {}, "connections.1.id: 'anthropic.main' stands twice"],
    [[{ id: 'anthropic.main', baseUrl: 'http://proxy.example' }], {}, 'connections.0.baseUrl: must be https'],
    [[{ id: 'anthropic.main', key: 'sk-ant-secret' }], {}, 'connections.0: Unrecognized key: "key"'],
    [[], { aws: { existing: { key: 'my-key' } } }, 'aws.existing.key: must be an ARN of kms'],
    [[], { historyDays: 0 }, 'historyDays: Too small'],
  ])('refuses %j %j', (connections, more, says) => {
    expect(() => config(connections, more)).toThrow(says);
  });

  it('never shows what stood in a wrong field', () => {
    expect(() => config([{ id: 'anthropic.main', key: 'sk-ant-secret' }])).toThrow(
      expect.not.stringContaining('sk-ant-secret'),
    );
  });

  it('refuses a vendor nobody knows, and says which are known', () => {
    expect(() => connectionsOf(config([{ id: 'acme.main' }]), VENDORS)).toThrow(
      "connection 'acme.main' in outlay.config.ts: no vendor has that name; known are anthropic",
    );
  });

  it('takes http on loopback, for a simulated vendor', () => {
    expect(config([{ id: 'anthropic.main', baseUrl: 'http://127.0.0.1:4321' }]).connections[0]?.baseUrl).toBe(
      'http://127.0.0.1:4321',
    );
  });

  describe('of the AWS bill', () => {
    const bill = { form: 'cur2', account: '111122223333', bucket: 'costs', name: 'whole-bill' };

    it('needs form, payer account, bucket and name; tags and prefix have their usual value', () => {
      expect(config([], { cloudBill: [{ ...bill, prefix: '/billing/' }] }).cloudBill).toEqual([
        { ...bill, prefix: 'billing', create: false, tags: { team: 'team', costCenter: 'cost_center' } },
      ]);
    });

    it.each([
      [
        [bill, { ...bill, form: 'focus_1_2' }],
        {},
        'cloudBill.1.account: the bill of 111122223333 is read as cur2 already, and each form is the whole bill: leave one',
      ],
      [[{ ...bill, form: 'focus_1_4' }], {}, 'cloudBill.0.form'],
      [[{ ...bill, account: '1111-2222-3333' }], {}, 'must be the twelve digits of the payer account'],
      [[{ ...bill, form: 'legacy', create: true }], {}, 'a legacy report cannot be created here'],
      [[{ ...bill, create: true }], { region: 'eu-central-1' }, 'CloudFormation has no export in eu-central-1'],
      [[{ ...bill, create: true }], { account: '999988887777' }, 'only the payer account 111122223333 itself'],
    ])('refuses what counts twice or cannot be made: %j', (cloudBill, aws, says) => {
      expect(() => config([], { cloudBill, aws })).toThrow(says);
    });
  });
});

it('refuses a vendor that runs at an address of the company, when the connection gives none', () => {
  expect(() => connectionsOf(config([{ id: 'litellm.main' }]), VENDORS)).toThrow(
    "connection 'litellm.main' in outlay.config.ts: LiteLLM runs at an address of your own; give its baseUrl, e.g. https://litellm.example.com",
  );
});
