import { Route, Send, X } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { keyOf } from '../../api/index.ts';
import type { Service } from '../../api/generated/types.ts';
import { useDrydock } from '../drydock.ts';
import { Section } from '../inspector/parts.tsx';
import { Button } from '../parts/button.tsx';
import { JourneyText } from './journey-text.tsx';
import { httpPorts, orderOf, sendersTo } from './senders.ts';
import styles from './requests.module.css';

/** Sends a request to a service, and tells which way it went. */
export function RequestSection({ service }: { readonly service: Service }) {
  const { journeys, cluster, scene, layout } = useDrydock();
  const key = keyOf(service);
  const view = useStore(scene, (state) => state.scene.services.find((candidate) => candidate.key === key));
  const journey = useStore(journeys, (state) => state.journey);
  const ports = httpPorts(service);
  const [portAt, setPortAt] = useState(0);
  const [from, setFrom] = useState('');
  const [path, setPath] = useState('/');
  const port = ports[portAt] ?? ports[0];
  const senders = port ? sendersTo(service, port, view, cluster) : [];
  const sender = senders.find((candidate) => candidate.from === from) ?? senders[0];
  const own = journey?.order.target.key === key ? journey : undefined;
  if (!port || !sender) return null;

  return (
    <Section title="Send a request">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          journeys.send(orderOf(service, sender, path.startsWith('/') ? path : `/${path}`));
        }}
      >
        <label>
          <span>From</span>
          <select value={sender.from} onChange={({ target }) => setFrom(target.value)}>
            {senders.map((candidate) => (
              <option key={candidate.from} value={candidate.from}>
                {candidate.title}
              </option>
            ))}
          </select>
        </label>
        {ports.length > 1 && (
          <label>
            <span>Port</span>
            <select value={ports.indexOf(port)} onChange={({ target }) => setPortAt(Number(target.value))}>
              {ports.map((each, at) => (
                <option key={each.name ?? each.port} value={at}>
                  {each.name ? `${each.name} (${each.port})` : each.port}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className={styles.url}>
          <span>To</span>
          <code>{`http://${sender.host}${sender.port === 80 ? '' : `:${sender.port}`}`}</code>
          <input
            aria-label="Path"
            value={path}
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => setPath(target.value.replaceAll(/[^!-~]/g, ''))}
          />
        </label>
        <div className={styles.actions}>
          <Button tone="main" type="submit">
            <Send size={13} aria-hidden="true" /> Send
          </Button>
          {own && (
            <Button tone="quiet" onClick={journeys.clear}>
              <X size={13} aria-hidden="true" /> Clear the path
            </Button>
          )}
          {own && (
            <Button className={styles.toMap} onClick={() => layout.setState({ narrowPane: 'topology' })}>
              <Route size={13} aria-hidden="true" /> Show on the map
            </Button>
          )}
        </div>
      </form>
      {own && <JourneyText journey={own} />}
    </Section>
  );
}
