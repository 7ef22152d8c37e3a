import { ApiError } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareSaveConfigFlag,
  declareValidateFlag,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import { prettyJson } from '../../go/pretty-json.ts';
import { fieldOrderOf } from '../../printers/field-order.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { setAt, type JsonObject } from '../../resource/json.ts';
import { ResourceClient } from '../../resource/resource-client.ts';
import type { RestMapping } from '../../rest/rest-mapper.ts';

/** A `kubectl create THING` that makes one object from flags. */
export interface Generator extends Omit<Command, 'run' | 'subcommands'> {
  readonly mapping: RestMapping;
  /** Stands before what the server refuses with; nothing where the refusal is shown as it is. */
  readonly failure?: string;
  /** Flags beyond those that every generator has. */
  readonly declareOwn?: (flags: FlagSet) => void;
  /** Checks the flags and makes the object, without its namespace. */
  readonly generate: (invocation: Invocation, name: string) => JsonObject | Promise<JsonObject>;
}

export function generatorCommand(generator: Generator): Command {
  return {
    ...generator,
    hasOwnFlagsInUsage: true,
    declare: (flags) => {
      declarePrintFlags(flags);
      declareSaveConfigFlag(flags);
      declareValidateFlag(flags);
      declareDryRunFlag(flags);
      declareFieldManagerFlag(flags, 'kubectl-create');
      generator.declareOwn?.(flags);
    },
    run: (invocation) => run(invocation, generator),
  };
}

/** The one argument before `--`. */
export function nameArgument(invocation: Invocation): string {
  const { arguments: argv, argumentsBeforeDash } = invocation.flags;
  const count = argumentsBeforeDash < 0 ? argv.length : argumentsBeforeDash;
  if (count !== 1) throw invocation.usageError(`exactly one NAME is required, got ${count}`);
  return argv[0]!;
}

/** What stood after `--`: the command of a container. */
export function commandArguments(invocation: Invocation): string[] {
  return invocation.arguments.slice(1);
}

async function run(invocation: Invocation, generator: Generator): Promise<void> {
  const name = nameArgument(invocation);
  const config = await invocation.config();
  const dryRun = invocation.dryRun();
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: `created${suffix}`, isTyped: true });
  const fieldValidation = invocation.fieldValidation();
  if (name === '') throw new CommandError('name must be specified');
  const object = await generator.generate(invocation, name);
  if (config.isNamespaceExplicit && generator.mapping.isNamespaced) {
    setAt(object, config.namespace, 'metadata', 'namespace');
  }
  if (invocation.flags.getBool('save-config')) saveConfig(object);
  if (dryRun === 'client') {
    invocation.print(printer.print(object));
    return;
  }
  const client = new ResourceClient(await invocation.client(), generator.mapping);
  try {
    const created = await client.create(generator.mapping.isNamespaced ? config.namespace : '', object, {
      fieldManager: invocation.flags.getString('field-manager'),
      fieldValidation,
      isDryRun: dryRun === 'server',
    });
    invocation.print(printer.print(created));
  } catch (error) {
    if (error instanceof ApiError && generator.failure) throw new CommandError(`${generator.failure} ${error.message}`);
    throw error;
  }
}

/** Keeps the object in its own annotation, as a later `kubectl apply` wants it. */
export function saveConfig(object: JsonObject): void {
  const text = JSON.stringify(JSON.parse(prettyJson(object, fieldOrderOf(object))));
  setAt(object, `${text}\n`, 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration');
}

/** The frame of an object; fields without a value are left out. */
export function draft(
  apiVersion: string,
  kind: string,
  name: string,
  rest: JsonObject = {},
  metadata: JsonObject = {},
): JsonObject {
  return { apiVersion, kind, metadata: { name, ...metadata }, ...rest };
}
