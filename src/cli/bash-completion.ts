/**
 * Completion for bash 3.2 and later without the package bash-completion, which the script of @bomb.sh/tab needs. It calls the program
 * by the path from which it was printed, so that it also serves `bin/spillover` in a clone.
 */
export const bashCompletion = (call: string) => `# bash completion for spillover
__spillover_complete() {
  local typed=("\${COMP_WORDS[@]:1:COMP_CWORD}") line
  local last=$((\${#typed[@]} - 1))
  typed[last]=\${typed[last]//\\\\/}
  COMPREPLY=()
  while IFS= read -r line; do
    [[ -z $line || $line == :[0-9]* ]] && continue
    line=\${line%%$'\\t'*}
    [[ $line == "\${typed[last]}"* ]] && COMPREPLY+=("$(printf '%q' "$line")")
  done < <(${call} complete -- "\${typed[@]}" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]] && type compopt >/dev/null 2>&1; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -F __spillover_complete spillover
`;
