import { CommandError } from '../errors/command-error.ts';
import type { FlagSet } from '../flags/flag-set.ts';
import type { Invocation } from '../command/invocation.ts';
import { JsonPathPrinter } from './json-path-printer.ts';
import { KyamlPrinter } from './kyaml-printer.ts';
import { NamePrinter } from './name-printer.ts';
import type { ObjectPrinter } from './printer.ts';
import { JsonPrinter, WithoutManagedFields, YamlPrinter } from './structured-printers.ts';

const structuredFormats = ['json', 'yaml', 'kyaml'];
const templateFormats = [
  'go-template',
  'go-template-file',
  'template',
  'templatefile',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
];

/** What `-o` may say, in the order of help. */
export const outputFormats: readonly string[] = [...structuredFormats, 'name', ...templateFormats];

/** `-o`, `--template` and what goes with them. Upstream: cli-runtime/pkg/genericclioptions/print_flags.go */
export function declarePrintFlags(
  flags: FlagSet,
  options: { readonly formats?: readonly string[]; readonly usage?: string } = {},
): void {
  const formats = (options.formats ?? outputFormats).join(', ');
  flags.bool(
    'allow-missing-template-keys',
    'Pass over fields and keys that a template names but an object lacks. For Go templates and JSONPath.',
    {
      initial: true,
    },
  );
  flags.string('output', options.usage ?? `Output format. One of: (${formats}).`, { short: 'o' });
  flags.bool('show-managed-fields', 'Keep managedFields in JSON and YAML.');
  flags.string('template', 'The template, or the path of its file, for -o=go-template and -o=go-template-file.');
}

export interface PrinterRequest {
  /** What happened, for when no format was asked for: `created`. */
  readonly operation?: string;
  /** Objects are of Go types: JSON has their order of fields. */
  readonly isTyped?: boolean;
  /** The default where none was asked for. */
  readonly format?: string;
}

/** The printer that the flags ask for. */
export async function printerOf(invocation: Invocation, request: PrinterRequest = {}): Promise<ObjectPrinter> {
  const format = invocation.flags.getString('output') || (request.format ?? '');
  const printer = await structuredOrTemplatePrinter(invocation, format, request.isTyped ?? false);
  if (printer) return printer;
  if (format === '') return new NamePrinter(request.operation);
  if (format === 'name') return new NamePrinter();
  const allowed = [...templateFormats, ...structuredFormats, 'name'].toSorted().join(',');
  throw noPrinter(format, allowed);
}

export function noPrinter(format: string, allowed: string): CommandError {
  return new CommandError(
    `unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: ${allowed}`,
  );
}

/** A printer for JSON, YAML and templates; undefined for any other format. */
export async function structuredOrTemplatePrinter(
  invocation: Invocation,
  format: string,
  isTyped: boolean,
): Promise<ObjectPrinter | undefined> {
  const plain = structuredPrinter(format, isTyped);
  if (plain) return invocation.flags.getBool('show-managed-fields') ? plain : new WithoutManagedFields(plain);
  const template = invocation.flags.getString('template');
  const equals = format.indexOf('=');
  const name = equals < 0 ? format : format.slice(0, equals);
  const effective = format === '' && template !== '' ? 'go-template' : name;
  if (!templateFormats.includes(effective)) return undefined;
  const value = template || (equals < 0 ? '' : format.slice(equals + 1));
  if (value === '') throw new CommandError('template format specified but no template given');
  return templatePrinter(invocation, effective, value);
}

export function structuredPrinter(format: string, isTyped: boolean): ObjectPrinter | undefined {
  switch (format.toLowerCase()) {
    case 'json':
      return new JsonPrinter(isTyped);
    case 'yaml':
      return new YamlPrinter();
    case 'kyaml':
      return new KyamlPrinter(isTyped);
    default:
      return undefined;
  }
}

async function templatePrinter(invocation: Invocation, format: string, value: string): Promise<ObjectPrinter> {
  const allowsMissingKeys = invocation.flags.getBool('allow-missing-template-keys');
  if (!format.startsWith('jsonpath')) return goTemplatePrinter(invocation, format, value, allowsMissingKeys);
  const template = format === 'jsonpath-file' ? await readTemplate(invocation, value) : value;
  return new JsonPathPrinter(template, { allowsMissingKeys, asJson: format === 'jsonpath-as-json' });
}

/** Few ask for one: what it takes is brought when somebody does. */
async function goTemplatePrinter(
  invocation: Invocation,
  format: string,
  value: string,
  allowsMissingKeys: boolean,
): Promise<ObjectPrinter> {
  const isFile = format === 'go-template-file' || format === 'templatefile';
  const template = isFile ? await readTemplate(invocation, value) : value;
  const { GoTemplatePrinter } = await import('./go-template-printer.ts');
  return new GoTemplatePrinter(template, { allowsMissingKeys }, (text) => invocation.print(text));
}

async function readTemplate(invocation: Invocation, path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await invocation.io.files.read(path));
  } catch (error) {
    throw new CommandError(`error reading --template ${path}, open ${path}: ${(error as Error).message}\n`);
  }
}
