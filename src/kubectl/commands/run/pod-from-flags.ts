import { checkStrictEnvVarName } from '../../../api/index.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import { parseDecimal } from '../../go/parse-number.ts';
import type { JsonObject } from '../../resource/json.ts';
import { parseLabelMap } from '../label-map.ts';

/** The pod that the flags of `kubectl run` describe. Upstream: kubectl/pkg/generate/versioned/run.go BasicPod */
export function podFromFlags(flags: FlagSet, name: string, args: readonly string[]): JsonObject {
  if (name === '') throw new CommandError('Parameter: name is required');
  const env = flags.getStrings('env').map(parseEnv);
  const annotations = parsePairs(flags.getStrings('annotations'));
  const stdin = flags.getBool('stdin');
  const labels = flags.getString('labels') === '' ? { run: name } : parseLabelMap(flags.getString('labels'));
  const port = flags.getString('port');
  const policy = flags.getString('image-pull-policy');
  const container: JsonObject = {
    name,
    image: flags.getString('image'),
    ...(args.length > 0 && { [flags.getBool('command') ? 'command' : 'args']: [...args] }),
    ...(port !== '' && { ports: [{ containerPort: portNumber(port) }] }),
    ...(env.length > 0 && { env }),
    resources: {},
    ...(policy !== '' && { imagePullPolicy: policy }),
    ...(flags.getBool('privileged') && { securityContext: { privileged: true } }),
    ...(stdin && { stdin: true, ...(!flags.getBool('leave-stdin-open') && { stdinOnce: true }) }),
    ...(flags.getBool('tty') && { tty: true }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: {
      containers: [container],
      restartPolicy: flags.getString('restart') || 'Always',
      dnsPolicy: 'ClusterFirst',
    },
    status: {},
  };
}

/** The service of `--expose`. Upstream: kubectl/pkg/generate/versioned/service.go */
export function serviceFromFlags(flags: FlagSet, name: string): JsonObject {
  const labels = flags.getString('labels');
  const ports = flags
    .getString('port')
    .split(',')
    .map((text, index, all) => {
      const port = portNumber(text);
      return { ...(all.length > 1 && { name: `port-${index + 1}` }), protocol: 'TCP', port, targetPort: port };
    });
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...(labels !== '' && { labels: parseLabelMap(labels) }) },
    spec: { ports, selector: labels === '' ? { run: name } : parseLabelMap(labels) },
    status: { loadBalancer: {} },
  };
}

function parseEnv(text: string): JsonObject {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(0, equals));
  if (name === '' || checkStrictEnvVarName(name).length > 0) throw new CommandError(`invalid env: ${text}`);
  const value = text.slice(equals + 1);
  return { name, ...(value !== '' && { value }) };
}

/** `key=value`, each. Upstream: kubectl/pkg/cmd/util ParsePairs */
function parsePairs(pairs: readonly string[]): Record<string, string> {
  const invalid = pairs.filter((pair) => pair.indexOf('=') < 1);
  if (invalid.length > 0) throw new CommandError(`invalid annotations format: ${invalid.join(', ')}`);
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

function portNumber(text: string): number {
  const port = parseDecimal(text);
  if (typeof port === 'string') throw new CommandError(port);
  return port;
}
