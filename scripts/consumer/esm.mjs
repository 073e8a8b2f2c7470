import { readFileSync } from 'node:fs';
import { render } from '@planwright/renderer';
import { template } from '@planwright/template-dba-review';

const context = JSON.parse(readFileSync('context.json', 'utf8'));
console.log(JSON.stringify(render(template, context).files));
