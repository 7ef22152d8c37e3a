import type { ITheme } from '@xterm/xterm';
import { colorToken } from '../parts/color-token.ts';

/** The terminal's colours, made of the page's: each readable on the page's own surface. */
export function terminalTheme(): ITheme {
  const style = getComputedStyle(document.documentElement);
  const color = (token: string) => colorToken(style, token);
  return {
    background: color('--surface'),
    foreground: color('--text'),
    cursor: color('--accent'),
    cursorAccent: color('--surface'),
    selectionBackground: `${color('--accent')}44`,
    black: color('--text'),
    brightBlack: color('--text-3'),
    white: color('--text-2'),
    brightWhite: color('--text'),
    red: color('--state-failed'),
    brightRed: color('--state-failed'),
    green: color('--state-ready'),
    brightGreen: color('--state-ready'),
    yellow: color('--state-pending'),
    brightYellow: color('--state-pending'),
    blue: color('--accent'),
    brightBlue: color('--accent'),
    magenta: color('--message-write'),
    brightMagenta: color('--message-write'),
    cyan: color('--state-starting'),
    brightCyan: color('--state-starting'),
  };
}
