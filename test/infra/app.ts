import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import * as z from 'zod';
import cdk from '../../cdk.json' with { type: 'json' };
import { outlay } from '../../infra/outlay.ts';
import { settingsOf } from '../../infra/settings.ts';
import { type ConfigInput, parseConfig } from '../../shared/config.ts';

/** A resource of a template, as far as a test looks into it. */
const resource = z.object({
  Type: z.string(),
  DeletionPolicy: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
/** A resource of a template. */
export type Resource = z.infer<typeof resource>;
const document = z.object({ Resources: z.record(z.string(), resource) });

/** The company of most tests: two connections of one vendor, two vendors, Slack. */
export const COMPANY: ConfigInput = {
  company: 'Example',
  connections: [{ id: 'anthropic.main' }, { id: 'anthropic.research' }, { id: 'openai.main' }],
  alerts: { slack: true },
  aws: { alarmEmails: ['ops@example.com'] },
};

/** The app of a config with the flags of cdk.json, nothing bundled, cdk-nag watching. */
export function appOf(config: ConfigInput = COMPANY) {
  const app = new App({ context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] } });
  const stacks = outlay(app, settingsOf(parseConfig(config)));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stacks };
}

/** The templates of a config, synthesised; throws when cdk-nag finds anything. */
export function synth(config: ConfigInput = COMPANY) {
  const { app, stacks } = appOf(config);
  const assembly = app.synth();
  const of = (name: string): Template =>
    Template.fromJSON(z.record(z.string(), z.unknown()).parse(assembly.getStackByName(name).template));
  const lake = of(stacks.lake.stackName);
  const alerts = of(stacks.alerts.stackName);
  const pipeline = of(stacks.pipeline.stackName);
  return { lake, alerts, pipeline, all: [lake, alerts, pipeline], tags: assembly.stacks.map((stack) => stack.tags) };
}

/** Resources of a type with their logical ids. */
export const resources = (template: Template, type?: string): [id: string, resource: Resource][] =>
  Object.entries(document.parse(template.toJSON()).Resources).filter(
    ([, { Type }]) => type === undefined || Type === type,
  );
