import { formatTime } from '../../format/strftime.ts';
import type { Shell } from '../state/shell.ts';
import type { Steps } from '../steps.ts';
import { expandQuotedText } from './words.ts';

/** PS1 and its like: backslash escapes, then expansions. */
export function* expandPrompt(shell: Shell, prompt: string): Steps<string> {
  const text = prompt.replace(/\\(D\{[^}]*\}|[0-7]{3}|[\s\S])/g, (_, code: string) => escapeOf(shell, code));
  return (yield* expandQuotedText(shell, text)).replaceAll('\u0001', '\\');
}

function escapeOf(shell: Shell, code: string): string {
  if (/^[0-7]{3}$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
  if (code.startsWith('D')) return formatTime(code.slice(2, -1) || '%X', shell.nowMs);
  const home = shell.variables.get('HOME');
  const isAtHome = home !== undefined && (shell.cwd === home || shell.cwd.startsWith(`${home}/`)) && home !== '/';
  const path = isAtHome ? `~${shell.cwd.slice(home.length)}` : shell.cwd;
  switch (code) {
    case 'w':
      return path;
    case 'W':
      return isAtHome && path === '~' ? '~' : (path.split('/').at(-1) ?? '') || '/';
    case 'u':
      return shell.machine.user.name;
    case 'h':
      return shell.machine.hostname.split('.')[0]!;
    case 'H':
      return shell.machine.hostname;
    case '$':
      return shell.machine.user.uid === 0 ? '#' : '\\$';
    case 's':
      return shell.personality.id === 'bash' ? 'bash' : 'sh';
    case 'v':
      return '5.2';
    case 'V':
      return '5.2.15';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 'e':
      return '\x1b';
    case 'a':
      return '\x07';
    case 't':
      return formatTime('%H:%M:%S', shell.nowMs);
    case 'A':
      return formatTime('%H:%M', shell.nowMs);
    case '@':
      return formatTime('%I:%M %p', shell.nowMs);
    case 'd':
      return formatTime('%a %b %d', shell.nowMs);
    case 'j':
      return String(shell.jobs.running.length);
    case '#':
    case '!':
      return String(shell.history.length + 1);
    case '[':
    case ']':
      return '';
    case '\\':
      return '\u0001';
    default:
      return `\u0001${code}`;
  }
}
