import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { CustomColumnsPrinter } from '../../printers/custom-columns-printer.ts';
import { NamePrinter } from '../../printers/name-printer.ts';
import { noPrinter, structuredOrTemplatePrinter } from '../../printers/print-flags.ts';
import type { ObjectPrinter } from '../../printers/printer.ts';
import { TablePrinter } from '../../printers/table-printer.ts';
import { kindNameOf, type RestMapping } from '../../rest/rest-mapper.ts';

/** Whether a table is wanted. */
export function isTableFormat(invocation: Invocation): boolean {
  const output = invocation.flags.getString('output');
  return (output === '' && invocation.flags.getString('template') === '') || output === 'wide';
}

export function tablePrinter(
  invocation: Invocation,
  mapping: RestMapping | undefined,
  options: { readonly withNamespace: boolean; readonly withKind: boolean },
): TablePrinter {
  const { flags } = invocation;
  return new TablePrinter(
    {
      hasHeaders: !flags.getBool('no-headers'),
      isWide: flags.getString('output') === 'wide',
      withNamespace: options.withNamespace,
      ...(mapping && (options.withKind || flags.getBool('show-kind')) && { kindPrefix: kindNameOf(mapping) }),
      labelColumns: flags.getStrings('label-columns'),
      showsLabels: flags.getBool('show-labels'),
    },
    () => invocation.nowMs(),
  );
}

/** The printer for every format but tables. */
export async function genericPrinter(invocation: Invocation): Promise<ObjectPrinter> {
  const format = invocation.flags.getString('output');
  const printer = await structuredOrTemplatePrinter(invocation, format, false);
  if (printer) return printer;
  if (format === 'name') return new NamePrinter();
  const custom = await customColumns(invocation, format);
  if (custom) return custom;
  throw noPrinter(
    format,
    'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml',
  );
}

async function customColumns(invocation: Invocation, format: string): Promise<ObjectPrinter | undefined> {
  const [name] = format.split('=', 1);
  if (name !== 'custom-columns' && name !== 'custom-columns-file') return undefined;
  const value = invocation.flags.getString('template') || format.slice(name.length + 1);
  if (value === '') throw new CommandError('custom-columns format specified but no custom columns given');
  if (name === 'custom-columns') {
    return CustomColumnsPrinter.fromSpec(value, !invocation.flags.getBool('no-headers'));
  }
  let template: string;
  try {
    template = new TextDecoder().decode(await invocation.io.files.read(value));
  } catch (error) {
    throw new CommandError(`error reading template ${value}, open ${value}: ${(error as Error).message}\n`);
  }
  return CustomColumnsPrinter.fromTemplate(template);
}
