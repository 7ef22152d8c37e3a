import { CommandError } from '../errors/command-error.ts';

/** `a=1,b=2` as a map. Upstream: kubectl/pkg/generate/generate.go ParseLabels */
export function parseLabelMap(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [key = '', value, ...rest] = part.split('=');
      if (value === undefined || rest.length > 0) throw new CommandError(`unexpected label spec: ${part}`);
      if (key === '') throw new CommandError('unexpected empty label key');
      return [key, value];
    }),
  );
}
