/** What the storage controllers note on claims and volumes. Upstream: component-helpers/storage/volume/pv_helpers.go */

/** On a claim: it has been bound once; losing its volume now is final. */
export const bindCompleted = 'pv.kubernetes.io/bind-completed';
/** On a claim or a volume: the controller chose the partner, not the user, so it may undo the choice. */
export const boundByController = 'pv.kubernetes.io/bound-by-controller';
/** On a volume: who made it, and so who deletes it. */
export const provisionedBy = 'pv.kubernetes.io/provisioned-by';
/** On a claim: who should make a volume for it. */
export const storageProvisioner = 'volume.kubernetes.io/storage-provisioner';
export const betaStorageProvisioner = 'volume.beta.kubernetes.io/storage-provisioner';
/** On a claim: the node that the scheduler has picked for its first consumer. */
export const selectedNode = 'volume.kubernetes.io/selected-node';

export const claimProtection = 'kubernetes.io/pvc-protection';
export const volumeProtection = 'kubernetes.io/pv-protection';
