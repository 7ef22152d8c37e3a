import type { Ingress, IngressBackend } from '../../api/generated/types.ts';
import { Facts, ObjectLink, Section } from './parts.tsx';
import styles from './inspector.module.css';

export function IngressSummary({ object: { spec, status, metadata } }: { readonly object: Ingress }) {
  const namespace = metadata.namespace ?? '';
  const addresses = status.loadBalancer?.ingress?.map(({ ip, hostname }) => ip ?? hostname).join(', ');
  return (
    <>
      <Section title="Where requests go">
        <ul className={styles.list}>
          {(spec.rules ?? []).flatMap(({ host, http }) =>
            (http?.paths ?? []).map(({ path, pathType, backend }) => (
              <li key={`${host} ${path} ${pathType}`}>
                <code>{`${host || '*'}${path ?? ''}`}</code>
                {pathType !== 'Exact' && <span className={styles.muted}> and below</span>} →{' '}
                <Backend backend={backend} namespace={namespace} />
              </li>
            )),
          )}
          {spec.defaultBackend && (
            <li>
              Everything else → <Backend backend={spec.defaultBackend} namespace={namespace} />
            </li>
          )}
        </ul>
      </Section>
      <Section title="How it is served">
        <Facts
          facts={[
            ['Class', spec.ingressClassName ?? 'none: no controller serves it unless one is the default'],
            ['Address', addresses || 'none: no controller has taken it up'],
            [
              'TLS',
              spec.tls?.map(({ hosts, secretName }) => `${hosts?.join(', ') ?? '*'} (${secretName ?? '?'})`).join('; '),
            ],
          ]}
        />
      </Section>
    </>
  );
}

function Backend({ backend, namespace }: { readonly backend: IngressBackend; readonly namespace: string }) {
  const { service, resource } = backend;
  if (!service) return <>{resource ? `${resource.kind} ${resource.name}` : 'nothing'}</>;
  const port = service.port?.name ?? service.port?.number;
  return (
    <>
      <ObjectLink target={{ resource: 'services', key: `${namespace}/${service.name}` }}>{service.name}</ObjectLink>
      {port !== undefined && `:${port}`}
    </>
  );
}
