import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** The tokens of one theme, by name; the dark ones are laid over the light ones. */
function tokensOf(theme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const [light = '', dark = ''] = css.split(":root[data-theme='dark']");
  const text = theme === 'light' ? light : light + dark;
  return new Map([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const names = [...tokens.keys()];
  const states = names.filter((name) => name.startsWith('state-') && !name.endsWith('-soft'));
  const surfaces = ['bg', 'surface', 'surface-2'];
  const pairs = [
    ...['text', 'text-2', 'text-3', 'accent', ...states].flatMap((text) => surfaces.map((surface) => [text, surface])),
    ...['text', 'text-2'].map((text) => [text, 'surface-3']),
    ...states.map((state) => [state, `${state}-soft`]),
    ...states.map((state) => ['text', `${state}-soft`]),
    ...names.filter((name) => name.startsWith('code-')).map((name) => [name, 'surface']),
    ['accent-strong', 'accent-soft'],
    ['on-accent', 'accent'],
  ] as [string, string][];

  it.each(pairs)('%s can be read on %s (4.5:1)', (text, surface) => {
    expect(contrast(tokens.get(text)!, tokens.get(surface)!)).toBeGreaterThanOrEqual(4.5);
  });

  it('marks messages so that they can be seen (3:1)', () => {
    const faint = names
      .filter((name) => name.startsWith('message-') || name === 'control-border')
      .filter((name) => contrast(tokens.get(name)!, tokens.get('surface')!) < 3);
    expect(faint).toEqual([]);
  });
});
