/** The picture of a chart, always on white for it is drawn in black, and its table. */
import { css } from "lit";

export const chart = css`
  .chart {
    margin: 0.75rem 0 0;
    container-type: inline-size;
  }

  .assistant:has(.chart) {
    width: 47rem;
    max-width: 100%;
  }

  .picture {
    border-radius: calc(var(--_radius) - 4px);
    background: #ffffff;
  }

  .picture img {
    display: block;
    width: 100%;
    height: auto;
    color: #13242e;
  }

  .picture .narrow {
    display: none;
    max-width: 26rem;
    margin-inline: auto;
  }

  .legend {
    display: none;
    margin-top: 0.5rem;
  }

  @container (width < 36rem) {
    .legend,
    .picture .narrow {
      display: block;
    }

    .picture .wide {
      display: none;
    }
  }

  summary {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    width: fit-content;
    min-height: var(--_target);
    color: var(--_accent);
    font-weight: 600;
    cursor: pointer;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary::before {
    content: "▸";
    width: 1em;
  }

  [open] > summary::before {
    content: "▾";
  }

  .rows {
    max-width: 26rem;
    max-height: 18rem;
    overflow: auto;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_surface);
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  caption {
    padding: 0.5rem;
    color: var(--_muted);
    font-size: 0.875rem;
    text-align: start;
  }

  th,
  td {
    padding: 0.3125rem 0.5rem;
    border-top: 1px solid var(--_line);
    text-align: start;
  }

  thead th {
    position: sticky;
    top: 0;
    background: var(--_surface);
    font-size: 0.875rem;
  }

  tbody th {
    color: var(--_muted);
    font-weight: 400;
    white-space: nowrap;
  }

  td {
    font-weight: 600;
  }

  th:last-child,
  td {
    text-align: end;
  }

  details .note {
    margin-top: 0.5rem;
  }
`;
