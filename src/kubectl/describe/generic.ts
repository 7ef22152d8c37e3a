import { isJsonObject, type Json } from '../../api/index.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';

/** Shown above, or of no use to people. */
const skipped = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
]);

/** Any kind without a page of its own, custom resources too. Upstream: kubectl/pkg/describe/describe.go genericDescriber */
export const describeAnything: Describer = async (object, context) => {
  const page = new DescribePage();
  page.field(0, 'Name', object.metadata.name);
  page.field(0, 'Namespace', object.metadata.namespace ?? '');
  writeLabels(page, 'Labels', object.metadata.labels);
  writeAnnotations(page, 'Annotations', object.metadata.annotations);
  writeFields(page, 0, object as unknown as Readonly<Record<string, Json>>, '');
  await writeEventsAbout(page, context, aboutObject(object));
  return page.end();
};

function writeFields(page: DescribePage, level: number, fields: Readonly<Record<string, Json>>, path: string): void {
  for (const field of Object.keys(fields).sort()) {
    const here = `${path}.${field}`;
    if (skipped.has(here)) continue;
    const value = fields[field]!;
    if (Array.isArray(value)) {
      page.write(level, `${labelFor(field)}:\n`);
      for (const item of value as readonly Json[]) {
        if (isJsonObject(item)) writeFields(page, level + 1, item, here);
        else page.write(level + 1, `${scalarText(item)}\n`);
      }
    } else if (isJsonObject(value)) {
      page.write(level, `${labelFor(field)}:\n`);
      writeFields(page, level + 1, value, here);
    } else page.write(level, `${labelFor(field)}:\t${scalarText(value)}\n`);
  }
}

function scalarText(value: Json): string {
  return value === null ? '<nil>' : String(value);
}

const acronyms = new Set(['API', 'URL', 'UID', 'OSB', 'GUID']);

/** `creationTimestamp` becomes `Creation Timestamp`. Names with anything but letters and hyphens stay as they are. */
export function labelFor(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  return splitCamelCase(field)
    .map((part) => {
      const upper = part.toUpperCase();
      return acronyms.has(upper) ? upper : part.charAt(0).toUpperCase() + part.slice(1).toLowerCase();
    })
    .join(' ');
}

/** Runs of one case; the last capital of a run belongs to the small letters that follow it. */
function splitCamelCase(text: string): readonly string[] {
  return text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[^\p{Lu}\p{Ll}]+/gu) ?? [];
}
