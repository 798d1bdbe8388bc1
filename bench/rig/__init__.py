"""What every budget needs: a hall, load, pairs, a report. Python's standard library only."""
