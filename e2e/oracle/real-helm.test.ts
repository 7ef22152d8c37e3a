import { beforeAll, describe, expect, it } from 'vitest';
import { missing, suiteNote, useRealClients } from './real-clients.ts';

const chart: Readonly<Record<string, string>> = {
  'Chart.yaml': `apiVersion: v2
name: shop
description: A shop window
type: application
version: 0.1.0
appVersion: "1.27"
`,
  'values.yaml': `replicaCount: 1
image: { repository: nginx, tag: "1.27" }
service: { type: ClusterIP, port: 80 }
greeting: hello
`,
  'templates/_helpers.tpl': `{{- define "shop.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
`,
  'templates/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-config
  labels: {{- include "shop.labels" . | nindent 4 }}
data:
  greeting: {{ .Values.greeting | quote }}
`,
  'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: {{- include "shop.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicaCount }}
  selector:
    matchLabels: { app.kubernetes.io/instance: {{ .Release.Name }} }
  template:
    metadata:
      labels: {{- include "shop.labels" . | nindent 8 }}
    spec:
      serviceAccountName: {{ .Release.Name }}
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          ports: [{ name: http, containerPort: 80 }]
          envFrom: [{ configMapRef: { name: {{ .Release.Name }}-config } }]
          readinessProbe: { httpGet: { path: /, port: http } }
`,
  'templates/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
  labels: {{- include "shop.labels" . | nindent 4 }}
spec:
  type: {{ .Values.service.type }}
  ports: [{ port: {{ .Values.service.port }}, targetPort: http, name: http }]
  selector: { app.kubernetes.io/instance: {{ .Release.Name }} }
`,
  'templates/service-account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata: { name: {{ .Release.Name }} }
`,
  'templates/NOTES.txt': 'The shop {{ .Release.Name }} is open.\n',
};

describe.skipIf(missing !== undefined)(`the real helm${suiteNote}`, () => {
  const clients = useRealClients();
  const { ok, helm } = clients;

  beforeAll(() => {
    for (const [name, content] of Object.entries(chart)) clients.workplace.write(`shop/${name}`, content);
  });

  it('renders a chart', async () => {
    expect(await helm('lint shop')).toContain('0 chart(s) failed');
    expect(await helm('template corner shop --set replicaCount=3')).toContain('  replicas: 3\n');
  });

  it('installs a release and waits for it', async () => {
    const text = await helm('install corner shop --wait --timeout 30s');
    expect(text).toContain('STATUS: deployed');
    expect(text).toContain('The shop corner is open.');
    expect(await ok('get deployment corner -o jsonpath={.status.readyReplicas}')).toBe('1');
  });

  it('lists releases and their status', async () => {
    expect(await helm('list')).toMatch(/^corner\s+default\s+1\s.*deployed\s+shop-0\.1\.0\s+1\.27/m);
    expect(await helm('status corner')).toContain('REVISION: 1');
    expect(JSON.parse(await helm('list -A -o json'))).toMatchObject([{ name: 'corner', status: 'deployed' }]);
  });

  it('upgrades a release', async () => {
    await helm('upgrade corner shop --set replicaCount=2 --set greeting=hi --wait --timeout 30s');
    expect(await ok('get deployment corner -o jsonpath={.status.readyReplicas}')).toBe('2');
    expect(await ok('get configmap corner-config -o jsonpath={.data.greeting}')).toBe('hi');
    expect(await helm('get values corner')).toContain('replicaCount: 2');
    expect(await helm('get manifest corner')).toContain('  replicas: 2\n');
  });

  it('keeps a history and goes back in it', async () => {
    await helm('rollback corner 1 --wait --timeout 30s');
    const history = await helm('history corner');
    expect(history).toMatch(/^1\s.*superseded\s.*Install complete/m);
    expect(history).toMatch(/^3\s.*deployed\s.*Rollback to 1/m);
    expect(await ok('get deployment corner -o jsonpath={.spec.replicas}')).toBe('1');
  });

  it('uninstalls a release', async () => {
    expect(await helm('uninstall corner --wait --timeout 30s')).toContain('release "corner" uninstalled');
    expect(await ok('get all,configmaps,serviceaccounts -l app.kubernetes.io/instance=corner -o name')).toBe('');
    expect(await helm('list -q')).toBe('');
  });
});
