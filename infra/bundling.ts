/** How a function is bundled, in esbuild's words; the SDK goes along, so that a version is what was tested. */
export const BUNDLING = {
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
  // Dependencies in CommonJS ask for `require`.
  banner: "import{createRequire as r}from'module';const require=r(import.meta.url);",
} as const;

/** What is left out of a bundle, and the file that stands in for it: the ways to sign in that no Lambda has. */
export const STAND_INS: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': './functions/lib/lambda-credentials.ts',
};
