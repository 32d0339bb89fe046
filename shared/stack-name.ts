/** A stack's name, as CloudFormation writes them: `outlay` and `Lake` give `OutlayLake`. */
export const stackName = (deployment: string, part: string): string =>
  `${deployment
    .split('_')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('')}${part}`;
