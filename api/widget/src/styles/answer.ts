/** Inside an answer: facts, places, sources. */
import { css } from "lit";

export const answer = css`
  .facts {
    display: grid;
    border-block: 1px solid var(--_line);
  }

  .facts > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1rem;
    padding-block: 0.4375rem;
  }

  .facts > div + div {
    border-top: 1px solid var(--_line);
  }

  dt {
    color: var(--_muted);
  }

  dd {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }

  .note {
    color: var(--_muted);
    font-size: 0.875rem;
    font-weight: 400;
  }

  .places {
    display: grid;
    gap: 0.5rem;
  }

  .places > li {
    padding: 0.625rem 0.75rem;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_surface);
  }

  .place-name {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 0.75rem;
  }

  .distance,
  .detail {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }

  .detail {
    font-size: 0.9375rem;
  }

  .map {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    min-height: var(--_target);
    margin-block-end: -0.375rem;
    margin-inline-end: 1.25rem;
    color: var(--_accent);
    font-weight: 600;
  }

  .source {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.5rem;
    margin-top: 0.75rem;
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .source + .source {
    margin-top: 0.25rem;
  }

  .badge {
    padding: 0.0625rem 0.5rem;
    border-radius: 1em;
    background: var(--_notice);
    color: var(--_on-notice);
    font-weight: 600;
  }

  .show-map {
    margin-top: 0.75rem;
  }

  city-assistant-map {
    display: block;
    margin-top: 0.75rem;
  }
`;
