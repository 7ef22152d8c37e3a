/** A small shop: what most command lines are about. */
export const shop = `
apiVersion: v1
kind: Namespace
metadata: { name: harbour, labels: { team: port } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, labels: { app: web } }
data:
  colour: blue
  page.html: |
    <html>
    hello
    </html>
---
apiVersion: v1
kind: Secret
metadata: { name: login }
type: Opaque
stringData: { username: admin, password: s3cret }
---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { app: web } }
spec:
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: http }]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app: web, tier: front }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, tier: front } }
    spec:
      containers:
        - name: nginx
          image: nginx:1.26
          ports: [{ name: http, containerPort: 80 }]
          env:
            - { name: COLOUR, valueFrom: { configMapKeyRef: { name: settings, key: colour } } }
            - { name: MODE, value: plain }
          resources:
            requests: { cpu: 50m, memory: 32Mi }
            limits: { memory: 64Mi }
          readinessProbe: { httpGet: { path: /, port: http }, periodSeconds: 2 }
          volumeMounts: [{ name: settings, mountPath: /etc/settings }]
      volumes: [{ name: settings, configMap: { name: settings } }]
---
apiVersion: v1
kind: Pod
metadata:
  name: talker
  labels: { app: talker }
  annotations: { note: says things }
spec:
  terminationGracePeriodSeconds: 1
  initContainers:
    - { name: prepare, image: busybox, command: [sh, -c, echo prepared] }
  containers:
    - { name: main, image: busybox, command: [sh, -c, 'echo one; echo two; echo three; sleep 36000'] }
    - { name: side, image: busybox, command: [sh, -c, 'echo beside; sleep 36000'] }
---
apiVersion: v1
kind: Pod
metadata: { name: finished }
spec:
  restartPolicy: Never
  containers:
    - { name: main, image: busybox, command: [sh, -c, 'echo out; exit 3'] }
---
apiVersion: v1
kind: Pod
metadata: { name: unpulled, labels: { state: broken } }
spec:
  containers:
    - { name: main, image: 'nginx:no-such-tag' }
---
apiVersion: v1
kind: Pod
metadata: { name: unplaced, labels: { state: broken } }
spec:
  nodeSelector: { disk: none }
  containers:
    - { name: main, image: nginx }
---
apiVersion: v1
kind: Pod
metadata: { name: crashing, labels: { state: broken } }
spec:
  containers:
    - { name: main, image: busybox, command: [sh, -c, 'echo bye; exit 1'] }
`;

export const applyShop = { run: 'apply -f shop.yaml', thenSeconds: 45 };
