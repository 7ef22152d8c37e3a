import type { ReactNode } from 'react';
import { useDrydock } from '../drydock.ts';
import type { ObjectRef } from '../stores/selection-store.ts';
import styles from './inspector.module.css';

/** The pieces that inspector pages are made of. */

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== undefined && value !== '' && value !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Labels({ labels }: { readonly labels: Readonly<Record<string, string>> | undefined }) {
  const entries = Object.entries(labels ?? {});
  if (entries.length === 0) return undefined;
  return (
    <ul className={styles.labels}>
      {entries.map(([key, value]) => (
        <li key={key}>
          <code>{value === '' ? key : `${key}=${value}`}</code>
        </li>
      ))}
    </ul>
  );
}

export function ObjectLink({ target, children }: { readonly target: ObjectRef; readonly children: ReactNode }) {
  const { inspect } = useDrydock();
  return (
    <button type="button" className={styles.link} onClick={() => inspect(target)}>
      {children}
    </button>
  );
}

export interface ConditionLike {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export function Conditions({ conditions }: { readonly conditions: readonly ConditionLike[] | undefined }) {
  if (!conditions?.length) return null;
  return (
    <Section title="Conditions">
      <ul className={styles.conditions}>
        {conditions.map(({ type, status, reason, message }) => (
          <li key={type} data-status={status}>
            <span className={styles.conditionMark} aria-hidden="true">
              {status === 'True' ? '●' : status === 'False' ? '○' : '?'}
            </span>
            <div>
              <strong>{type}</strong> is {status}
              {reason && <span className={styles.muted}> · {reason}</span>}
              {message && <p>{message}</p>}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
