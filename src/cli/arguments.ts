import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The options that every entry with a cluster of its own has. */
export const clusterOptions = {
  nodes: { type: 'string', default: '3' },
  seed: { type: 'string', default: '1' },
  speed: { type: 'string' },
  journal: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

/** Parses the command line; a mistake is one line on standard error and exit status 2. */
export function parseCommandLine<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** A whole number of 0 or more, or a failure that names the option. */
export function wholeNumber(option: string, text: string): number {
  return /^\d+$/.test(text) ? Number(text) : fail(`--${option} takes a whole number, not ${JSON.stringify(text)}`);
}

/** A number of 0 or more; `max` is 0, which stands for "as fast as possible". */
export function speedOf(text: string): number {
  const speed = text === 'max' ? 0 : Number(text);
  return Number.isFinite(speed) && speed >= 0
    ? speed
    : fail(`--speed takes a number or "max", not ${JSON.stringify(text)}`);
}

export function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
