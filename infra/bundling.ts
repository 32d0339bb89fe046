/** How a function is bundled, in esbuild's words; the SDK goes along, so that a version is what was tested. */
export const BUNDLING = {
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
  // Dependencies in CommonJS ask for `require`.
  banner: "import{createRequire as r}from'module';const require=r(import.meta.url);",
} as const;
