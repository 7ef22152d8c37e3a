import { sprint, sprintln } from '../format/default-text.ts';
import { sprintf } from '../format/sprintf.ts';
import { dataOf, isTrue, valueOf } from '../values.ts';
import { comparisons } from './compare.ts';
import { escapes } from './escapes.ts';
import { indexing } from './indexing.ts';
import type { TemplateFunctions } from './template-function.ts';

const any = { parameters: ['interface {}'], isVariadic: true } as const;
const chain = { parameters: ['reflect.Value', 'reflect.Value'], isVariadic: true } as const;

/** The functions that every template has, besides `call`. Upstream: text/template/funcs.go */
export const builtins: TemplateFunctions = {
  ...comparisons,
  ...escapes,
  ...indexing,
  // Whoever runs the template stops at the argument that decides; these are only asked for their parameters.
  and: { ...chain, call: (...args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1) },
  or: { ...chain, call: (...args) => args.find((arg) => isTrue(arg)) ?? args.at(-1) },
  not: { parameters: ['reflect.Value'], call: (value) => valueOf(!isTrue(value)) },
  print: { ...any, call: (...args) => valueOf(sprint(args.map(dataOf))) },
  println: { ...any, call: (...args) => valueOf(sprintln(args.map(dataOf))) },
  printf: {
    parameters: ['string', 'interface {}'],
    isVariadic: true,
    call: (format, ...args) => valueOf(sprintf(dataOf(format) as string, args)),
  },
};
