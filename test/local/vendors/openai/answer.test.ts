import { describe, expect, it } from 'vitest';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { openaiAnswers } from '../../../../local/vendors/openai/answer.ts';
import { bodyOf, get, MORNING, recorded, setting, shapeOf } from '../asking.ts';
import { ask, openai } from './asking.ts';

const project = (name: string): string =>
  bodyOf(ask('projects?include_archived=true')).data.find((entry: { name: string }) => entry.name === name).id;

describe('sign-in', () => {
  it.each([
    ['no key', {}, 401, 'invalid_api_key'],
    ['a wrong key', { authorization: 'Bearer sk-admin-wrong' }, 401, 'invalid_api_key'],
    ['a key of a project', { authorization: 'Bearer sk-proj-some' }, 403, 'missing_scope'],
    ['a key in the wrong header', { 'x-api-key': openai.adminKey }, 401, 'invalid_api_key'],
  ])('refuses %s', (_, headers, status, code) => {
    const answer = openaiAnswers(makeWorld(setting), openai, () => MORNING)(get('/v1/organization/users', headers));
    expect([answer.status, bodyOf(answer).error.code]).toEqual([status, code]);
  });
});

describe('the directories', () => {
  it.each([
    ['users?limit=5', 'openai-users'],
    ['projects?include_archived=true', 'openai-projects'],
    [`projects/${project('flow')}/service_accounts`, 'openai-project-service-accounts'],
  ])('answer %s in the recorded shape', (path, name) => {
    expect(shapeOf(bodyOf(ask(path)))).toEqual(shapeOf(recorded(name)));
  });

  it('list keys of people and of programs in the recorded shape', () => {
    const keys = [project('developer-tools'), project('flow')].flatMap(
      (id) => bodyOf(ask(`projects/${id}/api_keys?owner_project_access=any&limit=100`)).data,
    );
    const known = shapeOf(recorded('openai-project-api-keys')).filter((path) => path.startsWith('.data'));
    expect(shapeOf({ data: keys })).toEqual(
      known
        .filter((path) => path !== '.data')
        .concat('.data')
        .sort(),
    );
  });

  it('hide keys whose owner lost access unless all are asked for', () => {
    const path = `projects/${project('developer-tools')}/api_keys?limit=100`;
    const count = (access: string) => bodyOf(ask(`${path}${access}`)).data.length;
    expect(count('&owner_project_access=any')).toBe(count('') + count('&owner_project_access=inactive'));
    expect(count('&owner_project_access=inactive')).toBeGreaterThan(0);
  });

  it('know nothing of a deleted key that is still in use', () => {
    expect(bodyOf(ask(`projects/${project('Default project')}/api_keys?owner_project_access=any`)).data).toEqual([]);
  });

  it('hide the archived project unless asked for', () => {
    const names = (path: string) => bodyOf(ask(path)).data.map(({ name }: { name: string }) => name);
    expect(names('projects')).not.toContain('research-lab');
    expect(names('projects?include_archived=true')).toContain('research-lab');
  });

  it('page by the last id to the same entries as one large page', () => {
    const first = bodyOf(ask('users?limit=7'));
    const second = bodyOf(ask(`users?limit=100&after=${first.last_id}`));
    expect([...first.data, ...second.data]).toEqual(bodyOf(ask('users?limit=100')).data);
  });

  it('find people by address', () => {
    const [someone] = bodyOf(ask('users?limit=1')).data;
    expect(bodyOf(ask(`users?emails[]=${someone.email}`)).data).toEqual([someone]);
  });

  it.each(['projects/proj_none/api_keys', 'usage/unheard_of', 'invoices'])('have nothing at %s', (path) => {
    expect(ask(path).status).toBe(404);
  });
});
