const renderer = require('@planwright/renderer');
const template = require('@planwright/template-dba-review');

if (typeof renderer !== 'object' || typeof template !== 'object') throw new Error('the packages do not load with require');
