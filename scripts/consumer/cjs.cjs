const { render } = require('@planwright/renderer');
const { template } = require('@planwright/template-dba-review');

console.log(JSON.stringify(render(template, require('./context.json')).files));
