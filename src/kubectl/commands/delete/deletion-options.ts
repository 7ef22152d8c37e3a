import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import type { JsonObject } from '../../resource/json.ts';

/** How things are to be deleted. */
export interface DeletionOptions {
  /** The DeleteOptions that are sent. */
  readonly body: JsonObject;
  readonly gracePeriodSeconds: number;
  readonly isForced: boolean;
}

/** `--cascade`, `--force`, `--grace-period`: also for commands that delete on the way. Upstream: delete_flags.go */
export function declareDeletionFlags(flags: FlagSet, initialGracePeriod = -1): void {
  flags.string(
    'cascade',
    'What becomes of dependents, such as the pods of a replica set: "background", "orphan" or "foreground".',
    { initial: 'background', withoutValue: 'background' },
  );
  flags.bool(
    'force',
    'Remove things from the API at once, without waiting for them to end. Some may leave traces behind.',
  );
  flags.integer(
    'grace-period',
    'Seconds that a thing has to end by itself; negative leaves it to the thing. 1 is at once; 0 needs --force.',
    { initial: initialGracePeriod },
  );
  flags.duration('timeout', 'How long to wait for a deletion; 0 for as long as it takes');
  flags.bool('wait', 'Wait until things are gone, finalizers included.', { initial: false });
}

const propagation: Readonly<Record<string, string>> = {
  background: 'Background',
  orphan: 'Orphan',
  foreground: 'Foreground',
  true: 'Background',
  false: 'Orphan',
};

export function deletionOptions(invocation: Invocation, seconds: number): DeletionOptions {
  const { flags } = invocation;
  const policy = propagation[flags.getString('cascade')];
  if (!policy) {
    throw new CommandError(
      `invalid cascade value (${flags.getString('cascade')}). Must be "background", "foreground", or "orphan"`,
    );
  }
  return {
    body: { ...(seconds >= 0 && { gracePeriodSeconds: seconds }), propagationPolicy: policy },
    gracePeriodSeconds: seconds,
    isForced: flags.getBool('force'),
  };
}
