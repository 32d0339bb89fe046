// Plain JavaScript on purpose: it must run, and speak, on whatever Node a machine has.
import { fileURLToPath } from 'node:url';

const LEAST = 24;
const [command = '', ...rest] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < LEAST) {
  console.error(
    `This needs Node ${LEAST}, and this is Node ${process.versions.node}: the package 'node' brings it, but its install script did not run. ` +
      `Run 'npm ci' again with scripts allowed (npm config get ignore-scripts should say false), or put a Node ${LEAST} on the PATH.`,
  );
  process.exit(1);
}

// SQLite in Node still announces itself as experimental on every start; other warnings are shown as they come.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') console.error(`${warning.name}: ${warning.message}`);
});

// Whoever reads what is printed may have read enough, as `head` does.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Types are stripped and sources compiled once, not at every start; where nothing can be written it is done each time.
const compiled = fileURLToPath(new URL('../node_modules/.cache/outlay', import.meta.url));
const { enableCompileCache } = await import('node:module');
enableCompileCache?.(compiled);
// Threads look for it here.
process.env.NODE_COMPILE_CACHE = compiled;

const { main, run } = await import(new URL(`./${command}.ts`, import.meta.url).href);
try {
  if (main) process.exitCode = (await main(rest)) ?? 0;
  // A command that only answers text is printed.
  else console.log(await run(rest));
} catch (error) {
  const says = error instanceof Error ? error.message : String(error);
  // What Node adds of '--' does not help whoever mistyped an option.
  const isUsage = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  console.error(isUsage ? `${says.split('. ')[0]}; 'npm run ${command} -- --help' lists the options.` : says);
  if (process.env.OUTLAY_TRACE) console.error(error);
  process.exitCode = 1;
}
