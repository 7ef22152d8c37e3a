import { checkDns1123Subdomain, checkPortNumber, invalid, required, type FieldError } from '../../../api/index.ts';

/** Whom a webhook calls. Upstream: apiserver/pkg/util/webhook/validation.go */
export function validateWebhookUrl(url: string, path: string): readonly FieldError[] {
  const form = '; desired format: https://host[/path]';
  const [, scheme = '', , authority = '', , query = '', fragment = ''] =
    /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(url) ?? [];
  const at = authority.lastIndexOf('@');
  const [user, host] = at < 0 ? ['', authority] : [authority.slice(0, at), authority.slice(at + 1)];
  const errors: FieldError[] = [];
  if (scheme !== 'https') errors.push(invalid(path, scheme, `'https' is the only allowed URL scheme${form}`));
  if (host === '') errors.push(invalid(path, host, `host must be specified${form}`));
  if (user) errors.push(invalid(path, user, 'user information is not permitted in the URL'));
  if (fragment) errors.push(invalid(path, fragment, 'fragments are not permitted in the URL'));
  if (query) errors.push(invalid(path, query, 'query parameters are not permitted in the URL'));
  return errors;
}

export interface WebhookService {
  readonly namespace?: string;
  readonly name?: string;
  readonly path?: string;
  readonly port?: number;
}

export function validateWebhookService(
  { namespace, name, path: urlPath = '', port = 443 }: WebhookService,
  path: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${path}.name`));
  if (!namespace) errors.push(required(`${path}.namespace`));
  const problems = checkPortNumber(port);
  if (problems.length > 0) errors.push(invalid(`${path}.port`, port, `port is not valid: ${problems.join(', ')}`));
  if (urlPath === '' || urlPath === '/') return errors;
  if (urlPath === '//') return [...errors, invalid(`${path}.path`, urlPath, 'segment[0] may not be empty')];
  if (!urlPath.startsWith('/')) errors.push(invalid(`${path}.path`, urlPath, "must start with a '/'"));
  const steps = urlPath.slice(1).replace(/\/$/, '').split('/');
  steps.forEach((step, at) => {
    const found = step === '' ? ['may not be empty'] : checkDns1123Subdomain(step);
    for (const problem of found) {
      const detail = step === '' ? `segment[${at}] ${problem}` : `segment[${at}]: ${problem}`;
      errors.push(invalid(`${path}.path`, urlPath, detail));
    }
  });
  return errors;
}
