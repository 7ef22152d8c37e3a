import type { Command } from '../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFilenameFlags,
  declareSaveConfigFlag,
  declareValidateFlag,
  filenameOptions,
  hasFilenames,
} from '../command/common-flags.ts';
import { Deadline } from '../command/deadline.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { withSource } from '../errors/report.ts';
import { declarePrintFlags, printerOf } from '../printers/print-flags.ts';
import { fileSources, type FileSource } from '../resource/file-sources.ts';
import { setAt, type JsonObject } from '../resource/json.ts';
import { lastAppliedOf, setLastApplied } from '../resource/last-applied.ts';
import { buildResources, visitResources, type BuilderOptions } from '../resource/resource-builder.ts';
import { resourceVersionOf } from '../resource/unstructured.ts';
import { deleteResources } from './delete/delete-resources.ts';
import { declareDeletionFlags, deletionOptions } from './delete/deletion-options.ts';
import { waitForDeletion } from './wait/wait-for-deletion.ts';

const recreateTimeoutMs = 5 * 60_000;

/** Upstream: kubectl/pkg/cmd/replace/replace.go */
export const replaceCommand: Command = {
  name: 'replace',
  short: 'Replace a resource by file name or stdin',
  long: `Replace a resource by file name or stdin.

Files may be JSON or YAML. They have to hold the whole object, as this gives it:

$ kubectl get TYPE NAME -o yaml`,
  examples: `# Replace a pod with what pod.json holds
kubectl replace -f ./pod.json

# With what comes in through standard input
cat pod.json | kubectl replace -f -

# Change the version of a pod's only image to v4
kubectl get pod mypod -o yaml | sed 's/\\(image: myimage\\):.*$/\\1:v4/' | kubectl replace -f -

# Delete the object and create it anew
kubectl replace --force -f ./pod.json`,
  usage: 'replace -f FILENAME',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    declareFilenameFlags(flags, 'Files with what to put in the place of what there is.');
    declareDeletionFlags(flags);
    declareValidateFlag(flags);
    declareSaveConfigFlag(flags);
    declareDryRunFlag(flags);
    declareFieldManagerFlag(flags, 'kubectl-replace');
    flags.string('raw', 'A path to put the file to as it stands.');
    flags.string('subresource', 'Replace this subresource of the object.');
  },
  run: replace,
};

async function replace(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const fieldValidation = invocation.fieldValidation();
  const dryRun = invocation.dryRun();
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: `replaced${suffix}` });
  const givenPeriod = flags.getNumber('grace-period');
  const deletion = deletionOptions(invocation, givenPeriod === 0 ? 1 : givenPeriod);
  if (!hasFilenames(flags)) throw new CommandError('must specify one of -f and -k');
  check(invocation, deletion.gracePeriodSeconds);
  if (flags.getString('raw') !== '') return putRaw(invocation);

  const config = await invocation.config();
  const options: BuilderOptions = {
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    flattens: true,
    continuesOnError: true,
    validates: fieldValidation !== 'Ignore',
  };
  if (flags.getBool('force')) {
    const waits = givenPeriod === 0 || flags.getBool('wait');
    return recreate(invocation, options, {
      deletion,
      waits,
      print: (object) => invocation.print(printer.print(object)),
    });
  }
  await visitResources(invocation, options, async (info) => {
    try {
      keepConfig(invocation, info.object!);
      if (dryRun !== 'client') {
        const client = await invocation.resource(info.mapping);
        // Whoever names no version means to overwrite whatever there is.
        if (resourceVersionOf(info.object!) === '') {
          const current = await client.find(info.namespace, info.name);
          if (current) setAt(info.object!, resourceVersionOf(current), 'metadata', 'resourceVersion');
        }
        info.object = await client.replace(info.namespace, info.name, info.object!, {
          fieldManager: flags.getString('field-manager'),
          fieldValidation,
          isDryRun: dryRun === 'server',
          subresource: flags.getString('subresource'),
        });
      }
    } catch (error) {
      throw withSource('replacing', info.source, error as Error);
    }
    invocation.print(printer.print(info.object!));
  });
}

function check(invocation: Invocation, gracePeriodSeconds: number): void {
  const { flags } = invocation;
  const isForced = flags.getBool('force');
  if (gracePeriodSeconds >= 0 && !isForced) throw new CommandError('--grace-period must have --force specified');
  if (flags.getNumber('timeout') !== 0 && !isForced) throw new CommandError('--timeout must have --force specified');
  if (isForced && invocation.dryRun() !== 'none') {
    throw new CommandError('--dry-run can not be used when --force is set');
  }
  if (flags.getString('raw') === '') return;
  const { filenames, isRecursive } = filenameOptions(flags);
  if (filenames.length !== 1) throw new CommandError('--raw can only use a single local file or stdin');
  if (/^https?:\/\//.test(filenames[0]!)) throw new CommandError('--raw cannot read from a url');
  if (isRecursive) throw new CommandError('--raw and --recursive are mutually exclusive');
  if (flags.getString('output') !== '') throw new CommandError('--raw and --output are mutually exclusive');
}

/** An annotation that holds the configuration is kept up, and made when that was asked for. */
function keepConfig(invocation: Invocation, object: JsonObject): void {
  if (invocation.flags.getBool('save-config') || lastAppliedOf(object) !== undefined) setLastApplied(object);
}

async function putRaw(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const { sources, errors } = await fileSources(filenameOptions(flags), invocation);
  if (errors[0]) throw errors[0];
  const client = await invocation.client();
  const body: unknown = JSON.parse(await sources[0]!.read());
  invocation.print(await client.text({ method: 'PUT', path: flags.getString('raw'), body }));
}

interface Recreation {
  readonly deletion: ReturnType<typeof deletionOptions>;
  readonly waits: boolean;
  readonly print: (object: JsonObject) => void;
}

/** `--force`: deletes what there is, waits until it is gone, and creates it anew. */
async function recreate(
  invocation: Invocation,
  options: BuilderOptions,
  { deletion, waits, print }: Recreation,
): Promise<void> {
  const { flags } = invocation;
  const sources = await readOnce(invocation, options);
  const built = await buildResources(invocation, { ...options, sources, validates: false });
  const timeoutMs = flags.getNumber('timeout');
  await deleteResources(invocation, built.infos, built.error, {
    deletion,
    dryRun: 'none',
    ignoresMissing: true,
    waits,
    timeoutMs,
    output: flags.getString('output'),
  });
  for (const info of built.infos) {
    const deadline = new Deadline(invocation, timeoutMs || recreateTimeoutMs);
    try {
      await waitForDeletion(invocation, info, deadline, {});
    } catch (error) {
      throw deadline.isExpired ? new CommandError('timed out waiting for the condition') : error;
    } finally {
      deadline.end();
    }
  }
  let count = 0;
  await visitResources(invocation, { ...options, sources }, async (info) => {
    keepConfig(invocation, info.object!);
    const client = await invocation.resource(info.mapping);
    const created = await client.create(info.namespace, info.object!, {
      fieldManager: flags.getString('field-manager'),
      fieldValidation: invocation.fieldValidation(),
    });
    count++;
    print(created);
  });
  if (count === 0) throw new CommandError('no objects passed to replace');
}

/** The files are needed twice, and standard input can be read only once. */
async function readOnce(invocation: Invocation, { filenames }: BuilderOptions): Promise<readonly FileSource[]> {
  const { sources, errors } = await fileSources(filenames!, invocation);
  if (errors[0]) throw errors[0];
  const texts = await Promise.all(sources.map((source) => source.read()));
  return sources.map(({ name }, index) => ({ name, read: async () => texts[index]! }));
}
