/** The conversation: bubbles, notices, quick replies. */
import { css } from "lit";

export const messages = css`
  .transcript {
    position: relative;
    flex: 1;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 0.75rem;
    min-height: 10rem;
    padding: 1rem;
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  .transcript > * {
    flex: none;
  }

  .message {
    position: relative;
    max-width: 92%;
    padding: 0.75rem 1rem;
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }

  .assistant:has(.facts, .places) {
    width: 34rem;
  }

  .assistant {
    background: var(--_raised);
    border-start-start-radius: 4px;
  }

  .resident {
    align-self: flex-end;
    max-width: 85%;
    background: var(--_accent);
    color: var(--_on-accent);
    border-end-end-radius: 4px;
  }

  .failure,
  .alarm.danger {
    background: var(--_alarm);
    color: var(--_on-alarm);
  }

  .failure .reply {
    margin-top: 0.625rem;
  }

  .message:focus-visible {
    outline-offset: 1px;
  }

  .text {
    white-space: pre-line;
  }

  .alarm,
  .offline {
    flex: none;
    padding: 0.625rem 1rem;
    background: var(--_notice);
    color: var(--_on-notice);
  }

  .alarm {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 0.75rem;
    overflow-wrap: anywhere;
  }

  /* Half a line at the end shows that there is more. */
  .alarm .text {
    max-height: 6.75rem;
    overflow-y: auto;
  }

  @media (max-height: 50rem) {
    .alarm .text {
      max-height: 3.75rem;
    }
  }

  .alarm + .alarm {
    border-top: 1px solid var(--_line);
  }

  .alarm.info {
    background: var(--_raised);
    color: var(--_text);
  }

  .alarm .reply {
    grid-area: 1 / 2 / span 2;
    align-self: start;
    margin-top: 0;
  }

  .offline {
    font-size: 0.9375rem;
  }

  city-assistant-rating {
    max-width: 100%;
    margin-top: -0.25rem;
  }

  .text + * {
    margin-top: 0.75rem;
  }

  .replies {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }

  .reply {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    min-height: var(--_target);
    padding: 0.4375rem 1rem;
    border: 1px solid var(--_accent);
    border-radius: 22px;
    background: var(--_surface);
    color: var(--_accent);
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
    overflow-wrap: anywhere;
  }

  .reply:hover {
    background: var(--_raised);
  }

  .reply[aria-disabled="true"] {
    border-color: var(--_line);
    background: var(--_raised);
    color: var(--_muted);
  }

  .status {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 1.5rem;
    color: var(--_muted);
    font-size: 0.9375rem;
  }

  .dots {
    display: inline-flex;
    gap: 4px;
  }

  .dots i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: currentcolor;
  }

  @media (prefers-reduced-motion: no-preference) {
    .transcript {
      scroll-behavior: smooth;
    }

    .dots i {
      animation: wait 1.2s infinite ease-in-out;
    }

    .dots i:nth-child(2) {
      animation-delay: 0.15s;
    }

    .dots i:nth-child(3) {
      animation-delay: 0.3s;
    }

    .message {
      animation: appear 0.18s ease-out;
    }
  }

  @keyframes wait {
    50% {
      opacity: 0.25;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }
`;
