import { completionQuery } from '../../completion/completion-query.ts';

export const fishScript = `# fish completion for kubectl

function __kubectl_candidates
    set -l words (commandline -opc) (commandline -ct)
    kubectl ${completionQuery} $words[2..-1] 2>/dev/null | string match --invert --regex '^:\\d+$'
end

complete -c kubectl -e
complete -c kubectl -f -a '(__kubectl_candidates)'
`;
