import { describe, expect, it } from 'vitest';
import { describeTemplate } from './describe-template.js';

// The test that each template runs, on a small one.
describeTemplate(new URL('fixtures/toy/template.test.ts', import.meta.url).href, { describe, expect, it });
