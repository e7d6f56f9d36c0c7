"""The shapes of the pages “Are we ready?” and of the chart of the plan."""
