import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyedCrypto } from '../../../functions/lib/crypto.ts';
import { folderObjects } from '../../../local/platform/objects.ts';
import { sqliteState } from '../../../local/platform/state.ts';
import { cryptoContract } from '../../contracts/crypto.ts';
import { objectsContract } from '../../contracts/objects.ts';
import { stateContract } from '../../contracts/state.ts';
import { memoryObjects } from '../../platform/memory-objects.ts';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'outlay-'));

cryptoContract('Node', () => keyedCrypto('key'));
objectsContract('a folder', async () => folderObjects(await folder()));
objectsContract('memory', async () => memoryObjects());
stateContract('SQLite', async () => sqliteState(join(await folder(), 'state.sqlite')));
