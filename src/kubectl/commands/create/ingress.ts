import { CommandError } from '../../errors/command-error.ts';
import type { JsonObject } from '../../resource/json.ts';
import { draft, generatorCommand } from './generator.ts';

const rulePattern =
  /^(?<host>[\w*\-.]*)(?<path>\/.*)=(?<service>[\w-]+):(?<port>[\w-]+)(,(?<tls>tls)=?(?<secret>[\w-]+)?)?/;

/** Upstream: kubectl/pkg/cmd/create/create_ingress.go */
export const createIngress = generatorCommand({
  name: 'ingress',
  aliases: ['ing'],
  short: 'Create an ingress with the specified name',
  examples: `# One path to one service
kubectl create ingress simple --rule="foo.com/bar=svc1:8080,tls=my-cert"

# Any host, with a class
kubectl create ingress catch-all --class=otheringress --rule="/path=svc:port"

# With annotations
kubectl create ingress annotated --class=default --rule="foo.com/bar=svc:port" --annotation ingress.annotation1=foo --annotation ingress.annotation2=bla

# Several hosts and paths, all that begin so
kubectl create ingress ingress1 --class=default --rule="foo.com/path*=svc:8080" --rule="bar.com/admin*=svc2:http"

# A service for everything else
kubectl create ingress ingdefault --class=default --default-backend=defaultsvc:http --rule="foo.com/*=svc:8080,tls=secret1"`,
  usage: 'ingress NAME --rule=host/path=service:port[,tls[=secret]] ',
  mapping: { group: 'networking.k8s.io', version: 'v1', resource: 'ingresses', kind: 'Ingress', isNamespaced: true },
  failure: 'failed to create ingress:',
  declareOwn: (flags) => {
    flags.string('class', 'The ingress class');
    flags.stringArray(
      'rule',
      'A rule: host/path=service:port[,tls=secretname]. A path that ends in * stands for all below it.',
    );
    flags.string('default-backend', 'The service for everything else: svcname:port');
    flags.stringArray('annotation', 'An annotation of the ingress: annotation=value');
  },
  generate: (invocation, name) => {
    const { flags } = invocation;
    const rules = flags.getStrings('rule');
    const backend = flags.getString('default-backend');
    if (backend === '' && rules.length === 0) {
      throw new CommandError(
        'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      );
    }
    const bad = rules.find((rule) => !rulePattern.test(rule));
    if (bad !== undefined) {
      throw new CommandError(`rule ${bad} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
    }
    const annotations: JsonObject = {};
    for (const text of flags.getStrings('annotation')) {
      const equals = text.indexOf('=');
      if (equals < 0) throw new CommandError(`annotation ${text} is invalid and should be in format key=[value]`);
      annotations[text.slice(0, equals)] = text.slice(equals + 1);
    }
    if (backend !== '' && backend.split(':').length !== 2) {
      throw new CommandError('default-backend should be in format servicename:serviceport');
    }
    const tls = tlsOf(rules);
    const className = flags.getString('class');
    const ingressRules = rulesOf(rules);
    return draft(
      'networking.k8s.io/v1',
      'Ingress',
      name,
      {
        spec: {
          ...(className && { ingressClassName: className }),
          ...(backend && { defaultBackend: backendOf(backend) }),
          ...(tls.length > 0 && { tls }),
          ...(ingressRules.length > 0 && { rules: ingressRules }),
        },
        status: { loadBalancer: {} },
      },
      Object.keys(annotations).length > 0 ? { annotations } : {},
    );
  },
});

function tlsOf(rules: readonly string[]): JsonObject[] {
  const seen = new Set<string>();
  const entries: { hosts: string[]; secret: string }[] = [];
  for (const rule of rules) {
    const parts = rule.split(',');
    if (parts.length !== 2) continue;
    const host = rule.split('/')[0]!;
    const secret = parts[1]!.split('=')[1] ?? '';
    if (seen.has(host)) continue;
    seen.add(host);
    const same = entries.find((entry) => entry.secret === secret);
    if (same) same.hosts.push(host);
    else if (host !== '' || secret !== '') entries.push({ hosts: host === '' ? [] : [host], secret });
  }
  return entries.map(({ hosts, secret }) => ({
    ...(hosts.length > 0 && { hosts }),
    ...(secret && { secretName: secret }),
  }));
}

function rulesOf(rules: readonly string[]): JsonObject[] {
  const byHost = new Map<string, JsonObject[]>();
  for (const rule of rules) {
    const withoutTls = rule.split(',')[0]!;
    const slash = withoutTls.indexOf('/');
    const host = withoutTls.slice(0, slash);
    const [pathText, service] = withoutTls.slice(slash + 1).split('=') as [string, string];
    const isPrefix = pathText.endsWith('*');
    const path = {
      path: `/${isPrefix ? pathText.slice(0, -1) : pathText}`,
      pathType: isPrefix ? 'Prefix' : 'Exact',
      backend: backendOf(service),
    };
    byHost.set(host, [...(byHost.get(host) ?? []), path]);
  }
  return [...byHost].map(([host, paths]) => ({ ...(host && { host }), http: { paths } }));
}

function backendOf(text: string): JsonObject {
  const [name, port] = text.split(':') as [string, string];
  return { service: { name, port: /^-?\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}
