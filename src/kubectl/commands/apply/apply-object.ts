import { ApiError } from '../../../api/index.ts';
import type { DryRun, Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { withSource } from '../../errors/report.ts';
import { printerOf } from '../../printers/print-flags.ts';
import { isObject, stringAt, valueAt, type JsonObject, type JsonValue } from '../../resource/json.ts';
import { lastAppliedAnnotation, lastAppliedOf, setLastApplied, withLastApplied } from '../../resource/last-applied.ts';
import type { ResourceClient, WriteOptions } from '../../resource/resource-client.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { describeInfo, objectName } from '../../resource/resource-text.ts';
import { deletionOptions } from '../delete/deletion-options.ts';
import { Patcher, PatchRefusal } from './patch-object.ts';
import { upgradeManagedFields } from './upgrade-managed-fields.ts';

/** Applies one object after the other. Upstream: kubectl/pkg/cmd/apply/apply.go applyOneObject */
export class ObjectApplier {
  readonly #invocation: Invocation;
  readonly #dryRun: DryRun;
  readonly #write: WriteOptions;

  constructor(invocation: Invocation, dryRun: DryRun, fieldValidation: string) {
    this.#invocation = invocation;
    this.#dryRun = dryRun;
    const { flags } = invocation;
    const isDefault = !flags.isChanged('field-manager');
    this.#write = {
      fieldManager: isDefault && flags.getBool('server-side') ? 'kubectl' : flags.getString('field-manager'),
      fieldValidation,
      isDryRun: dryRun === 'server',
    };
  }

  /** Objects are printed together at the end, instead of a line for each. */
  get printsObjects(): boolean {
    const output = this.#invocation.flags.getString('output');
    return output !== '' && output !== 'name';
  }

  async apply(info: ResourceInfo): Promise<void> {
    const generateName = stringAt(info.object, 'metadata', 'generateName');
    if (info.name === '' && generateName !== '') {
      throw new CommandError(`from ${generateName}: cannot use generate name with apply`);
    }
    const client = await this.#invocation.resource(info.mapping);
    if (this.#invocation.flags.getBool('server-side')) await this.#applyOnServer(info, client);
    else await this.#applyHere(info, client);
  }

  async #applyHere(info: ResourceInfo, client: ResourceClient): Promise<void> {
    const modified = withLastApplied(info.object!);
    const current = await this.#current(info, client);
    if (!current) {
      await this.#create(info, client);
      return;
    }
    const isDry = this.#dryRun === 'client';
    info.object = current;
    if (!isDry) {
      if (lastAppliedOf(current) === undefined) this.#warnAboutMissingAnnotation(info);
      const outcome = await this.#patch(info, client, current, modified);
      info.object = outcome.object;
      this.#warnIfDeleting(info);
      if (Object.keys(outcome.patch).length === 0) {
        await this.#report(info, 'unchanged');
        return;
      }
    }
    await this.#report(info, 'configured');
  }

  async #current(info: ResourceInfo, client: ResourceClient): Promise<JsonObject | undefined> {
    try {
      if (info.name === '') throw new CommandError('resource name may not be empty');
      return await client.get(info.namespace, info.name);
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'NotFound') return undefined;
      throw withSource(
        `retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`,
        info.source,
        error as Error,
      );
    }
  }

  async #create(info: ResourceInfo, client: ResourceClient): Promise<void> {
    setLastApplied(info.object!);
    pruneNulls(info.object!);
    if (this.#dryRun !== 'client') {
      try {
        info.object = await client.create(info.namespace, info.object!, this.#write);
      } catch (error) {
        throw withSource('creating', info.source, error as Error);
      }
    }
    await this.#report(info, 'created');
  }

  async #patch(info: ResourceInfo, client: ResourceClient, current: JsonObject, modified: JsonObject) {
    const deletion = deletionOptions(this.#invocation, this.#invocation.flags.getNumber('grace-period'));
    try {
      return await new Patcher(this.#invocation, client, this.#write, deletion).patch(info, current, modified);
    } catch (error) {
      if (!(error instanceof PatchRefusal)) throw error;
      throw withSource(`applying patch:\n${error.patch}\nto:\n${describeInfo(info)}\nfor:`, info.source, error.reason);
    }
  }

  async #applyOnServer(info: ResourceInfo, client: ResourceClient): Promise<void> {
    const { flags } = this.#invocation;
    const manifest = info.object!;
    const options: WriteOptions = {
      ...this.#write,
      isForced: flags.getBool('force-conflicts'),
      subresource: flags.getString('subresource'),
    };
    try {
      info.object = await client.patch(info.namespace, info.name, 'apply', manifest, options);
    } catch (error) {
      throw conflictAdvice(error);
    }
    info.object = await upgradeManagedFields(this.#invocation, client, info, manifest, options);
    this.#warnIfDeleting(info);
    await this.#report(info, 'serverside-applied');
  }

  async #report(info: ResourceInfo, operation: string): Promise<void> {
    if (this.printsObjects) return;
    const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[this.#dryRun];
    const printer = await printerOf(this.#invocation, { operation: operation + suffix });
    this.#invocation.print(printer.print(info.object!));
  }

  #warnAboutMissingAnnotation(info: ResourceInfo): void {
    this.#invocation.warn(
      `resource ${objectName(info)} is missing the ${lastAppliedAnnotation} annotation which is required by kubectl apply. ` +
        'kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. ' +
        'The missing annotation will be patched automatically.',
    );
  }

  #warnIfDeleting(info: ResourceInfo): void {
    if (!valueAt(info.object, 'metadata', 'deletionTimestamp')) return;
    this.#invocation.warn(
      `Detected changes to resource ${stringAt(info.object, 'metadata', 'name')} which is currently being deleted.`,
    );
  }
}

function conflictAdvice(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  if (error.code === 415) return new CommandError(`Server-side apply not available on the server: (${error.message})`);
  if (error.reason !== 'Conflict') return error;
  return new CommandError(`${error.message}
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`);
}

/** A create drops nulls, as a later patch would. */
function pruneNulls(value: JsonValue | undefined): void {
  if (Array.isArray(value)) value.forEach(pruneNulls);
  else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (item === null) delete value[key];
      else pruneNulls(item);
    }
  }
}
