import type { PersistentVolume } from '../../api/generated/types.ts';
import { goQuote } from '../../api/json.ts';

export type Reclaim = { readonly action: 'keep' | 'delete' } | { readonly action: 'fail'; readonly message: string };

/**
 * What the control plane itself does with a released volume that no provisioner looks after. Of a hostPath volume only
 * the object goes: its directory would be looked for in the controller manager's own container.
 * Upstream: doDeleteVolume in pv_controller.go, pkg/volume/hostpath newDeleter
 */
export function reclaim({ metadata, spec }: PersistentVolume): Reclaim {
  if (spec?.persistentVolumeReclaimPolicy !== 'Delete' || spec.csi) return { action: 'keep' };
  const path = spec.hostPath?.path;
  if (path === undefined) {
    const name = goQuote(metadata.name);
    const message = `error getting deleter volume plugin for volume ${name}: no deletable volume plugin matched`;
    return { action: 'fail', message };
  }
  if (/^\/tmp\/.+/.test(path)) return { action: 'delete' };
  return { action: 'fail', message: `host_path deleter only supports /tmp/.+ but received provided ${path}` };
}
