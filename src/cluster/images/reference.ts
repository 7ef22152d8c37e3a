/**
 * Image references: `nginx`, `nginx:1.25`, `registry.k8s.io/pause:3.10`, `repo@sha256:…`.
 * Upstream: github.com/distribution/reference
 */
export interface ImageReference {
  /** `docker.io/library/nginx` */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = new RegExp(`^(?:${domainComponent}(?:\\.${domainComponent})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const path = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const nameLimit = 255;

/** Takes a reference apart and completes it as a container runtime does; undefined when it is malformed. */
export function parseReference(reference: string): ImageReference | undefined {
  const [withTag, digest, ...more] = reference.split('@');
  if (more.length > 0 || (digest !== undefined && !digestPattern.test(digest))) return undefined;
  // A colon behind the last slash begins the tag; one before it belongs to a port.
  const colon = withTag!.indexOf(':', withTag!.lastIndexOf('/') + 1);
  const name = colon < 0 ? withTag! : withTag!.slice(0, colon);
  const tag = colon < 0 ? undefined : withTag!.slice(colon + 1);
  if (tag !== undefined && !tagPattern.test(tag)) return undefined;
  // 64 hexadecimal digits alone are an image's ID, not a name.
  if (/^[0-9a-f]{64}$/.test(name)) return undefined;
  const repository = normalise(name);
  return repository === undefined ? undefined : { repository, tag, digest };
}

function normalise(name: string): string | undefined {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const namesDomain = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const host = namesDomain ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
  let rest = namesDomain ? name.slice(slash + 1) : name;
  if (!domain.test(host) || !path.test(rest)) return undefined;
  if (host === 'docker.io' && !rest.includes('/')) rest = `library/${rest}`;
  return `${host}/${rest}`.length > nameLimit ? undefined : `${host}/${rest}`;
}
