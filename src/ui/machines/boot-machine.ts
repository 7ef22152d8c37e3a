import { assign, fromPromise, setup } from 'xstate';
import type { BootReport } from '../../worker/index.ts';

/** From the page's first script to a cluster that answers. */
export const bootMachine = setup({
  types: {
    context: {} as {
      readonly booted: Promise<BootReport>;
      /** Why the cluster does not stand, or why a saved session could not be taken up. */
      readonly problem: string;
    },
    input: {} as { readonly booted: Promise<BootReport> },
  },
  actors: {
    boot: fromPromise(({ input }: { readonly input: Promise<BootReport> }) => input),
  },
}).createMachine({
  id: 'boot',
  context: ({ input }) => ({ booted: input.booted, problem: '' }),
  initial: 'starting',
  states: {
    starting: {
      invoke: {
        src: 'boot',
        input: ({ context }) => context.booted,
        onDone: { target: 'running', actions: assign({ problem: ({ event }) => event.output.problem ?? '' }) },
        onError: {
          target: 'failed',
          actions: assign({
            problem: ({ event }) => (event.error instanceof Error ? event.error.message : String(event.error)),
          }),
        },
      },
    },
    running: {},
    failed: { type: 'final' },
  },
});
