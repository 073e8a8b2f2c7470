import { render } from '@planwright/renderer';
import { template } from '@planwright/template-dba-review';
import context from './context.json';

console.log(JSON.stringify(render(template, context).files));
