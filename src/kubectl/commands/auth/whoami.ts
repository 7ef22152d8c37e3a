import { ApiError } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { listAt, objectAt, stringAt, type JsonObject } from '../../resource/json.ts';

/** Upstream: kubectl/pkg/cmd/auth/whoami.go */
export const whoAmICommand: Command = {
  name: 'whoami',
  short: 'Experimental: Check self subject attributes',
  long: `Experimental: Check who you are and your attributes (groups, extra).

It says as whom the cluster sees you, which is not always plain when a webhook, a proxy or OIDC tells the cluster.`,
  examples: `# Who you are
kubectl auth whoami

# The same in JSON
kubectl auth whoami -o json`,
  usage: 'whoami',
  hasOwnFlagsInUsage: true,
  declare: (flags) => declarePrintFlags(flags),
  run: whoAmI,
};

async function whoAmI(invocation: Invocation): Promise<void> {
  const printer =
    invocation.flags.getString('output') === '' ? undefined : await printerOf(invocation, { isTyped: true });
  const client = await invocation.client();
  let review: JsonObject;
  try {
    review = await client.json({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
        metadata: {},
        status: { userInfo: {} },
      },
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const missing = 'the selfsubjectreviews API is not enabled in the cluster';
    if (error.reason === 'Forbidden') throw new CommandError(`${missing} or you do not have permission to call it`);
    if (error.reason === 'NotFound') throw new CommandError(missing);
    throw error;
  }
  if (printer) invocation.print(printer.print(review));
  else printTable(invocation, review);
}

function printTable(invocation: Invocation, review: JsonObject): void {
  const table = new TabWriter((text) => invocation.print(text));
  const user = objectAt(review, 'status', 'userInfo');
  table.write('ATTRIBUTE\tVALUE\n');
  const username = stringAt(user, 'username');
  const uid = stringAt(user, 'uid');
  const groups = listAt(user, 'groups');
  if (username !== '') table.write(`Username\t${username}\n`);
  if (uid !== '') table.write(`UID\t${uid}\n`);
  if (groups.length > 0) table.write(`Groups\t[${groups.join(' ')}]\n`);
  for (const key of Object.keys(objectAt(user, 'extra') ?? {}).sort()) {
    table.write(`Extra: ${key}\t[${listAt(user, 'extra', key).join(' ')}]\n`);
  }
  table.flush();
}
