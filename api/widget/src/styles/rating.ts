/** The rating below an answer. */
import { css } from "lit";

export const rating = css`
  :host {
    background: none;
    font-size: 0.875rem;
  }

  .rating,
  .comment {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.375rem;
    color: var(--_muted);
  }

  .rating + .rating,
  .comment {
    margin-top: 0.375rem;
  }

  button {
    min-width: var(--_target);
    min-height: var(--_target);
    padding: 0 0.75rem;
    border: 1px solid var(--_control);
    border-radius: 22px;
    background: var(--_surface);
    color: var(--_text);
  }

  button:hover {
    background: var(--_raised);
  }

  button[aria-pressed="true"] {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }

  label {
    flex: 1 0 100%;
  }

  input {
    flex: 1 1 10rem;
    min-width: 0;
    min-height: var(--_target);
    padding: 0 0.75rem;
  }

  .said {
    color: var(--_muted);
  }
`;
