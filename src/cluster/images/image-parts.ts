import { CodePart } from '../../kernel/index.ts';
import type { Image } from './image.ts';
import type * as Opaque from './opaque.ts';

/** What makes an image, once it is here. */
interface ImageCode {
  readonly make: () => Image;
}

const names = [
  'docker.io/curlimages/curl',
  'docker.io/hashicorp/http-echo',
  'docker.io/library/alpine',
  'docker.io/library/bash',
  'docker.io/library/busybox',
  'docker.io/library/debian',
  'docker.io/library/httpd',
  'docker.io/library/nginx',
  'docker.io/library/redis',
  'docker.io/library/ubuntu',
  'registry.k8s.io/e2e-test-images/agnhost',
  'registry.k8s.io/echoserver',
  'registry.k8s.io/pause',
] as const;

export type KnownRepository = (typeof names)[number];

/** The images that behave like themselves, by their repository: fetched when a container wants one. */
export const imageParts: ReadonlyMap<string, CodePart<ImageCode>> = new Map(
  names.map((name) => [name, new CodePart<ImageCode>(`the image ${name}`)]),
);

/** What stands for all other images. */
export const opaquePart = new CodePart<typeof Opaque>('images without a model');
