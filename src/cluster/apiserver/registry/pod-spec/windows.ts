import type { PodSpec, WindowsSecurityContextOptions } from '../../../../api/generated/types.ts';
import { checkDns1123Subdomain, forbiddenField, invalid, type FieldError } from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { everyContainer } from './every-container.ts';

/**
 * What only Windows knows, and what it does not.
 * Upstream: validateWindowsSecurityContextOptions, validateWindowsHostProcessPod, validateLinux, validateWindows
 */
const maxCredentialBytes = 64 * 1024;
const maxDomainLength = 256;
const maxUserLength = 104;
const netBiosName = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsName = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

export function validateWindowsOptions(
  errors: FieldError[],
  options: WindowsSecurityContextOptions | undefined,
  path: string,
): void {
  if (!options) return;
  const { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName } = options;
  if (gmsaCredentialSpecName !== undefined) {
    const problems = checkDns1123Subdomain(gmsaCredentialSpecName);
    addInvalid(errors, `${path}.gmsaCredentialSpecName`, gmsaCredentialSpecName, problems);
  }
  if (gmsaCredentialSpec === '') {
    errors.push(invalid(`${path}.gmsaCredentialSpec`, '', 'gmsaCredentialSpec cannot be an empty string'));
  } else if (gmsaCredentialSpec !== undefined && gmsaCredentialSpec.length > maxCredentialBytes) {
    const detail = 'gmsaCredentialSpec size must be under 64 KiB';
    errors.push(invalid(`${path}.gmsaCredentialSpec`, gmsaCredentialSpec, detail));
  }
  if (runAsUserName !== undefined) {
    addInvalid(errors, `${path}.runAsUserName`, runAsUserName, userNameProblems(runAsUserName));
  }
}

function userNameProblems(name: string): readonly string[] {
  if (name === '') return ['runAsUserName cannot be an empty string'];
  if (/\p{Cc}/u.test(name)) return ['runAsUserName cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash'];
  const user = parts.at(-1)!;
  const domain = parts.length === 2 ? parts[0]! : undefined;
  const problems: string[] = [];
  if (domain !== undefined && domain.length >= maxDomainLength) {
    problems.push(`runAsUserName's Domain length must be under ${maxDomainLength} characters`);
  }
  if (domain !== undefined && !netBiosName.test(domain) && !dnsName.test(domain)) {
    problems.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
  }
  if (user === '') problems.push("runAsUserName's User cannot be empty");
  else if (user.length > maxUserLength) {
    problems.push(`runAsUserName's User length must not be longer than ${maxUserLength} characters`);
  }
  if (/^[. ]+$/.test(user)) problems.push("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) {
    problems.push(`runAsUserName's User cannot contain the following characters: "/\\:;|=,+*?<>@[]`);
  }
  return problems;
}

export function validateHostProcess(errors: FieldError[], spec: PodSpec, path: string): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let total = 0;
  let hostProcesses = 0;
  everyContainer(spec, path, (container, containerPath) => {
    total++;
    const own = container.securityContext?.windowsOptions?.hostProcess;
    if (ofPod !== undefined && own !== undefined && ofPod !== own) {
      const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
      errors.push(invalid(`${containerPath}.securityContext.windowsOptions.hostProcess`, own, detail));
    }
    if (own ?? ofPod) hostProcesses++;
  });
  if (hostProcesses === 0) return;
  if (hostProcesses !== total) {
    const detail = 'If pod contains any hostProcess containers then all containers must be HostProcess containers';
    errors.push(invalid(path, '', detail));
  }
  if (!spec.hostNetwork) {
    const detail = 'hostNetwork must be true if pod contains any hostProcess containers';
    errors.push(invalid(`${path}.hostNetwork`, false, detail));
  }
}

export function validateLinux(errors: FieldError[], spec: PodSpec, path: string): void {
  const refuse = (at: string): void => {
    errors.push(
      forbiddenField(`${at}.securityContext.windowsOptions`, 'windows options cannot be set for a linux pod'),
    );
  };
  if (spec.securityContext?.windowsOptions) refuse(path);
  everyContainer(spec, path, (container, containerPath) => {
    if (container.securityContext?.windowsOptions) refuse(containerPath);
  });
}

const podContextFields = [
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const;
const containerContextFields = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const;

export function validateWindows(errors: FieldError[], spec: PodSpec, path: string): void {
  const refuse = (field: string): void => {
    errors.push(forbiddenField(field, 'cannot be set for a windows pod'));
  };
  const context = spec.securityContext ?? {};
  for (const field of ['appArmorProfile', 'seLinuxOptions'] as const) {
    if (context[field] !== undefined) refuse(`${path}.securityContext.${field}`);
  }
  if (spec.hostUsers !== undefined) refuse(`${path}.hostUsers`);
  if (spec.hostPID) refuse(`${path}.hostPID`);
  if (spec.hostIPC) refuse(`${path}.hostIPC`);
  for (const field of podContextFields) {
    if (context[field] !== undefined) refuse(`${path}.securityContext.${field}`);
  }
  if (spec.shareProcessNamespace !== undefined) refuse(`${path}.shareProcessNamespace`);
  everyContainer(spec, path, ({ securityContext }, containerPath) => {
    for (const field of containerContextFields) {
      if (securityContext?.[field] !== undefined) refuse(`${containerPath}.securityContext.${field}`);
    }
  });
}
