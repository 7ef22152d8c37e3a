import type { MaybeValue } from '../values.ts';

/** What Go's type of a parameter takes: anything, text, or anything with its place in the data (reflect.Value). */
export type ParameterType = 'interface {}' | 'string' | 'reflect.Value';

/** A function that templates can call. */
export interface TemplateFunction {
  readonly parameters: readonly ParameterType[];
  /** The last parameter takes any number of arguments. */
  readonly isVariadic?: boolean;
  /** @throws Error whose message tells why it cannot be done */
  readonly call: (...args: readonly MaybeValue[]) => MaybeValue;
}

export type TemplateFunctions = Readonly<Record<string, TemplateFunction>>;
