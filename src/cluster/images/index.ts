import { encodeUtf8 } from '../../kernel/index.ts';
import { sha256, toHex } from '../../shell/index.ts';
import { imageParts, opaquePart } from './image-parts.ts';
import type { Image, ImageCatalogue, ImageLookup } from './image.ts';
import { isOfficialImage } from './official-images.ts';
import { parseReference } from './reference.ts';

export type { Image, ImageCatalogue, ImageConfig, ImageLookup } from './image.ts';

/** All images there are. Trees and opaque images are made when they are first asked for, and kept. */
export function createImageCatalogue(): ImageCatalogue {
  const made = new Map<string, Image>();
  const image = (key: string, make: () => Image): Image => {
    const known = made.get(key) ?? remembering(make());
    made.set(key, known);
    return known;
  };

  return {
    codeFor(reference) {
      const parsed = parseReference(reference);
      return parsed && (imageParts.get(parsed.repository) ?? opaquePart);
    },
    lookUp(reference, listensOn) {
      const parsed = parseReference(reference);
      if (!parsed) return { found: false, reason: 'invalid-reference', reference };
      const { repository, digest } = parsed;
      const part = imageParts.get(repository);
      if (part) {
        const known = image(repository, part.code.make);
        const tag =
          digest === undefined
            ? (parsed.tag ?? 'latest')
            : known.tags.find((each) => digestOf(repository, each) === digest);
        if (tag === undefined || !known.tags.includes(tag)) return { found: false, reason: 'no-such-tag', reference };
        return found(known, tag);
      }
      if (
        repository.startsWith('docker.io/library/') &&
        !isOfficialImage(repository.slice('docker.io/library/'.length))
      ) {
        return { found: false, reason: 'no-such-repository', reference };
      }
      const tag = parsed.tag ?? 'latest';
      const { opaqueImage } = opaquePart.code;
      const key = `${repository}:${tag} ${listensOn.join(',')}`;
      return found(
        image(key, () => opaqueImage(repository, tag, listensOn)),
        tag,
        digest,
      );
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
