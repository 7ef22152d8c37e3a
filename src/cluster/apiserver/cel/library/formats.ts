import { Optional, type Environment } from '@marcbachmann/cel-js';
import {
  checkDns1035Label,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkLabelValue,
  checkQualifiedName,
  maskTrailingDash,
  type NameCheck,
} from '../../../../api/index.ts';
import { hasFormat } from '../../custom-resources/formats.ts';

class Formats {}

class Format {
  readonly check: NameCheck;

  constructor(check: NameCheck) {
    this.check = check;
  }
}

const prefix =
  (check: NameCheck): NameCheck =>
  (text) =>
    check(maskTrailingDash(text));
const known =
  (format: string, problem: string): NameCheck =>
  (text) =>
    hasFormat(text, format) ? [] : [problem];

const formats: Readonly<Record<string, NameCheck>> = {
  dns1123Label: checkDns1123Label,
  dns1123Subdomain: checkDns1123Subdomain,
  dns1035Label: checkDns1035Label,
  qualifiedName: checkQualifiedName,
  labelValue: checkLabelValue,
  dns1123LabelPrefix: prefix(checkDns1123Label),
  dns1123SubdomainPrefix: prefix(checkDns1123Subdomain),
  dns1035LabelPrefix: prefix(checkDns1035Label),
  uri: known('uri', 'must be a valid URI'),
  uuid: known('uuid', 'does not match the UUID format'),
  byte: known('byte', 'invalid base64'),
  date: known('date', 'invalid date'),
  datetime: known('date-time', 'invalid datetime'),
};

/** Upstream: apiserver/pkg/cel/library/format.go */
export function registerFormats(environment: Environment): void {
  environment
    .registerType('k8s.Formats', Formats)
    .registerType('kubernetes.NamedFormat', Format)
    .registerConstant('format', 'k8s.Formats', new Formats());
  for (const [name, check] of Object.entries(formats)) {
    environment.registerFunction(`k8s.Formats.${name}(): kubernetes.NamedFormat`, () => new Format(check));
  }
  environment.registerFunction(
    'kubernetes.NamedFormat.validate(string): optional<list<string>>',
    ({ check }: Format, text: string) => {
      const problems = check(text);
      return problems.length === 0 ? Optional.none() : Optional.of([...problems]);
    },
  );
}
