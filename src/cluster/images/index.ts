import { encodeUtf8 } from '../../kernel/index.ts';
import { sha256, toHex } from '../../shell/index.ts';
import { agnhostImage } from './agnhost.ts';
import { alpineImage } from './alpine.ts';
import { busyboxImage } from './busybox.ts';
import { curlImage } from './curl.ts';
import { bashImage, debianImage, ubuntuImage } from './debian.ts';
import { echoserverImage } from './echoserver.ts';
import { httpEchoImage } from './http-echo.ts';
import { httpdImage } from './httpd.ts';
import type { Image, ImageCatalogue, ImageLookup } from './image.ts';
import { nginxImage } from './nginx/image.ts';
import { isOfficialImage } from './official-images.ts';
import { opaqueImage } from './opaque.ts';
import { pauseImage } from './pause.ts';
import { redisImage } from './redis/image.ts';
import { parseReference } from './reference.ts';

export type { Image, ImageCatalogue, ImageConfig, ImageLookup } from './image.ts';

/** The images that behave like themselves. */
const makers: readonly (() => Image)[] = [
  agnhostImage,
  alpineImage,
  bashImage,
  busyboxImage,
  curlImage,
  debianImage,
  echoserverImage,
  httpdImage,
  httpEchoImage,
  nginxImage,
  pauseImage,
  redisImage,
  ubuntuImage,
];

/** All images there are. Trees and opaque images are made when they are first asked for, and kept. */
export function createImageCatalogue(): ImageCatalogue {
  const known = new Map<string, Image>();
  for (const make of makers) {
    const image = remembering(make());
    known.set(image.repository, image);
  }
  const opaque = new Map<string, Image>();

  return {
    lookUp(reference, listensOn) {
      const parsed = parseReference(reference);
      if (!parsed) return { found: false, reason: 'invalid-reference', reference };
      const { repository, digest } = parsed;
      const image = known.get(repository);
      if (image) {
        const tag =
          digest === undefined
            ? (parsed.tag ?? 'latest')
            : image.tags.find((each) => digestOf(repository, each) === digest);
        if (tag === undefined || !image.tags.includes(tag)) return { found: false, reason: 'no-such-tag', reference };
        return found(image, tag);
      }
      if (
        repository.startsWith('docker.io/library/') &&
        !isOfficialImage(repository.slice('docker.io/library/'.length))
      ) {
        return { found: false, reason: 'no-such-repository', reference };
      }
      const tag = parsed.tag ?? 'latest';
      const key = `${repository}:${tag} ${listensOn.join(',')}`;
      const existing = opaque.get(key) ?? remembering(opaqueImage(repository, tag, listensOn));
      opaque.set(key, existing);
      return found(existing, tag, digest);
    },
  };
}

function found(image: Image, tag: string, digest = digestOf(image.repository, tag)): ImageLookup {
  return { found: true, image, tag, digest, sizeBytes: image.sizeBytes(tag) };
}

const digests = new Map<string, string>();

/** The same for the same image and tag, in every session. */
function digestOf(repository: string, tag: string): string {
  const key = `${repository}:${tag}`;
  const known = digests.get(key) ?? `sha256:${toHex(sha256(encodeUtf8(key)))}`;
  digests.set(key, known);
  return known;
}

/** Makes each tag's tree and configuration once: all containers of an image share them. */
function remembering(image: Image): Image {
  const once = <T>(make: (tag: string) => T): ((tag: string) => T) => {
    const made = new Map<string, T>();
    return (tag) => {
      const known = made.get(tag);
      if (known !== undefined) return known;
      const value = make(tag);
      made.set(tag, value);
      return value;
    };
  };
  return { ...image, files: once(image.files), config: once(image.config) };
}
