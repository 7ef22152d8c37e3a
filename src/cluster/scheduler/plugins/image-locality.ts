import { maxScore } from '../framework.ts';
import type { Plugin } from '../framework.ts';

const mebibyte = 1024 * 1024;
/** Less than this is pulled so fast that it makes no difference. */
const minBytes = 23 * mebibyte;
const maxBytesPerContainer = 1000 * mebibyte;

/** Prefers nodes that have the images already. Upstream: pkg/scheduler/framework/plugins/imagelocality */
export const imageLocality: Plugin = {
  name: 'ImageLocality',
  weight: 1,
  planScore({ pod }, cluster) {
    const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
    const total = cluster.nodes.length;
    // An image that few nodes have counts for less, so that not all pods crowd there.
    const images = containers
      .map(({ image = '' }) => normalisedImage(image))
      .map((image) => ({ image, share: cluster.nodesWithImage(image) / total }))
      .filter(({ share }) => share > 0);
    const maxBytes = maxBytesPerContainer * containers.length;
    return {
      score(node) {
        let bytes = 0;
        for (const { image, share } of images) bytes += Math.trunc((node.images.get(image) ?? 0) * share);
        const counted = Math.min(Math.max(bytes, minBytes), maxBytes);
        return Math.trunc((maxScore * (counted - minBytes)) / (maxBytes - minBytes));
      },
    };
  },
};

/** `nginx` is `nginx:latest`. */
function normalisedImage(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}
