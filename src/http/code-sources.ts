import { ApiError } from '../api/index.ts';
import { customCode } from '../cluster/apiserver/custom-resources/custom-code.ts';
import { ruleBook } from '../cluster/apiserver/registry/rule-book.ts';
import { invariant, type CodePart } from '../kernel/index.ts';

interface CodeSource {
  readonly part: CodePart;
  readonly load: () => Promise<void>;
}

/** Where the parts of the strict zone come from; each `import()` is a file of its own in the built page. */
const sources: readonly CodeSource[] = [
  source(ruleBook, () => import('../cluster/apiserver/registry/rules/index.ts')),
  source(customCode, () => import('../cluster/apiserver/custom-resources/code.ts')),
];

function source<T extends object>(part: CodePart<T>, load: () => Promise<T>): CodeSource {
  return { part, load: async () => part.provide(await load()) };
}

/**
 * Brings what is not here yet. Rejects with an ApiError (503) when it cannot be had: the page is offline, or its server
 * has another version by now. The next call tries again.
 */
export async function fetchCode(parts: readonly CodePart[]): Promise<void> {
  const missing = parts.filter((part) => !part.isHere);
  if (missing.length > 0) await Promise.all(missing.map(fetchPart));
}

/** Everything at once: for Node, where code need not be fetched and time is run without a pause. */
export function fetchAllCode(): Promise<void> {
  return fetchCode(sources.map(({ part }) => part));
}

async function fetchPart(part: CodePart): Promise<void> {
  const found = sources.find((each) => each.part === part);
  invariant(found, `code-sources.ts says where the code of ${part.name} comes from`);
  try {
    await found.load();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiError(503, 'ServiceUnavailable', `the code of ${part.name} could not be fetched: ${why}`);
  }
}
