import { useEffect, useState } from 'react';
import { kubernetesVersion } from '../../api/index.ts';
import { Dialog } from '../parts/dialog.tsx';
import styles from './about.module.css';

interface Difference {
  readonly area: string;
  readonly text: string;
}

/** What this is, and in what it is unlike a real cluster. */
export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const [differences, setDifferences] = useState<readonly Difference[]>([]);
  useEffect(() => void import('virtual:differences').then((module) => setDifferences(module.differences)), []);
  const areas = [...new Set(differences.map(({ area }) => area))];
  return (
    <Dialog title="What is simulated" size="large" onClose={onClose}>
      <div className={styles.about}>
        <p>
          Drydock is a whole Kubernetes {kubernetesVersion.gitVersion} cluster that runs in this tab: an API server with
          its store, a scheduler, controllers, a kubelet on each node, a network, and images whose programs run as
          processes. Nothing is scripted: what you see happens because its parts do their work.
        </p>
        <p>
          Time inside is virtual. It can be paused, stepped event by event, sped up, and turned back. Your session stays
          in this browser.
        </p>
        <p>Drydock is not affiliated with the Kubernetes project. Kubernetes is a trademark of the Linux Foundation.</p>
        <h3>Where it differs from Kubernetes, on purpose</h3>
        {areas.map((area) => (
          <section key={area}>
            <h4>{area}</h4>
            <ul>
              {differences
                .filter((difference) => difference.area === area)
                .map(({ text }) => (
                  <li key={text}>{text.charAt(0).toUpperCase() + text.slice(1)}</li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
