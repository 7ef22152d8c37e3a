/**
 * Roles and bindings inside the system's own namespaces; each role's name begins with its namespace.
 * Upstream: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/namespace_policy.go
 */
export const namespaceRoleTable = `
kube-system/extension-apiserver-authentication-reader
  read core configmaps = extension-apiserver-authentication
kube-system/system:controller:bootstrap-signer
  read core secrets
kube-system/system:controller:cloud-provider
  create,get,list,watch core configmaps
kube-system/system:controller:token-cleaner
  delete,get,list,watch core secrets
  events
kube-system/system::leader-locking-kube-controller-manager
  watch core configmaps
  get,update core configmaps = kube-controller-manager
kube-system/system::leader-locking-kube-scheduler
  watch core configmaps
  get,update core configmaps = kube-scheduler
kube-public/system:controller:bootstrap-signer
  read core configmaps
  update core configmaps = cluster-info
  events
`;

/** Binding with its namespace, role, subjects as `Kind:name`. */
export const roleBindingTable: readonly (readonly [binding: string, role: string, ...subjects: string[]])[] = [
  [
    'kube-system/system::extension-apiserver-authentication-reader',
    'extension-apiserver-authentication-reader',
    'User:system:kube-controller-manager',
    'User:system:kube-scheduler',
  ],
  [
    'kube-system/system::leader-locking-kube-controller-manager',
    'system::leader-locking-kube-controller-manager',
    'User:system:kube-controller-manager',
    'ServiceAccount:kube-system:kube-controller-manager',
  ],
  [
    'kube-system/system::leader-locking-kube-scheduler',
    'system::leader-locking-kube-scheduler',
    'User:system:kube-scheduler',
    'ServiceAccount:kube-system:kube-scheduler',
  ],
  [
    'kube-system/system:controller:bootstrap-signer',
    'system:controller:bootstrap-signer',
    'ServiceAccount:kube-system:bootstrap-signer',
  ],
  [
    'kube-system/system:controller:cloud-provider',
    'system:controller:cloud-provider',
    'ServiceAccount:kube-system:cloud-provider',
  ],
  [
    'kube-system/system:controller:token-cleaner',
    'system:controller:token-cleaner',
    'ServiceAccount:kube-system:token-cleaner',
  ],
  [
    'kube-public/system:controller:bootstrap-signer',
    'system:controller:bootstrap-signer',
    'ServiceAccount:kube-system:bootstrap-signer',
  ],
];
