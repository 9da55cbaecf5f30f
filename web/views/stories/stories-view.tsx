export function StoriesView() {
  return null;
}
