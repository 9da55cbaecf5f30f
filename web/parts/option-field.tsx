import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import type { Answer } from '../../src/server/api-types.ts';

type Option = Answer<'analyses'>['analyses'][number]['options'][number];
export type OptionValue = Option['default'];

interface OptionFieldProps {
  option: Option;
  value: OptionValue | undefined;
  disabled: boolean;
  /** undefined gives the option back to its default. */
  onChange: (value: OptionValue | undefined) => void;
}

/** A field for one option, made from its definition; left alone it keeps the default. */
export function OptionField({ option, value, disabled, onChange }: OptionFieldProps) {
  const { name, kind, choices, minimum, maximum, unit, help } = option;
  const standard = option.default === null ? 'decided by the analysis' : String(option.default);
  const common = {
    label: words(name),
    description: `${help}${unit && unit !== '-' ? ` (${unit})` : ''}`,
    size: 'xs' as const,
    inputWrapperOrder: ['label', 'input', 'description'] as ('label' | 'input' | 'description')[],
    title: help,
    disabled,
    placeholder: standard,
  };
  if (kind === 'number' || kind === 'integer')
    return (
      <NumberInput
        {...common}
        value={typeof value === 'number' ? value : ''}
        allowDecimal={kind === 'number'}
        {...(minimum === undefined ? {} : { min: minimum })}
        {...(maximum === undefined ? {} : { max: maximum })}
        onChange={(next) => onChange(next === '' ? undefined : Number(next))}
      />
    );
  if (kind === 'yes/no')
    return (
      <Select
        {...common}
        data={['yes', 'no']}
        clearable
        value={value === undefined ? null : value ? 'yes' : 'no'}
        onChange={(next) => onChange(next === null ? undefined : next === 'yes')}
      />
    );
  if (kind === 'choice' && choices)
    return (
      <Select
        {...common}
        data={choices}
        clearable
        value={typeof value === 'string' ? value : null}
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  if (kind === 'list') {
    const list = Array.isArray(value) ? value : [];
    const change = (next: string[]) => onChange(next.length === 0 ? undefined : next);
    return choices ? (
      <MultiSelect {...common} data={choices} value={list} onChange={change} />
    ) : (
      <TagsInput {...common} value={list} onChange={change} />
    );
  }
  return (
    <TextInput
      {...common}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  );
}

const words = (name: string) => {
  const text = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
};
