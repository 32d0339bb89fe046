import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IMPORT } from '../shared/focus/lines.ts';
import { prefixOf } from '../shared/table.ts';
import { costs } from '../shared/tables/index.ts';
import {
  mayKeepState,
  mayPoint,
  mayPutSecrets,
  mayQuery,
  mayQueue,
  mayRead,
  mayReadSecrets,
  mayRemove,
  maySee,
  mayWrite,
} from './grants.ts';
import type { Lake } from './lake-stack.ts';
import { READABLE } from './sql.ts';
import type { VendorCollector } from './vendor.ts';

/** Lines of the ledger that came in as files, in every month. */
const BILLS = `${prefixOf(costs)}billing_period=*/${IMPORT}.`;

/**
 * Three roles for people, with the rights that the commands need and no more; who in the account may take them, its
 * administrators say (`sts:AssumeRole`). Each is described in docs/runbook.md.
 */
export class Operators extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { lake, collectors }: { lake: Lake; collectors: readonly VendorCollector[] },
  ) {
    super(scope, id);
    this.operator(lake, collectors);
    this.registrar(lake);
    this.importer(lake);
  }

  /** query, incident, collect, secret put: sees spend under pseudonyms, and no name. */
  private operator(lake: Lake, collectors: readonly VendorCollector[]): void {
    const role = this.role('Operator', 'Outlay: asks, collects again, answers incidents, stores keys; sees no name');
    mayRead(role, lake, ['facts/', 'reference/', 'status/', 'marts/']);
    mayWrite(role, lake, ['status/']);
    mayKeepState(role, lake);
    mayQuery(role, lake);
    maySee(role, lake, READABLE);
    mayQueue(
      role,
      collectors.map(({ work }) => work.queue),
    );
    mayPutSecrets(
      role,
      collectors.flatMap(({ secrets }) => secrets),
    );
  }

  /** reference push, forget: knows who is who. */
  private registrar(lake: Lake): void {
    const role = this.role('Registrar', 'Outlay: pushes reference files and erases names; knows who is who');
    mayRead(role, lake, ['facts/', 'reference/', 'identities/']);
    mayWrite(role, lake, ['reference/', 'reference-versions/', 'identities/']);
    mayKeepState(role, lake);
    maySee(role, lake, []);
    mayReadSecrets(role, [lake.pseudonymKey.secretArn]);
  }

  /** focus push: puts lines of other bills into the ledger, and touches no others. */
  private importer(lake: Lake): void {
    const role = this.role('Importer', 'Outlay: takes bills in FOCUS into the ledger; changes no line of a vendor');
    mayRead(role, lake, [BILLS]);
    mayWrite(role, lake, [BILLS]);
    mayRemove(role, lake, [BILLS]);
    mayKeepState(role, lake);
    maySee(role, lake, []);
    mayPoint(role, lake, [costs.name]);
  }

  private role(id: string, description: string): iam.Role {
    const role = new iam.Role(this, id, { assumedBy: new iam.AccountRootPrincipal(), description });
    new CfnOutput(Stack.of(this), `${id}RoleArn`, { value: role.roleArn });
    return role;
  }
}
