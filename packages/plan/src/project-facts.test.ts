import type { History } from '@planwright/analyzer';
import { describe, expect, it } from 'vitest';
import { projectFacts } from './project-facts.js';

// Only the project of a history is read.
const history = { project: { databaseUrlVariable: 'DATABASE_URL' } } as History;

describe('projectFacts', () => {
  it('takes the name from the manifest of the project itself', () => {
    const files = [
      { path: 'packages/api/package.json', text: '{ "name": "api" }' },
      { path: 'package.json', text: '{ "name": "shop" }' },
    ];
    expect(projectFacts(history, files, { tables: [] })).toEqual({ name: 'shop', databaseUrlVariable: 'DATABASE_URL', existingSchema: { tables: 0 } });
  });

  it('names the tables while they are few, and the document that describes them', () => {
    const orders = { name: 'orders', columns: [] };
    const files = [{ path: 'prisma/schema.prisma', text: '' }];
    expect(projectFacts(history, files, { tables: [orders] }).existingSchema).toEqual({ tables: 1, document: 'prisma/schema.prisma', names: ['orders'] });
  });

  it('reads the name of a Python project', () => {
    expect(projectFacts(history, [{ path: 'pyproject.toml', text: '[project]\nname = "guest-house"\n' }], { tables: [] }).name).toBe('guest-house');
  });
});
