import { createRoot } from 'react-dom/client';
import type { KubeApi } from '../client/index.ts';
import { App } from './app.tsx';
import { createDrydock } from './drydock.ts';
import { createSettingsStore } from './stores/settings-store.ts';
import './styles/tokens.css';
import './styles/base.css';

const settings = createSettingsStore();
const root = createRoot(document.getElementById('root')!);
const drydock = createDrydock(await connect(), settings);
root.render(<App drydock={drydock} />);

async function connect(): Promise<KubeApi> {
  const { createFakeKubeApi } = await import('./testing/fake-kube-api.ts');
  return createFakeKubeApi(Number(new URLSearchParams(location.search).get('pods') ?? 0));
}
