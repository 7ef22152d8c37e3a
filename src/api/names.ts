/**
 * What names, labels, keys and ports may look like. Each check answers with what is wrong; nothing means valid.
 * Upstream: apimachinery/pkg/util/validation/validation.go, pkg/api/validate/content, pkg/api/validation/path
 */
export type NameCheck = (value: string) => readonly string[];

const dns1123LabelFormat = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const dns1123SubdomainFormat = `${dns1123LabelFormat}(\\.${dns1123LabelFormat})*`;
const dns1123LooseLabelFormat = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const dns1123LooseSubdomainFormat = `${dns1123LooseLabelFormat}(\\.${dns1123LooseLabelFormat})*`;
const dns1035LabelFormat = '[a-z]([-a-z0-9]*[a-z0-9])?';
const labelKeyFormat = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValueFormat = `(${labelKeyFormat})?`;

const dns1123Label = whole(dns1123LabelFormat);
const dns1123Subdomain = whole(dns1123SubdomainFormat);
const dns1123LooseSubdomain = whole(dns1123LooseSubdomainFormat);
const dns1035Label = whole(dns1035LabelFormat);
const labelKey = whole(labelKeyFormat);
const labelValue = whole(labelValueFormat);

const startAndEnd = 'must start and end with an alphanumeric character';

export const dns1123LabelMaxLength = 63;
export const dns1123SubdomainMaxLength = 253;
export const dns1035LabelMaxLength = 63;
export const labelValueMaxLength = 63;

/** `my-name`, `123-abc`: namespaces, containers, volumes. */
export function checkDns1123Label(value: string): readonly string[] {
  const problems = tooLong(value, dns1123LabelMaxLength, 'characters');
  if (dns1123Label.test(value)) return problems;
  if (dns1123Subdomain.test(value)) return [...problems, 'must not contain dots'];
  const rule = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and ${startAndEnd}`;
  return [...problems, regexProblem(rule, dns1123LabelFormat, 'my-name', '123-abc')];
}

/** `example.com`: most objects' names. */
export function checkDns1123Subdomain(value: string): readonly string[] {
  const problems = tooLong(value, dns1123SubdomainMaxLength, 'characters');
  if (dns1123Subdomain.test(value)) return problems;
  return [...problems, regexProblem(dns1123SubdomainRule, dns1123SubdomainFormat, 'example.com')];
}

const dns1123SubdomainRule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and ${startAndEnd}`;

/** As a subdomain, with `_` allowed: the search domains of a pod. */
export function checkDns1123SubdomainWithUnderscore(value: string): readonly string[] {
  const problems = tooLong(value, dns1123SubdomainMaxLength, 'characters');
  if (dns1123LooseSubdomain.test(value)) return problems;
  const rule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and ${startAndEnd}`;
  return [...problems, regexProblem(rule, dns1123LooseSubdomainFormat, 'example.com')];
}

/** `*.example.com`: hosts of an Ingress. */
export function checkWildcardDns1123Subdomain(value: string): readonly string[] {
  const format = `\\*\\.${dns1123SubdomainFormat}`;
  const problems = tooLong(value, dns1123SubdomainMaxLength, 'characters');
  if (whole(format).test(value)) return problems;
  const rule =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  return [...problems, regexProblem(rule, format, '*.example.com')];
}

/** `my-name`, but never a digit first: Services. */
export function checkDns1035Label(value: string): readonly string[] {
  const problems = tooLong(value, dns1035LabelMaxLength, 'characters');
  if (dns1035Label.test(value)) return problems;
  const rule =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return [...problems, regexProblem(rule, dns1035LabelFormat, 'my-name', 'abc-123')];
}

const labelKeyRule = `must consist of alphanumeric characters, '-', '_' or '.', and ${startAndEnd}`;

/** `app`, `example.com/app`: label keys, annotation keys, finalizers, taints. */
export function checkQualifiedName(value: string): readonly string[] {
  const nameProblem = (): string => regexProblem(labelKeyRule, labelKeyFormat, 'MyName', 'my.name', '123-abc');
  const parts = value.split('/');
  if (parts.length > 2) {
    return [
      `a valid label key ${nameProblem()} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const problems: string[] = [];
  if (parts.length === 2) {
    const prefix = parts[0]!;
    if (prefix === '') problems.push('prefix part must be non-empty');
    else problems.push(...prefixProblems(prefix).map((problem) => `prefix part ${problem}`));
  }
  const name = parts.at(-1)!;
  if (name === '') problems.push('name part must be non-empty');
  else problems.push(...tooLong(name, 63, 'bytes').map((problem) => `name part ${problem}`));
  if (!labelKey.test(name)) problems.push(`name part ${nameProblem()}`);
  return problems;
}

function prefixProblems(prefix: string): readonly string[] {
  const problems = tooLong(prefix, dns1123SubdomainMaxLength, 'bytes');
  if (dns1123Subdomain.test(prefix)) return problems;
  return [...problems, regexProblem(dns1123SubdomainRule, dns1123SubdomainFormat, 'example.com')];
}

export function checkLabelValue(value: string): readonly string[] {
  const problems = tooLong(value, labelValueMaxLength, 'bytes');
  if (labelValue.test(value)) return problems;
  const rule = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and ${startAndEnd}`;
  return [...problems, regexProblem(rule, labelValueFormat, 'MyValue', 'my_value', '12345')];
}

/** Names that only have to fit into a URL path: Roles and their bindings. */
export function checkPathSegmentName(value: string): readonly string[] {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  return ['/', '%'].filter((part) => value.includes(part)).map((part) => `may not contain '${part}'`);
}

/** IANA service names: named ports. */
export function checkPortName(value: string): readonly string[] {
  const problems = [...tooLong(value, 15, 'characters')];
  if (!/^[-a-z0-9]+$/.test(value)) {
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(value)) problems.push('must contain at least one letter (a-z)');
  if (value.includes('--')) problems.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems;
}

export function checkPortNumber(port: number): readonly string[] {
  return checkInRange(port, 1, 65535);
}

export function checkInRange(value: number, min: number, max: number): readonly string[] {
  return value >= min && value <= max ? [] : [`must be between ${min} and ${max}, inclusive`];
}

export function checkPercent(value: string): readonly string[] {
  if (/^[0-9]+%$/.test(value)) return [];
  return [
    regexProblem("a valid percent string must be a numeric string followed by an ending '%'", '[0-9]+%', '1%', '93%'),
  ];
}

export function checkHttpHeaderName(value: string): readonly string[] {
  if (/^[-A-Za-z0-9]+$/.test(value)) return [];
  const rule = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [regexProblem(rule, '[-A-Za-z0-9]+', 'X-Header-Name')];
}

export function checkCIdentifier(value: string): readonly string[] {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return [];
  const rule =
    "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'";
  return [regexProblem(rule, '[A-Za-z_][A-Za-z0-9_]*', 'my_name', 'MY_NAME', 'MyName')];
}

/** Environment variables, as the API server takes them since the relaxed rule became the rule. */
export function checkEnvVarName(value: string): readonly string[] {
  const problems = value === '' ? ['environment variable name must be non-empty'] : [];
  if (!/^[\x20-\x3c\x3e-\x7e]*$/.test(value)) {
    problems.push("a valid environment variable name must consist only of printable ASCII characters other than '='");
  }
  return problems;
}

/** Environment variables, as `kubectl` and `envFrom` still check them. */
export function checkStrictEnvVarName(value: string): readonly string[] {
  const format = '[-._a-zA-Z][-._a-zA-Z0-9]*';
  const rule =
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
  const problems = whole(format).test(value)
    ? []
    : [regexProblem(rule, format, 'my.env-name', 'MY_ENV.NAME', 'MyEnvName1')];
  return [...problems, ...parentPathProblems(value)];
}

/** Keys of a ConfigMap or Secret. */
export function checkConfigMapKey(value: string): readonly string[] {
  const format = '[-._a-zA-Z0-9]+';
  const problems = [...tooLong(value, dns1123SubdomainMaxLength, 'characters')];
  if (!whole(format).test(value)) {
    const rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    problems.push(regexProblem(rule, format, 'key.name', 'KEY_NAME', 'key-name'));
  }
  return [...problems, ...parentPathProblems(value)];
}

/**
 * `generateName` as the name check sees it: a trailing dash is fine, for more will follow.
 * Upstream: pkg/api/validation/generic.go maskTrailingDash
 */
export function maskTrailingDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}

/** `<rule> (e.g. 'a',  or 'b', regex used for validation is '<format>')`, two spaces included. */
export function regexProblem(rule: string, format: string, ...examples: readonly string[]): string {
  if (examples.length === 0) return `${rule} (regex used for validation is '${format}')`;
  const list = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${list}regex used for validation is '${format}')`;
}

function parentPathProblems(value: string): readonly string[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

function tooLong(value: string, max: number, unit: 'characters' | 'bytes'): readonly string[] {
  return utf8Length(value) > max ? [`must be no more than ${max} ${unit}`] : [];
}

/** Go counts bytes. */
function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

function whole(format: string): RegExp {
  return new RegExp(`^(?:${format})$`);
}
