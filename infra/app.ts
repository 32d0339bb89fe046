import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { outlay } from './outlay.ts';
import { readSettings } from './settings.ts';

const app = new App();
outlay(app, await readSettings(app));
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
