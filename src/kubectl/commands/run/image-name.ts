import { goQuote } from '../../../api/index.ts';
import { CommandError } from '../../errors/command-error.ts';

const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const pathPart = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const tag = '[\\w][\\w.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*[:][0-9a-fA-F]{32,}';
const reference = new RegExp(`^(?:${domain}/)?${pathPart}(?:/${pathPart})*(?::${tag})?(?:@${digest})?$`);

export function isImageName(text: string): boolean {
  return reference.test(text);
}

/** `host:port/path:tag@digest`. Upstream: github.com/distribution/reference/regexp.go */
export function checkImageName(image: string): void {
  if (image === '') throw new CommandError('--image is required');
  if (!isImageName(image)) {
    throw new CommandError(`Invalid image name ${goQuote(image)}: invalid reference format`);
  }
}
