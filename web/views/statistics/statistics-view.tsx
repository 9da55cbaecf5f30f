export function StatisticsView() {
  return null;
}
