import type { StoreApi } from 'zustand/vanilla';
import { createPersistedStore } from './persisted-store.ts';

export type Theme = 'light' | 'dark';

export interface Settings {
  readonly theme: Theme | 'system';
  readonly motion: 'system' | 'full' | 'reduced';
  readonly screenReaderMode: boolean;
  /** A factor: 0.9, 1, 1.15, 1.3. */
  readonly textScale: number;
  readonly showSystemNamespaces: boolean;
  /** The one namespace that the map shows; empty for all. */
  readonly namespace: string;
  readonly showHeartbeats: boolean;
}

const initial: Settings = {
  theme: 'system',
  motion: 'system',
  screenReaderMode: false,
  textScale: 1,
  showSystemNamespaces: false,
  namespace: '',
  showHeartbeats: false,
};

export type SettingsStore = StoreApi<Settings>;

export function createSettingsStore(): SettingsStore {
  const store = createPersistedStore('drydock.settings', initial);
  const systemTheme = matchMedia('(prefers-color-scheme: dark)');
  const systemMotion = matchMedia('(prefers-reduced-motion: reduce)');

  function apply() {
    const settings = store.getState();
    const root = document.documentElement;
    root.dataset.theme = themeOf(settings);
    root.dataset.motion = isMotionReduced(settings) ? 'reduced' : 'full';
    root.style.setProperty('--text-scale', String(settings.textScale));
  }

  apply();
  store.subscribe(apply);
  // A new object with the same fields: what is drawn from the theme is drawn again.
  systemTheme.addEventListener('change', () => store.setState({}));
  systemMotion.addEventListener('change', () => store.setState({}));
  return store;
}

export function themeOf({ theme }: Settings): Theme {
  if (theme !== 'system') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function isMotionReduced({ motion }: Settings): boolean {
  return motion === 'reduced' || (motion === 'system' && matchMedia('(prefers-reduced-motion: reduce)').matches);
}
