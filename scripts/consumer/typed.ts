import { render } from '@planwright/renderer';
import type { Context } from '@planwright/spec';
import { template } from '@planwright/template-dba-review';

export function documents(context: Context): readonly string[] {
  return render(template, context).files.map((file) => file.text);
}

// @ts-expect-error: types that accept anything would let this through.
documents({ migrations: 'none' });
