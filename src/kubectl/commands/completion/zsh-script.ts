import { completionQuery } from '../../completion/completion-query.ts';

export const zshScript = `#compdef kubectl
compdef _kubectl kubectl

# zsh completion for kubectl

_kubectl() {
    local answer directive
    local -a candidates
    answer=$(kubectl ${completionQuery} "\${(@)words[2,CURRENT]}" 2>/dev/null) || return 1
    directive=\${answer##*:}
    candidates=("\${(@f)\${answer%:*}}")
    candidates=(\${candidates:#})
    if (( directive & 2 )); then
        compadd -S '' -a candidates
    else
        compadd -a candidates
    fi
    (( $#candidates || directive & 4 )) || _files
}

if [ "$funcstack[1]" = "_kubectl" ]; then
    _kubectl
fi
`;
