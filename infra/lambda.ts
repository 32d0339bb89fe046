import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { BUNDLING, STAND_INS } from './bundling.ts';

/** What a function is given: its environment is that of its own schema, variable by variable. */
export interface LambdaProps<Env> extends Omit<NodejsFunctionProps, 'environment' | 'entry' | 'role' | 'logGroup'> {
  readonly environment: Record<keyof Env, string>;
  readonly logDays: logs.RetentionDays;
  /** Whether the folder queries/ goes with it. */
  readonly withQueries?: boolean;
}

/** All of a function's environment together, as Lambda limits it. */
const MOST_ENVIRONMENT = 4096;

/** One file of functions/ as a Lambda: Node 24 on arm64, its own role that may log and nothing else, its own log. */
export class Lambda<Env> extends NodejsFunction {
  constructor(scope: Construct, id: string, file: string, props: LambdaProps<Env>) {
    const { logDays, withQueries = false, environment, ...others } = props;
    const size = Object.entries<string>(environment).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    if (size > MOST_ENVIRONMENT)
      throw new Error(
        `the settings of function ${file} take ${size} characters, a Lambda holds ${MOST_ENVIRONMENT}: spread the connections over two deployments`,
      );
    const logGroup = new logs.LogGroup(scope, `${id}Log`, { retention: logDays, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(scope, `${id}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'main',
      memorySize: 512,
      timeout: Duration.minutes(5),
      loggingFormat: lambda.LoggingFormat.JSON,
      entry: new URL(`../functions/${file}.ts`, import.meta.url).pathname,
      depsLockFilePath: new URL('../package-lock.json', import.meta.url).pathname,
      logGroup,
      role,
      environment: { NODE_OPTIONS: '--enable-source-maps', ...environment },
      bundling: {
        ...BUNDLING,
        mainFields: [...BUNDLING.mainFields],
        format: OutputFormat.ESM,
        sourceMap: true,
        sourcesContent: false,
        externalModules: [],
        esbuildArgs: Object.fromEntries(
          Object.entries(STAND_INS).map(([left, instead]) => [`--alias:${left}`, instead]),
        ),
        ...(withQueries ? { commandHooks: copyQueries } : {}),
      },
      ...others,
    });
  }
}

/** The folder queries/ beside the bundle: data, read by the one loader. */
const copyQueries = {
  beforeInstall: () => [],
  beforeBundling: () => [],
  afterBundling: (inputDir: string, outputDir: string) => [`cp -R ${inputDir}/queries ${outputDir}/queries`],
};
