/**
 * Colours and fonts. A page may set `--city-assistant-accent`, `-on-accent`, `-surface`, `-raised`, `-text`, `-muted`,
 * `-line`, `-control`, `-radius`, `-font`, `-layer` (z-index) and `-height` (inline); the defaults
 * follow the reader's light or dark setting.
 */
import { css } from "lit";

export const theme = css`
  :host {
    --_accent: var(--city-assistant-accent, #0b5a70);
    --_on-accent: var(--city-assistant-on-accent, #ffffff);
    --_surface: var(--city-assistant-surface, #ffffff);
    --_raised: var(--city-assistant-raised, #edf3f5);
    --_text: var(--city-assistant-text, #13242e);
    --_muted: var(--city-assistant-muted, #4a5d69);
    --_line: var(--city-assistant-line, #d3dde2);
    --_control: var(--city-assistant-control, #6f8491);
    --_notice: #ffefc7;
    --_on-notice: #633f00;
    --_alarm: #fdeceb;
    --_on-alarm: #7d1a14;
    --_shadow: 0 1px 2px rgb(10 30 40 / 8%), 0 12px 32px rgb(10 30 40 / 16%);
    --_radius: var(--city-assistant-radius, 14px);
    --_target: 44px;

    display: block;
    color: var(--_text);
    color-scheme: light dark;
    font: 400 1rem/1.5 var(--city-assistant-font, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif);
    text-align: start;
  }

  @media (prefers-color-scheme: dark) {
    :host {
      --_accent: var(--city-assistant-accent, #7cc9de);
      --_on-accent: var(--city-assistant-on-accent, #06222c);
      --_surface: var(--city-assistant-surface, #13202a);
      --_raised: var(--city-assistant-raised, #20313d);
      --_text: var(--city-assistant-text, #e9f0f3);
      --_muted: var(--city-assistant-muted, #adbec8);
      --_line: var(--city-assistant-line, #344956);
      --_control: var(--city-assistant-control, #7f97a5);
      --_notice: #4b390f;
      --_on-notice: #ffe2a3;
      --_alarm: #44201d;
      --_on-alarm: #ffcfc9;
      --_shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 50%);
    }
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  h2,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ul {
    list-style: none;
  }

  a {
    color: inherit;
    text-underline-offset: 0.15em;
  }

  /* As high as a finger, without moving the lines apart. */
  a[href^="tel:"] {
    display: inline-block;
    margin-block: -0.625rem;
    padding-block: 0.625rem;
    white-space: nowrap;
  }

  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }

  input,
  textarea {
    border: 1px solid var(--_control);
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_surface);
  }

  button {
    cursor: pointer;
  }

  button[aria-disabled="true"] {
    cursor: default;
  }

  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .icon {
    flex: none;
    width: 1.5em;
    height: 1.5em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
