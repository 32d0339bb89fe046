import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Root of the project. */
export const project = resolve(import.meta.dirname, '../../..');
/** Folder of the scripts that install and run the engines. */
export const scripts = import.meta.dirname;
/** Folder whose `node` is Node 24, as the Lambdas have it. */
export const nodeBin = join(project, 'node_modules/.bin');

/** What install.sh brings. */
export type Engine = 'trino' | 'emulator' | 'cfn-lint' | 'lambda-runtime';

/** Folder of an installed engine; an error that says how to install it, when it is not there. */
export function engine(name: Engine): string {
  const folder = join(process.env.OUTLAY_CACHE ?? join(homedir(), '.cache/outlay'), name);
  if (!existsSync(join(folder, 'installed')))
    throw new Error(`there is no ${name} in ${folder}; run: bash test/conformance/engines/install.sh ${name}`);
  return folder;
}
