"""The roadmap as a sheet for the meeting of those who carry it; the plan itself stands in every report."""
