import type { Shell } from './shell.ts';

/** Variables that bash computes when they are read. */
export function specialValue(shell: Shell, name: string): string | undefined {
  if (shell.personality.id !== 'bash' && name !== 'LINENO' && name !== 'RANDOM') return undefined;
  switch (name) {
    case 'LINENO':
      return String(shell.line);
    case 'RANDOM':
      return shell.personality.id === 'dash' ? undefined : String(shell.machine.random.integer(0, 32_767));
    case 'SRANDOM':
      return String(shell.machine.random.integer(0, 4_294_967_295));
    case 'SECONDS':
      return String(Math.floor((shell.nowMs - shell.startedMs) / 1000));
    case 'EPOCHSECONDS':
      return String(Math.floor(shell.nowMs / 1000));
    case 'EPOCHREALTIME':
      return (shell.nowMs / 1000).toFixed(6);
    case 'BASHPID':
      return String(shell.process.pid);
    case 'UID':
    case 'EUID':
      return String(shell.machine.user.uid);
    case 'HOSTNAME':
      return shell.machine.hostname;
    case 'FUNCNAME':
      return shell.callNames.at(-1);
    case 'PIPESTATUS':
      return String(shell.pipeStatus[0] ?? 0);
    case 'SHLVL':
      return '1';
    case 'BASH_SUBSHELL':
      return shell.isSubshell ? '1' : '0';
    case 'SHELLOPTS':
      return Object.entries(shell.options)
        .filter(([, isSet]) => isSet === true)
        .map(([option]) => option)
        .join(':');
    default:
      return undefined;
  }
}
