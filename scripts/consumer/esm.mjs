import * as renderer from '@planwright/renderer';
import * as template from '@planwright/template-dba-review';

if (typeof renderer !== 'object' || typeof template !== 'object') throw new Error('the packages do not load as ES modules');
