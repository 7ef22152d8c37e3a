export type { TemplateFunctions } from './functions/template-function.ts';
export { defaultText } from './format/default-text.ts';
export { TemplateError } from './template-error.ts';
export { TemplateSet } from './template-set.ts';
export { boxed, dataOf, isMap, unboxed, valueOf, type MaybeValue } from './values.ts';
