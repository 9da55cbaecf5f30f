import { Modal } from '@mantine/core';

const keys: [string, string][] = [
  ['g then s, c, q', 'Sources, context, stories'],
  ['g then m, a, n, b', 'Spread map, accounts, network, bridges'],
  ['g then t, x, r', 'Timeline, statistics, report'],
  ['/', 'Search field of the view'],
  ['← →', 'On the map: move in time. On labels, tables and the ribbon: move along'],
  ['+ −', 'On the map: zoom'],
  ['Enter', 'Open what has the focus'],
  ['Esc', 'Close the evidence or a dialogue'],
  ['Ctrl Z, Ctrl Y', 'In the timeline: undo, redo'],
  ['?', 'This list'],
];

export function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keys"
      centered
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <table className="plain-table">
        <tbody>
          {keys.map(([key, what]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="dim small">
        Everything stays on this machine. The only links that leave it are those marked ↗, which open a live page of a
        post.
      </p>
    </Modal>
  );
}
