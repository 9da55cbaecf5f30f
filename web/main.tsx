import '@fontsource-variable/libre-franklin/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';
import '@mantine/core/styles.layer.css';
import './style/all.css';
import { createRoot } from 'react-dom/client';
import { Workbench } from './app/workbench.tsx';

createRoot(document.getElementById('root')!).render(<Workbench />);
