import { build } from 'esbuild';

/** The page's two scripts, bundled from the same chart functions that the server draws with. */
export interface Scripts {
  readonly report: string;
  readonly theme: string;
}

const path = (name: string): string => new URL(`./client/${name}.ts`, import.meta.url).pathname;

/** Bundles the scripts; done once while the server starts. */
export async function bundleScripts(): Promise<Scripts> {
  const { outputFiles } = await build({
    entryPoints: [path('report'), path('theme')],
    outdir: '/',
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  const textOf = (name: string): string => {
    const file = outputFiles.find(({ path }) => path.endsWith(`${name}.js`));
    if (file === undefined) throw new Error(`the page's script ${name} was not built`);
    return file.text;
  };
  return { report: textOf('report'), theme: textOf('theme') };
}
