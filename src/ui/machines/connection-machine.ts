import { assign, setup } from 'xstate';

/**
 * Whether what the page shows is current. Each watch reports its own state; the page is live when all are, and says so
 * only after a moment of trouble, so that a watch that is merely taken up again does not flash.
 */
export const connectionMachine = setup({
  types: {
    context: {} as { readonly broken: readonly string[] },
    events: {} as
      | { readonly type: 'watch.live'; readonly resource: string }
      | { readonly type: 'watch.broken'; readonly resource: string },
  },
  actions: {
    mend: assign({ broken: ({ context, event }) => context.broken.filter((resource) => resource !== event.resource) }),
    break: assign({
      broken: ({ context, event }) => [
        ...context.broken.filter((resource) => resource !== event.resource),
        event.resource,
      ],
    }),
  },
  guards: {
    isLastBroken: ({ context, event }) => context.broken.every((resource) => resource === event.resource),
  },
  delays: { patience: 1_200 },
}).createMachine({
  id: 'connection',
  initial: 'live',
  context: { broken: [] },
  on: {
    'watch.live': [{ guard: 'isLastBroken', actions: 'mend', target: '.live' }, { actions: 'mend' }],
  },
  states: {
    live: { on: { 'watch.broken': { actions: 'break', target: 'doubtful' } } },
    doubtful: { after: { patience: 'lost' }, on: { 'watch.broken': { actions: 'break' } } },
    lost: { on: { 'watch.broken': { actions: 'break' } } },
  },
});
