import { changing } from './changing.ts';
import { completing } from './completing.ts';
import { creating } from './creating.ts';
import { debugging } from './debugging.ts';
import { describing } from './describing.ts';
import type { LineGroup } from './line.ts';
import { kustomizing } from './kustomizing.ts';
import { missingCommands } from './missing.ts';
import { output } from './output.ts';
import { permitting } from './permitting.ts';
import { reading } from './reading.ts';
import { rolling } from './rolling.ts';
import { settings } from './settings.ts';
import { streaming } from './streaming.ts';
import { templates } from './templates.ts';

/** What people type, by what it is about. */
export const lineGroups: readonly LineGroup[] = [
  reading,
  output,
  describing,
  creating,
  changing,
  rolling,
  streaming,
  settings,
  completing,
  permitting,
  debugging,
  kustomizing,
  templates,
  missingCommands,
];
