import type { LineGroup } from './line.ts';
import { applyShop, shop } from './manifests.ts';

/** Commands and formats that our kubectl does not have. By themselves, since the clusters differ afterwards. */
export const missingCommands: LineGroup = {
  name: 'what our kubectl does not have',
  files: {
    'shop.yaml': shop,
    'kustom/kustomization.yaml': 'namePrefix: my-\nresources: [base.yaml]\n',
    'kustom/base.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: base }\ndata: { x: "y" }\n',
  },
  lines: [
    applyShop,
    'kustomize kustom',
    'kustomize nothing',
    'apply -k kustom',
    'proxy --port=nonsense',
    'alpha nonsense',
  ],
};
