import { date, defineTable, flag, nullable, oneOf, text, timestamp, whole } from '../table.ts';

/** Kinds of finished work. */
export const OUTPUT_KINDS = ['pr_merged', 'issue_completed', 'deploy_succeeded', 'ci_run'] as const;

/** Engineering output: what came of the spend. */
export const outputs = defineTable({
  name: 'outputs',
  grain: 'One row per finished piece of work.',
  area: 'facts',
  partitioned: true,
  version: 1,
  sort: ['day', 'completed_at', 'event_id'],
  columns: {
    day: date('UTC day of completion'),
    event_id: text('stable id: system, kind and the id there'),
    source: text('source id, e.g. github_pull_requests'),
    connection_id: text('system as this company has it, e.g. github.main'),
    system: text('e.g. github'),
    kind: oneOf(OUTPUT_KINDS, 'what was finished'),
    principal_id: nullable(text('pseudonym of who made it; null: account gone or not told')),
    credited_id: nullable(text('pseudonym of the person credited when a bot or agent made it; null: nobody')),
    actor_type: oneOf(['person', 'bot', 'ai_agent', 'unknown'], 'who made it'),
    repository: nullable(text('repository, owner/name')),
    project: nullable(text('project or board')),
    team_hint: nullable(text('team named by the system itself; a hint, never an owner')),
    completed_at: timestamp('when it was finished'),
    size: nullable(whole('lines added and deleted; null: not told')),
    is_default_branch: nullable(flag('merged into the default branch; null: not applicable')),
    is_revert: flag('takes back earlier work'),
    ai_assisted: oneOf(['yes', 'none_detected', 'unknown'], 'traces of an AI tool; absence proves nothing'),
    ai_tools: nullable(text('tools seen, comma separated, sorted; null: none')),
    retracted: flag('finished once, no longer (reopened)'),
  },
});
