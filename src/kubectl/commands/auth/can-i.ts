import type { Command } from '../../command/command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, ExitStatus } from '../../errors/command-error.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { listAt, objectAt, objectsAt, stringAt, valueAt, type JsonObject } from '../../resource/json.ts';
import { NoMatchError } from '../../rest/rest-mapper.ts';
import { compactRules, goList, resourceOf, type PolicyRule } from './policy-rules.ts';

const resourceVerbs = new Set(
  'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(
    ' ',
  ),
);
const urlVerbs = new Set('get put post head options delete patch *'.split(' '));
/** What discovery does not tell: for the verb impersonate. */
const undiscovered = new Set(['users', 'groups']);

/** Upstream: kubectl/pkg/cmd/auth/cani.go */
export const canICommand: Command = {
  name: 'can-i',
  short: 'Check whether an action is allowed',
  long: `Check whether an action is allowed.

VERB is a verb of the Kubernetes API: 'get', 'list', 'watch', 'delete' and so on. TYPE is a resource; short names and groups are understood. NONRESOURCEURL is a part of a URL that begins with "/". NAME is the name of one object. Together with --as it says what somebody else may do.`,
  examples: `# May I create pods in any namespace?
kubectl auth can-i create pods --all-namespaces

# May I list deployments in this namespace?
kubectl auth can-i list deployments.apps

# May the service account "foo" of the namespace "dev" list pods in "prod"?
kubectl auth can-i list pods --as=system:serviceaccount:dev:foo -n prod

# May I do everything in this namespace?
kubectl auth can-i '*' '*'

# May I get the job "bar" in the namespace "foo"?
kubectl auth can-i list jobs.batch/bar -n foo

# May I read the logs of pods?
kubectl auth can-i get pods --subresource=log

# May I get the URL /logs/?
kubectl auth can-i get /logs/

# May I approve certificates.k8s.io?
kubectl auth can-i approve certificates.k8s.io

# All that I may do in the namespace "foo"
kubectl auth can-i --list --namespace=foo`,
  usage: 'can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.bool('all-namespaces', 'Ask about all namespaces.', { short: 'A' });
    flags.bool('quiet', 'Print nothing; the exit code is the answer.', { short: 'q' });
    flags.string('subresource', 'A subresource, as in pod/log or deployment/scale');
    flags.bool('list', 'Print all that is allowed.');
    flags.bool('no-headers', 'Print what is allowed without headers');
  },
  run: canI,
};

async function canI(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const words = invocation.arguments;
  if (flags.getBool('list')) {
    if (words.length > 0) throw new CommandError('list option must be specified with no arguments');
    if (flags.getBool('quiet') || flags.getBool('all-namespaces') || flags.getString('subresource') !== '') {
      throw new CommandError(
        "list option can't be specified with neither quiet, all-namespaces nor subresource options",
      );
    }
    return listRules(invocation);
  }
  if (words.length !== 2) {
    throw new CommandError(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  }
  const [verb, target] = words as [string, string];
  const namespace = flags.getBool('all-namespaces') ? '' : await invocation.namespace();
  const spec = target.startsWith('/')
    ? urlAttributes(invocation, verb, target)
    : await resourceAttributes(invocation, verb, target, namespace);
  if (flags.getBool('no-headers')) throw new CommandError('--no-headers cannot be set without --list specified');
  const status = await review(invocation, 'SelfSubjectAccessReview', spec);
  const isAllowed = status['allowed'] === true;
  if (!flags.getBool('quiet')) {
    const reasons = [stringAt(status, 'reason'), stringAt(status, 'evaluationError')].filter((text) => text !== '');
    invocation.print(isAllowed ? 'yes\n' : `${['no', ...reasons].join(' - ')}\n`);
  }
  if (!isAllowed) throw new ExitStatus(1);
}

function urlAttributes(invocation: Invocation, verb: string, path: string): JsonObject {
  if (invocation.flags.getString('subresource') !== '') {
    throw new CommandError('--subresource can not be used with NonResourceURL');
  }
  if (!urlVerbs.has(verb)) invocation.warn(`verb '${verb}' is not a known verb\n`);
  return { nonResourceAttributes: { path, verb } };
}

async function resourceAttributes(
  invocation: Invocation,
  verb: string,
  target: string,
  namespace: string,
): Promise<JsonObject> {
  const slash = target.indexOf('/');
  const type = slash < 0 ? target : target.slice(0, slash);
  const name = slash < 0 ? '' : target.slice(slash + 1);
  const { group, resource, isNamespaced } = await findResource(invocation, type);
  if (!invocation.flags.getBool('all-namespaces')) {
    if (!isNamespaced) {
      const where = group === '' ? '' : ` in group '${group}'`;
      invocation.warn(`resource '${resource}' is not namespace scoped${where}\n`);
    }
    if (!resourceVerbs.has(verb)) invocation.warn(`verb '${verb}' is not a known verb\n`);
  }
  const subresource = invocation.flags.getString('subresource');
  return {
    resourceAttributes: {
      ...(namespace && { namespace }),
      verb,
      ...(group && { group }),
      resource,
      ...(subresource && { subresource }),
      ...(name && { name }),
    },
  };
}

async function findResource(invocation: Invocation, type: string) {
  if (type === '*') return { group: '', resource: '*', isNamespaced: true };
  try {
    return await invocation.mappingFor(type.toLowerCase());
  } catch (error) {
    if (!(error instanceof NoMatchError)) throw error;
    const dot = type.toLowerCase().indexOf('.');
    const [resource, group] =
      dot < 0 ? [type.toLowerCase(), ''] : [type.slice(0, dot).toLowerCase(), type.slice(dot + 1)];
    if (!undiscovered.has(type.toLowerCase())) {
      const where = group === '' ? '' : ` in group '${group}'`;
      invocation.warn(`the server doesn't have a resource type '${resource}'${where}\n`);
    }
    return { group: '', resource: type, isNamespaced: true };
  }
}

async function listRules(invocation: Invocation): Promise<void> {
  const namespace = await invocation.namespace();
  const status = await review(invocation, 'SelfSubjectRulesReview', { namespace });
  if (status['incomplete'] === true) {
    invocation.warn(`the list may be incomplete: ${stringAt(status, 'evaluationError')}`);
  }
  const rules = compactRules([
    ...objectsAt(status, 'resourceRules').map(toRule),
    ...objectsAt(status, 'nonResourceRules').map(toRule),
  ]);
  const table = new TabWriter((text) => invocation.print(text));
  if (!invocation.flags.getBool('no-headers')) table.write('Resources\tNon-Resource URLs\tResource Names\tVerbs\n');
  for (const rule of rules) {
    const cells = [resourceOf(rule), goList(rule.nonResourceUrls), goList(rule.resourceNames), goList(rule.verbs)];
    table.write(`${cells.join('\t')}\n`);
  }
  table.flush();
}

function toRule(rule: JsonObject): PolicyRule {
  const strings = (field: string) => listAt(rule, field).filter((item) => typeof item === 'string');
  return {
    verbs: strings('verbs'),
    apiGroups: strings('apiGroups'),
    resources: strings('resources'),
    resourceNames: strings('resourceNames'),
    nonResourceUrls: strings('nonResourceURLs'),
  };
}

async function review(invocation: Invocation, kind: string, spec: JsonObject): Promise<JsonObject> {
  const client = await invocation.client();
  const answer = await client.json({
    method: 'POST',
    path: `/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`,
    body: { apiVersion: 'authorization.k8s.io/v1', kind, metadata: {}, spec },
  });
  return objectAt(answer, 'status') ?? { allowed: valueAt(answer, 'status', 'allowed') ?? false };
}
