/** The form of a message for the office. */
import { css } from "lit";

export const letter = css`
  .letter {
    display: grid;
    gap: 0.375rem;
    width: min(34rem, 100%);
    padding: 1rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }

  .letter fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    margin: 0 0 0.375rem;
    padding: 0;
    border: 0;
  }

  .letter legend,
  .letter > label {
    padding: 0;
    font-weight: 600;
  }

  .choice {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-height: var(--_target);
  }

  .choice input {
    width: 1.25rem;
    height: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  .letter > input,
  .letter > textarea {
    width: 100%;
    min-height: var(--_target);
    padding: 0.5rem 0.75rem;
  }

  .letter > textarea {
    min-height: 6rem;
    max-height: none;
  }

  .letter [aria-invalid="true"] {
    border: 2px solid var(--_on-alarm);
  }

  .problem {
    padding: 0.5rem 0.75rem;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_alarm);
    color: var(--_on-alarm);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-top: 0.375rem;
  }

  .primary {
    min-height: var(--_target);
    padding: 0.4375rem 1.25rem;
    border: 0;
    border-radius: 22px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
`;
