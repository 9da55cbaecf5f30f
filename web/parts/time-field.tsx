import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { readMoment, typedMoment } from '../format/typed-moment.ts';

type TimeFieldProps = Omit<TextInputProps, 'value' | 'onChange' | 'type'> & {
  /** ISO text in UTC; empty for none. */
  value: string;
  onChange: (time: string) => void;
};

const mistake = 'Write it as 2024-05-15 17:51, in UTC';

/** A moment in UTC, typed with a 24-hour clock whatever the browser's locale, or its day chosen from a calendar. What is no moment is said and not passed on. */
export function TimeField({ value, onChange, ...rest }: TimeFieldProps) {
  const [text, setText] = useState(typedMoment(value));
  const calendar = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const read = readMoment(text);
  useEffect(() => {
    setText((old) =>
      readMoment(old) === (value === '' ? '' : new Date(value).toISOString()) ? old : typedMoment(value),
    );
  }, [value]);
  useEffect(() => field.current?.setCustomValidity(read === null ? mistake : ''), [read]);
  const take = (typed: string) => {
    setText(typed);
    const time = readMoment(typed);
    if (time !== null) onChange(time);
  };
  return (
    <TextInput
      {...rest}
      ref={field}
      placeholder="YYYY-MM-DD hh:mm"
      className="time-field"
      value={text}
      error={read === null ? mistake : undefined}
      onChange={(event) => take(event.currentTarget.value)}
      rightSection={
        <>
          <ActionIcon
            size="sm"
            variant="subtle"
            aria-label="Choose a day"
            disabled={rest.disabled ?? false}
            onClick={() => calendar.current?.showPicker()}
          >
            <svg width="13" height="13" viewBox="0 0 13 13" aria-hidden="true">
              <path d="M.5 2.5h12v10h-12zM.5 5.5h12M3.5.5v3M9.5.5v3" fill="none" stroke="currentColor" />
            </svg>
          </ActionIcon>
          <input
            ref={calendar}
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            className="time-field-calendar"
            value={read ? read.slice(0, 10) : ''}
            onChange={(event) =>
              take(
                event.currentTarget.value === ''
                  ? ''
                  : typedMoment(`${event.currentTarget.value}${(read || 'T00:00:00.000Z').slice(-14)}`),
              )
            }
          />
        </>
      }
    />
  );
}

/** Whether a field of the page holds what cannot be saved; it then says so and takes the focus. */
export function refuses(root: ParentNode): boolean {
  const wrong = root.querySelector<HTMLInputElement>('input:invalid');
  wrong?.reportValidity();
  return wrong !== null;
}
