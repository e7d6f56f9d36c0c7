"""The pages of readiness: plan, meetings, inspections, the answer to “are we ready?”."""
