import { oneOf } from './expressions.ts';

/** FOCUS's ServiceCategory of AWS's product codes, where a form does not tell it. */
export const SERVICE_CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  'AI and Machine Learning': [
    'AmazonBedrock%',
    'AmazonSageMaker%',
    'AmazonQ',
    'AmazonQBusiness',
    'AmazonTranscribe',
    'AmazonTextract',
  ],
  Compute: ['AmazonEC2', 'AWSLambda', 'AmazonECS', 'AmazonEKS', 'AmazonLightsail', 'ComputeSavingsPlans'],
  Storage: ['AmazonS3%', 'AmazonEFS', 'AmazonFSx', 'AmazonGlacier', 'AWSBackup'],
  Databases: ['AmazonRDS', 'AmazonDynamoDB', 'AmazonElastiCache', 'AmazonMemoryDB', 'AmazonNeptune', 'AmazonDocDB'],
  Networking: ['AmazonVPC', 'AmazonCloudFront', 'AmazonRoute53', 'AWSELB', 'AWSDirectConnect', 'AWSDataTransfer'],
  Analytics: ['AmazonAthena', 'AWSGlue', 'AmazonRedshift', 'AmazonKinesis%', 'ElasticMapReduce', 'AmazonQuickSight'],
  Security: ['awskms', 'AWSSecretsManager', 'AmazonGuardDuty', 'awswaf', 'AmazonInspector%'],
  'Management and Governance': ['AmazonCloudWatch', 'AWSCloudTrail', 'AWSConfig', 'AWSSystemsManager'],
};

/** The same as a case of SQL over `service_code`. */
export const categoryOf = (): string => `case
        when ai_product is not null then 'AI and Machine Learning'
        when service_category is not null then service_category
${Object.entries(SERVICE_CATEGORIES)
  .map(([category, codes]) => {
    const exact = codes.filter((code) => !code.endsWith('%'));
    const begun = codes.filter((code) => code.endsWith('%')).map((code) => `service_code like '${code}'`);
    return `        when ${[...begun, oneOf('service_code', exact)].join(' or ')} then '${category}'`;
  })
  .join('\n')}
        else 'Other'
    end`;
