import { serviceAccountUser } from '../../apiserver/auth/service-account-user.ts';
import type { UserInfo } from '../../apiserver/resource-definition.ts';
import type { ComponentContext } from '../../informers/component-context.ts';
import type { CertificateAuthority } from '../../pki/certificate-authority.ts';
import { startRootCaCertificateController } from './root-ca-certificate.ts';
import { startCertificateSigningController } from './signing.ts';

type Start = (context: ComponentContext, authority: CertificateAuthority) => void;

const controllers: readonly (readonly [name: string, user: string, start: Start])[] = [
  ['root-ca-certificate', 'root-ca-cert-publisher', startRootCaCertificateController],
  ['certificate-signing', 'certificate-controller', startCertificateSigningController],
];

/** The controllers that have to do with the cluster's certificate authority. */
export function startCertificateControllers(
  contextFor: (component: string, user: UserInfo) => ComponentContext,
  authority: CertificateAuthority,
): void {
  for (const [name, user, start] of controllers) {
    start(contextFor(`controller/${name}`, serviceAccountUser('kube-system', user)), authority);
  }
}
