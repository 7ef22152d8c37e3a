import type { FlagSet } from '../flags/flag-set.ts';
import type { FilenameOptions } from '../resource/file-sources.ts';

/** Flags that many commands share. Upstream: kubectl/pkg/cmd/util/helpers.go */

export function declareFilenameFlags(flags: FlagSet, purpose: string): void {
  flags.stringSlice('filename', purpose, { short: 'f' });
  flags.string('kustomize', "The directory of a kustomization. It can't go with -f or -R.", { short: 'k' });
  flags.bool('recursive', 'Take in the directories below the one that -f names, too.', { short: 'R' });
}

export function filenameOptions(flags: FlagSet): FilenameOptions {
  return {
    filenames: flags.getStrings('filename'),
    kustomize: flags.lookup('kustomize') ? flags.getString('kustomize') : '',
    isRecursive: flags.lookup('recursive') ? flags.getBool('recursive') : false,
  };
}

export function hasFilenames(flags: FlagSet): boolean {
  const { filenames, kustomize } = filenameOptions(flags);
  return filenames.length > 0 || kustomize !== '';
}

export function declareDryRunFlag(flags: FlagSet): void {
  flags.string(
    'dry-run',
    'One of "none", "server" or "client". With client, the object is only printed; with server, the server goes through all steps but stores nothing.',
    { initial: 'none', withoutValue: 'unchanged' },
  );
}

export function declareValidateFlag(flags: FlagSet): void {
  flags.string(
    'validate',
    'One of strict (or true), warn, ignore (or false): whether fields that are unknown or there twice are refused, warned of, or dropped.',
    { initial: 'strict', withoutValue: 'strict' },
  );
}

export function declareFieldManagerFlag(flags: FlagSet, initial: string): void {
  flags.string('field-manager', 'The name under which fields are recorded as managed.', { initial });
}

export function declareSelectorFlag(flags: FlagSet): void {
  flags.string(
    'selector',
    "Labels to select by: '=', '==', '!=', 'in', 'notin' (e.g. -l key1=value1,key2 in (value2,value3)). All must hold.",
    { short: 'l' },
  );
}

export function declareFieldSelectorFlag(flags: FlagSet): void {
  flags.string(
    'field-selector',
    "Fields to select by: '=', '==', '!=' (e.g. --field-selector key1=value1,key2=value2). Each type knows a few fields only.",
  );
}

export function declareAllNamespacesFlag(
  flags: FlagSet,
  usage = 'Work on the objects of every namespace; --namespace is passed over then.',
): void {
  flags.bool('all-namespaces', usage, { short: 'A' });
}

export function declareChunkSizeFlag(flags: FlagSet): void {
  flags.integer('chunk-size', 'How many objects to ask the server for at once; 0 for all.', {
    initial: 500,
    type: 'int64',
  });
}

export function declareSaveConfigFlag(flags: FlagSet): void {
  flags.bool('save-config', 'Keep the configuration in an annotation of the object, for a later kubectl apply.');
}

export function declareContainerFlag(flags: FlagSet): void {
  flags.string(
    'container',
    'The container. Without it, the one that the annotation kubectl.kubernetes.io/default-container names, or the first.',
    { short: 'c' },
  );
}

export function declarePodRunningTimeoutFlag(flags: FlagSet, initialMs: number): void {
  flags.duration('pod-running-timeout', 'How long to wait until a pod runs (5s, 2m, 3h)', { initialMs });
}
