import type { LineGroup } from './line.ts';
import { applyShop, shop } from './manifests.ts';

const more = `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { containers: [{ name: agent, image: busybox, command: [sleep, '36000'] }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  replicas: 2
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: redis }] }
---
apiVersion: batch/v1
kind: Job
metadata: { name: sum }
spec:
  template:
    spec: { restartPolicy: Never, containers: [{ name: sum, image: busybox, command: [sh, -c, 'echo $((1+2))'] }] }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: 0 3 * * *
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: n, image: busybox }] } } } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: front }
spec:
  rules:
    - host: shop.example
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: only-web }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ from: [{ podSelector: { matchLabels: { role: client } } }], ports: [{ port: 80 }] }]
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: few }
spec: { hard: { pods: '100', requests.cpu: '20' } }
---
apiVersion: v1
kind: LimitRange
metadata: { name: bounds }
spec: { limits: [{ type: Container, max: { memory: 1Gi } }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 1
  maxReplicas: 5
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: disk }
spec:
  capacity: { storage: 1Gi }
  accessModes: [ReadWriteOnce]
  hostPath: { path: /data }
  storageClassName: manual
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
rules: [{ apiGroups: [''], resources: [pods, pods/log], verbs: [get, list] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: User, name: jane, apiGroup: rbac.authorization.k8s.io }]
---
apiVersion: v1
kind: Service
metadata: { name: outside }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 30080 }] }
`;

export const describing: LineGroup = {
  name: 'describing',
  files: { 'shop.yaml': shop, 'more.yaml': more },
  lines: [
    applyShop,
    { run: 'apply -f more.yaml', thenSeconds: 60 },
    'describe pod talker',
    'describe pod finished',
    'describe pod unpulled',
    'describe pod unplaced',
    'describe pod crashing',
    'describe pods -l app=web',
    'describe po/talker svc/web',
    'describe deployment web',
    'describe deploy',
    'describe rs -l app=web',
    'describe svc web',
    'describe service kubernetes',
    'describe svc outside',
    'describe node node-1',
    'describe nodes',
    'describe ns default',
    'describe namespace harbour',
    'describe configmap settings',
    'describe secret login',
    'describe sa default',
    'describe endpointslices -l kubernetes.io/service-name=web',
    'describe ep web',
    'describe daemonset agent',
    'describe statefulset db',
    'describe job sum',
    'describe cronjob nightly',
    'describe ingress front',
    'describe networkpolicy only-web',
    'describe quota few',
    'describe limits bounds',
    'describe hpa web',
    'describe pdb web',
    'describe pvc data',
    'describe pv disk',
    'describe role reader',
    'describe rolebinding reader',
    'describe clusterrole',
    'describe storageclass',
    'describe priorityclass system-node-critical',
    'describe -f more.yaml',
    'describe pod nobody',
    'describe pod talk',
    'describe pods -n harbour',
    'describe pod talker --show-events=false',
    'describe',
    'describe nonsense',
    'get ds,sts,jobs,cj,ing,netpol,quota,limits,hpa,pdb,pvc,pv,role,rolebinding',
    'get ds,sts,jobs,cj,ing,netpol,quota,limits,hpa,pdb,pvc,pv,role,rolebinding -o wide',
  ],
};
