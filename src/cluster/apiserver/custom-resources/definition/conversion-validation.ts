import type { CustomResourceConversion } from '../../../../api/generated/types.ts';
import {
  checkDns1035Label,
  forbiddenField,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { validateWebhookService, validateWebhookUrl } from '../../registry/webhook-client-validation.ts';

const reviewVersions = ['v1', 'v1beta1'];

/** Upstream: validateCustomResourceConversion in apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go */
export function validateConversion(
  { strategy, webhook }: CustomResourceConversion,
  path: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const strategies = ['None', 'Webhook'];
  if (!strategy) errors.push(required(`${path}.strategy`));
  else if (!strategies.includes(strategy)) errors.push(notSupported(`${path}.strategy`, strategy, strategies));
  const config = webhook?.clientConfig;
  const versions = webhook?.conversionReviewVersions ?? [];
  if (strategy !== 'Webhook') {
    const rule = 'should not be set when strategy is not set to Webhook';
    if (config) errors.push(forbiddenField(`${path}.webhookClientConfig`, rule));
    if (versions.length > 0) errors.push(forbiddenField(`${path}.conversionReviewVersions`, rule));
    return errors;
  }
  const configPath = `${path}.webhookClientConfig`;
  if (!config) errors.push(required(configPath, 'required when strategy is set to Webhook'));
  else if ((config.url === undefined) === (config.service === undefined)) {
    errors.push(required(configPath, 'exactly one of url or service is required'));
  } else if (config.url !== undefined) errors.push(...validateWebhookUrl(config.url, `${configPath}.url`));
  else errors.push(...validateWebhookService(config.service!, `${configPath}.service`));
  return [...errors, ...reviewVersionErrors(versions, `${path}.conversionReviewVersions`)];
}

function reviewVersionErrors(versions: readonly string[], path: string): readonly FieldError[] {
  if (versions.length === 0) return [required(path)];
  const errors = versions.flatMap((version, at) => {
    if (versions.indexOf(version) < at) return [invalid(`${path}[${at}]`, version, 'duplicate version')];
    return checkDns1035Label(version).map((problem) => invalid(`${path}[${at}]`, version, problem));
  });
  if (!versions.some((version) => reviewVersions.includes(version))) {
    errors.push(invalid(path, versions, `must include at least one of ${reviewVersions.join(', ')}`));
  }
  return errors;
}
