import { anchor } from './anchor.js';
import { commandLine, shell } from './command-lines.js';
import { columnType, constraint } from './definition.js';
import { bucket, duration, effort, timed } from './duration.js';
import { hazards } from './hazard.js';
import { lasting } from './lasting.js';
import { level } from './level.js';
import { losses } from './losses.js';
import { migrationFile } from './migration-file.js';
import { migrationTitle } from './migration-title.js';
import { name } from './name.js';
import { operation } from './operation.js';
import { operationDetail } from './operation-detail.js';
import { phase } from './phase.js';
import { bytes, count, grouped } from './quantity.js';
import { rehearsal } from './rehearsal.js';
import { relation } from './relation.js';
import { reversibility, transaction } from './reversibility.js';
import { shown } from './shown.js';
import { sideBySide } from './side-by-side.js';
import { sqlType } from './sql-type.js';
import { code, data, lock } from './verdict.js';

/** The phrases of the vocabulary, one idea a file, so that all documents say one thing one way. */
export const say = {
  duration,
  timed,
  bucket,
  effort,
  count,
  number: grouped,
  bytes,
  lock,
  data,
  code,
  reversibility,
  transaction,
  losses,
  lasting,
  operation,
  operationDetail,
  sqlType,
  columnType,
  constraint,
  level,
  relation,
  name,
  migrationFile,
  migrationTitle,
  commandLine,
  shell,
  anchor,
  phase,
  sideBySide,
  hazards,
  rehearsal,
  shown,
};
