import type { LineGroup } from './line.ts';
import { applyShop, shop } from './manifests.ts';

/** Commands and formats that our kubectl does not have. By themselves, since the clusters differ afterwards. */
export const missingCommands: LineGroup = {
  name: 'what our kubectl does not have',
  files: {
    'shop.yaml': shop,
    'names.tpl': '{{range .items}}{{.metadata.name}} {{end}}',
    'kustom/kustomization.yaml': 'namePrefix: my-\nresources: [base.yaml]\n',
    'kustom/base.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: base }\ndata: { x: "y" }\n',
  },
  lines: [
    applyShop,
    'get pods -o go-template=\'{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}\'',
    `get pod talker -o go-template='{{.metadata.name}} {{len .spec.containers}} {{if eq .status.phase "Running"}}runs{{else}}rests{{end}}'`,
    'get pods -o go-template-file=names.tpl',
    "get secret login -o go-template='{{.data.password | base64decode}}'",
    "get pod talker -o go-template='{{range $i, $c := .spec.containers}}{{$i}}={{$c.name}};{{end}}'",
    "get pod talker -o go-template='{{.metadata.nothing}}'",
    "get pod talker -o go-template='{{.metadata.name'",
    'get pods --template={{.kind}} -o go-template',
    'kustomize kustom',
    'kustomize nothing',
    'apply -k kustom',
    'debug talker --image=busybox --target=nobody -n harbour',
    'completion nonsense',
    'certificate approve nobody',
    'proxy --port=nonsense',
    'alpha nonsense',
  ],
};
