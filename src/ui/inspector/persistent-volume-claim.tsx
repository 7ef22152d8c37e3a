import type { PersistentVolumeClaim } from '../../api/generated/types.ts';
import { Conditions, Facts, Section } from './parts.tsx';

export function PersistentVolumeClaimSummary({ object: { spec, status } }: { readonly object: PersistentVolumeClaim }) {
  return (
    <>
      <Section title="Storage">
        <Facts
          facts={[
            ['Phase', status.phase],
            ['Asks for', spec.resources?.requests?.['storage']],
            ['Has', status.capacity?.['storage']],
            ['Access', (status.accessModes ?? spec.accessModes)?.join(', ')],
            ['Class', spec.storageClassName],
            ['Volume', spec.volumeName || 'none is bound to it yet'],
          ]}
        />
      </Section>
      <Conditions conditions={status.conditions} />
    </>
  );
}
