import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes } from 'react';
import styles from './controls.module.css';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'title' | 'children'> {
  readonly icon: LucideIcon;
  /** Its name, and its tooltip. */
  readonly label: string;
  readonly shortcut?: string;
  readonly isPressed?: boolean;
}

export function IconButton({ icon: Icon, label, shortcut, isPressed, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isPressed}
      title={shortcut ? `${label} (${shortcut})` : label}
      className={`${styles.iconButton} ${className ?? ''}`}
      {...rest}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}
