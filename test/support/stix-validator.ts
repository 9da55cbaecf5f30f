import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Checks STIX objects, and the bundle around them, against the OASIS JSON schemas of test/data/stix-schemas; returns one line per mistake. */
export function stixValidator(): (bundle: { type: string; objects: { type: string; id: string }[] }) => string[] {
  const folder = join(import.meta.dirname, '../data/stix-schemas');
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  const ids = new Map<string, string>();
  for (const part of readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory()))
    for (const name of readdirSync(join(folder, part.name))) {
      const schema = JSON.parse(readFileSync(join(folder, part.name, name), 'utf8')) as { $id: string };
      ajv.addSchema(schema);
      ids.set(name.replace('.json', ''), schema.$id);
    }
  const check = (type: string, value: unknown) => {
    const validate = ajv.getSchema(ids.get(type) ?? '');
    if (!validate) return [`${type}: no schema`];
    return validate(value)
      ? []
      : (validate.errors ?? []).map((error) => `${type} ${error.instancePath} ${error.message}`);
  };
  return (bundle) => {
    const wrong = bundle.objects.flatMap((one) => check(one.type, one));
    const listed = { ...bundle, objects: bundle.objects.filter((one) => !unlisted.has(one.type)) };
    return wrong.length > 0 ? wrong : check('bundle', listed);
  };
}

/** Types with a schema of their own that the list in OASIS's bundle.json forgets, so that it takes them for custom objects and refuses them. */
const unlisted = new Set(['note', 'opinion', 'grouping', 'location']);
