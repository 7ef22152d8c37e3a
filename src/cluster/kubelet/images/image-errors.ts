/** What the runtime says when an image cannot be had. Upstream: containerd core/remotes/docker */
import { goQuote } from '../../../api/json.ts';
import type { ImageLookup } from '../../images/image.ts';

type Missing = ImageLookup & { readonly found: false };

/** `nginx` becomes `docker.io/library/nginx:latest`. */
export function fullReference(reference: string): string {
  const [name = ''] = reference.split('@');
  const isTagged = name.lastIndexOf(':') > name.lastIndexOf('/');
  const tagged = isTagged || reference.includes('@') ? reference : `${reference}:latest`;
  const first = tagged.split('/')[0]!;
  const hasRegistry = tagged.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  if (hasRegistry) return tagged;
  return tagged.includes('/') ? `docker.io/${tagged}` : `docker.io/library/${tagged}`;
}

/** The error of a pull that the registry turned down. */
export function pullError({ reason, reference }: Missing): string {
  const full = fullReference(reference);
  const failure = `failed to pull and unpack image ${goQuote(full)}: failed to resolve reference ${goQuote(full)}: `;
  if (reason === 'no-such-tag') return `rpc error: code = NotFound desc = ${failure}${full}: not found`;
  return (
    `${failure}pull access denied, repository does not exist or may require authorization: ` +
    'server message: insufficient_scope: authorization failed'
  );
}

/** Why a reference is none. Upstream: distribution/reference */
export function parseError(reference: string): string {
  const [name = ''] = reference.split(/[@:]/);
  const isUpper = name !== name.toLowerCase() && !name.includes('.');
  const repository = name.includes('/') ? name : `library/${name}`;
  const why = isUpper ? `repository name (${repository}) must be lowercase` : undefined;
  return `couldn't parse image name ${goQuote(reference)}: invalid reference format${why ? `: ${why}` : ''}`;
}
