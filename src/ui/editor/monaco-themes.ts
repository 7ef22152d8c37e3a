import { colorToken } from '../parts/color-token.ts';
import type { Theme } from '../stores/settings-store.ts';
import { monaco } from './monaco.ts';

/** Monaco's themes, made of the page's own colours. */
export function applyTheme(theme: Theme): void {
  const style = getComputedStyle(document.documentElement);
  const color = (token: string) => colorToken(style, token);
  const rule = (token: string, variable: string) => ({ token, foreground: color(variable).slice(1) });
  const name = `drydock-${theme}`;
  monaco.editor.defineTheme(name, {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('type', '--code-key'),
      rule('string', '--code-string'),
      rule('string.yaml', '--code-string'),
      rule('number.yaml', '--code-number'),
      rule('number', '--code-number'),
      rule('keyword', '--code-literal'),
      rule('comment', '--code-comment'),
    ],
    colors: {
      'editor.background': color('--surface'),
      'editor.foreground': color('--text'),
      'editorLineNumber.foreground': color('--text-3'),
      'editorLineNumber.activeForeground': color('--text'),
      'editor.lineHighlightBackground': color('--surface-2'),
      'editor.lineHighlightBorder': color('--surface-2'),
      'editorWidget.background': color('--surface'),
      'editorWidget.border': color('--border'),
      'editorSuggestWidget.selectedBackground': color('--accent-soft'),
      'editorSuggestWidget.selectedForeground': color('--text'),
      'editorSuggestWidget.highlightForeground': color('--accent'),
      'editorSuggestWidget.focusHighlightForeground': color('--accent'),
      'editorHoverWidget.background': color('--surface'),
      'editorHoverWidget.border': color('--border'),
      'editorError.foreground': color('--state-failed'),
      'editorWarning.foreground': color('--state-blocked'),
      focusBorder: color('--focus'),
    },
  });
  monaco.editor.setTheme(name);
}
