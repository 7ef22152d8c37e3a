import type { LineGroup } from './line.ts';

const base = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: runner
      initContainers:
        - { name: setup, image: "busybox:1.35" }
      containers:
        - name: web
          image: nginx:1.25
          ports: [{ containerPort: 80 }]
          env:
            - { name: COLOUR, valueFrom: { configMapKeyRef: { name: settings, key: colour } } }
            - { name: HOST, value: example.org:80 }
          envFrom: [{ secretRef: { name: login } }]
          volumeMounts: [{ name: settings, mountPath: /etc/settings }]
      volumes:
        - { name: settings, configMap: { name: settings } }
        - { name: both, projected: { sources: [{ configMap: { name: settings } }, { secret: { name: login } }] } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: runner }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: readers }
subjects: [{ kind: ServiceAccount, name: runner }, { kind: ServiceAccount, name: default }]
roleRef: { kind: Role, name: reader, apiGroup: rbac.authorization.k8s.io }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  tls: [{ hosts: [a.b], secretName: login }]
  rules: [{ host: a.b, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`;

const generators = `
configMapGenerator:
  - name: settings
    literals: [colour=blue, 'quoted="yes"', empty=]
    files: [app.properties, other=app.properties]
    envs: [vars.env]
secretGenerator:
  - name: login
    literals: [user=admin, password=s3cret]
  - name: key
    type: kubernetes.io/tls
    files: [tls.crt=app.properties, tls.key=long.txt]
`;

/** A folder each; the base is theirs in common. */
const kustomizations: Readonly<Record<string, string>> = {
  base: `resources: [all.yaml]\n${generators}`,
  names: 'resources: [../base]\nnamePrefix: my-\nnameSuffix: -v2\nnamespace: harbour\n',
  nested: 'resources: [../names]\nnamePrefix: our-\n',
  labels: `resources: [../base]
labels:
  - pairs: { tier: front }
  - pairs: { team: port }
    includeSelectors: true
  - pairs: { only: templates }
    includeTemplates: true
commonAnnotations: { note: says things }
`,
  common: 'resources: [../base]\ncommonLabels: { app: shop, env: prod }\n',
  images: `resources: [../base]
images:
  - { name: nginx, newTag: "1.27" }
  - { name: busybox, newName: registry.local:5000/tools, digest: "sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3" }
replicas: [{ name: web, count: 4 }]
`,
  patches: `resources: [../base]
patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web, annotations: { patched: "yes" } }
      spec:
        template:
          spec:
            containers:
              - { name: web, env: [{ name: COLOUR, valueFrom: null, value: red }, { name: NEW, value: "1" }], resources: { limits: { cpu: 1 } } }
              - { name: side, image: busybox }
            volumes: [{ name: both, $patch: delete }, { name: extra, emptyDir: {} }]
  - target: { kind: Service }
    patch: |-
      - { op: replace, path: /spec/ports/0/port, value: 8080 }
      - { op: add, path: /metadata/annotations, value: { a: b } }
  - path: delete.yaml
  - target: { kind: Role.*, name: read.* }
    patch: '[{"op": "add", "path": "/metadata/labels", "value": {"x": "y"}}]'
  - target: { labelSelector: app=web }
    path: replicas.yaml
`,
  old: `resources: [../base]
patchesStrategicMerge: [replicas.yaml]
patchesJson6902:
  - target: { version: v1, kind: Service, name: web }
    patch: '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]'
`,
  options: `resources: [../base]
generatorOptions: { disableNameSuffixHash: true, labels: { made: here }, annotations: { by: kustomize } }
configMapGenerator:
  - { name: settings, behavior: merge, literals: [colour=red, more=1] }
  - { name: fixed, literals: [a=b], options: { immutable: true, labels: { own: label } } }
secretGenerator:
  - { name: login, behavior: replace, literals: [user=root] }
`,
  components: 'resources: [../base]\ncomponents: [../component]\nnamePrefix: c-\n',
  component: `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [more.yaml]
patches:
  - patch: '[{"op": "replace", "path": "/spec/replicas", "value": 7}]'
    target: { kind: Deployment, name: web }
`,
  replacements: `resources: [../base]
replacements:
  - source: { kind: Service, name: web, fieldPath: metadata.name }
    targets:
      - select: { kind: Deployment }
        fieldPaths: ['spec.template.spec.containers.[name=web].env.[name=HOST].value']
        options: { delimiter: ':', index: 0 }
  - source: { kind: Deployment, name: web, fieldPath: 'spec.template.spec.containers.0.image', options: { delimiter: ':', index: 1 } }
    targets:
      - select: { kind: Ingress }
        reject: [{ name: nothing }]
        fieldPaths: [metadata.annotations.version]
        options: { create: true }
`,
  sorted: 'resources: [../base]\nsortOptions: { order: fifo }\n',
  lost: 'resources: [nowhere.yaml]\n',
  homeless:
    'resources: [../base]\npatches: [{ patch: "apiVersion: v1\\nkind: ConfigMap\\nmetadata: { name: nobody }" }]\n',
  small: `namespace: harbour
resources: [pair.yaml]
configMapGenerator: [{ name: conf, literals: [a=b] }]
`,
};

const replicas = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 5 }\n';

export const kustomizing: LineGroup = {
  name: 'kustomizing',
  files: {
    ...Object.fromEntries(Object.entries(kustomizations).map(([name, text]) => [`${name}/kustomization.yaml`, text])),
    'base/all.yaml': base,
    'base/app.properties': 'a=1\nb=2\n',
    'base/vars.env': '# comment\nFROM_ENV=1\n\nSECOND=two words\n',
    'base/long.txt': 'x'.repeat(200),
    'patches/delete.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: runner }\n$patch: delete\n',
    'patches/replicas.yaml': replicas,
    'old/replicas.yaml': replicas,
    'component/more.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more }\ndata: { x: "y" }\n',
    'small/pair.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: a, image: nginx, envFrom: [{ configMapRef: { name: conf } }] }] }\n',
    'empty/readme.txt': '',
  },
  lines: [
    ...Object.keys(kustomizations)
      .filter((name) => name !== 'component')
      .map((name) => `kustomize ${name}`),
    'kustomize empty',
    'kustomize nowhere',
    'kustomize base names',
    'create ns harbour',
    'diff -k small',
    'apply -k small',
    'apply -k small',
    'get -k small -o name',
    'delete -k small --wait=false',
    'apply -k small -f small',
    'apply -k nowhere',
  ],
};
