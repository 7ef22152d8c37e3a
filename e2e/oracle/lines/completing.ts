import type { LineGroup } from './line.ts';
import { applyShop, shop } from './manifests.ts';

/** What shells ask when somebody presses the tab key. */
const completed = [
  'get pods ""',
  'get pods ta',
  'get pods -n ""',
  'get pods/ta',
  'get pods -o ""',
  'get pods --output=js',
  'get --na',
  'ge',
  'describe no',
  'rollout ""',
  'config use-context ""',
];

export const completing: LineGroup = {
  name: 'completing',
  files: { 'shop.yaml': shop },
  lines: [
    applyShop,
    'completion',
    'completion nonsense',
    'completion bash zsh',
    ...completed.map((words) => `__completeNoDesc ${words}`),
  ],
};
