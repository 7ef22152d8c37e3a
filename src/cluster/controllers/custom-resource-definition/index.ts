import type { ComponentContext } from '../../informers/component-context.ts';
import { startApiApprovalController } from './api-approval.ts';
import { startEstablishingController } from './establishing.ts';
import { startCustomResourceFinalizer } from './finalizer.ts';
import { startNamingController } from './naming.ts';

/**
 * What keeps custom resources in order. It runs inside the API server.
 * Upstream: apiextensions-apiserver/pkg/apiserver/apiserver.go
 * @param contextFor gives a part of the API server what it works with
 */
export function startCustomResourceControllers(contextFor: (component: string) => ComponentContext): void {
  startNamingController(contextFor('crd-naming'));
  startEstablishingController(contextFor('crd-establishing'));
  startApiApprovalController(contextFor('crd-api-approval'));
  startCustomResourceFinalizer(contextFor('crd-finalizer'));
}
