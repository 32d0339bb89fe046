import { anthropicAnswers } from './anthropic/answer.ts';
import { anthropicFaults } from './anthropic/faults.ts';
import { organisation as anthropicOrganisation } from './anthropic/organisation.ts';
import { chatgptAnswers } from './chatgpt/answer.ts';
import { chatgptFaults } from './chatgpt/faults.ts';
import { keyOf } from './chatgpt/workspace.ts';
import { makeWorld, type World } from './company/world.ts';
import { copilotAnswers } from './copilot/answer.ts';
import { creditsOf } from './copilot/credits.ts';
import { copilotFaults } from './copilot/faults.ts';
import { reportFile } from './copilot/metrics.ts';
import { reportStore, type Store, storeFaults } from './copilot/store.ts';
import { cursorAnswers } from './cursor/answer.ts';
import { cursorFaults } from './cursor/faults.ts';
import { cursorTeam } from './cursor/team.ts';
import { devinAnswers } from './devin/answer.ts';
import { enterpriseOf } from './devin/enterprise.ts';
import { devinFaults } from './devin/faults.ts';
import { type Dialect, type Fault, faultsOf } from './faults.ts';
import { githubAnswers } from './github/answer.ts';
import { installApp } from './github/app.ts';
import { githubFaults } from './github/faults.ts';
import { type Answer, type Asked, type Running, serve } from './http-server.ts';
import { litellmAnswers } from './litellm/answer.ts';
import { litellmFaults } from './litellm/faults.ts';
import { gatewayOf } from './litellm/gateway.ts';
import { oddAnswers } from './odd-answers.ts';
import { openaiAnswers } from './openai/answer.ts';
import { openaiFaults } from './openai/faults.ts';
import { organisation as openaiOrganisation } from './openai/organisation.ts';
import { accountOf } from './openrouter/account.ts';
import { openrouterAnswers } from './openrouter/answer.ts';
import { openrouterFaults } from './openrouter/faults.ts';
import type { VendorOptions } from './options.ts';
import { identifier } from './random.ts';

/** One request that a simulated vendor got, with how it was answered. */
export interface LogLine {
  readonly connection: string;
  readonly path: string;
  /** Null when nothing was answered. */
  readonly status: number | null;
  /** What was done to the answer, or null when it went out as it was. */
  readonly fault: Fault | null;
}

/** The servers of every connection of the made-up company. */
export interface Servers {
  readonly urls: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly log: readonly LogLine[];
  readonly stop: () => Promise<void>;
}

/** A connection that the simulated vendors serve. */
interface Vendor {
  readonly connection: string;
  readonly secret: string;
  /** What stands after the host in the base URL. */
  readonly base: string;
  readonly answers: (asked: Asked) => Answer;
  readonly dialect: Dialect;
  /** Where its signed links lead. */
  readonly store?: Store;
}

/** Starts a server for every connection; each vendor is a folder beside this file and an entry here. */
export async function startServers(options: VendorOptions): Promise<Servers> {
  const world = makeWorld(options, options.oddities);
  const clock = new Float64Array(options.clock);
  const now = (): number => clock[0] ?? 0;
  const openai = openaiOrganisation(world);
  const cursor = cursorTeam(world);
  const account = accountOf(world);
  const gateway = gatewayOf(world);
  const enterprise = enterpriseOf(world);
  const token = `github_pat_${identifier(60, options.seed, 'github token')}`;
  const vendors: readonly Vendor[] = [
    ...(['main', 'research', 'legacy'] as const).map((alias): Vendor => {
      const organisation = anthropicOrganisation(world, alias);
      return {
        connection: `anthropic.${alias}`,
        secret: organisation.adminKey,
        base: '',
        answers: anthropicAnswers(world, organisation, now),
        dialect: anthropicFaults(now),
      };
    }),
    {
      connection: 'openai.main',
      secret: openai.adminKey,
      base: '/v1',
      answers: openaiAnswers(world, openai, now),
      dialect: openaiFaults,
    },
    {
      connection: 'chatgpt.main',
      secret: keyOf(world),
      base: '/v1',
      answers: chatgptAnswers(world, now),
      dialect: chatgptFaults,
    },
    {
      connection: 'github.main',
      secret: token,
      base: '',
      answers: githubAnswers(world, token, now),
      dialect: githubFaults(now),
    },
    {
      connection: 'cursor.main',
      secret: cursor.adminKey,
      base: '',
      answers: cursorAnswers(world, cursor, now),
      dialect: cursorFaults,
    },
    copilot(world, now, options.proofs === 'machine' ? Date.now : now),
    {
      connection: 'openrouter.main',
      secret: account.managementKey,
      base: '/api/v1',
      answers: openrouterAnswers(world, account, now),
      dialect: openrouterFaults,
    },
    {
      connection: 'devin.main',
      secret: enterprise.key,
      base: '',
      answers: devinAnswers(world, enterprise, now),
      dialect: devinFaults,
    },
    {
      connection: 'litellm.main',
      secret: gateway.adminKey,
      base: '',
      answers: litellmAnswers(world, gateway, now),
      dialect: litellmFaults,
    },
  ];
  const log: LogLine[] = [];
  const running: (readonly [Vendor, Running])[] = [];
  const stores: Running[] = [];
  for (const vendor of vendors) {
    const answers = oddAnswers(vendor.connection, world.oddities, vendor.answers);
    const disturb = faultsOf(options.seed, options.faults, vendor.dialect, answers);
    const server = await serve((asked) => {
      const { delivery, fault } = disturb(asked);
      const status = delivery.kind === 'silence' ? null : delivery.answer.status;
      log.push({ connection: vendor.connection, path: asked.path, status, fault });
      return delivery;
    });
    running.push([vendor, server]);
    if (vendor.store !== undefined) stores.push(await startStore(vendor.connection, vendor.store, options, log));
  }
  return {
    urls: Object.fromEntries(running.map(([{ connection, base }, { url }]) => [connection, `${url}${base}`])),
    secrets: Object.fromEntries(vendors.map(({ connection, secret }) => [connection, secret])),
    log,
    stop: async () => {
      await Promise.all([...running.map(([, server]) => server), ...stores].map(({ close }) => close()));
    },
  };
}

function copilot(world: World, now: () => number, proofsNow: () => number): Vendor {
  const credits = creditsOf(world);
  const app = installApp(world.setting.seed, 'copilot', now, proofsNow);
  const store = reportStore(world.setting.seed, now, (path) => reportFile(credits, path, now()));
  return {
    connection: 'copilot.main',
    secret: app.secret,
    base: '',
    answers: copilotAnswers({ world, credits, app, store, now }),
    dialect: copilotFaults(now),
    store,
  };
}

async function startStore(connection: string, store: Store, options: VendorOptions, log: LogLine[]): Promise<Running> {
  const disturb = faultsOf(options.seed, options.faults, storeFaults, store.answers);
  const server = await serve((asked) => {
    const { delivery, fault } = disturb(asked);
    const status = delivery.kind === 'silence' ? null : delivery.answer.status;
    log.push({ connection, path: asked.path, status, fault });
    return delivery;
  });
  store.at(server.url);
  return server;
}
