import { encodeUtf8 } from '../../kernel/index.ts';
import type { MemoryFileSystem } from '../../shell/index.ts';

export const hostname = 'workstation';
export const learner = { uid: 1000, gid: 1000, name: 'learner', home: '/home/learner' };

const bashrc = `# Read by every new shell.
alias k=kubectl
alias ll='ls -l'
alias la='ls -A'
HISTCONTROL=ignoreboth
PS1='\\[\\e[1;32m\\]\\u@\\h\\[\\e[0m\\]:\\[\\e[1;34m\\]\\w\\[\\e[0m\\]\\$ '
`;

function kubeconfig(server: string): string {
  return `apiVersion: v1
clusters:
- cluster:
    server: ${server}
  name: drydock
contexts:
- context:
    cluster: drydock
    user: kubernetes-admin
  name: drydock
current-context: drydock
kind: Config
preferences: {}
users:
- name: kubernetes-admin
  user: {}
`;
}

/** The learner's home as it is at first. */
export function writeHome(files: MemoryFileSystem, server: string): void {
  const { home, uid, gid } = learner;
  const write = (path: string, text: string, mode: number) => {
    files.write(`${home}/${path}`, encodeUtf8(text), { mode });
    files.setOwner(`${home}/${path}`, uid, gid);
  };
  files.makeDirectory(home, { parents: true, mode: 0o755 });
  files.setOwner(home, uid, gid);
  write('.bashrc', bashrc, 0o644);
  files.makeDirectory(`${home}/.kube`, { mode: 0o755 });
  files.setOwner(`${home}/.kube`, uid, gid);
  write('.kube/config', kubeconfig(server), 0o600);
}
