import type { ReplicaSet } from '../../api/generated/types.ts';
import { Conditions, Facts, Labels, Section } from './parts.tsx';

export function ReplicaSetSummary({ object: { spec, status } }: { readonly object: ReplicaSet }) {
  return (
    <>
      <Section title="Replicas">
        <Facts
          facts={[
            ['Wanted', String(spec.replicas ?? 1)],
            ['There', String(status.replicas ?? 0)],
            ['Ready', String(status.readyReplicas ?? 0)],
            ['Selector', <Labels key="selector" labels={spec.selector.matchLabels} />],
            ['Images', spec.template?.spec?.containers.map(({ image }) => image).join(', ')],
          ]}
        />
      </Section>
      <Conditions conditions={status.conditions} />
    </>
  );
}
