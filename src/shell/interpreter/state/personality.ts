import type { Shell } from './shell.ts';

/** Which shell this is: they speak one language, but word their messages differently. */
export interface Personality {
  readonly id: 'bash' | 'dash' | 'ash';
  /** What comes before a message: the shell's name, the line, the command. */
  introduce(shell: Shell, command: string | undefined): string;
  readonly notFound: string;
  readonly cannotFork: string;
}

export const bash: Personality = {
  id: 'bash',
  introduce: (shell, command) => {
    const place = shell.isAtPrompt ? '' : `line ${shell.line}: `;
    // Functions that came with `-c` have no file; bash says that they came from the environment.
    const isFromOption = shell.functionDepth > 0 && shell.isCommandString && shell.sourceDepth === 0;
    const name = isFromOption ? 'environment' : shell.name;
    return `${name}: ${place}${command === undefined ? '' : `${command}: `}`;
  },
  notFound: 'command not found',
  cannotFork: 'fork: Resource temporarily unavailable',
};

/** Debian's /bin/sh. */
export const dash: Personality = {
  id: 'dash',
  introduce: (shell, command) => {
    const place = `${shell.line}: `;
    return `${shell.name}: ${place}${command === undefined ? '' : `${command}: `}`;
  },
  notFound: 'not found',
  cannotFork: 'Cannot fork',
};

/** BusyBox's sh. */
export const ash: Personality = {
  id: 'ash',
  introduce: (shell, command) => {
    const place = shell.isAtPrompt || command === undefined ? '' : `line ${shell.line}: `;
    return `${shell.name}: ${command === undefined ? '' : `${command}: `}${place}`;
  },
  notFound: 'not found',
  cannotFork: "can't fork: Resource temporarily unavailable",
};
