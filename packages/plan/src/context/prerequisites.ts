import type { Context, Prerequisite } from '@planwright/spec';
import type { Survey } from '../survey.js';
import { distinct, listed } from '../words.js';

/** What must be true before the run: the backup, and the code that the schema waits for. Who is notified, people say; approvals are a part of their own. */
export function prerequisites(survey: Survey, context: Context): Prerequisite[] {
  const code = (context.releases ?? [])
    .filter((release) => release.ready !== undefined)
    .map(
      (release): Prerequisite => ({
        id: `code-${release.name}`,
        kind: 'code',
        release: release.name,
        text: `${release.name} is ready ${release.ready}: ${release.requirement ?? 'it fits the new schema'}`,
      }),
    );
  const lost = distinct(survey.planned.filter((act) => act.effect.data === 'loses').map((act) => act.effect.object ?? ''));
  return [
    ...code,
    {
      id: 'backup',
      kind: 'backup',
      text: `restore tested${lost.length > 0 ? `; after the run the backup is the only place with what ${listed(lost)} held` : ''}`,
    },
  ];
}
