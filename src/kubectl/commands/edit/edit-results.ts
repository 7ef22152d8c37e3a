import { ApiError } from '../../../api/index.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { groupResourceOf } from '../../rest/rest-mapper.ts';

interface Reason {
  readonly head: string;
  readonly details: readonly string[];
}

/** How one round of editing went. Upstream: kubectl/pkg/cmd/util/editor/editoptions.go editResults */
export class EditResults {
  readonly #reasons: Reason[] = [];
  /** Refused for now, such as for a conflict. */
  retryable = 0;
  notFound = 0;
  /** Refused for what they hold: to be edited again. */
  invalid = 0;

  get hasReasons(): boolean {
    return this.#reasons.length > 0;
  }

  addSyntaxError(message: string): void {
    this.#reasons.push({ head: `The edited file had a syntax error: ${message}`, details: [] });
  }

  /** Takes in what the server said about one object, and words it for the user. */
  add(error: Error, info: ResourceInfo): string {
    const name = `${groupResourceOf(info.mapping)} ${JSON.stringify(info.name)}`;
    if (error instanceof ApiError && error.reason === 'Invalid') {
      const causes = error.details?.causes ?? [];
      this.addInvalid(
        info,
        causes.map((cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`),
      );
      return `error: ${name} is invalid`;
    }
    if (error instanceof ApiError && error.reason === 'NotFound') {
      this.notFound++;
      return `error: ${name} could not be found on the server`;
    }
    this.retryable++;
    return `error: ${name} could not be patched: ${error.message}`;
  }

  addInvalid(info: ResourceInfo, details: readonly string[]): void {
    this.invalid++;
    const name = `${groupResourceOf(info.mapping)} ${JSON.stringify(info.name)}`;
    this.#reasons.push({ head: `${name} was not valid`, details });
  }

  /** The comment at the top of the file. */
  header(introduction: string): string {
    const reasons = this.#reasons.map(
      ({ head, details }) =>
        `# ${commented(head)}${details.length > 0 ? ':' : ''}\n` +
        details.map((detail) => `# * ${commented(detail)}\n`).join('') +
        '#\n',
    );
    return introduction + reasons.join('');
  }
}

function commented(text: string): string {
  return text.replace(/\n(?=[^#])/g, '\n# ');
}
