import type { PanelInfo } from './panel-info.ts';
import { budgetsInfo } from './panels/budgets-info.ts';
import { cacheInfo } from './panels/cache-info.ts';
import { cloudInfo } from './panels/cloud-info.ts';
import { contractsInfo } from './panels/contracts-info.ts';
import { coverageInfo } from './panels/coverage-info.ts';
import { headlineInfo } from './panels/headline-info.ts';
import { incidentsInfo } from './panels/incidents-info.ts';
import { mixInfo } from './panels/mix-info.ts';
import { seatsInfo } from './panels/seats-info.ts';
import { sourcesInfo } from './panels/sources-info.ts';
import { spendInfo } from './panels/spend-info.ts';
import { teamsInfo } from './panels/teams-info.ts';
import { unassignedInfo } from './panels/unassigned-info.ts';
import { unitInfo } from './panels/unit-info.ts';

/** The panels in order of the page. */
export const PANELS = [
  headlineInfo,
  spendInfo,
  cloudInfo,
  teamsInfo,
  budgetsInfo,
  contractsInfo,
  seatsInfo,
  unitInfo,
  mixInfo,
  cacheInfo,
  incidentsInfo,
  unassignedInfo,
  coverageInfo,
  sourcesInfo,
] as const satisfies readonly PanelInfo[];

/** A panel's id. */
export type PanelId = (typeof PANELS)[number]['id'];
