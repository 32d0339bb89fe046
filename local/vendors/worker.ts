import { parentPort, workerData } from 'node:worker_threads';
import type { VendorOptions } from './options.ts';
import { startServers } from './servers.ts';

// The one border where the options arrive: they were typed on the other side, and a clone keeps their shape.
const options = workerData as VendorOptions;
const port = parentPort;
if (port === null) throw new Error('The simulated vendors run in a worker only.');

const servers = await startServers(options);
port.on('message', (message: unknown) => {
  if (message === 'log') port.postMessage({ log: servers.log });
  if (message !== 'stop') return;
  servers.stop().then(
    () => port.close(),
    () => port.close(),
  );
});
port.postMessage({ urls: servers.urls, secrets: servers.secrets });
