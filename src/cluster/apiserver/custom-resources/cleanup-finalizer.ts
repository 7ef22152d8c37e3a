/** Of a CustomResourceDefinition: takes the custom objects along. */
export const cleanupFinalizer = 'customresourcecleanup.apiextensions.k8s.io';
