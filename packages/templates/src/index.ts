import type { CompiledTemplate } from '@planwright/spec';
import { template as canonicalSubtasks } from '@planwright/template-canonical-subtasks';
import { template as dbaReview } from '@planwright/template-dba-review';
import { template as sessionLog } from '@planwright/template-session-log';
import { template as specFlow } from '@planwright/template-spec-flow';
import { template as tracker } from '@planwright/template-tracker';

/** The official templates, in the order in which a plan is usually read. */
export const templates: readonly CompiledTemplate[] = [specFlow, tracker, canonicalSubtasks, dbaReview, sessionLog];
