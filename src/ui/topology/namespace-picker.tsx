import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import styles from './topology.module.css';

/** Which namespaces the map shows. */
export function NamespacePicker() {
  const { cluster, settings } = useDrydock();
  useStore(cluster.namespaces, ({ revision }) => revision);
  const namespace = useStore(settings, (state) => state.namespace);
  const showSystem = useStore(settings, (state) => state.showSystemNamespaces);
  const names = [...cluster.namespaces.getState().objects.keys()].sort();
  return (
    <label className={styles.picker}>
      <span className="visually-hidden">Namespaces on the map</span>
      <select
        value={namespace || (showSystem ? '*' : '')}
        onChange={({ target: { value } }) =>
          settings.setState({ namespace: value === '*' ? '' : value, showSystemNamespaces: value === '*' })
        }
      >
        <option value="">Your namespaces</option>
        <option value="*">All, with kube-system</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
