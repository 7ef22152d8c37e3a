import type { KubeApi } from '../../client/index.ts';
import type { Workstation, WorkstationSnapshot } from '../../terminal/index.ts';

/** The learner's machine, made when it is first needed; its home folder and history outlive a reload. */
export interface WorkstationLink {
  readonly open: () => Promise<Workstation>;
  /** Nobody has used it yet, in this visit or an earlier one: its shell need not be loaded to show a prompt. */
  readonly isUntouched: () => boolean;
}

const storedAs = 'drydock.workstation';

export function createWorkstationLink(api: KubeApi): WorkstationLink {
  let opened: Promise<Workstation> | undefined;

  async function make(): Promise<Workstation> {
    const { createWorkstation } = await import('../../terminal/index.ts');
    const workstation = createWorkstation({ api, ...readSnapshot() });
    workstation.onChange(() => {
      try {
        localStorage.setItem(storedAs, JSON.stringify(workstation.snapshot()));
      } catch {
        // Too large for the browser's storage: the files stay until the page is closed.
      }
    });
    return workstation;
  }

  return {
    open: () =>
      (opened ??= make().catch((error: unknown) => {
        opened = undefined;
        throw error;
      })),
    isUntouched: () => opened === undefined && localStorage.getItem(storedAs) === null,
  };
}

function readSnapshot(): Partial<WorkstationSnapshot> {
  try {
    return JSON.parse(localStorage.getItem(storedAs) ?? '{}') as Partial<WorkstationSnapshot>;
  } catch {
    return {};
  }
}
