export function QueryView() {
  return null;
}
