import type { Invocation } from '../../command/invocation.ts';
import { ApiError } from '../../../api/index.ts';
import { CommandError, flattened } from '../../errors/command-error.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { isTable } from '../../printers/table.ts';
import { stringAt, type JsonObject } from '../../resource/json.ts';
import { buildResources, type BuilderOptions } from '../../resource/resource-builder.ts';
import { isList, itemsOf } from '../../resource/unstructured.ts';
import { apiVersionOf, type RestMapping } from '../../rest/rest-mapper.ts';
import { genericPrinter, isTableFormat, tablePrinter } from './get-printers.ts';

/** `--watch` and `--watch-only`: prints what there is, then every change until Ctrl-C. */
export async function watchCommand(invocation: Invocation, options: BuilderOptions): Promise<void> {
  const { flags } = invocation;
  const built = await buildResources(invocation, { ...options, hasSingleType: true });
  if (built.error) {
    const [first] = flattened([built.error]);
    if (first instanceof ApiError && first.reason === 'NotFound' && flags.getBool('ignore-not-found')) return;
    throw built.error;
  }
  const [info] = built.infos;
  if (!info) throw new CommandError('you may only watch a single resource or type of resource at a time');
  if (built.infos.length > 1 && info.name !== '') {
    throw new CommandError(
      `watch is only supported on individual resources and resource collections - ${built.infos.length} resources were found`,
    );
  }
  const printer = await eventPrinter(invocation, info.mapping);
  const isCollection = info.name === '';
  const last = built.infos.at(-1)!.object!;
  if (!flags.getBool('watch-only')) {
    for (const { object } of built.infos) for (const part of partsOf(object!, info.mapping)) printer('ADDED', part);
  }
  const resourceVersion = isCollection ? stringAt(last, 'metadata', 'resourceVersion') : '0';
  const selectors = {
    ...(options.labelSelector?.trim() && { labelSelector: options.labelSelector.trim() }),
    ...(options.fieldSelector?.trim() && { fieldSelector: options.fieldSelector.trim() }),
    ...(!isCollection && { fieldSelector: `metadata.name=${info.name}` }),
  };
  const client = await invocation.resource(info.mapping);
  // A watch on one object begins with the object itself, which was printed already.
  let isPrinting = isCollection || flags.getBool('watch-only') === false ? isCollection : false;
  const query = { ...options.query, ...selectors, resourceVersion };
  const namespace = options.isAllNamespaces || !info.mapping.isNamespaced ? '' : info.namespace || options.namespace;
  for await (const event of client.watch(namespace, query, options.accept)) {
    if (isPrinting) printer(event.type, event.object);
    isPrinting = true;
  }
}

/** The items of a list do not say themselves what they are. */
function partsOf(object: JsonObject, mapping: RestMapping): JsonObject[] {
  if (!isList(object) || isTable(object)) return [object];
  return itemsOf(object).map((item) => ({ apiVersion: apiVersionOf(mapping), kind: mapping.kind, ...item }));
}

type PrintEvent = (type: string, object: JsonObject) => void;

async function eventPrinter(invocation: Invocation, mapping: RestMapping): Promise<PrintEvent> {
  const showsEvents = invocation.flags.getBool('output-watch-events');
  if (!isTableFormat(invocation)) {
    const printer = await genericPrinter(invocation);
    return (type, object) => invocation.print(printer.print(showsEvents ? { type, object } : object));
  }
  const table = tablePrinter(invocation, mapping, {
    withNamespace: invocation.flags.getBool('all-namespaces'),
    withKind: false,
  });
  const writer = new TabWriter((text) => invocation.print(text));
  return (type, object) => {
    writer.write(table.print(object, showsEvents ? type : undefined));
    writer.flush();
  };
}
