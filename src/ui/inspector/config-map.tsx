import { useState } from 'react';
import type { ConfigMap, Secret } from '../../api/generated/types.ts';
import { Button } from '../parts/button.tsx';
import { Section } from './parts.tsx';
import styles from './inspector.module.css';

export function ConfigMapSummary({ object }: { readonly object: ConfigMap }) {
  return (
    <Section title="Data">
      <Entries data={object.data ?? {}} />
    </Section>
  );
}

/** The values stay covered until asked for: a screen may be on a wall. */
export function SecretSummary({ object }: { readonly object: Secret }) {
  const [isShown, setShown] = useState(false);
  const encoded = Object.entries(object.data ?? {});
  return (
    <Section title="Data">
      <Button onClick={() => setShown(!isShown)}>{isShown ? 'Cover the values' : 'Show the values'}</Button>
      <Entries
        data={Object.fromEntries(
          encoded.map(([key, value]) => [key, isShown ? decode(value) : `${value.length} characters of base64`]),
        )}
      />
    </Section>
  );
}

function decode(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
  return new TextDecoder().decode(bytes);
}

function Entries({ data }: { readonly data: Readonly<Record<string, string>> }) {
  const entries = Object.entries(data);
  if (entries.length === 0) return <p className={styles.muted}>It is empty.</p>;
  return (
    <dl className={styles.entries}>
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>
            <pre>{value}</pre>
          </dd>
        </div>
      ))}
    </dl>
  );
}
