export function AccountsView() {
  return null;
}
