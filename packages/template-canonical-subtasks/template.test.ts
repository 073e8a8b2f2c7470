import { describeTemplate } from '@planwright/template-kit';
import { describe, expect, it } from 'vitest';

describeTemplate(import.meta.url, { describe, expect, it });
