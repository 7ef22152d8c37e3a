import { ApiError } from '../api/index.ts';
import { policyCode } from '../cluster/apiserver/admission/policies/policy-code.ts';
import { customCode } from '../cluster/apiserver/custom-resources/custom-code.ts';
import { ruleBook } from '../cluster/apiserver/registry/rule-book.ts';
import { yamlPart } from '../cluster/apiserver/yaml/yaml-part.ts';
import { imageParts, opaquePart, type KnownRepository } from '../cluster/images/image-parts.ts';
import type { Image } from '../cluster/images/image.ts';
import { cryptography } from '../cluster/pki/cryptography.ts';
import { invariant, type CodePart } from '../kernel/index.ts';

interface CodeSource {
  readonly part: CodePart;
  readonly load: () => Promise<void>;
}

const images: Readonly<Record<KnownRepository, () => Promise<() => Image>>> = {
  'docker.io/curlimages/curl': async () => (await import('../cluster/images/curl.ts')).curlImage,
  'docker.io/hashicorp/http-echo': async () => (await import('../cluster/images/http-echo.ts')).httpEchoImage,
  'docker.io/library/alpine': async () => (await import('../cluster/images/alpine.ts')).alpineImage,
  'docker.io/library/bash': async () => (await import('../cluster/images/debian.ts')).bashImage,
  'docker.io/library/busybox': async () => (await import('../cluster/images/busybox.ts')).busyboxImage,
  'docker.io/library/debian': async () => (await import('../cluster/images/debian.ts')).debianImage,
  'docker.io/library/httpd': async () => (await import('../cluster/images/httpd.ts')).httpdImage,
  'docker.io/library/nginx': async () => (await import('../cluster/images/nginx/image.ts')).nginxImage,
  'docker.io/library/redis': async () => (await import('../cluster/images/redis/image.ts')).redisImage,
  'docker.io/library/ubuntu': async () => (await import('../cluster/images/debian.ts')).ubuntuImage,
  'registry.k8s.io/e2e-test-images/agnhost': async () => (await import('../cluster/images/agnhost.ts')).agnhostImage,
  'registry.k8s.io/echoserver': async () => (await import('../cluster/images/echoserver.ts')).echoserverImage,
  'registry.k8s.io/pause': async () => (await import('../cluster/images/pause.ts')).pauseImage,
};

/** Where the parts of the strict zone come from; each `import()` is a file of its own in the built page. */
const sources: readonly CodeSource[] = [
  source(ruleBook, () => import('../cluster/apiserver/registry/rules/index.ts')),
  source(cryptography, () => import('../cluster/pki/code/index.ts')),
  source(policyCode, () => import('../cluster/apiserver/admission/policies/code.ts')),
  source(customCode, () => import('../cluster/apiserver/custom-resources/code.ts')),
  source(yamlPart, () => import('../cluster/apiserver/yaml/code.ts')),
  source(opaquePart, () => import('../cluster/images/opaque.ts')),
  ...Object.entries(images).map(([name, load]) => source(imageParts.get(name)!, async () => ({ make: await load() }))),
];

function source<T extends object>(part: CodePart<T>, load: () => Promise<T>): CodeSource {
  return { part, load: async () => part.provide(await load()) };
}

/**
 * Brings what is not here yet. Rejects with an ApiError (503) when it cannot be had: the page is offline, or its server
 * has another version by now. The next call tries again.
 */
export async function fetchCode(parts: readonly CodePart[]): Promise<void> {
  const missing = parts.filter((part) => !part.isHere);
  if (missing.length > 0) await Promise.all(missing.map(fetchPart));
}

/** Everything at once: for Node, where code need not be fetched and time is run without a pause. */
export function fetchAllCode(): Promise<void> {
  return fetchCode(sources.map(({ part }) => part));
}

async function fetchPart(part: CodePart): Promise<void> {
  const found = sources.find((each) => each.part === part);
  invariant(found, `code-sources.ts says where the code of ${part.name} comes from`);
  try {
    await found.load();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiError(503, 'ServiceUnavailable', `the code of ${part.name} could not be fetched: ${why}`);
  }
}
