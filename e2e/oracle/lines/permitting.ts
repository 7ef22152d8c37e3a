import type { LineGroup } from './line.ts';
import { shop } from './manifests.ts';

const rules = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: fresh, labels: {a: b}}
rules:
- {apiGroups: [''], resources: [pods, services], verbs: [get, list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: fresh}
subjects:
- {kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}
- {kind: ServiceAccount, name: bot, namespace: fresh}
roleRef: {kind: Role, name: reader, apiGroup: rbac.authorization.k8s.io}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: watcher}
rules:
- {nonResourceURLs: ['/healthz*'], verbs: [get]}
- {apiGroups: [apps], resources: [deployments], resourceNames: [web], verbs: ['*']}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: watchers}
subjects:
- {kind: Group, name: crew, apiGroup: rbac.authorization.k8s.io}
roleRef: {kind: ClusterRole, name: watcher, apiGroup: rbac.authorization.k8s.io}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ignored}
`;

const otherRules = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: fresh, labels: {a: c, d: e}}
rules:
- {apiGroups: [''], resources: [pods, pods/log], verbs: [get, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: fresh}
subjects:
- {kind: User, name: joe, apiGroup: rbac.authorization.k8s.io}
roleRef: {kind: Role, name: reader, apiGroup: rbac.authorization.k8s.io}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: watchers}
subjects:
- {kind: Group, name: crew, apiGroup: rbac.authorization.k8s.io}
roleRef: {kind: ClusterRole, name: view, apiGroup: rbac.authorization.k8s.io}
`;

const withoutNamespace = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: bare}
rules:
- {apiGroups: [''], resources: [pods], verbs: [get]}
`;

export const permitting: LineGroup = {
  name: 'reconciling permissions',
  files: { 'shop.yaml': shop, 'rbac.yaml': rules, 'more.yaml': otherRules, 'bare.yaml': withoutNamespace },
  lines: [
    'auth reconcile',
    'auth reconcile x -f rbac.yaml',
    'auth reconcile -f rbac.yaml --dry-run=server',
    'auth reconcile -f rbac.yaml --dry-run=client',
    'auth reconcile -f rbac.yaml',
    'auth reconcile -f rbac.yaml',
    'get roles,rolebindings -n fresh -o yaml',
    'auth reconcile -f more.yaml --dry-run=client',
    'auth reconcile -f more.yaml',
    'auth reconcile -f more.yaml --remove-extra-permissions --remove-extra-subjects',
    'get roles,rolebindings -n fresh -o jsonpath={.items[*].rules}{.items[*].subjects}{.items[*].metadata.labels}',
    'annotate role reader -n fresh rbac.authorization.kubernetes.io/autoupdate=false',
    'auth reconcile -f rbac.yaml',
    'auth reconcile -f rbac.yaml -o name',
    'auth reconcile -f shop.yaml',
    'auth reconcile -f nothing.yaml',
    'auth reconcile -f bare.yaml',
    'auth reconcile -f bare.yaml -n harbour',
    'auth reconcile -f rbac.yaml -n harbour',
    'certificate',
    'certificate nonsense',
    'certificate approve',
    'certificate deny -f nothing.yaml',
  ],
};
