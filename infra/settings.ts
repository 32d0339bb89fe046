import { pathToFileURL } from 'node:url';
import type { App, StackProps } from 'aws-cdk-lib';
import { type Config, connectionsOf, parseConfig } from '../shared/config.ts';
import type { Connection } from '../shared/source.ts';
import { VENDORS } from '../shared/sources/index.ts';

/** An operator's settings, with the connections as the functions are told them. */
export interface Settings extends Config {
  readonly resolved: readonly Connection[];
}

/** Settings from a checked config. */
export const settingsOf = (config: Config): Settings => ({ ...config, resolved: connectionsOf(config, VENDORS) });

/** Reads outlay.config.ts, or the file that `-c config=FILE` names. */
export async function readSettings(app: App): Promise<Settings> {
  const file: unknown = app.node.tryGetContext('config') ?? 'outlay.config.ts';
  const module: { default?: unknown } = await import(pathToFileURL(String(file)).href);
  return settingsOf(parseConfig(module.default));
}

/** What every stack is given: where it stands, its tags. */
export function stackProps({ aws }: Settings, description: string): StackProps {
  const { account, region, tags } = aws;
  return {
    description,
    tags: { application: 'outlay', ...tags },
    ...(account === undefined && region === undefined
      ? {}
      : { env: { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) } }),
  };
}
