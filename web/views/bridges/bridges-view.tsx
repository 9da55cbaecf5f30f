export function BridgesView() {
  return null;
}
