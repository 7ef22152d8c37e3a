import { completionQuery } from '../../completion/completion-query.ts';

/** Aliases can use `__start_kubectl`, too: `complete -o default -F __start_kubectl k`. */
export const bashScript = `# bash completion for kubectl

__start_kubectl() {
    local answer directive line
    COMPREPLY=()
    answer=$(kubectl ${completionQuery} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null) || return
    directive=\${answer##*:}
    while IFS= read -r line; do
        [[ -n $line && $line != :* ]] && COMPREPLY+=("$line")
    done <<< "\${answer%:*}"
    (( directive & 2 )) && compopt -o nospace
    (( directive & 4 )) && compopt +o default
    return 0
}

if type complete &>/dev/null; then
    complete -o default -F __start_kubectl kubectl
fi
`;
