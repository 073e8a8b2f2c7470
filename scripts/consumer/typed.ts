import * as renderer from '@planwright/renderer';
import * as template from '@planwright/template-dba-review';

const loaded: object[] = [renderer, template];
console.log(loaded.length);
