import type { Context, Framework, Reference } from '@planwright/spec';
import type { Survey } from '../survey.js';

/** The framework's and the engine's own documentation, by the version that is there. */
export function references(survey: Survey, context: Context, framework: Framework | undefined): Reference[] {
  const policies = survey.asked.some(({ operation }) => ['createPolicy', 'alterPolicy', 'setRowSecurity'].includes(operation.type));
  const documentation = framework?.documentation ?? context.framework?.documentation;
  return [...(documentation ? [{ topic: 'framework' as const, ...documentation }] : []), ...ofDatabase(survey.database, context.target.version, policies)];
}

function ofDatabase(database: Survey['database'], version: string | undefined, policies: boolean): Reference[] {
  const topic = 'database' as const;
  switch (database) {
    case 'postgresql': {
      const major = /^\d+/.exec(version ?? '')?.[0] ?? 'current';
      const page = (name: string) => `https://www.postgresql.org/docs/${major}/${name}.html`;
      const product = major === 'current' ? 'PostgreSQL' : `PostgreSQL ${major}`;
      return [
        { title: `${product}: ALTER TABLE`, url: page('sql-altertable'), topic },
        { title: `${product}: Explicit Locking`, url: page('explicit-locking'), topic },
        ...(policies ? [{ title: `${product}: Row Security Policies`, url: page('ddl-rowsecurity'), topic: 'policies' as const }] : []),
      ];
    }
    case 'mysql': {
      const release = /^\d+\.\d+/.exec(version ?? '')?.[0] ?? (version === '8' || version === undefined ? '8.0' : `${version}.0`);
      return [
        { title: `MySQL ${release}: Online DDL Operations`, url: `https://dev.mysql.com/doc/refman/${release}/en/innodb-online-ddl-operations.html`, topic },
      ];
    }
    case 'sqlite':
      return [{ title: 'SQLite: ALTER TABLE', url: 'https://www.sqlite.org/lang_altertable.html', topic }];
  }
}
