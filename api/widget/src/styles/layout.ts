/** The frame: launcher, panel, header and the form. */
import { css } from "lit";

export const layout = css`
  .launcher {
    position: fixed;
    inset: auto 1rem 1rem auto;
    z-index: var(--city-assistant-layer, 1000);
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 52px;
    padding: 0.5rem 1.25rem 0.5rem 1rem;
    border: 2px solid var(--_surface);
    border-radius: 26px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
    box-shadow: var(--_shadow);
  }

  .panel {
    display: flex;
    flex-direction: column;
    overflow: auto;
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }

  .inline .panel {
    height: var(--city-assistant-height, min(42rem, 88vh));
    min-height: 30rem;
  }

  .floating .panel {
    position: fixed;
    inset: auto 1rem 5rem auto;
    z-index: var(--city-assistant-layer, 1000);
    width: min(27rem, calc(100vw - 2rem));
    height: min(46rem, calc(100vh - 6.5rem));
    box-shadow: var(--_shadow);
  }

  /* What lies around them is cut off. */
  .panel:focus-visible,
  .transcript:focus-visible,
  .rows:focus-visible {
    outline-offset: -3px;
  }

  .head {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.625rem;
    padding: 0.75rem 0.625rem 0.75rem 1rem;
    border-bottom: 1px solid var(--_line);
  }

  .mark {
    flex: none;
    display: grid;
    place-items: center;
    width: 2.5rem;
    height: 2.5rem;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .heading {
    flex: 1;
    min-width: 0;
    overflow-wrap: break-word;
  }

  .heading h2 {
    font-size: 1.0625rem;
    font-weight: 700;
    line-height: 1.3;
  }

  .heading p {
    color: var(--_muted);
    font-size: 0.875rem;
    line-height: 1.3;
  }

  .close {
    display: grid;
    place-items: center;
    width: var(--_target);
    height: var(--_target);
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
  }

  .close + .close {
    margin-inline-start: -0.625rem;
  }

  .close:hover {
    background: var(--_raised);
  }

  .composer {
    flex: none;
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0.25rem 0.5rem;
    align-items: end;
    padding: 0.625rem 1rem 1rem;
    border-top: 1px solid var(--_line);
  }

  .composer label,
  .counter {
    grid-column: 1 / -1;
    color: var(--_muted);
    font-size: 0.875rem;
  }

  textarea {
    width: 100%;
    min-height: 48px;
    max-height: 9rem;
    padding: 0.6875rem 0.875rem;
    line-height: 1.5;
    resize: none;
    field-sizing: content;
  }

  textarea:focus-visible {
    border-color: var(--_accent);
    outline-width: 2px;
    outline-offset: 0;
  }

  .send {
    display: grid;
    place-items: center;
    width: 48px;
    height: 48px;
    padding: 0;
    border: 0;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .send:hover,
  .launcher:hover {
    background: color-mix(in srgb, var(--_accent) 86%, var(--_text));
  }

  @media (max-width: 30rem) {
    .mark {
      display: none;
    }

    .floating .panel {
      inset: var(--_free-top, 0) 0 auto;
      width: auto;
      height: var(--_free-height, 100%);
      border: 0;
      border-radius: 0;
    }
  }

  @media (max-height: 30rem) {
    .floating .panel {
      inset-block: var(--_free-top, 0) auto;
      height: var(--_free-height, 100%);
    }

    .floating .transcript {
      flex: none;
      overflow: visible;
    }
  }

  @media (forced-colors: active) {
    .launcher,
    .send,
    .reply,
    .message {
      border: 1px solid ButtonText;
    }
  }
`;
