import type { AdmissionPlugin } from './admission.ts';
import { refuse } from './refusal.ts';

/**
 * Nothing new comes while the definition of a custom resource is being deleted.
 * Upstream: forbidCreateAdmission in apiextensions-apiserver/pkg/apiserver/customresource_handler.go
 */
export const terminatingCustomResource: AdmissionPlugin = {
  name: 'TerminatingCustomResource',
  handles: ({ custom }, operation) => operation === 'CREATE' && custom?.isTerminating === true,
  admit: (_object, attributes) => {
    throw refuse(attributes, 'create not allowed while custom resource definition is terminating');
  },
};
