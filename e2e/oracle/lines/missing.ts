import type { LineGroup } from './line.ts';
import { applyShop, shop } from './manifests.ts';

/** Commands and formats that our kubectl does not have. By themselves, since the clusters differ afterwards. */
export const missingCommands: LineGroup = {
  name: 'what our kubectl does not have',
  files: {
    'shop.yaml': shop,
  },
  lines: [applyShop, 'proxy --port=nonsense', 'alpha nonsense'],
};
