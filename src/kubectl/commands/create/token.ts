import { ApiError } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { stringAt, type JsonObject } from '../../resource/json.ts';
import { nameArgument } from './generator.ts';

const boundObjectKinds: Readonly<Record<string, string>> = { Node: 'v1', Pod: 'v1', Secret: 'v1' };

/** Upstream: kubectl/pkg/cmd/create/create_token.go */
export const createToken: Command = {
  name: 'token',
  short: 'Request a service account token',
  examples: `# A token for the service account myapp of the current namespace
kubectl create token myapp

# Of another namespace
kubectl create token myapp --namespace myns

# That holds for ten minutes
kubectl create token myapp --duration 10m

# For another audience
kubectl create token myapp --audience https://example.com

# That ends with a secret
kubectl create token myapp --bound-object-kind Secret --bound-object-name mysecret`,
  usage: 'token SERVICE_ACCOUNT_NAME',
  hasOwnFlagsInUsage: true,
  declare: (flags) => {
    declarePrintFlags(flags);
    flags.stringArray('audience', 'Who the token is for; repeat it for several. The API server when it is not given.');
    flags.duration(
      'duration',
      'How long the token should hold. The server may shorten or lengthen it; 0 leaves it to the server.',
    );
    flags.string('bound-object-kind', 'The kind of an object that the token ends with: Node, Pod, Secret.');
    flags.string('bound-object-name', 'The name of that object.');
    flags.string('bound-object-uid', 'The UID of that object.');
  },
  run,
};

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const name = nameArgument(invocation);
  const printer = await printerOf(invocation, { isTyped: true });
  checkFlags(invocation, name);
  const duration = flags.getNumber('duration');
  const kind = flags.getString('bound-object-kind');
  const uid = flags.getString('bound-object-uid');
  const audiences = [...flags.getStrings('audience')];
  const spec: JsonObject = {
    audiences: audiences.length > 0 ? audiences : null,
    ...(duration > 0 && { expirationSeconds: duration / 1000 }),
    boundObjectRef:
      kind === ''
        ? null
        : {
            kind,
            apiVersion: boundObjectKinds[kind]!,
            name: flags.getString('bound-object-name'),
            ...(uid && { uid }),
          },
  };
  const namespace = await invocation.namespace();
  const client = await invocation.client();
  let response: JsonObject;
  try {
    response = await client.json({
      method: 'POST',
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/serviceaccounts/${encodeURIComponent(name)}/token`,
      body: { kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', metadata: {}, spec },
    });
  } catch (error) {
    if (error instanceof ApiError) throw new CommandError(`failed to create token: ${error.message}`);
    throw error;
  }
  const token = stringAt(response, 'status', 'token');
  if (token === '') throw new CommandError('failed to create token: no token in server response');
  if (flags.isChanged('output')) invocation.print(printer.print(response));
  else invocation.print(invocation.io.stdout.terminal ? `${token}\n` : token);
}

function checkFlags(invocation: Invocation, name: string): void {
  const { flags } = invocation;
  const [kind, boundName] = [flags.getString('bound-object-kind'), flags.getString('bound-object-name')];
  if (name === '') throw new CommandError('service account name is required');
  if (flags.getNumber('duration') < 0) throw new CommandError('--duration must be greater than or equal to 0');
  if (flags.getNumber('duration') % 1000 !== 0) {
    throw new CommandError('--duration cannot be expressed in units less than seconds');
  }
  if (flags.getStrings('audience').includes('')) throw new CommandError('--audience must not be an empty string');
  if (kind === '') {
    if (boundName) throw new CommandError('--bound-object-name can only be set if --bound-object-kind is provided');
    if (flags.getString('bound-object-uid')) {
      throw new CommandError('--bound-object-uid can only be set if --bound-object-kind is provided');
    }
    return;
  }
  if (!boundObjectKinds[kind]) {
    throw new CommandError(`supported --bound-object-kind values are ${Object.keys(boundObjectKinds).join(', ')}`);
  }
  if (boundName === '') throw new CommandError('--bound-object-name is required if --bound-object-kind is provided');
}
