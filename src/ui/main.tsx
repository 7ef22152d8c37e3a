import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect, type Connection } from './connect.ts';
import { createDrydock } from './drydock.ts';
import { createBugStore } from './stores/bug-store.ts';
import { createSettingsStore } from './stores/settings-store.ts';
import './styles/tokens.css';
import './styles/base.css';

const settings = createSettingsStore();
const bugs = createBugStore();
const { api, booted } = await open();
createRoot(document.getElementById('root')!).render(
  <App drydock={createDrydock(api, settings)} booted={booted} bugs={bugs} />,
);

async function open(): Promise<Connection> {
  const query = new URLSearchParams(location.search);
  if (import.meta.env.DEV && query.has('fake')) {
    const { createFakeKubeApi } = await import('./testing/fake-kube-api.ts');
    const api = createFakeKubeApi(Number(query.get('pods') ?? 0));
    return { api, booted: Promise.resolve({ type: 'booted', from: 'fresh', tookMs: 0 }) };
  }
  return connect(location, (bug) => bugs.setState({ bug }));
}
