/** What the page fetches with the first CustomResourceDefinition: see `custom-code.ts`. */
export { customResource, readStored } from './custom-resource.ts';
export { customResourceDefinitionRules } from './definition/rules.ts';
