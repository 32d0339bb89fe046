import type { Construct } from 'constructs';
import { stackName } from '../shared/stack-name.ts';
import { AlertsStack } from './alerts-stack.ts';
import { LakeStack } from './lake-stack.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { type Settings, stackProps } from './settings.ts';

/** All of Outlay: the lake that stays, what tells people, what fills the lake. Each needs those before it. */
export function outlay(scope: Construct, settings: Settings) {
  const lake = new LakeStack(scope, stackName(settings.aws.name, 'Lake'), settings, {
    ...stackProps(settings, "Outlay's lake: facts, tables and state; kept when the rest goes"),
  });
  const alerts = new AlertsStack(
    scope,
    stackName(settings.aws.name, 'Alerts'),
    { settings, lake: lake.lake },
    {
      ...stackProps(settings, "Outlay's alerts: detection, incidents, notifications, alarms"),
    },
  );
  const pipeline = new PipelineStack(
    scope,
    stackName(settings.aws.name, 'Pipeline'),
    { settings, lake: lake.lake, alerts: alerts.alerts },
    { ...stackProps(settings, "Outlay's pipeline: schedule, collectors, materialised months, views") },
  );
  return { lake, alerts, pipeline };
}
